"""Concepts: their texts by language, how they stand to each other, and that readers' caches hear of all of it."""

import pytest
from django.core.exceptions import ValidationError
from django.db import IntegrityError, connection, transaction

from items.models import Concept, ConceptBroader, ConceptRelated, ContentVersion, RemovedTerm
from tests.builders import make_term

pytestmark = pytest.mark.django_db


def make(slug, **overrides):
    return make_term(Concept, slug, **overrides)


def version():
    connection.check_constraints()  # fires what PostgreSQL defers
    return ContentVersion.current().version


def test_texts_are_cleaned_whatever_way_they_come():
    concept = make("a", labels={"en": " a\x00 b ", "fr": " "}, synonyms={"en": ["x", "X ", "", "y"], "fr": []},
                   definitions={"en": " one\r\ntwo\x00 ", "nl": ""})  # fmt: skip
    concept.refresh_from_db()
    assert concept.labels == {"en": "a b"}
    assert concept.synonyms == {"en": ["x", "y"]}
    assert concept.definitions == {"en": "one\ntwo"}


def test_terms_are_the_label_and_its_synonyms():
    concept = make("a", labels={"en": "a"}, synonyms={"en": ["b"], "fr": ["c"]}, definitions={"en": "x"})
    assert (concept.terms("en"), concept.terms("fr"), concept.terms("de")) == (["a", "b"], ["c"], [])
    assert (concept.definition("en"), concept.definition("fr")) == ("x", "")


@pytest.mark.parametrize("value", [["x"], {"en": "x"}, {"en": [1]}, {1: ["x"]}])
def test_synonyms_of_another_shape_are_no_synonyms(value):
    with pytest.raises(ValidationError):
        Concept(slug="a", labels={"en": "a"}, synonyms=value).clean_fields()


def test_broader_and_related_are_seen_from_both_ends():
    a, b, c = make("a"), make("b"), make("c")
    a.relate(broader=[b], related=[c])
    assert list(b.narrower.all()) == [a]
    assert list(c.related.all()) == [a]
    a.relate(related=[])
    assert list(c.related.all()) == []
    assert list(a.broader.all()) == [b]


def test_nothing_stands_above_itself():
    a, b, c = make("a"), make("b"), make("c")
    a.relate(broader=[b])
    b.relate(broader=[c])
    for wanted in ([a], [b], [c]):
        with pytest.raises(ValidationError):
            c.relate(broader=wanted)
    with pytest.raises(ValidationError):
        c.relate(related=[c])


@pytest.mark.parametrize("pair", ["aa", "ca"])
def test_the_database_keeps_circles_out(pair):
    concepts = {slug: make(slug) for slug in "abc"}
    concepts["a"].relate(broader=[concepts["b"]])
    concepts["b"].relate(broader=[concepts["c"]])
    with pytest.raises(IntegrityError), transaction.atomic():
        ConceptBroader.objects.create(concept=concepts[pair[0]], broader=concepts[pair[1]])


def test_the_database_keeps_out_what_stands_there_already():
    a, b = make("a", uri="urn:1"), make("b")
    with pytest.raises(IntegrityError), transaction.atomic():
        ConceptRelated.objects.create(concept=a, other=a)
    with pytest.raises(IntegrityError), transaction.atomic():
        Concept.objects.filter(pk=b.pk).update(uri="urn:1")
    make("c", uri="")


def test_every_change_is_a_change_of_content():
    a, b = make("a"), make("b")
    steps = [
        lambda: Concept.objects.filter(pk=a.pk).update(source_text="x"),
        lambda: a.relate(broader=[b]),
        lambda: a.relate(related=[b]),
        lambda: a.relate(broader=[], related=[]),
        lambda: a.aliases.create(slug="former"),
        lambda: b.delete(),
    ]
    for step in steps:
        before = version()
        step()
        assert version() > before


def test_a_deleted_concept_is_remembered():
    make("a").delete()
    assert [(term.facet, term.slug) for term in RemovedTerm.objects.all()] == [("concept", "a")]
