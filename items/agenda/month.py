"""A month of an agenda: its weeks, and on each day the events that take place then. Of however many, few are loaded."""

from dataclasses import dataclass, field
from datetime import date, timedelta

from django.utils import timezone

from items.agenda.agenda import Agenda
from items.models import Event, Item
from items.months import weeks_of

SHOWN = 5
"""Events that a day shows; of the rest the number."""


@dataclass(frozen=True)
class Entry:
    """An event on one of its days."""

    item: Item
    begins: bool
    ends: bool

    @property
    def lasts(self) -> bool:
        """Whether it takes place on other days too."""
        return not (self.begins and self.ends)


@dataclass
class Day:
    """A day with its events in order, and how many more there are."""

    date: date
    in_month: bool
    is_today: bool
    entries: list[Entry] = field(default_factory=list)
    more: int = 0


def days_of(event: Event) -> tuple[date, date]:
    """The first and the last day of an event. What ends at midnight does not take place on the new day."""
    if event.all_day or event.ends_at is None:
        return event.start_date, event.end_date
    return event.start_date, timezone.localdate(event.ends_at - timedelta(microseconds=1))


def weeks(agenda: Agenda) -> list[list[Day]]:
    """The weeks that the month of an agenda touches, from Monday; only days of the month have events.

    What lasts longest on a day comes first, then what lasts all day, then the others by the hour.
    """
    first = agenda.span.first
    assert first is not None
    today = timezone.localdate(agenda.at)
    grid = [[Day(day, day.month == first.month, day == today) for day in week] for week in weeks_of(first)]
    days = {day.date: day for week in grid for day in week if day.in_month}
    found: dict[date, list[tuple[Event, date, date]]] = {day: [] for day in days}
    events = Event.objects.filter(pk__in=list(agenda.ids)).only("pk", "starts_at", "ends_at", "all_day")
    for event in events:
        begins, ends = days_of(event)
        day = max(begins, first)
        while day <= ends and day in found:
            found[day].append((event, begins, ends))
            day += timedelta(days=1)
    shown = {day: sorted(those, key=_place)[:SHOWN] for day, those in found.items()}
    pks = dict.fromkeys(event.pk for those in shown.values() for event, _begins, _ends in those)
    items = {item.pk: item for item in agenda.entries(list(pks))}
    for day, those in shown.items():
        entries = [Entry(items[e.pk], day == begins, day == ends) for e, begins, ends in those if e.pk in items]
        days[day].entries = entries
        days[day].more = len(found[day]) - len(those)
    return grid


def _place(found: tuple[Event, date, date]) -> tuple:
    event, begins, ends = found
    return begins == ends, begins, not event.all_day, event.starts_at, event.pk
