"""The linkers of a process: made once, and anew when the glossary has changed and not when the news has."""

from types import SimpleNamespace

import pytest
from django.db import connection

from items.glossary import current, linker
from items.models import Concept
from tests.builders import make_item, make_term

pytestmark = pytest.mark.django_db


@pytest.fixture
def kept(monkeypatch):
    """Linkers kept from call to call, as outside a test's transaction; gives a function that says what is committed."""
    monkeypatch.setattr(current, "connection", SimpleNamespace(in_atomic_block=False))
    for name, value in (("_shared", {}), ("_made_at", ("", -1)), ("_seen", ("", -1))):
        monkeypatch.setattr(current, name, value)
    return connection.check_constraints  # fires what PostgreSQL defers until a commit


def test_a_linker_is_kept_until_the_glossary_changes(kept, django_assert_num_queries):
    concept = make_term(Concept, "return")
    kept()
    first = linker("en")
    with django_assert_num_queries(1):
        assert linker("en") is first
    make_item()
    kept()
    assert linker("en") is first
    concept.labels = {"en": "going back", "fr": "retour"}
    concept.save()
    kept()
    assert linker("en") is not first
    assert linker("en").link("<p>going back</p>").entries
    assert linker("fr").link("<p>retour</p>").entries
    concept.delete()
    kept()
    assert not linker("en").link("<p>going back</p>").entries


def test_what_a_transaction_sees_is_not_kept():
    make_term(Concept, "return")
    assert connection.in_atomic_block
    assert linker("en") is not linker("en")
    assert linker("en").link("<p>a return</p>").entries
