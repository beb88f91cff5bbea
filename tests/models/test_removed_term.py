"""Removed terms: remembered by whatever path they went."""

import pytest
from django.db import connection

from items.models import Change, ContentVersion, ItemType, Keyword, RemovedTerm, Source, Theme
from tests.builders import make_keyword, make_term

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize(
    ("facet", "model"), [("theme", Theme), ("type", ItemType), ("source", Source), ("keyword", Keyword)]
)
def test_a_deleted_term_is_remembered_with_its_labels(facet, model):
    term = make_keyword("gone") if model is Keyword else make_term(model, "gone", labels={"en": "gone", "fr": "parti"})
    model.objects.filter(pk=term.pk).delete()
    removed = RemovedTerm.objects.get()
    assert (removed.facet, removed.slug, removed.label("en")) == (facet, "gone", "gone")
    assert removed.label("fr") == ("gone" if model is Keyword else "parti")


def test_a_term_that_goes_twice_is_remembered_once_and_as_another():
    uuids = set()
    for _ in range(2):
        make_term(Theme, "gone").delete()
        uuids.add(RemovedTerm.objects.get().uuid)
    assert len(uuids) == 2


def test_removing_is_a_change_of_content():
    term = make_term(Theme, "gone")
    connection.check_constraints()
    before = ContentVersion.current().version
    term.delete()
    connection.check_constraints()
    assert ContentVersion.current().version > before
    assert Change.objects.filter(kind=Change.Kind.REMOVED).exists()


def test_only_terms_that_are_all_removed_are_named():
    make_term(Theme, "gone").delete()
    assert [term.slug for term in RemovedTerm.objects.named([("theme", "gone")])] == ["gone"]
    for pairs in ([], [("keyword", "gone")], [("theme", "gone"), ("theme", "other")], [("theme", "a\x00b")]):
        assert RemovedTerm.objects.named(pairs) is None
