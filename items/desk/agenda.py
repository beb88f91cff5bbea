"""What goes out when: a month of items that appear and expire, and of events. Of however many, few are loaded."""

from dataclasses import dataclass, field
from datetime import date, datetime, timedelta
from typing import Any

from django.db.models import Count, F, QuerySet, Window
from django.db.models.functions import RowNumber, TruncDate
from django.utils import timezone

from items.models.item import Status
from items.months import midnight, months_away, parse_month, weeks_of

SHOWN = 4
"""Entries of a kind that a day shows; of the rest the number."""
KINDS = {"appears": "publish_at", "expires": "expire_at", "event": "event__starts_at"}
"""Kinds of entries with the field that says when."""


@dataclass(frozen=True)
class Entry:
    """Something at a moment of a day. `kind` is published, scheduled, expires or event."""

    kind: str
    moment: datetime
    item: Any
    all_day: bool = False


@dataclass
class Day:
    """A day with its entries in order, and how many more there are of each kind in KINDS."""

    date: date
    in_month: bool
    is_today: bool
    entries: list[Entry] = field(default_factory=list)
    more: dict[str, int] = field(default_factory=dict)


def month_of(text: str, *, at: datetime) -> date:
    """The first day of a month written as 2026-11; of the present one where that is no month."""
    return parse_month(text) or timezone.localdate(at).replace(day=1)


def weeks(items: QuerySet, first: date, *, at: datetime) -> list[list[Day]]:
    """The weeks that a month touches, from Monday; only days of the month have entries."""
    today = timezone.localdate(at)
    grid = [[Day(day, day.month == first.month, day == today) for day in week] for week in weeks_of(first)]
    days = {day.date: day for week in grid for day in week if day.in_month}
    begins, ends = midnight(first), midnight(months_away(first, 1))
    for kind, name in KINDS.items():
        _enter(items, days, kind, name, begins=begins, ends=ends, at=at)
    for day in days.values():
        day.entries.sort(key=lambda entry: (not entry.all_day, entry.moment, entry.item.pk))
    return grid


def _enter(items: QuerySet, days: dict[date, Day], kind: str, name: str, *, begins, ends, at: datetime) -> None:
    items = items.filter(**{f"{name}__gte": begins, f"{name}__lt": ends, "status": Status.APPROVED}).order_by()
    items = items.annotate(day=TruncDate(name))
    counts = dict(items.values("day").annotate(count=Count("pk")).values_list("day", "count"))
    if not counts:
        return
    rank = Window(RowNumber(), partition_by=F("day"), order_by=[F(name), F("pk")])
    shown = items.annotate(rank=rank).filter(rank__lte=SHOWN).select_related("event", "type").defer("body", "summary")
    for item in shown:
        day = days[item.day]
        moment = item.event.starts_at if kind == "event" else getattr(item, name)
        named = ("published" if moment <= at else "scheduled") if kind == "appears" else kind
        day.entries.append(Entry(named, moment, item, kind == "event" and item.event.all_day))
    for date_, count in counts.items():
        if count > SHOWN:
            days[date_].more[kind] = count - SHOWN


def day_bounds(day: date) -> tuple[datetime, datetime]:
    """From when until when a day lasts here."""
    return midnight(day), midnight(day + timedelta(days=1))
