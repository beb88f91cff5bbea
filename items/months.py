"""Months and days as calendars show them: a month as it stands in an address, its weeks, when a day begins here."""

import calendar
from datetime import date, datetime, time

from django.utils import timezone

FIRST_YEAR, LAST_YEAR = 1950, 2150
"""Calendars go no further, so that who follows "next month" for ever comes to an end."""


def parse_month(text: str) -> date | None:
    """The first day of a month written as 2026-11; None where that is no month, or one out of bounds."""
    year, _dash, month = text.partition("-")
    is_year = year.isascii() and year.isdecimal() and len(year) == 4 and FIRST_YEAR <= int(year) <= LAST_YEAR
    if is_year and month in {f"{n:02}" for n in range(1, 13)}:
        return date(int(year), int(month), 1)
    return None


def parse_day(text: str) -> date | None:
    """A day written as 2026-11-24; None where that is no day, or one out of bounds."""
    first = parse_month(text[:7])
    day = text[8:]
    if first is None or text[7:8] != "-" or day not in {f"{n:02}" for n in range(1, 32)}:
        return None
    return first.replace(day=int(day)) if int(day) <= calendar.monthrange(first.year, first.month)[1] else None


def months_away(first: date, step: int) -> date:
    """The first day of another month."""
    number = first.year * 12 + first.month - 1 + step
    return date(number // 12, number % 12 + 1, 1)


def in_bounds(first: date) -> bool:
    """Whether calendars go as far as this month."""
    return FIRST_YEAR <= first.year <= LAST_YEAR


def weeks_of(first: date) -> list[list[date]]:
    """The weeks that a month touches, from Monday, with the days of other months that fill them."""
    return calendar.Calendar().monthdatescalendar(first.year, first.month)


def midnight(day: date) -> datetime:
    """When a day begins here."""
    return timezone.make_aware(datetime.combine(day, time.min))
