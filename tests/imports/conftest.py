"""The vocabulary that import tests name, made when no migration has brought it, and a short way to import."""

import pytest

from items.imports.parse import parse
from items.imports.reconcile import reconcile
from items.models import ItemType, Theme
from tests.builders import AT, make_term


@pytest.fixture
def terms(db):
    """The terms that the tests name."""
    for slug in ("news", "event", "publication"):
        make_term(ItemType, slug)
    make_term(ItemType, "news-item", parent=make_term(ItemType, "news"))
    make_term(ItemType, "ad-hoc-query", parent=make_term(ItemType, "publication"), labels={"en": "Ad Hoc Query"})
    make_term(ItemType, "report", parent=make_term(ItemType, "publication"), labels={"en": "Report", "fr": "Rapport"})
    make_term(Theme, "asylum", labels={"en": "Asylum", "fr": "Asile", "nl": "Asiel", "de": "Asyl"})
    make_term(Theme, "migration", labels={"en": "Migration", "nl": "Migratie"})
    make_term(Theme, "reception")
    make_term(Theme, "international-protection", labels={"nl": "Internationale bescherming"})
    make_term(Theme, "cross-sectional", labels={"en": "Cross-sectional", "nl": "Cross-sectionaal"})
    make_term(Theme, "data-statistics", labels={"en": "Data & Statistics"})


@pytest.fixture
def bring(terms):
    """Parse a listing's text and reconcile it; answers the outcomes."""

    def run(text, **options):
        return reconcile(parse(text).entries, **{"language": "en", "at": AT, **options}).outcomes

    return run
