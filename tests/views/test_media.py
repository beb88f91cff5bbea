"""Pictures and their sizes, to readers: only while an item that they can read shows them."""

import pytest
from django.core.files.base import ContentFile

from items import images
from items.models import Attachment
from tests.builders import AT, make_image, make_item, picture_bytes

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("media")]


@pytest.mark.parametrize("inside", [False, True])
def test_a_picture_is_public_while_a_readable_item_shows_it(client, inside):
    image = make_image()
    small = f"/media/{image.rendition_path('whole-40.webp')}"
    assert client.get(image.url).status_code == client.get(small).status_code == 404
    shown = {"body": f'<figure data-image="{image.pk}"></figure>'} if inside else {"picture": image}
    item = make_item(**shown)
    assert client.get(image.url).status_code == client.get(small).status_code == 200
    item.status = "draft"
    item.save()
    assert client.get(image.url).status_code == client.get(small).status_code == 404


def test_a_size_is_kept_for_ever_and_the_picture_itself_is_asked_for_again(client):
    image = make_image()
    make_item(picture=image)
    small = client.get(f"/media/{image.rendition_path('whole-40.webp')}")
    assert small["Content-Type"] == "image/webp"
    assert "immutable" in small["Cache-Control"]
    whole = client.get(image.url)
    assert "immutable" not in whole["Cache-Control"]
    assert client.get(image.url, headers={"if-none-match": whole["ETag"]}).status_code == 304
    images.replace(image, make_upload("JPEG"), by=None, at=AT)
    new = client.get(image.url, headers={"if-none-match": whole["ETag"]})
    assert (new.status_code, new["Content-Type"]) == (200, "image/jpeg")


def make_upload(format):
    return ContentFile(picture_bytes(format, size=(64, 48)), name="new")


def test_the_address_of_an_old_size_leads_to_the_present_picture(client):
    image = make_image()
    make_item(picture=image)
    old = f"/media/{image.rendition_path('whole-40.webp')}"
    images.replace(image, make_upload("PNG"), by=None, at=AT)
    answer = client.get(old)
    assert (answer.status_code, answer["Location"]) == (302, image.url)


@pytest.mark.parametrize("name", ["renditions/1/../../x", "renditions/9/ab/whole-1.webp", "x\0y", "images/none.png"])
def test_no_other_file_is_served(client, name):
    assert client.get(f"/media/{name}").status_code == 404


def test_an_attachment_whose_file_was_replaced_keeps_its_address(client):
    item = make_item()
    file = Attachment.objects.create(item=item, title="Report", file=ContentFile(b"%PDF-1.7", name="one.pdf"))
    old = f"/news/{item.pk}/files/{file.pk}/one.pdf"
    assert client.get(old).status_code == 200
    file.file = ContentFile(b"%PDF-1.7 two", name="two.pdf")
    file.save()
    assert client.get(old)["Location"] == f"/news/{item.pk}/files/{file.pk}/two.pdf"
