"""Likely twins, and what is suggested to who types."""

import pytest
from django.core.exceptions import PermissionDenied

from items.models import Country, KeywordAlias, NotTwins, Theme
from items.vocabulary import Refused, Suggestion, are_not_twins, near, suggest, twins, twins_of
from tests.builders import AT, make_keyword, make_term

pytestmark = pytest.mark.django_db


def found(*keywords):
    """(other's name, reason) of all twins among these keywords."""
    keys = {keyword.pk for keyword in keywords}
    return {(t.names, t.reason) for t in twins() if t.keyword in keys and (t.facet != "keyword" or t.key in keys)}


@pytest.mark.parametrize(
    ("one", "other", "reason"),
    [
        ("Zebra path", "zebra-path", "spelling"),
        ("zébra path", "zebra path!", "spelling"),
        ("zebrapath", "zebra path", "spelling"),
        ("path zebra", "zebra path", "spelling"),
        ("zebra paths", "zebra path", "form"),
        ("zebra crossings", "crossing zebra", "form"),
        ("zebra crosing", "zebra crossing", "slip"),
        ("organization of zoos", "organisation of zoos", "slip"),
        ("zoobra", "zoobar", "slip"),
    ],
)
def test_twins_are_found(one, other, reason):
    assert [why for _names, why in found(make_keyword(one, slug="one"), make_keyword(other, slug="other"))] == [reason]


@pytest.mark.parametrize(
    ("one", "other"), [("zoo law 2024", "zoo law 2025"), ("bark", "dark"), ("okapi", "zebra"), ("zoos", "zone")]
)
def test_what_differs_is_no_twin(one, other):
    assert found(make_keyword(one), make_keyword(other)) == set()


def test_another_name_and_a_label_make_twins_too():
    okapi, giraffe = make_keyword("okapi", labels={"nl": "bosgiraffe"}), make_keyword("forest horse")
    KeywordAlias.objects.create(term=giraffe, name="Okapis")
    assert found(okapi, giraffe) == {(("okapi", "Okapis"), "form")}
    third = make_keyword("stripes", labels={"nl": "Bosgiraffe"})
    assert found(okapi, third) == {(("bosgiraffe", "Bosgiraffe"), "spelling")}


def test_a_word_of_another_vocabulary_is_found_in_any_language():
    theme = make_term(Theme, "zoo-life", labels={"en": "Zoo life", "fr": "Vie au zoo"})
    belgium = Country.objects.get(code="be")
    for name, facet, key in (("vie au zoo", "theme", theme.pk), ("België", "country", belgium.pk)):
        keyword = make_keyword(name)
        (twin,) = twins_of([keyword.pk])[keyword.pk]
        assert (twin.facet, twin.key, twin.reason) == (facet, key, "label")


def test_twins_are_seen_from_the_one_asked_about():
    one, other = make_keyword("zebra path"), make_keyword("zebra paths")
    for asked, twin in ((one, other), (other, one)):
        (seen,) = twins_of([asked.pk])[asked.pk]
        assert (seen.keyword, seen.key, seen.names) == (asked.pk, twin.pk, (asked.name, twin.name))


def test_nobody_is_asked_again_about_what_is_not_the_same(editor, people):
    one, other = make_keyword("zebra path"), make_keyword("zebra paths")
    with pytest.raises(PermissionDenied):
        are_not_twins(other.pk, "keyword", one.pk, by=people["Author"], at=AT)
    for _ in range(2):
        are_not_twins(other.pk, "keyword", one.pk, by=editor, at=AT)
    assert NotTwins.objects.count() == 1
    assert found(one, other) == set()
    for facet, key in (("keyword", one.pk), ("nothing", 1)):
        with pytest.raises(Refused):
            are_not_twins(one.pk, facet, key, by=editor, at=AT)


def test_suggestions_are_known_words_then_other_names_then_near_ones():
    KeywordAlias.objects.create(term=make_keyword("okapi"), name="zebroid horse")
    for name in ("zebroid", "red zebroid", "zebroids at night", "unrelated"):
        make_keyword(name)
    assert suggest("Zebroid") == (
        [
            Suggestion("zebroid"),
            Suggestion("zebroids at night"),
            Suggestion("okapi", "zebroid horse"),
            Suggestion("red zebroid"),
        ],
        True,
    )  # fmt: skip
    assert suggest("zebriod") == ([Suggestion("zebroid", is_near=True)], False)
    assert suggest(" ") == ([], False)


def test_what_differs_in_signs_is_suggested_but_not_known():
    make_keyword("C++")
    found, known = suggest("c#")
    assert (found[0].name, known) == ("C++", False)
    assert suggest("c ++")[1]


def test_near_words_are_found_for_a_new_one():
    make_keyword("zebra crossing")
    assert near(["zebra crossings", "crossing zebra", "qqq"]) == {
        "zebra crossings": ["zebra crossing"], "crossing zebra": ["zebra crossing"], "qqq": [],
    }  # fmt: skip
