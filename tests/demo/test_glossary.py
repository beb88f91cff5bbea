"""The glossary of the demo: whole in every language, and used by its news."""

import pytest

from items.demo.glossary import load_glossary, rows
from items.glossary import linker
from items.models import Concept
from tests.builders import make_term

pytestmark = pytest.mark.django_db
LANGUAGES = ["en", "fr", "nl", "de"]


def test_every_term_has_a_label_and_a_definition_in_every_language():
    assert 28 <= len(rows()) <= 40
    for row in rows():
        assert list(row.labels) == LANGUAGES, row.slug
        assert all(60 <= len(row.definitions[code]) <= 300 for code in LANGUAGES), row.slug


def test_nothing_of_it_is_refused_or_left_out():
    load_glossary()
    assert Concept.objects.count() == len(rows())
    known = set(Concept.objects.values_list("slug", flat=True))
    for row in rows():
        assert set(row.broader) | set(row.related) <= known, row.slug
    assert Concept.objects.get(slug="refugee").broader.exists()


def test_every_term_is_found_by_its_own_name():
    load_glossary()
    for code in LANGUAGES:
        for concept in Concept.objects.all():
            found = linker(code).link(f"<p>{concept.label(code)}</p>").entries
            assert [entry.pk for entry in found] == [concept.pk], (code, concept)


def test_a_glossary_with_terms_is_left_alone():
    make_term(Concept, "own")
    load_glossary()
    assert Concept.objects.count() == 1
