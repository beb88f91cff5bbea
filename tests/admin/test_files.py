"""Images and attachments at the desk: what is taken in, and who is shown it before the public is."""

from io import BytesIO

import pytest
from django.core.files.base import ContentFile
from django.core.files.uploadedfile import SimpleUploadedFile
from PIL import Image

from items.models import Attachment
from tests.admin.forms import add, change, change_url, make_person
from tests.builders import make_item

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("media")]


def picture(format="PNG", size=(40, 30), mode="RGB", **options):
    """The bytes of a picture."""
    out = BytesIO()
    Image.new(mode, size).save(out, format, **options)
    return out.getvalue()


def upload(name, content):
    return SimpleUploadedFile(name, content)


@pytest.fixture
def editor(sign_in):
    return sign_in("Editor")


@pytest.fixture
def draft():
    """A draft with an image and an attachment."""
    item = make_item(status="draft", publish_at=None, lead_image_alt="A house")
    item.lead_image.save("house.png", ContentFile(picture(), name="house.png"))
    Attachment.objects.create(item=item, title="Report", file=ContentFile(b"%PDF-1.7", name="report.pdf"))
    return item


@pytest.mark.parametrize(
    ("name", "format", "mode"),
    [("a.png", "PNG", "RGBA"), ("a.JPG", "JPEG", "CMYK"), ("a.jpeg", "JPEG", "L"), ("a.webp", "WEBP", "RGB")],
)
def test_a_picture_is_taken_in(editor, name, format, mode):
    item = add(editor, lead_image=upload(name, picture(format, mode=mode)), lead_image_alt="A square")
    assert (item.lead_image_width, item.lead_image_height) == (40, 30)
    assert Image.open(item.lead_image.open()).format == format


def test_what_the_camera_wrote_into_a_picture_is_dropped_and_it_stands_upright(editor):
    exif = Image.Exif()
    exif[0x0112] = 6  # lies on its side
    exif[0x010E] = "taken at home"
    data = picture("JPEG", exif=exif) + b"<script>hidden</script>"
    item = add(editor, lead_image=upload("a.jpg", data), lead_image_alt="A square")
    stored = item.lead_image.open().read()
    assert b"taken at home" not in stored
    assert b"hidden" not in stored
    assert (item.lead_image_width, item.lead_image_height) == (30, 40)


@pytest.mark.parametrize(
    ("name", "content", "words"),
    [
        ("a.svg", b"<svg xmlns='http://www.w3.org/2000/svg'/>", "JPEG, PNG or WebP"),
        ("a.png", b"<svg xmlns='http://www.w3.org/2000/svg'/>", "JPEG, PNG or WebP"),
        ("a.png", picture("GIF"), "JPEG, PNG or WebP"),
        ("a.gif", picture("GIF"), "JPEG, PNG or WebP"),
        ("a.png", picture()[:60], "picture"),
        ("a.jpg", picture("JPEG", size=(400, 300))[:700], "picture"),
        ("a.png", b"", "empty"),
        ("a.png", picture(size=(8000, 5001), mode="1"), "40 megapixels"),
        ("a.png", picture(size=(20000, 10000), mode="1"), "40 megapixels"),
        ("a.png", picture() + b"\0" * 10 * 1024 * 1024, "10 MB"),
    ],
)
def test_what_is_no_proper_picture_is_refused_in_plain_words(editor, name, content, words):
    errors = add(editor, lead_image=upload(name, content), lead_image_alt="Alt")
    assert list(errors) == ["lead_image"]
    assert words in errors["lead_image"]


def test_a_picture_needs_alternative_text(editor):
    assert list(add(editor, lead_image=upload("a.png", picture()))) == ["lead_image_alt"]


def test_an_attachment_is_taken_in_and_another_kind_refused(editor):
    sent = {"attachments-TOTAL_FORMS": "1", "attachments-0-title": "Report", "attachments-0-position": "0"}
    item = add(editor, **sent, **{"attachments-0-file": upload("report.pdf", b"%PDF-1.7")})
    assert item.attachments.get().name == "report.pdf"
    assert list(add(editor, **sent, **{"attachments-0-file": upload("page.html", b"<html>")})) == ["file"]


def test_the_form_links_to_the_desk_and_never_to_the_public_files(editor, draft):
    page = editor.get(change_url(draft)).content.decode()
    assert f'src="/admin/items/item/{draft.pk}/image/"' in page
    assert f"/admin/items/item/{draft.pk}/attachment/{draft.attachments.get().pk}/" in page
    assert "/media/" not in page


def test_who_may_only_look_is_shown_the_files_by_the_desk_as_well(sign_in, draft):
    page = sign_in("Author").get(change_url(draft)).content.decode()
    assert f'src="/admin/items/item/{draft.pk}/image/"' in page
    assert f"/admin/items/item/{draft.pk}/attachment/{draft.attachments.get().pk}/" in page
    assert "/media/" not in page


def test_files_are_streamed_to_the_desk(editor, draft):
    image = editor.get(f"/admin/items/item/{draft.pk}/image/")
    assert image["Content-Type"] == "image/png"
    assert b"".join(image.streaming_content) == picture()
    file = editor.get(f"/admin/items/item/{draft.pk}/attachment/{draft.attachments.get().pk}/")
    assert file["Content-Disposition"] == 'attachment; filename="report.pdf"'
    assert b"".join(file.streaming_content) == b"%PDF-1.7"
    for response in (image, file):
        assert response["X-Content-Type-Options"] == "nosniff"
        assert "private" in response["Cache-Control"]


def test_files_are_closed_to_strangers_and_to_accounts_without_rights(client, draft):
    paths = [f"/admin/items/item/{draft.pk}/image/", f"/admin/items/item/{draft.pk}/attachment/1/"]
    for path in paths:
        assert client.get(path).status_code == 302
    client.force_login(make_person("newcomer"))
    for path in paths:
        assert client.get(path).status_code == 403
    client.force_login(make_person("reader", is_staff=False))
    for path in paths:
        assert client.get(path).status_code == 302


def test_files_that_are_not_there_are_not_found(editor, draft):
    other = make_item()
    assert editor.get(f"/admin/items/item/{other.pk}/image/").status_code == 404
    assert editor.get(f"/admin/items/item/{other.pk}/attachment/{draft.attachments.get().pk}/").status_code == 404
    draft.lead_image.storage.delete(draft.lead_image.name)
    assert editor.get(f"/admin/items/item/{draft.pk}/image/").status_code == 404


def test_a_lost_image_is_told_and_can_be_cleared(editor, draft):
    draft.lead_image.storage.delete(draft.lead_image.name)
    assert editor.get(change_url(draft)).status_code == 200
    errors = change(editor, draft, lead_image_alt="A house")
    assert "lost" in errors["lead_image"]
    assert not change(editor, draft, **{"lead_image-clear": "on"}).lead_image


def test_a_lost_attachment_is_told(editor, draft):
    attachment = draft.attachments.get()
    attachment.file.storage.delete(attachment.file.name)
    sent = {
        "attachments-TOTAL_FORMS": "1", "attachments-INITIAL_FORMS": "1", "attachments-0-id": attachment.pk,
        "attachments-0-item": draft.pk, "attachments-0-title": "Renamed", "attachments-0-position": "0",
    }  # fmt: skip
    assert "lost" in change(editor, draft, lead_image_alt="A house", **sent)["file"]
