"""Rows into the glossary: made, changed, left alone, refused; and twice changes nothing."""

import pytest
from django.core.exceptions import PermissionDenied

from items.glossary import Row, read_file, reconcile
from items.models import Concept
from tests.admin.forms import make_person
from tests.builders import make_term

pytestmark = pytest.mark.django_db


def csv(text):
    return read_file("x.csv", text.encode())


def results(rows, **options):
    return [outcome.result for outcome in reconcile(rows, by=None, **options).outcomes]


def test_a_second_run_changes_nothing():
    text = "label_en,synonyms_en,definition_en,broader\nreturn,going back,x,\nvoluntary return,,y,return\n"
    assert results(csv(text)) == ["created", "created"]
    seen = Concept.objects.get(slug="return").updated_at
    assert results(csv(text)) == ["unchanged", "unchanged"]
    assert Concept.objects.get(slug="return").updated_at == seen
    assert [c.slug for c in Concept.objects.get(slug="voluntary-return").broader.all()] == ["return"]


def test_what_is_not_stated_stays_and_what_is_empty_goes():
    make_term(Concept, "x", labels={"en": "X", "fr": "Ixe"}, definitions={"en": "Old", "fr": "Vieux"}, source_text="S")
    assert results(csv("slug,label_en,definition_en\nx,X,\n")) == ["updated"]
    concept = Concept.objects.get()
    assert (concept.labels, concept.definitions) == ({"en": "X", "fr": "Ixe"}, {"fr": "Vieux"})
    assert concept.source_text == "S"


def test_a_concept_is_known_by_slug_former_slug_identifier_and_label():
    concept = make_term(Concept, "old", labels={"en": "Return"}, uri="urn:1")
    concept.slug = "new"
    concept.save()
    rows = [
        Row("1", slug="new", labels={"en": "Return"}),
        Row("2", slug="old", labels={"en": "Return"}),
        Row("3", uri="urn:1", labels={"en": "Return"}),
        Row("4", labels={"en": " RETURN "}),
    ]
    for row in rows:
        reconcile([row], by=None)
    assert [c.slug for c in Concept.objects.all()] == ["new"]


@pytest.mark.parametrize(
    ("row", "said"),
    [
        (Row("1", slug="b"), "no label"),
        (Row("1", slug="b", labels={"en": ""}), "no label"),
        (Row("1", slug="b", labels={"en": "?!"}), "needs letters"),
        (Row("1", slug="b", labels={"en": "x" * 201}), "longer"),
        (Row("1", slug="b", labels={"en": "b", "fr": "Ah"}), "another term"),
        (Row("1", slug="b c", labels={"en": "b"}), "slug"),
        (Row("1", slug="b", labels={"en": "b"}, source_url="javascript:x"), "URL"),
        (Row("1", slug="b", labels={"en": "b"}, uri="x" * 501), "longer"),
        (Row("1", slug="b", labels={"en": "b"}, problems=["Odd."]), "Odd"),
    ],
)
def test_a_bad_row_is_refused_with_the_reason_and_the_others_are_taken(row, said):
    make_term(Concept, "a", labels={"en": "a", "fr": "ah"})
    good = Row("2", slug="good", labels={"en": "good"})
    bad, fine = reconcile([row, good], by=None).outcomes
    assert (bad.result, fine.result) == ("rejected", "created")
    assert said in " ".join(bad.problems)
    assert sorted(c.slug for c in Concept.objects.all()) == ["a", "good"]


def test_two_rows_about_one_term_are_refused_the_second_time():
    rows = [Row("1", slug="a", labels={"en": "a"}), Row("2", slug="a", labels={"en": "a"}, source_text="x")]
    assert results(rows) == ["created", "rejected"]


def test_rows_may_name_what_comes_later_and_what_nobody_knows_is_left_out():
    rows = [
        Row("1", slug="a", labels={"en": "a"}, broader=["b"], related=["nothing"]),
        Row("2", slug="b", labels={"en": "b"}),
    ]
    first, _second = reconcile(rows, by=None).outcomes
    assert (first.result, len(first.problems)) == ("created", 1)
    assert "nothing" in first.problems[0]
    assert [c.slug for c in Concept.objects.get(slug="a").broader.all()] == ["b"]


def test_a_circle_is_left_out():
    rows = [
        Row("1", slug="a", labels={"en": "a"}, broader=["b"]),
        Row("2", slug="b", labels={"en": "b"}, broader=["a"]),
        Row("3", slug="c", labels={"en": "c"}, broader=["c"], related=["c"]),
    ]
    outcomes = reconcile(rows, by=None).outcomes
    assert [len(outcome.problems) for outcome in outcomes] == [0, 1, 2]
    assert list(Concept.objects.get(slug="b").broader.all()) == []


def test_two_terms_of_one_name_get_two_slugs():
    rows = [Row("1", uri="urn:1", labels={"en": "Return"}), Row("2", uri="urn:2", labels={"en": "return!", "fr": "r"})]
    assert results(rows) == ["created", "rejected"]  # one label may not stand for two terms
    make_term(Concept, "seeker", labels={"en": "something"})
    assert results([Row("1", labels={"en": "Seeker"})]) == ["created"]
    assert Concept.objects.filter(slug="seeker-2").exists()


def test_a_dry_run_says_the_same_and_keeps_nothing():
    assert results([Row("1", labels={"en": "a"})], dry_run=True) == ["created"]
    assert not Concept.objects.exists()


def test_only_who_may_add_and_change_terms_may_bring_them_in():
    rows = [Row("1", labels={"en": "a"})]
    for role in ("Author", None):
        with pytest.raises(PermissionDenied):
            reconcile(rows, by=make_person(f"p{role}", *([role] if role else [])))
    assert reconcile(rows, by=make_person("eva", "Editor")).count("created") == 1


def test_a_wished_slug_that_is_taken_is_counted_up():
    make_term(Concept, "return", labels={"en": "something"})
    rows = [Row("1", uri="urn:1", wanted_slug="return", labels={"en": "a"})]
    assert results(rows) == ["created"]
    assert Concept.objects.get(uri="urn:1").slug == "return-2"
    assert results(rows) == ["unchanged"]
