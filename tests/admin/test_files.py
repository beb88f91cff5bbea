"""Images and attachments at the desk: what is taken in, and who is shown it before the public is."""

import pytest
from django.core.files.base import ContentFile
from django.core.files.uploadedfile import SimpleUploadedFile

from items.models import Attachment
from tests.admin.forms import add, change, change_url, make_person
from tests.builders import make_image, make_item

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("media")]


def upload(name, content):
    return SimpleUploadedFile(name, content)


@pytest.fixture
def editor(sign_in):
    return sign_in("Editor")


@pytest.fixture
def draft():
    """A draft with an image and an attachment."""
    item = make_item(status="draft", publish_at=None, picture=make_image())
    Attachment.objects.create(item=item, title="Report", file=ContentFile(b"%PDF-1.7", name="report.pdf"))
    return item


def test_an_attachment_is_taken_in_and_another_kind_refused(editor):
    sent = {"attachments-TOTAL_FORMS": "1", "attachments-0-title": "Report", "attachments-0-position": "0"}
    item = add(editor, **sent, **{"attachments-0-file": upload("report.pdf", b"%PDF-1.7")})
    assert item.attachments.get().name == "report.pdf"
    assert list(add(editor, **sent, **{"attachments-0-file": upload("page.html", b"<html>")})) == ["file"]


def test_the_form_links_to_the_desk_and_never_to_the_public_files(editor, draft):
    page = editor.get(change_url(draft)).content.decode()
    assert f'src="/admin/items/image/{draft.picture_id}/file/' in page
    assert f"/admin/items/item/{draft.pk}/attachment/{draft.attachments.get().pk}/" in page
    assert "/media/" not in page


def test_who_may_only_look_is_shown_the_files_by_the_desk_as_well(sign_in, draft):
    page = sign_in("Author").get(change_url(draft)).content.decode()
    assert f'src="/admin/items/image/{draft.picture_id}/file/' in page
    assert f"/admin/items/item/{draft.pk}/attachment/{draft.attachments.get().pk}/" in page
    assert "/media/" not in page


def test_files_are_streamed_to_the_desk(editor, draft):
    image = editor.get(f"/admin/items/image/{draft.picture_id}/file/")
    assert image["Content-Type"] == "image/png"
    assert b"".join(image.streaming_content).startswith(b"\x89PNG")
    file = editor.get(f"/admin/items/item/{draft.pk}/attachment/{draft.attachments.get().pk}/")
    assert file["Content-Disposition"] == 'attachment; filename="report.pdf"'
    assert b"".join(file.streaming_content) == b"%PDF-1.7"
    for response in (image, file):
        assert response["X-Content-Type-Options"] == "nosniff"
        assert "private" in response["Cache-Control"]


def test_files_are_closed_to_strangers_and_to_accounts_without_rights(client, draft):
    paths = [f"/admin/items/image/{draft.picture_id}/file/", f"/admin/items/item/{draft.pk}/attachment/1/"]
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
    assert editor.get(f"/admin/items/item/{other.pk}/attachment/{draft.attachments.get().pk}/").status_code == 404
    assert editor.get("/admin/items/image/999999/file/").status_code == 404
    draft.picture.file.storage.delete(draft.picture.file.name)
    assert editor.get(f"/admin/items/image/{draft.picture_id}/file/").status_code == 404
    assert editor.get(change_url(draft)).status_code == 200


def test_a_lost_attachment_is_told(editor, draft):
    attachment = draft.attachments.get()
    attachment.file.storage.delete(attachment.file.name)
    sent = {
        "attachments-TOTAL_FORMS": "1", "attachments-INITIAL_FORMS": "1", "attachments-0-id": attachment.pk,
        "attachments-0-item": draft.pk, "attachments-0-title": "Renamed", "attachments-0-position": "0",
    }  # fmt: skip
    assert "lost" in change(editor, draft, **sent)["file"]


@pytest.mark.parametrize("name", ["a.pdf", "a.docx", "a.zip", "a.ods"])
def test_an_attachment_that_is_not_what_its_name_says_is_refused(editor, name):
    sent = {"attachments-TOTAL_FORMS": "1", "attachments-0-title": "Report", "attachments-0-position": "0"}
    errors = add(editor, **sent, **{"attachments-0-file": upload(name, b"MZ program")})
    assert "whatever its name says" in errors["file"]
    assert list(add(editor, **sent, **{"attachments-0-file": upload("a.csv", b"a\0b")})) == ["file"]
    assert add(editor, **sent, **{"attachments-0-file": upload("a.csv", "é;1".encode())}).attachments.count() == 1
