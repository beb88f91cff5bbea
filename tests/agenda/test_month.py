"""A month: on which days its events stand."""

from datetime import UTC, datetime

import pytest
from django.http import QueryDict

from items.agenda import Agenda, weeks
from tests.builders import AT, make_event

pytestmark = pytest.mark.django_db


def month(query="month=2026-06"):
    """The days of the month by number."""
    grid = weeks(Agenda(QueryDict(query), language="en", at=AT))
    return {day.date.day: day for week in grid for day in week if day.in_month}


def on(day, hour=10, month=6):
    return datetime(2026, month, day, hour, tzinfo=UTC)


def test_an_event_over_several_days_stands_on_each_of_them():
    item = make_event(starts_at=on(10), ends_at=on(12))
    days = month()
    assert [n for n, day in days.items() if day.entries] == [10, 11, 12]
    assert [(days[n].entries[0].begins, days[n].entries[0].ends) for n in (10, 11, 12)] == [
        (True, False),
        (False, False),
        (False, True),
    ]
    assert days[11].entries[0].item == item


def test_an_event_that_spills_over_the_month_is_cut_at_its_ends():
    make_event(starts_at=on(30, month=5), ends_at=on(2))
    make_event(starts_at=on(29), ends_at=on(3, month=7))
    assert [n for n, day in month().items() if day.entries] == [1, 2, 29, 30]


def test_an_event_until_midnight_does_not_stand_on_the_new_day():
    make_event(starts_at=on(10), ends_at=datetime(2026, 6, 10, 22, tzinfo=UTC))
    assert [n for n, day in month().items() if day.entries] == [10]


def test_a_day_without_an_end_is_one_day():
    make_event(starts_at=on(10), all_day=True)
    make_event(starts_at=on(11))
    assert [n for n, day in month().items() if day.entries] == [10, 11]


def test_the_longer_ones_stand_first_and_few_are_shown():
    for hour in range(8, 16):
        make_event(starts_at=on(10, hour))
    whole = make_event(starts_at=on(10), all_day=True)
    long = make_event(starts_at=on(9), ends_at=on(11))
    day = month()[10]
    assert [entry.item for entry in day.entries[:2]] == [long, whole]
    assert len(day.entries) == 5
    assert day.more == 5


def test_filters_hold_for_the_month_too():
    make_event(starts_at=on(10), themes=["place"])
    make_event(starts_at=on(11))
    assert [n for n, day in month("month=2026-06&theme=place").items() if day.entries] == [10]


def test_today_is_marked():
    assert [n for n, day in month().items() if day.is_today] == [15]
