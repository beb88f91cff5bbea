"""What is taken into the library, and what is left of it."""

from io import BytesIO

import pytest
from django.core.files.base import ContentFile
from PIL import Image, ImageCms

from items.images import BadPicture, check
from tests.builders import picture_bytes


def checked(content, name="a.png"):
    return check(ContentFile(content, name=name))


@pytest.mark.parametrize(
    ("format", "mode", "suffix"),
    [("PNG", "RGBA", ".png"), ("JPEG", "CMYK", ".jpg"), ("JPEG", "L", ".jpg"), ("WEBP", "RGB", ".webp"),
     ("AVIF", "RGB", ".avif"), ("PNG", "P", ".png")],
)  # fmt: skip
def test_a_picture_is_told_by_its_content_and_not_by_its_name(format, mode, suffix):
    found = checked(picture_bytes(format, mode=mode), name="misleading.gif")
    assert (found.suffix, found.width, found.height) == (suffix, 40, 30)
    assert Image.open(BytesIO(found.content)).format == format


def test_what_the_camera_wrote_is_dropped_and_the_picture_stands_upright():
    exif = Image.Exif()
    exif[0x0112] = 6  # lies on its side
    exif[0x010E] = "taken at home"
    found = checked(picture_bytes("JPEG", exif=exif) + b"<script>hidden</script>")
    assert (found.width, found.height) == (30, 40)
    assert b"taken at home" not in found.content
    assert b"hidden" not in found.content


def test_colours_of_another_profile_become_those_of_every_screen():
    profile = ImageCms.ImageCmsProfile(ImageCms.createProfile("LAB")).tobytes()
    plain = ImageCms.ImageCmsProfile(ImageCms.createProfile("sRGB")).tobytes()
    for kept in (profile, plain, b"nonsense"):
        found = checked(picture_bytes("PNG", color="navy", icc_profile=kept))
        assert "icc_profile" not in Image.open(BytesIO(found.content)).info


@pytest.mark.parametrize(
    ("content", "words"),
    [
        (b"<svg xmlns='http://www.w3.org/2000/svg'/>", "JPEG, PNG, WebP or AVIF"),
        (picture_bytes("GIF"), "JPEG, PNG, WebP or AVIF"),
        (picture_bytes()[:60], "cannot be read"),
        (picture_bytes("PNG", size=(20000, 10000), mode="1"), "40 megapixels"),
        (picture_bytes() + b"\0" * 10 * 1024 * 1024, "10 MB"),
        (b"", "cannot be read"),
    ],
)
def test_what_is_no_proper_picture_is_refused_in_plain_words(content, words):
    with pytest.raises(BadPicture, match=words):
        checked(content)


def test_a_bomb_is_refused_before_it_is_unpacked(monkeypatch):
    content = picture_bytes("PNG", size=(8000, 6000), mode="1")
    monkeypatch.setattr(Image.Image, "load", lambda self: pytest.fail("unpacked"))
    with pytest.raises(BadPicture, match="megapixels"):
        checked(content)
