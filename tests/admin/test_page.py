"""The desk of standing pages: a title and a text in each language, on one form."""

import pytest

from items.models import Page, PageText
from tests.builders import make_image, make_page

pytestmark = pytest.mark.django_db

ADD = "/admin/items/page/add/"


def filled(**overrides):
    values = {
        f"{part}_{code}": "" for part in ("title", "slug", "summary", "body") for code in ("en", "fr", "nl", "de")
    }
    return {**values, "kind": "about", "position": "1", "is_in_footer": "on", "is_published": "on", **overrides}


def errors(response):
    assert response.status_code == 200
    return response.context["adminform"].form.errors


def test_a_page_is_in_the_languages_that_have_a_title_and_a_text(editor, client):
    editor.post(ADD, filled(title_en="Us", body_en="Some words.", title_fr="Nous", body_fr="<h2>Des mots</h2>"))
    page = Page.objects.get()
    assert [(text.language, text.slug) for text in page.versions()] == [("en", "us"), ("fr", "nous")]
    assert "<h2>Des mots</h2>" in client.get("/fr/pages/nous/").content.decode()


@pytest.mark.parametrize(
    ("values", "field"),
    [
        ({"title_en": "Us"}, "body_en"),
        ({"title_en": "Us", "body_en": "x", "body_fr": "y"}, "title_fr"),
        ({"title_en": "Us", "body_en": "<script>x</script>"}, "body_en"),
        ({}, "is_published"),
        ({"title_en": "Us", "body_en": "x", "slug_en": "taken"}, "slug_en"),
        ({"title_en": "Us", "body_en": "x", "kind": "legal"}, "__all__"),
    ],
)
def test_what_no_page_can_be_is_said_beside_the_field(editor, values, field):
    make_page(kind="legal", en="Taken")
    assert field in errors(editor.post(ADD, filled(**values)))
    assert Page.objects.count() == 1


def test_a_draft_may_be_empty(editor):
    values = filled(kind="other")
    del values["is_published"]
    assert editor.post(ADD, values).status_code == 302


def change(page):
    return f"/admin/items/page/{page.pk}/change/"


def test_the_form_holds_what_is_stored_and_saving_it_changes_nothing(editor):
    page = make_page(en="Us", fr="Nous", body="<p>Some <strong>words</strong>.</p>")
    form = editor.get(change(page)).context["adminform"].form
    values = {name: form.get_initial_for_field(field, name) for name, field in form.fields.items()}
    before = list(PageText.objects.order_by("pk").values("title", "slug", "summary", "body"))
    assert editor.post(change(page), filled(**{k: v for k, v in values.items() if v is not None})).status_code == 302
    assert list(PageText.objects.order_by("pk").values("title", "slug", "summary", "body")) == before


def test_a_form_with_an_error_and_an_emptied_slug_comes_back_as_it_was_typed(editor):
    page = make_page(en="Us")
    values = filled(title_en="We ourselves", body_en="New words.", title_fr="Nous")
    response = editor.post(change(page), values)
    assert list(errors(response)) == ["body_fr"]
    form = response.context["adminform"].form
    assert (form["title_en"].value(), form["slug_en"].value()) == ("We ourselves", "")
    assert '<a href="/pages/us/">' in response.content.decode()
    assert editor.post(change(page), {**values, "body_fr": "Des mots."}).status_code == 302
    assert [text.slug for text in page.versions()] == ["we-ourselves", "nous"]


def test_another_slug_leads_from_the_former_and_an_emptied_language_goes(editor, client):
    page = make_page(en="Us", fr="Nous")
    editor.post(change(page), filled(title_en="Us", slug_en="who-we-are", body_en="<p>Words.</p>"))
    assert client.get("/pages/us/")["Location"] == "/pages/who-we-are/"
    assert client.get("/fr/pages/nous/").status_code == 404


def test_the_list_says_what_is_there_and_takes_another_order(editor):
    one, two = make_page(en="One", position=1), make_page(kind="other", en="Two", de="Zwei", position=2)
    text = editor.get("/admin/items/page/").content.decode()
    assert text.index("One") < text.index("Two")
    assert "EN, DE" in text
    rows = {"form-TOTAL_FORMS": "2", "form-INITIAL_FORMS": "2", "_save": "Save"}
    for number, (page, position) in enumerate([(one, 2), (two, 1)]):
        rows |= {f"form-{number}-id": str(page.pk), f"form-{number}-position": str(position)}
    editor.post("/admin/items/page/", rows)
    assert [str(page) for page in Page.objects.all()] == ["Two", "One"]


def test_pages_are_looked_after_by_editors_and_deleted_by_administrators(sign_in):
    page = make_page()
    assert sign_in("Author").get(change(page)).status_code == 403
    assert sign_in("Editor").get(f"/admin/items/page/{page.pk}/delete/").status_code == 403
    assert sign_in("Administrator").post(f"/admin/items/page/{page.pk}/delete/", {"post": "yes"}).status_code == 302
    assert not Page.objects.exists()


@pytest.mark.usefixtures("media")
def test_a_pictures_page_names_the_standing_pages_that_show_it(editor):
    image = make_image("A map")
    make_page(en="How to find us", body=f'<p>Here:</p><figure data-image="{image.pk}"></figure>')
    assert "How to find us" in editor.get(f"/admin/items/image/{image.pk}/change/").content.decode()
