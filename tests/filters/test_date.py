"""Partial dates: what a year, a month and a day cover."""

from datetime import date

import pytest
from django.core.exceptions import ValidationError
from hypothesis import given
from hypothesis import strategies as st

from items.filters.date import parse_partial_date


@pytest.mark.parametrize(
    ("text", "first", "last"),
    [
        ("2023", date(2023, 1, 1), date(2023, 12, 31)),
        ("2023-04", date(2023, 4, 1), date(2023, 4, 30)),
        ("2024-02", date(2024, 2, 1), date(2024, 2, 29)),
        ("2023-12", date(2023, 12, 1), date(2023, 12, 31)),
        ("2023-04-11", date(2023, 4, 11), date(2023, 4, 11)),
        ("0001", date(1, 1, 1), date(1, 12, 31)),
        ("9999-12", date(9999, 12, 1), date(9999, 12, 31)),
    ],
)
def test_a_partial_date_covers_its_days(text, first, last):
    parsed = parse_partial_date(text)
    assert (parsed.text, parsed.first, parsed.last) == (text, first, last)


@pytest.mark.parametrize(
    "text",
    [
        "", "0000", "2023-00", "2023-04-00", "2023-00-05", "2023-13", "2023-02-29", "2023-04-31", "2023-4",
        "23", "02023", "2023-04-11 ", "2023/04",
        "２０２３", "٢٠٢٣", "2023-04-11\n", "2023-",
    ],
)  # fmt: skip
def test_anything_else_is_refused(text):
    with pytest.raises(ValidationError):
        parse_partial_date(text)


@given(st.dates())
def test_every_day_there_is_can_be_written(day):
    assert parse_partial_date(day.isoformat()).first == day
    assert parse_partial_date(day.isoformat()[:7]).last >= day
    assert parse_partial_date(day.isoformat()[:4]).first <= day


@given(st.text())
def test_no_text_breaks_the_reading_of_dates(text):
    try:
        parsed = parse_partial_date(text)
    except ValidationError:
        return
    assert parsed.first.isoformat().startswith(text)
