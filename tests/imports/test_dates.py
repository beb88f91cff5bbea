"""Dates in words of four languages and in figures."""

from datetime import date, timedelta

import pytest
from babel.dates import format_date
from hypothesis import given, settings
from hypothesis import strategies as st

from items.imports.dates import LANGUAGES, is_date_line, read_date, read_when


@settings(deadline=None)
@given(
    day=st.dates(date(1900, 1, 1), date(2100, 12, 31)),
    language=st.sampled_from(LANGUAGES),
    pattern=st.sampled_from(
        ["d MMMM yyyy", "d MMM yyyy", "dd MMMM yyyy", "EEE d MMM yyyy", "EEEE, d MMMM yyyy", "EEEE d. MMMM yyyy",
         "MMMM d, yyyy", "yyyy-MM-dd", "dd/MM/yyyy", "dd.MM.yyyy", "d-M-yyyy", "dd/MM/yyyy - HH:mm"]
    ),
)  # fmt: skip
def test_every_day_is_read_as_each_language_writes_it(day, language, pattern):
    shown = format_date(day, pattern.replace("HH:mm", "'10:30'"), locale=language)
    assert read_date(shown).day == day
    assert is_date_line(shown)
    assert is_date_line(shown.upper())


@pytest.mark.parametrize("text", ["", "2018", "Monday", "In 2018", "12", "Council 2018", "18 July", "18 Foo 2020"])
def test_what_names_no_date_is_none(text):
    assert read_date(text) is None


def test_text_after_a_date_is_the_rest():
    assert read_date("1 May 2021 brought rain").rest == " brought rain"
    assert not is_date_line("1 May 2021 brought rain")


@settings(deadline=None)
@given(first=st.dates(date(1990, 1, 1), date(2090, 1, 1)), days=st.integers(1, 40))
def test_an_event_over_several_days_begins_on_the_first(first, days):
    last = first + timedelta(days=days)
    reading = read_when(f"{first:%d/%m/%Y} - {last:%d/%m/%Y}")
    assert reading.day == first
    assert reading.problem
