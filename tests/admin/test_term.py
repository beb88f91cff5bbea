"""The desks of themes, types and sources, and that of countries."""

import pytest

from items.models import Country, ItemType, Source, Theme, ThemeAlias
from tests.builders import make_item, make_term

pytestmark = pytest.mark.django_db
MODELS = {"theme": Theme, "itemtype": ItemType, "source": Source}
NO_FORMER_SLUGS = {"aliases-TOTAL_FORMS": "0", "aliases-INITIAL_FORMS": "0"}


@pytest.fixture
def administrator(sign_in):
    return sign_in("Administrator")


def filled(**overrides):
    values = {"slug": "new-term", "position": "0", "label_en": "New term", "parent": "", **NO_FORMER_SLUGS}
    return values | overrides


def errors(response):
    assert response.status_code == 200
    return dict(response.context["adminform"].form.errors)


@pytest.mark.parametrize("name", MODELS)
def test_labels_are_written_by_language(administrator, name):
    sent = filled(label_en=" New   term ", label_fr="Nouveau", label_nl="", label_de="Neu")
    assert administrator.post(f"/admin/items/{name}/add/", sent).status_code == 302
    term = MODELS[name].objects.get(slug="new-term")
    assert term.labels == {"en": "New term", "fr": "Nouveau", "de": "Neu"}
    page = administrator.get(f"/admin/items/{name}/{term.pk}/change/").content.decode()
    assert 'value="Nouveau"' in page


@pytest.mark.parametrize("name", MODELS)
@pytest.mark.parametrize("label", ["", "   ", "\x01"])
def test_the_first_language_needs_a_label(administrator, name, label):
    assert list(errors(administrator.post(f"/admin/items/{name}/add/", filled(label_en=label)))) == ["label_en"]


def test_labels_of_a_language_that_the_site_no_longer_has_are_kept(administrator):
    term = make_term(Theme, "old", labels={"en": "Old", "pl": "Stary"})
    administrator.post(f"/admin/items/theme/{term.pk}/change/", filled(slug="old", label_en="Older"))
    term.refresh_from_db()
    assert term.labels == {"en": "Older", "pl": "Stary"}


@pytest.mark.parametrize("field", ["label_en", "label_fr", "slug", "parent", "position"])
@pytest.mark.parametrize("value", ["a\0b", b"\xed\xa0\x80", "9" * 30, "x" * 300])
def test_no_input_breaks_the_form(administrator, field, value):
    assert administrator.post("/admin/items/theme/add/", filled(**{field: value})).status_code in (200, 302)


def test_the_slug_is_made_from_the_first_label_when_a_term_is_added_only(administrator):
    term = make_term(Theme, "a-term")
    assert "prepopulated-fields-constants" in (page := administrator.get("/admin/items/theme/add/").content.decode())
    assert "#id_label_en" in page
    assert "#id_label_en" not in administrator.get(f"/admin/items/theme/{term.pk}/change/").content.decode()


def test_a_taken_slug_and_a_former_slug_are_refused(administrator):
    term = make_term(Theme, "a-term")
    ThemeAlias.objects.create(term=term, slug="once")
    for slug in ("a-term", "once"):
        assert list(errors(administrator.post("/admin/items/theme/add/", filled(slug=slug)))) == ["slug"]


def test_a_renamed_term_shows_its_former_slug(administrator):
    term = make_term(Theme, "before")
    administrator.post(f"/admin/items/theme/{term.pk}/change/", filled(slug="after"))
    assert "before" in administrator.get(f"/admin/items/theme/{term.pk}/change/").content.decode()
    assert administrator.post(f"/admin/items/theme/{term.pk}/change/", filled(slug="after")).status_code == 302


def test_former_slugs_cannot_be_taken_away_by_a_crafted_request(administrator):
    term = make_term(Theme, "after")
    alias = ThemeAlias.objects.create(term=term, slug="before")
    sent = filled(slug="after") | {
        "aliases-TOTAL_FORMS": "1", "aliases-INITIAL_FORMS": "1", "aliases-0-id": alias.pk,
        "aliases-0-term": term.pk, "aliases-0-slug": "stolen", "aliases-0-DELETE": "on",
    }  # fmt: skip
    administrator.post(f"/admin/items/theme/{term.pk}/change/", sent)
    assert list(term.aliases.values_list("slug", flat=True)) == ["before"]


def test_a_term_cannot_stand_below_itself(administrator):
    top, below = make_term(Theme, "top"), make_term(Theme, "below")
    Theme.objects.filter(pk=below.pk).update(parent=top)
    page = administrator.get(f"/admin/items/theme/{top.pk}/change/")
    offered = {str(value) for value, _label in page.context["adminform"].form.fields["parent"].choices}
    assert not offered & {str(top.pk), str(below.pk)}
    for parent in (top, below):
        response = administrator.post(f"/admin/items/theme/{top.pk}/change/", filled(slug="top", parent=parent.pk))
        assert "below itself" in errors(response)["parent"][0]


def test_the_tree_is_listed_and_chosen_in_its_order_and_indented(administrator):
    Theme.objects.exclude(parent=None).delete()
    Theme.objects.all().delete()
    make_term(Theme, "b", position=2)
    a = make_term(Theme, "a", position=1)
    make_term(Theme, "a-child", parent=a, position=9)
    rows = administrator.get("/admin/items/theme/").context["cl"].result_list
    assert [(row.slug, row.depth) for row in rows] == [("a", 0), ("a-child", 1), ("b", 0)]
    page = administrator.get("/admin/items/item/add/").content.decode()
    assert 'data-depth="1"' in page


@pytest.mark.parametrize("name", MODELS)
def test_a_term_in_use_cannot_be_deleted_and_says_why(administrator, name):
    term = make_term(MODELS[name], "used")
    make_item(**{"theme": {"themes": [term]}, "itemtype": {"type": term}, "source": {"source": term}}[name])
    response = administrator.post(f"/admin/items/{name}/{term.pk}/delete/", {"post": "yes"})
    assert "1 item" in response.content.decode()
    chosen = {"action": "delete_selected", "_selected_action": [term.pk], "post": "yes"}
    administrator.post(f"/admin/items/{name}/", chosen)
    assert MODELS[name].objects.filter(pk=term.pk).exists()


def test_a_term_with_terms_below_it_cannot_be_deleted(administrator):
    top = make_term(Theme, "top")
    make_term(Theme, "below", parent=top)
    response = administrator.post(f"/admin/items/theme/{top.pk}/delete/", {"post": "yes"})
    assert "1 term below it" in response.content.decode()


@pytest.mark.parametrize("name", MODELS)
def test_a_term_that_nothing_uses_can_be_deleted(administrator, name):
    term = make_term(MODELS[name], "unused")
    assert administrator.post(f"/admin/items/{name}/{term.pk}/delete/", {"post": "yes"}).status_code == 302


@pytest.mark.parametrize("name", ["theme", "source"])
@pytest.mark.parametrize("words", ["okapihuis", "OKAPIHÚIS", "okapi-shelter", "hús okapi"])
def test_terms_are_found_by_a_label_in_any_language(administrator, name, words):
    make_term(MODELS[name], "okapi-shelter", labels={"en": "Shelter", "nl": "Het Okapihuis hus"})
    found = administrator.get(f"/admin/items/{name}/", {"q": words}).context["cl"].result_list
    assert [term.slug for term in found] == ["okapi-shelter"]


def test_usage_links_to_just_those_items(administrator):
    term = make_term(Theme, "used")
    make_item(title="Uses it", themes=[term])
    make_item(title="Does not")
    page = administrator.get(f"/admin/items/theme/{term.pk}/change/").content.decode()
    assert f'href="/admin/items/item/?theme={term.pk}">1</a>' in page
    listed = administrator.get(f"/admin/items/item/?theme={term.pk}").context["cl"].result_list
    assert [item.title for item in listed] == ["Uses it"]


@pytest.mark.parametrize("name", ["source", "itemtype", "keyword"])
def test_the_usage_link_of_every_vocabulary_is_one_that_the_list_takes(administrator, name):
    item = make_item(keywords=["zebra"], source="used", type="used-type")
    term = {"source": item.source, "itemtype": item.type, "keyword": item.keywords.get()}[name]
    page = administrator.get(f"/admin/items/{name}/{term.pk}/change/").content.decode()
    link = page.split('<a href="/admin/items/item/?')[1].split('"')[0]
    response = administrator.get(f"/admin/items/item/?{link}")
    assert [found.pk for found in response.context["cl"].result_list] == [item.pk]


def test_countries_are_looked_at_only_and_found_by_name(administrator):
    belgium = Country.objects.get_or_create(code="be")[0]
    assert administrator.get("/admin/items/country/add/").status_code == 403
    assert administrator.post(f"/admin/items/country/{belgium.pk}/change/", {"code": "xx"}).status_code == 403
    assert administrator.post(f"/admin/items/country/{belgium.pk}/delete/", {"post": "yes"}).status_code == 403
    for words in ("belgi", "Belgique", "BE"):
        found = administrator.get("/admin/items/country/", {"q": words}).context["cl"].result_list
        assert belgium in found
    asked = {"app_label": "items", "model_name": "item", "field_name": "countries", "term": "belgië"}
    found = administrator.get("/admin/autocomplete/", asked).json()["results"]
    assert found == [{"id": str(belgium.pk), "text": "Belgium"}]
