"""What a briefing holds."""

from datetime import date

import pytest
from django.http import QueryDict

from items.briefing import Briefing
from items.briefing import briefing as module
from items.listing import Listing
from items.models import Theme
from tests.builders import AT, make_item, make_term

pytestmark = pytest.mark.django_db


def brief(query="", language="en"):
    return Briefing(Listing(QueryDict(query), language=language, at=AT))


def parts(briefing):
    """The titles of each section by its theme's slug."""
    return {
        section.theme.slug if section.theme else None: [entry.item.title for entry in section.entries]
        for section in briefing.sections
    }


@pytest.fixture
def tree():
    """Two branches, after those that come with the site."""
    for position, (root, child) in enumerate([("aa", "aa-below"), ("bb", "bb-below")], start=900):
        parent = make_term(Theme, root, position=position)
        make_term(Theme, child, parent=parent)


def test_items_stand_under_the_top_of_their_branch_and_those_without_a_theme_last(tree):
    make_item(title="none", publication_date=date(2026, 6, 9))
    make_item(title="second", themes=["bb-below"], publication_date=date(2026, 6, 8))
    make_item(title="first", themes=["aa-below"], publication_date=date(2026, 6, 7))
    make_item(title="older", themes=["aa"], publication_date=date(2026, 6, 1))
    assert list(parts(brief()).items()) == [("aa", ["first", "older"]), ("bb", ["second"]), (None, ["none"])]


def test_an_item_with_several_themes_stands_under_the_first_or_the_one_asked_for(tree):
    make_item(title="both", themes=["bb-below", "aa-below"])
    assert parts(brief()) == {"aa": ["both"]}
    assert parts(brief("theme=bb")) == {"bb": ["both"]}


def test_sources_are_numbered_in_the_order_in_which_they_are_named(tree):
    make_item(themes=["bb"], source_url="https://example.org/b", publication_date=date(2026, 6, 9))
    make_item(themes=["aa"], source_url="https://example.org/a", publication_date=date(2026, 6, 8))
    own = make_item(themes=["aa"], publication_date=date(2026, 6, 7))
    briefing = brief()
    assert [(r.number, r.url) for r in briefing.references] == [
        (1, "https://example.org/a"),
        (2, f"http://testserver{own.get_absolute_url()}"),
        (3, "https://example.org/b"),
    ]
    assert [entry.number for section in briefing.sections for entry in section.entries] == [1, 2, 3]


def test_two_items_that_relay_the_same_have_one_number(tree):
    make_item(themes=["aa"], source_url="https://example.org/a")
    make_item(themes=["bb"], source_url="https://example.org/a", duplicate_reason="Told twice.")
    briefing = brief()
    assert len(briefing.references) == 1
    assert len(briefing.references[0].items) == 2


def test_it_holds_so_many_and_says_when_there_are_more(monkeypatch):
    monkeypatch.setattr(module, "MOST", 3)
    for _ in range(4):
        make_item()
    briefing = brief()
    assert (len(briefing.items), briefing.total, briefing.is_cut) == (3, 4, True)
    monkeypatch.setattr(module, "MOST", 4)
    assert not brief().is_cut


def test_the_period_is_what_was_asked_for_or_what_the_items_span():
    make_item(publication_date=date(2026, 5, 3))
    make_item(publication_date=date(2026, 4, 2))
    make_item(publication_date=None)
    assert brief().period == (date(2026, 4, 2), date(2026, 5, 3))
    assert brief("from=2026-04&to=2026-04").period == (date(2026, 4, 1), date(2026, 4, 30))
    assert brief("from=2026-05").period == (date(2026, 5, 1), date(2026, 5, 3))


def test_a_briefing_of_nothing_has_neither_sections_nor_a_period():
    briefing = brief("keyword=none-such")
    assert (briefing.sections, briefing.references, briefing.period) == ([], [], None)
