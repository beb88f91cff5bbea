"""The media library at the desk."""

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile

from items.models import Image
from tests.admin.forms import add
from tests.builders import make_image, make_item, picture_bytes

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("media")]
LIST = "/admin/items/image/"
QUICK = f"{LIST}quick/"


@pytest.fixture
def editor(sign_in):
    return sign_in("Editor")


@pytest.fixture
def author(sign_in):
    return sign_in("Author")


def upload(content=None, name="house.png"):
    return SimpleUploadedFile(name, content or picture_bytes(size=(50, 40)))


def filled(**values):
    """What the form of a picture sends."""
    texts = {f"text_{code}": "" for code in ("en", "fr", "nl", "de")}
    return {**texts, "text_en": "A house", "title": "", "credit": "", "focal_x": "0.5", "focal_y": "0.5", **values}


def errors(response):
    return response.context["adminform"].form.errors


def page_of(image):
    return f"{LIST}{image.pk}/change/"


def test_a_picture_is_added_with_its_descriptions(author):
    values = filled(upload=upload(), text_fr="Une maison", credit="Ann")
    del values["focal_x"], values["focal_y"]
    assert author.post(f"{LIST}add/", values).status_code == 302
    image = Image.objects.get()
    assert (image.title, image.texts, image.credit) == ("House", {"en": "A house", "fr": "Une maison"}, "Ann")
    assert image.uploaded_by.username
    assert image.made
    assert author.get(page_of(image)).status_code == 200


@pytest.mark.parametrize(
    ("values", "field"),
    [({"text_en": ""}, "text_en"), ({"text_en": "IMG_1.jpg"}, "text_en"), ({"upload": ""}, "upload"),
     ({"upload": upload(b"<svg/>", "a.svg")}, "upload")],
)  # fmt: skip
def test_what_is_wrong_is_said_beside_its_field(editor, values, field):
    assert list(errors(editor.post(f"{LIST}add/", filled(**{"upload": upload(), **values})))) == [field]
    assert not Image.objects.exists()


def test_the_same_file_is_known_again(editor):
    content = picture_bytes(size=(50, 40))
    known = make_image(content=content)
    found = errors(editor.post(f"{LIST}add/", filled(upload=upload(content))))["upload"][0]
    assert f'href="{page_of(known)}"' in found
    quick = editor.post(QUICK, {"file": upload(content), "alt": "x"}).json()
    assert quick["image"]["id"] == known.pk
    assert "already" in quick["said"]


def test_a_dialog_uploads_one_file_with_its_description(author):
    found = author.post(QUICK, {"file": upload(), "alt": "Une maison", "language": "fr"}).json()
    assert Image.objects.get(pk=found["image"]["id"]).texts == {"fr": "Une maison"}
    other = picture_bytes(color=9)
    refused = [({"alt": ""}, "alt"), ({"alt": "x.png"}, "alt"), ({"file": upload(b"no"), "alt": "x"}, "file")]
    for values, field in refused:
        answer = author.post(QUICK, {"file": upload(other), **values})
        assert (answer.status_code, list(answer.json()["errors"])) == (400, [field])
    assert author.post(QUICK, {"file": upload(other), "is_decorative": "on"}).status_code == 200


def test_the_library_is_searched_and_filtered(editor):
    house, unused = make_image("A red house", title="One"), make_image("Une école", title="Two", language="fr")
    make_item(picture=house)

    def ids(**query):
        return {image["id"] for image in editor.get(f"{LIST}find/", query).json()["images"]}

    assert ids() == {house.pk, unused.pk}
    assert ids(find="red one") == {house.pk}
    assert ids(find="école") == {unused.pk}
    assert ids(find="nothing") == set()
    assert ids(id=house.pk) == {house.pk}
    assert ids(id=f"{house.pk:018}00") == ids()  # no key, nor the beginning of one
    listed = {name: editor.get(LIST, query).content.decode() for name, query in
              {"unused": {"use": "none"}, "public": {"use": "public"}, "untold": {"text": "en"}}.items()}  # fmt: skip
    assert [("One" in page, "Two" in page) for page in listed.values()] == [(False, True), (True, False), (False, True)]


def test_a_file_is_replaced_and_the_page_says_where_it_is_used(editor):
    image = make_image(title="House")
    make_item(title="Shows it", picture=image)
    address = image.url
    sent = filled(title="House", upload=upload(picture_bytes("JPEG", size=(70, 50))), focal_x="0.2")
    assert editor.post(page_of(image), sent).status_code == 302
    image = Image.objects.get()
    assert (image.url, image.width, image.focal_x) == (address, 70, 0.2)
    assert "Shows it" in editor.get(page_of(image)).content.decode()


def test_a_used_picture_is_not_deleted(editor):
    image = make_image()
    item = make_item(picture=image)
    delete = f"{LIST}{image.pk}/delete/"
    assert editor.post(delete, {"post": "yes"}).status_code in (200, 403)
    assert Image.objects.exists()
    item.picture = None
    item.save()
    assert editor.post(delete, {"post": "yes"}).status_code == 302
    assert not Image.objects.exists()


def test_an_author_only_looks_at_what_readers_have(author):
    image = make_image(title="House")
    make_item(picture=image)
    assert author.get(page_of(image)).status_code == 200
    assert author.post(page_of(image), filled(title="Other")).status_code == 403
    assert Image.objects.get().title == "House"


def test_strangers_see_nothing(client):
    image = make_image()
    for path in (LIST, f"{LIST}find/", f"{LIST}{image.pk}/file/", page_of(image)):
        assert client.get(path).status_code == 302
    assert client.post(QUICK, {"file": upload()}).status_code == 302


def test_the_form_of_an_item_takes_a_picture_by_its_number(editor):
    image = make_image()
    assert add(editor, picture=str(image.pk)).picture == image
    assert list(add(editor, picture="999999")) == ["picture"]


def test_many_pictures_make_no_more_queries(editor, django_assert_max_num_queries):
    for _ in range(3):
        make_item(picture=make_image())
    for path in (LIST, f"{LIST}find/", "/admin/items/item/add/"):
        with django_assert_max_num_queries(30):
            assert editor.get(path).status_code == 200


def test_items_to_link_to_are_found_by_title_and_number(editor):
    here = make_item(title="Reception in 2026")
    draft = make_item(title="Reception soon", status="draft", publish_at=None)
    make_item(title="Reception gone", status="removed")
    found = editor.get("/admin/items/item/links/", {"find": "reception"}).json()["items"]
    assert {item["id"]: item["is_readable"] for item in found} == {here.pk: True, draft.pk: False}
    assert editor.get("/admin/items/item/links/", {"find": str(here.pk)}).json()["items"][0]["title"] == here.title
    assert editor.get("/admin/items/item/links/").json() == {"items": []}


def test_the_editor_is_told_of_links_that_lead_nowhere(editor):
    draft = make_item(status="draft", publish_at=None)
    item = make_item(body=f'<p><a href="/x/" data-item="{draft.pk}">x</a></p>')
    page = editor.get(f"/admin/items/item/{item.pk}/change/").content.decode()
    assert f"&quot;lost&quot;: [{draft.pk}]" in page
