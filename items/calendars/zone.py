"""A time zone as VTIMEZONE (RFC 5545, 3.6.5), described by yearly rules.

Some readers take a zone that lists its changes one by one (RDATE) an hour wrong in summer; all read rules. So the rules
are worked out from what the zone does, and where no yearly rule says it, there is none and times are written in UTC.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from functools import lru_cache
from zoneinfo import ZoneInfo

from icalendar import Timezone, TimezoneDaylight, TimezoneStandard, vRecur

DAY, SECOND = timedelta(days=1), timedelta(seconds=1)
WEEKDAYS = ("MO", "TU", "WE", "TH", "FR", "SA", "SU")
FIRST_YEAR, RULE_YEARS = 1971, range(2026, 2038)
"""Rules are read from these years, then followed back to the first year in which the zone kept to them."""


@dataclass(frozen=True)
class Change:
    """The clock changes at `at` (UTC) from one offset to another."""

    at: datetime
    before: timedelta
    after: timedelta
    name: str

    @property
    def local(self) -> datetime:
        """What the clock showed when it was changed, without a zone."""
        return (self.at + self.before).replace(tzinfo=None)

    @property
    def pattern(self) -> tuple:
        """What a yearly rule keeps the same but for the week of the month."""
        return self.local.month, self.local.weekday(), self.local.time(), self.before, self.after


def _offset(at: datetime, zone: ZoneInfo) -> timedelta:
    return at.astimezone(zone).utcoffset() or timedelta()


def changes(zone: ZoneInfo, year: int) -> Iterator[Change]:
    """The clock changes of a year, in order, to the second."""
    day = datetime(year, 1, 1, tzinfo=UTC)
    while day.year == year:
        low, high = day, day + DAY
        before = _offset(low, zone)
        if before != _offset(high, zone):
            while high - low > SECOND:
                middle = (low + (high - low) / 2).replace(microsecond=0)
                low, high = (middle, high) if _offset(middle, zone) == before else (low, middle)
            yield Change(high, before, _offset(high, zone), high.astimezone(zone).tzname() or "")
        day += DAY


def _rule(yearly: list[Change]) -> vRecur | None:
    """The yearly rule of one change, given in several years; None where weekday, month or hour varies."""
    if len({change.pattern for change in yearly}) > 1:
        return None
    days = [change.local for change in yearly]
    weeks = {(day.day - 1) // 7 + 1 for day in days}
    if all((day + 7 * DAY).month != day.month for day in days):
        week = -1
    elif len(weeks) == 1:
        week = weeks.pop()
    else:
        return None
    return vRecur(freq="YEARLY", bymonth=days[0].month, byday=f"{week}{WEEKDAYS[days[0].weekday()]}")


@dataclass(frozen=True)
class Zone:
    """A zone whose rules hold from `since` on."""

    timezone: ZoneInfo
    since: datetime
    content: bytes  # its VTIMEZONE


@lru_cache(maxsize=4)
def zone(name: str) -> Zone | None:
    """The zone of this name; None when no yearly rules describe it."""
    timezone = ZoneInfo(name)
    years = {year: list(changes(timezone, year)) for year in range(FIRST_YEAR, RULE_YEARS.stop)}
    recent = [years[year] for year in RULE_YEARS]
    if len({len(year) for year in recent}) > 1:
        return None
    rules = [_rule(list(yearly)) for yearly in zip(*recent, strict=True)]
    if None in rules:
        return None
    first = RULE_YEARS.start
    while first > FIRST_YEAR and _keeps(years[first - 1], recent, rules):
        first -= 1
    component = Timezone()
    component.add("tzid", name)
    if not rules:
        start = datetime(first, 1, 1, tzinfo=timezone)
        offset = _offset(start, timezone)
        component.add_component(_part(Change(start.astimezone(UTC), offset, offset, start.tzname() or ""), None))
        return Zone(timezone, start, component.to_ical(sorted=False))
    for change, rule in zip(years[first], rules, strict=True):
        component.add_component(_part(change, rule))
    return Zone(timezone, years[first][0].at, component.to_ical(sorted=False))


def _keeps(year: list[Change], recent: list[list[Change]], rules: list[vRecur | None]) -> bool:
    """Whether a year's changes are what the rules say."""
    if len(year) != len(rules):
        return False
    columns = zip(year, *recent, strict=True)
    return all(_rule(list(column)) == rule for column, rule in zip(columns, rules, strict=True))


def _part(change: Change, rule: vRecur | None) -> TimezoneDaylight | TimezoneStandard:
    part = TimezoneDaylight() if change.after > change.before else TimezoneStandard()
    part.add("dtstart", change.local)
    part.add("tzoffsetfrom", change.before)
    part.add("tzoffsetto", change.after)
    part.add("tzname", change.name)
    if rule:
        part.add("rrule", rule)
    return part
