"""Vocabulary: slugs that last, labels, names from CLDR."""

import pytest
from django.core.exceptions import ValidationError
from django.db import transaction

from items.models import Country, Item, ItemType, Keyword, KeywordAlias, Source, Theme
from items.models.country import iso_codes
from items.models.language import language_name
from tests.builders import make_item, make_keyword, make_term

pytestmark = pytest.mark.django_db


@pytest.fixture(params=[Theme, ItemType, Source, Keyword], ids=lambda model: model.__name__)
def term(request, db):
    return make_keyword("first-slug") if request.param is Keyword else make_term(request.param, "first-slug")


def rename(term, slug):
    """As an editor does, on a term fresh from the database."""
    term = type(term).objects.get(pk=term.pk)
    term.slug = slug
    term.full_clean()
    term.save()
    return term


def resolve(term, *slugs):
    return type(term).objects.resolve(slugs)


def test_a_renamed_term_is_found_by_every_slug_it_had(term):
    rename(rename(term, "second-slug"), "third-slug")
    assert resolve(term, "first-slug", "second-slug", "third-slug", "fourth-slug") == {
        "first-slug": term, "second-slug": term, "third-slug": term,
    }  # fmt: skip
    assert {found.slug for found in resolve(term, "first-slug", "third-slug").values()} == {"third-slug"}


def test_a_term_renamed_back_has_no_alias_of_its_own_slug(term):
    renamed = rename(rename(term, "second-slug"), "first-slug")
    assert list(renamed.aliases.values_list("slug", flat=True)) == ["second-slug"]
    assert resolve(term, "first-slug", "second-slug") == {"first-slug": term, "second-slug": term}
    rename(renamed, "second-slug")
    assert list(term.aliases.values_list("slug", flat=True)) == ["first-slug"]


def test_a_term_renamed_where_it_was_made_keeps_its_slug_too(term):
    term.slug = "second-slug"
    term.save()
    term.slug = "third-slug"
    term.save()
    assert set(term.aliases.values_list("slug", flat=True)) == {"first-slug", "second-slug"}


def test_a_slug_is_not_changed_in_bulk_where_no_alias_would_be_made(term):
    with pytest.raises(TypeError, match=r"save\(\)"):
        type(term).objects.filter(pk=term.pk).update(slug="second-slug")
    term.slug = "second-slug"
    with pytest.raises(TypeError, match=r"save\(\)"), transaction.atomic():
        type(term).objects.bulk_update([term], ["slug"])
    assert type(term).objects.get(pk=term.pk).slug == "first-slug"
    type(term).objects.bulk_update([term], ["labels"])
    assert type(term).objects.filter(pk=term.pk).update(labels={"en": "Other"}) == 1


def test_a_former_slug_is_not_given_to_another_term(term):
    model = type(term)
    rename(term, "second-slug")
    extra = {"name": "Other"} if model is Keyword else {}
    with pytest.raises(ValidationError, match="slug of another term"):
        model(slug="first-slug", labels={"en": "x"}, **extra).full_clean()


def test_saving_without_renaming_makes_no_alias(term):
    term.labels = {"en": "Other"}
    term.save()
    assert not term.aliases.exists()


@pytest.mark.parametrize("slug", ["\x00", "a\x00b", "", "x" * 500])
def test_a_slug_that_nothing_can_have_is_unknown(term, slug):
    assert resolve(term, slug) == {}


def test_a_label_falls_back_to_the_first_language_then_any_then_the_slug():
    assert make_term(Theme, "one", labels={"en": "One", "fr": "Un"}).label("fr") == "Un"
    assert make_term(Theme, "two", labels={"en": "Two"}).label("fr") == "Two"
    assert make_term(Theme, "three", labels={"nl": "Drie"}).label("fr") == "Drie"
    assert make_term(Theme, "four", labels={}).label("fr") == "four"
    assert make_keyword("five").label("fr") == "five"


@pytest.mark.parametrize("labels", [["en"], "x", {"en": 1}, {"en": None}])
def test_labels_are_texts_by_language(labels):
    with pytest.raises(ValidationError):
        Theme(slug="x", labels=labels).full_clean()


def test_keywords_are_named_in_any_case_and_by_alias():
    keyword = make_keyword("Zebra Crossing")
    KeywordAlias.objects.create(term=keyword, name="Überweg")
    found = Keyword.objects.named(["ZEBRA  crossing", "überWEG", "no such"])
    assert found == {"zebra crossing": keyword, "überweg": keyword}
    assert Keyword.objects.resolve(["uberweg"]) == {"uberweg": keyword}


def test_a_new_keyword_is_proposed_and_one_in_another_case_is_the_same():
    item = make_item()
    item.keywords.add("Zebra crossing", "zebra CROSSING", "Привет")
    assert {(k.name, k.status) for k in item.keywords.all()} == {("Zebra crossing", "proposed"), ("Привет", "proposed")}
    assert Item.objects.filter(keywords__name="Zebra crossing").count() == 1


@pytest.mark.parametrize(
    ("language", "name"), [("en", "Belgium"), ("fr", "Belgique"), ("nl", "België"), ("de", "Belgien")]
)
def test_a_country_is_named_in_every_language(language, name):
    assert Country.objects.get_or_create(code="be")[0].label(language) == name


def test_countries_are_those_of_the_standard():
    codes = iso_codes()
    assert len(codes) == 250  # 249 of ISO 3166-1, and Kosovo
    assert {"be", "gb", "xk"} <= set(codes)
    assert not {"eu", "uk", "zz", "un"} & set(codes)


def test_a_language_is_named_in_another():
    assert language_name("fr", "de") == "Französisch"
    assert language_name("en-gb", "en") == "English"
