"""The desk of keywords: one name, one keyword."""

import pytest

from items.models import Keyword, KeywordAlias
from tests.builders import make_item, make_keyword

pytestmark = pytest.mark.django_db
ADD = "/admin/items/keyword/add/"


@pytest.fixture
def editor(sign_in):
    return sign_in("Editor")


def filled(*aliases, **overrides):
    values = {
        "name": "zebra crossing", "slug": "", "status": "approved",
        "aliases-TOTAL_FORMS": str(len(aliases)), "aliases-INITIAL_FORMS": "0",
        "aliases-2-TOTAL_FORMS": "0", "aliases-2-INITIAL_FORMS": "0", **overrides,
    }  # fmt: skip
    return values | {f"aliases-{n}-name": name for n, name in enumerate(aliases)}


def errors(response):
    assert response.status_code == 200
    found = dict(response.context["adminform"].form.errors)
    for formset in response.context["inline_admin_formsets"]:
        for row in formset.formset.errors:
            found |= {f"alias {name}": words for name, words in row.items()}
    return found


def change_url(keyword):
    return f"/admin/items/keyword/{keyword.pk}/change/"


def test_a_keyword_is_added_with_its_other_names(editor):
    assert editor.post(ADD, filled("zebra path", label_fr="passage piéton")).status_code == 302
    keyword = Keyword.objects.get(name="zebra crossing")
    assert keyword.slug == "zebra-crossing"
    assert keyword.labels == {"fr": "passage piéton"}
    assert [(alias.name, alias.slug) for alias in keyword.aliases.all()] == [("zebra path", "zebra-path")]


@pytest.mark.parametrize("name", ["Okapi", "OKAPI ", "okapi house", "a, b", "!!!", "x" * 101, ""])
def test_a_name_that_is_taken_or_makes_no_sense_is_refused(editor, name):
    KeywordAlias.objects.create(term=make_keyword("okapi"), name="okapi house")
    assert list(errors(editor.post(ADD, filled(name=name)))) == ["name"]


@pytest.mark.parametrize("alias", ["Okapi", "okapi house", "Okapi-House", "!!!", "zebra crossing", "x" * 101])
def test_an_other_name_that_is_taken_or_makes_no_sense_is_refused(editor, alias):
    KeywordAlias.objects.create(term=make_keyword("okapi"), name="okapi house")
    assert list(errors(editor.post(ADD, filled(alias)))) == ["alias name"]


def test_the_same_other_name_twice_is_refused(editor):
    assert list(errors(editor.post(ADD, filled("striped way", "Striped-way")))) == ["alias name"]


def test_other_names_that_differ_in_signs_have_addresses_of_their_own(editor):
    make_keyword("C")
    assert editor.post(ADD, filled("c way", "c++ way", "C++")).status_code == 302
    aliases = Keyword.objects.get(name="zebra crossing").aliases
    assert list(aliases.order_by("pk").values_list("name", "slug")) == [
        ("c way", "c-way"), ("c++ way", "c-way-2"), ("C++", "c-2"),
    ]  # fmt: skip


def test_a_keyword_can_be_saved_again_with_its_own_names(editor):
    keyword = make_keyword("okapi", status="approved")
    alias = KeywordAlias.objects.create(term=keyword, name="forest giraffe")
    sent = filled("forest giraffe", name="okapi", slug="okapi") | {
        "aliases-INITIAL_FORMS": "1", "aliases-0-id": alias.pk, "aliases-0-term": keyword.pk,
    }  # fmt: skip
    assert editor.post(change_url(keyword), sent).status_code == 302


def test_a_renamed_keyword_keeps_its_former_slug_and_shows_it_apart(editor):
    keyword = make_keyword("okapi")
    assert editor.post(change_url(keyword), filled(name="zebra", slug="okapis")).status_code == 302
    keyword.refresh_from_db()
    assert (keyword.name, keyword.slug) == ("okapi", "okapi")  # the form does not rename: that shows its items first
    keyword.slug = "okapis"
    keyword.save()
    page = editor.get(change_url(keyword))
    shown = [
        formset.formset.queryset.values_list("slug", flat=True) for formset in page.context["inline_admin_formsets"]
    ]
    assert [list(slugs) for slugs in shown] == [[], ["okapi"]]


def test_proposed_keywords_are_approved_together(editor):
    proposed = make_keyword("okapi")
    editor.post("/admin/items/keyword/", {"action": "approve", "_selected_action": [proposed.pk]})
    proposed.refresh_from_db()
    assert proposed.status == "approved"


def test_a_proposal_may_be_deleted_though_used_and_an_approved_keyword_not(editor):
    for name, status in (("okapi", "proposed"), ("giraffe", "approved")):
        keyword = make_keyword(name, status=status)
        make_item(keywords=[keyword])
        editor.post(f"/admin/items/keyword/{keyword.pk}/delete/", {"post": "yes"})
        assert Keyword.objects.filter(pk=keyword.pk).exists() is (status == "approved")


def test_keywords_are_found_by_other_names_and_labels(editor):
    keyword = make_keyword("okapi", labels={"fr": "Girafe des forêts"})
    KeywordAlias.objects.create(term=keyword, name="zebra giraffe")
    for words in ("okap", "forets", "zebra gir"):
        assert keyword in editor.get("/admin/items/keyword/", {"q": words}).context["cl"].result_list


@pytest.mark.parametrize("field", ["name", "slug", "aliases-0-name", "label_en", "status"])
@pytest.mark.parametrize("value", ["a\0b", b"\xed\xa0\x80", "x" * 300])
def test_no_input_breaks_the_form(editor, field, value):
    assert editor.post(ADD, filled("other") | {field: value}).status_code in (200, 302)


def test_authors_look_at_keywords_only(sign_in):
    author = sign_in("Author")
    keyword = make_keyword("okapi")
    assert author.get(change_url(keyword)).status_code == 200
    assert author.post(change_url(keyword), filled(name="x")).status_code == 403
    assert author.get(ADD).status_code == 403
    author.post("/admin/items/keyword/", {"action": "approve", "_selected_action": [keyword.pk]})
    keyword.refresh_from_db()
    assert keyword.status == "proposed"
