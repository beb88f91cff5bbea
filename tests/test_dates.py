"""Dates and zones as each language writes them."""

from datetime import date, datetime
from zoneinfo import ZoneInfo

import pytest
from django.utils.translation import override

from items.dates import days, zone

BRUSSELS = ZoneInfo("Europe/Brussels")


def written(language, first, last, **options):
    with override(language):
        found = days(first, last, **options)
    return f"{found.first}{found.between}{found.last}".replace("\xa0", " ")


@pytest.mark.parametrize(
    ("language", "month", "year", "years"),
    [
        ("en", "23–29 November 2026", "28 November – 2 December 2026", "28 December 2026 – 2 January 2027"),
        ("fr", "23–29 novembre 2026", "28 novembre – 2 décembre 2026", "28 décembre 2026 – 2 janvier 2027"),
        ("nl", "23–29 november 2026", "28 november – 2 december 2026", "28 december 2026 – 2 januari 2027"),
        ("de", "23.–29. November 2026", "28. November – 2. Dezember 2026", "28. Dezember 2026 – 2. Januar 2027"),
        ("pt-br", "23 – 29 de novembro de 2026", "28 de novembro – 2 de dezembro de 2026", ""),
        ("hu", "2026. november 23–29.", "2026. november 28. – december 2.", ""),
    ],
)
def test_two_days_say_once_what_they_share(language, month, year, years):
    assert written(language, date(2026, 11, 23), date(2026, 11, 29)) == month
    assert written(language, date(2026, 11, 28), date(2026, 12, 2)) == year
    if years:
        assert written(language, date(2026, 12, 28), date(2027, 1, 2)) == years


def test_where_hours_follow_each_day_has_its_month():
    assert written("en", date(2026, 12, 7), date(2026, 12, 8), hours=True) == "7 December – 8 December 2026"


def test_lines_break_after_the_dash_between_two_dates_and_nowhere_else():
    with override("en"):
        close, apart = days(date(2026, 11, 23), date(2026, 11, 29)), days(date(2026, 11, 28), date(2026, 12, 2))
    assert close.are_one_date
    assert not apart.are_one_date
    assert " " not in close.last
    assert f"{apart.first}{apart.between}{apart.last}".split(" ") == ["28\xa0November\xa0–", "2\xa0December\xa02026"]


@pytest.mark.parametrize(
    ("language", "winter", "summer"), [("en", "CET", "CEST"), ("fr", "CET", "CEST"), ("de", "MEZ", "MESZ")]
)
def test_a_zone_has_the_abbreviation_that_readers_know(language, winter, summer):
    with override(language):
        assert zone(datetime(2026, 1, 1, tzinfo=BRUSSELS)) == winter
        assert zone(datetime(2026, 7, 1, tzinfo=BRUSSELS)) == summer
        assert zone(datetime(2026, 7, 1, tzinfo=ZoneInfo("America/New_York"))) == "EDT"
