"""Labels that are years, months or quarters."""

import pytest
from django.utils import translation

from items.tables.formats import locale_of
from items.tables.periods import MONTH, QUARTER, YEAR, Period, read, read_all


@pytest.mark.parametrize(
    ("label", "kind", "first"),
    [
        ("2024", YEAR, "2024-01-01"),
        ("2024-03", MONTH, "2024-03-01"),
        ("2024/12", MONTH, "2024-12-01"),
        ("2024M07", MONTH, "2024-07-01"),
        ("07/2024", MONTH, "2024-07-01"),
        ("2024-Q1", QUARTER, "2024-01-01"),
        ("2024Q4", QUARTER, "2024-10-01"),
        ("Q2 2024", QUARTER, "2024-04-01"),
        ("T3 2024", QUARTER, "2024-07-01"),
        ("2024 K4", QUARTER, "2024-10-01"),
    ],
)
def test_a_period_is_known_by_its_label(label, kind, first):
    period = read(label)
    assert (period.kind, period.first.isoformat()) == (kind, first)


@pytest.mark.parametrize("label", ["", "2024-13", "2024-00", "Q5 2024", "3024", "20245", "Total", "2024-2025", "٢٠٢٤"])
def test_other_labels_are_names(label):
    assert read(label) is None


def test_labels_are_periods_only_together():
    assert read_all(["2024", "2025"]) == [Period(YEAR, 2024), Period(YEAR, 2025)]
    assert read_all(["2024", "Total"]) is None
    assert read_all(["2024", "2024-01"]) is None
    assert read_all(["2024-01", "01/2024"]) is None
    assert read_all([]) is None


@pytest.mark.parametrize(
    ("language", "month", "quarter"),
    [
        ("en", "October 2026", "Q4 2026"),
        ("fr", "octobre 2026", "T4 2026"),
        ("nl", "oktober 2026", "K4 2026"),
        ("de", "Oktober 2026", "Q4 2026"),
    ],
)
def test_periods_have_names_in_each_language(language, month, quarter):
    locale = locale_of(language)
    with translation.override(language):
        assert read("2026-10").name(locale) == month
        assert read("2026-Q4").name(locale) == quarter
        assert read("2026").name(locale) == "2026"
