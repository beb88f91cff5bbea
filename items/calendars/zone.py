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
    is_summer: bool

    @property
    def local(self) -> datetime:
        """What the clock showed before it was changed, without a zone."""
        return (self.at + self.before).replace(tzinfo=None)


def changes(zone: ZoneInfo, year: int) -> Iterator[Change]:
    """The clock changes of a year, in order, to the second."""
    day = datetime(year, 1, 1, tzinfo=UTC)
    while day.year == year:
        low, high = day, day + DAY
        before, after = low.astimezone(zone).utcoffset(), high.astimezone(zone).utcoffset()
        if before != after:
            while high - low > SECOND:
                middle = low + (high - low) // 2
                middle = middle.replace(microsecond=0)
                low, high = (middle, high) if middle.astimezone(zone).utcoffset() == before else (low, middle)
            then = high.astimezone(zone)
            yield Change(high, before or DAY, after or timedelta(), then.tzname() or "", bool(then.dst()))
        day += DAY


def _rule(yearly: list[Change]) -> vRecur | None:
    """The yearly rule of one change, given in several years; None where weekday, month or hour varies."""
    days = [change.local for change in yearly]
    if (
        len({(day.month, day.weekday(), day.time(), c.before, c.after) for day, c in zip(days, yearly, strict=True)})
        > 1
    ):
        return None
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
    component: Timezone


@lru_cache(maxsize=4)
def zone(name: str) -> Zone | None:
    """The zone of this name; None when no yearly rules describe it."""
    timezone = ZoneInfo(name)
    component = Timezone()
    component.add("tzid", name)
    years = [list(changes(timezone, year)) for year in RULE_YEARS]
    if len({len(year) for year in years}) > 1:
        return None
    if not years[0]:
        year = RULE_YEARS[0]
        while year > FIRST_YEAR and not list(changes(timezone, year - 1)):
            year -= 1
        since = datetime(year, 1, 1, tzinfo=timezone)
        offset = since.utcoffset()
        component.add_component(_part(TimezoneStandard(), since.replace(tzinfo=None), offset, offset, since.tzname()))
        return Zone(timezone, since, component)

    rules = [_rule(list(yearly)) for yearly in zip(*years, strict=True)]
    if None in rules:
        return None
    first = years[0]
    for year in range(RULE_YEARS[0] - 1, FIRST_YEAR - 1, -1):
        earlier = list(changes(timezone, year))
        if len(earlier) != len(first) or any(
            _rule([was, now]) != rule for was, now, rule in zip(earlier, years[0], rules, strict=True)
        ):
            break
        first = earlier
    for change, rule in zip(first, rules, strict=True):
        part = TimezoneDaylight() if change.is_summer else TimezoneStandard()
        component.add_component(_part(part, change.local, change.before, change.after, change.name, rule))
    return Zone(timezone, first[0].at, component)


def _part(part, starts: datetime, before, after, name, rule: vRecur | None = None):
    part.add("dtstart", starts)
    part.add("tzoffsetfrom", before)
    part.add("tzoffsetto", after)
    part.add("tzname", name)
    if rule:
        part.add("rrule", rule)
    return part
