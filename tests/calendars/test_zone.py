"""Zones by rules, checked against the zone's own data."""

from datetime import UTC, datetime, timedelta
from zoneinfo import ZoneInfo

import icalendar
import pytest

from items.calendars.zone import zone

NAMES = [
    "Europe/Brussels",
    "Europe/London",
    "Europe/Dublin",
    "America/New_York",
    "Australia/Sydney",
    "Asia/Tokyo",
    "UTC",
]


@pytest.mark.parametrize("name", NAMES)
def test_the_rules_say_what_the_zone_does(name):
    known = zone(name)
    assert known is not None
    read = icalendar.Timezone.from_ical(known.content).to_tz(lookup_tzid=False)
    at = known.since + timedelta(days=400)
    while at.year < 2037:
        naive = at.astimezone(ZoneInfo(name)).replace(tzinfo=None)
        assert naive.replace(tzinfo=read).utcoffset() == naive.replace(tzinfo=ZoneInfo(name)).utcoffset(), naive
        at += timedelta(days=11, hours=5)


def test_a_zone_without_yearly_rules_has_none():
    assert zone("Africa/Casablanca") is None


def test_rules_are_followed_back_as_far_as_they_held():
    assert zone("Europe/Brussels").since == datetime(1996, 3, 31, 1, tzinfo=UTC)
    assert zone("America/New_York").since == datetime(2007, 3, 11, 7, tzinfo=UTC)
