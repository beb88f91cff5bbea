"""Themes, types and keywords of entries: known by every name, or told, or proposed."""

import pytest

from items.models import ItemType, Keyword, KeywordAlias, Theme
from tests.builders import make_keyword, make_term


def test_a_printed_type_wins_over_an_assumed_one(bring):
    bring("A morning course.")
    assert bring("When 17 March 2021\nA morning course.")[0].type == "event"
    assert bring("A morning course.\nPublication Type: Report")[0].type == "report"
    (last,) = bring("A morning course.\nPublication Type: Ad Hoc Queries")
    assert (last.result, last.type, len(last.problems)) == ("unchanged", "report", 1)


@pytest.mark.parametrize(
    ("shown", "slug"),
    [("Data and statistics", "data-statistics"), ("DATA & STATISTIC", "data-statistics"), ("data-statistics",) * 2,
     ("Migratie", "migration"), ("Internationale bescherming", "international-protection"), ("asile", "asylum"),
     ("Cross-sectionaal", "cross-sectional"), ("cross sectional", "cross-sectional"), ("receptions", "reception")],
)  # fmt: skip
def test_themes_are_known_by_every_name(bring, shown, slug):
    (outcome,) = bring(f"A text.\nMain theme: {shown}")
    assert (outcome.themes, outcome.problems) == ((slug,), ())


def test_a_former_slug_of_a_theme_leads_to_it(bring):
    theme = make_term(Theme, "reception")
    theme.slug = "reception-of-people"
    theme.labels = {}
    theme.save()
    assert bring("A text.\nMain theme: Reception")[0].themes == ("reception-of-people",)


def test_unknown_themes_and_types_are_told_and_left_off(bring):
    before = Theme.objects.count(), ItemType.objects.count()
    (outcome,) = bring("A text.\nMain theme: Gardening, Asylum\nPublication Type: Poem")
    assert (outcome.themes, outcome.type) == (("asylum",), "news-item")
    assert ["Gardening" in p or "Poem" in p for p in outcome.problems] == [True, True]
    assert (Theme.objects.count(), ItemType.objects.count()) == before


def test_a_type_given_as_theme_is_told_and_taken_as_type(bring):
    (outcome,) = bring("A text.\nMain theme: Ad Hoc Queries, Asylum")
    assert (outcome.themes, outcome.type, len(outcome.problems)) == (("asylum",), "ad-hoc-query", 1)
    (other,) = bring("Other text.\nMain theme: Ad Hoc Queries\nPublication Type: Report")
    assert (other.type, len(other.problems)) == ("report", 1)


def test_keywords_are_found_by_name_and_alias_or_proposed(bring):
    known = make_keyword("boat shed", status="approved")
    KeywordAlias.objects.create(term=known, name="slip house")
    make_keyword("other", slug="new-word")
    (outcome,) = bring("A text.\nKeywords: Boat Shed, slip house, New word, new-word, NEW WORD")
    assert outcome.keywords == ("boat shed", "New word")
    made = Keyword.objects.get(name="New word")
    assert made.status == Keyword.Status.PROPOSED
    assert made.slug not in ("", "new-word")


@pytest.mark.parametrize("written", ["Reception-Center", "RECEPTION CENTER", "réception center", "“Reception” center"])
def test_keywords_are_known_by_spellings_that_differ_in_accents_and_hyphens(bring, written):
    make_keyword("reception center", status="approved")
    before = Keyword.objects.count()
    assert bring(f"A text.\nKeywords: {written}")[0].keywords == ("reception center",)
    assert bring(f"A text.\nKeywords: {written}")[0].result == "unchanged"
    assert Keyword.objects.count() == before
