"""The media library: what is said of pictures, their sizes, who uses them and who may change them."""

from io import BytesIO

import pytest
from django.core.exceptions import PermissionDenied, ValidationError
from django.core.files.base import ContentFile
from PIL import Image as Pillow

from items import images
from items.drawing import picture
from items.models import Change, Image
from tests.admin.forms import make_person
from tests.builders import AT, make_image, make_item, picture_bytes

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("media")]


def upload(content, name="new.jpg"):
    return ContentFile(content, name=name)


@pytest.mark.parametrize("texts", [{}, {"en": "  "}, {"en": "IMG_2041.JPG"}])
def test_a_picture_needs_a_description_that_is_none_of_a_file(texts):
    with pytest.raises(ValidationError):
        images.add(upload(picture_bytes()), by=None, at=AT, texts=texts)
    assert not Image.objects.exists()


def test_a_decorative_picture_needs_none_and_has_none():
    assert make_image("", is_decorative=True).alt("en") == ""


def test_the_description_comes_in_the_readers_language_or_another():
    image = make_image(texts={"en": "A house", "fr": "Une maison"})
    assert [image.alt(code) for code in ("fr", "en", "de")] == ["Une maison", "A house", "A house"]
    assert make_image(texts={"nl": "Een huis"}).alt("en") == "Een huis"


def test_sizes_are_made_at_once_and_the_slow_format_by_the_tick():
    image = make_image(content=picture_bytes("JPEG", size=(1000, 800)))
    assert {r.name for r in image.made} == {
        "whole-400.webp", "whole-800.webp", "whole-1000.webp", "whole-1000.jpg",
        "card-400.webp", "card-800.webp", "card-1000.webp", "card-1000.jpg",
    }  # fmt: skip
    assert images.make_missing(at=AT) == 1
    image.refresh_from_db()
    assert {r.name for r in image.made if r.format == "avif"} >= {"whole-400.avif", "card-800.avif"}
    for rendition in image.made:
        with Pillow.open(image.file.storage.open(image.rendition_path(rendition.name))) as stored:
            assert stored.size == (rendition.width, rendition.height)
    assert images.make_missing(at=AT) == 0


def test_a_lost_file_stops_no_tick():
    image = make_image()
    image.file.storage.delete(image.file.name)
    assert images.make_missing(at=AT) == 0
    assert images.make_missing(at=AT) == 0
    assert Image.objects.get().is_complete


@pytest.mark.parametrize(("format", "mode"), [("PNG", "P"), ("PNG", "I;16"), ("PNG", "LA"), ("JPEG", "CMYK")])
def test_a_picture_that_did_not_come_in_by_the_library_gets_its_sizes_too(format, mode):
    image = make_image()
    path = image.file.name
    image.file.storage.delete(path)
    image.file.storage.save(path, ContentFile(picture_bytes(format, (900, 600), mode)))
    Image.objects.update(renditions=[], version="", is_complete=False)
    assert images.make_missing(at=AT) == 1
    made = {rendition.format for rendition in Image.objects.get().made}
    assert made == {"webp", "avif", "png" if mode == "LA" else "jpg"}


def test_a_card_is_cut_around_the_centre_of_interest():
    wide = Pillow.new("RGB", (900, 300), "red")
    wide.paste("blue", (450, 0, 900, 300))
    file = BytesIO()
    wide.save(file, "PNG")
    image = make_image(content=file.getvalue())
    image.focal_x = 0.95
    images.change(image, by=None, at=AT)
    card = next(r for r in image.made if r.name == "card-400.webp")
    assert (card.width, card.height) == (400, 267)
    with Pillow.open(image.file.storage.open(image.rendition_path(card.name))) as stored:
        red, _green, blue = stored.convert("RGB").getpixel((10, 100))
        assert blue > 200 > 50 > red


def test_a_picture_that_has_no_sizes_yet_is_drawn_whole():
    image = make_image()
    image.renditions = []
    drawn = picture(image, "en")
    assert (drawn["src"], drawn["sources"], drawn["width"]) == (image.url, [], 40)


def test_a_replaced_file_keeps_the_address_and_renews_the_sizes(django_capture_on_commit_callbacks):
    image = make_image(content=picture_bytes("PNG"))
    item = make_item(picture=image)
    address, path, small = image.url, image.file.name, image.rendition_path("whole-40.webp")
    with django_capture_on_commit_callbacks(execute=True):
        images.replace(image, upload(picture_bytes("JPEG", size=(60, 40))), by=None, at=AT)
    image = Image.objects.get()
    assert (image.url, image.width, item.picture_id) == (address, 60, image.pk)
    assert image.file.name.endswith(".jpg")
    assert not image.file.storage.exists(path)
    assert not image.file.storage.exists(small)
    assert image.file.storage.exists(image.rendition_path("whole-60.webp"))


@pytest.mark.parametrize("inside", [False, True])
def test_what_a_picture_says_is_part_of_what_its_items_say(inside):
    image = make_image()
    shown = {"body": f'<figure data-image="{image.pk}"></figure>'} if inside else {"picture": image}
    item = make_item(**shown)
    before = Change.objects.filter(kind="item", key=item.pk).values_list("version", flat=True).first()
    image.texts = {"en": "A tall house"}
    images.change(image, by=None, at=AT)
    after = Change.objects.filter(kind="item", key=item.pk).values_list("version", flat=True).first()
    assert before is None or after > before  # PostgreSQL writes both at commit
    assert [use.item_id for use in image.uses.all()] == [item.pk]


def test_uses_follow_the_item():
    one, two = make_image(), make_image()
    figures = "".join(f'<figure data-image="{number}"></figure>' for number in (two.pk, 99999))
    item = make_item(picture=one, body=f"<p>x</p>{figures}")
    assert {use.image_id for use in item.image_uses.all()} == {one.pk, two.pk}
    item.picture, item.body = None, "<p>x</p>"
    item.save()
    assert not item.image_uses.exists()
    assert Image.objects.unused().count() == 2


def test_a_used_picture_is_not_deleted_and_an_unused_one_goes_with_its_files(django_capture_on_commit_callbacks):
    image = make_image()
    item = make_item(body=f'<figure data-image="{image.pk}"></figure>')
    with pytest.raises(ValidationError, match="use this image"):
        image.discard(by=None, at=AT)
    item.body = ""
    item.save()
    paths = [image.file.name, *(image.rendition_path(r.name) for r in image.made)]
    storage = image.file.storage
    assert all(map(storage.exists, paths))
    with django_capture_on_commit_callbacks(execute=True):
        image.discard(by=None, at=AT)
    assert not any(map(storage.exists, paths))


def test_an_author_changes_their_own_picture_until_readers_have_it():
    author, other, editor = (make_person(n, g) for n, g in [("a", "Author"), ("o", "Author"), ("e", "Editor")])
    image = make_image(by=author)
    assert image.may_be_changed(author, AT)
    assert not image.may_be_changed(other, AT)
    make_item(picture=image)
    assert not image.may_be_changed(author, AT)
    assert image.may_be_changed(editor, AT)
    for verb in (lambda by: images.change(image, by=by, at=AT), lambda by: image.discard(by=by, at=AT)):
        with pytest.raises(PermissionDenied):
            verb(author)
    with pytest.raises(PermissionDenied):
        images.replace(image, upload(picture_bytes()), by=author, at=AT)
    with pytest.raises(PermissionDenied):
        make_image(by=make_person("newcomer"))
