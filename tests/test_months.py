"""Months and days as addresses name them."""

from datetime import date

import pytest

from items.months import in_bounds, months_away, parse_day, parse_month, weeks_of


@pytest.mark.parametrize(
    ("text", "month"),
    [
        ("2026-11", date(2026, 11, 1)),
        ("1950-01", date(1950, 1, 1)),
        ("2150-12", date(2150, 12, 1)),
        ("1949-12", None),
        ("2151-01", None),
        ("2026-13", None),
        ("2026-00", None),
        ("2026-1", None),
        ("2026", None),
        ("", None),
        ("٢٠٢٦-11", None),
        ("²026-11", None),
        ("2026-11-24", None),
        ("2026-11\0", None),
    ],
)
def test_a_month_is_read_as_it_is_written_in_an_address(text, month):
    assert parse_month(text) == month


@pytest.mark.parametrize(
    ("text", "day"),
    [
        ("2026-11-24", date(2026, 11, 24)),
        ("2028-02-29", date(2028, 2, 29)),
        ("2026-02-29", None),
        ("2026-11-31", None),
        ("2026-11-00", None),
        ("2026-11-4", None),
        ("2026-11", None),
        ("2026-11x24", None),
        ("2026-11-24-", None),
    ],
)
def test_a_day_is_read_as_it_is_written_in_an_address(text, day):
    assert parse_day(text) == day


def test_months_are_counted_over_the_turn_of_the_year():
    assert months_away(date(2026, 12, 1), 1) == date(2027, 1, 1)
    assert months_away(date(2026, 1, 1), -13) == date(2024, 12, 1)


def test_calendars_come_to_an_end():
    assert in_bounds(date(2150, 12, 1))
    assert not in_bounds(months_away(date(2150, 12, 1), 1))
    assert not in_bounds(months_away(date(1950, 1, 1), -1))


def test_weeks_are_whole_and_begin_on_monday():
    weeks = weeks_of(date(2026, 11, 1))
    assert {len(week) for week in weeks} == {7}
    assert weeks[0][0] == date(2026, 10, 26)
    assert weeks[-1][-1] == date(2026, 12, 6)
