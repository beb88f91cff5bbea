"""What changed since the period before, in a sentence that claims no more than the figures do."""

import pytest

from items.tables import parse
from items.tables.sentence import MOST, sentences


def told(text, language="en"):
    return sentences(parse(text).table, language=language)


def test_a_fall_is_told_with_both_figures_and_the_share():
    text = "Month;First applications\n2026-09;3 391\n2026-10;3 120"
    assert told(text) == ["First applications came to 3,120 in October 2026, down 8% from 3,391 in September 2026."]


def test_numbers_and_months_are_those_of_the_language():
    (sentence,) = told("Month;Aanvragen\n2026-09;3 391,5\n2026-10;3 120,0", "nl")
    assert "3.120,0" in sentence
    assert "oktober 2026" in sentence


@pytest.mark.parametrize(
    ("before", "now", "said"),
    [
        ("100", "125", "came to 125 in 2026, up 25% from 100 in 2025."),
        ("100", "100", "came to 100 in 2026, the same as in 2025."),
        ("1000", "1004", "came to 1,004 in 2026, up 0.4% from 1,000 in 2025."),
        ("100000", "100001", "came to 100,001 in 2026, up less than 0.1% from 100,000 in 2025."),
        # From nothing, to nothing, across zero, between small counts, or many times as much: no share says it well.
        ("0", "12", "came to 12 in 2026, up from 0 in 2025."),
        ("12", "0", "came to 0 in 2026, down from 12 in 2025."),
        ("-5", "7", "came to 7 in 2026, up from −5 in 2025."),
        ("-5", "-7", "came to −7 in 2026, down from −5 in 2025."),
        ("1", "2", "came to 2 in 2026, up from 1 in 2025."),
        ("20", "900", "came to 900 in 2026, up from 20 in 2025."),
        ("1.2", "1.5", "came to 1.5 in 2026, up 25% from 1.2 in 2025."),
        # Percentages change by points.
        ("45.5%", "47%", "came to 47.0% in 2026, up 1.5 percentage points from 45.5% in 2025."),
        ("45%", "46%", "came to 46% in 2026, up 1 percentage point from 45% in 2025."),
        # What is not published is not counted as nothing.
        ("100", ":", ": no figure in 2026 (not available); it was 100 in 2025."),
        ("<5", "7", "came to 7 in 2026; there is no figure in 2025 (fewer than 5, not published)."),
        ("c", ":", ": no figure in 2026 (not available)."),
        ("100", "", ": no figure in 2026 (no figure given); it was 100 in 2025."),
    ],
)  # fmt: skip
def test_each_change_is_told_as_it_can_be(before, now, said):
    (sentence,) = told(f"Year;Persons\n2025;{before}\n2026;{now}")
    assert sentence.removeprefix("Persons").strip() == said


def test_the_latest_period_counts_whichever_way_the_table_stands():
    assert told("Year;A\n2026;30\n2024;10\n2025;20") == ["A came to 30 in 2026, up 50% from 20 in 2025."]
    assert told("Country;2026;2025\nBelgium;30;20") == ["Belgium came to 30 in 2026, up 50% from 20 in 2025."]


def test_a_single_period_is_only_named():
    assert told("Quarter;A\n2026-Q3;5") == ["A: 5 in the 3rd quarter of 2026."]


def test_names_have_no_period_before():
    assert told("Country;A;B\nBelgium;1;2") == []


def test_no_more_than_the_first_series_are_told():
    assert len(told("Year;" + ";".join("abcdef") + "\n2025;" + ";".join("123456"))) == MOST


def test_a_change_of_sixty_digits_is_right():
    nines = "9" * 60
    assert told(f"Year;A\n2025;{nines}\n2026;{nines[:-1]}8")[0].count("down less than 0.1%") == 1
