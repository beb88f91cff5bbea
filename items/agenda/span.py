"""Which part of time an agenda shows, as it stands in the query string: `when`, `view`, `month` and `day`."""

from dataclasses import dataclass
from datetime import date, datetime, timedelta
from enum import Enum

from django.db.models import Q
from django.http import QueryDict
from django.utils import timezone
from django.utils.translation import gettext as _

from items.filters import NotAnswered
from items.months import FIRST_YEAR, LAST_YEAR, midnight, months_away, parse_day, parse_month

NAMES = ("when", "view", "month", "day")
"""The parameters of an agenda beside those of any listing."""
NEAR = 12
"""Months before and after the present one that search engines are invited to."""


class Kind(Enum):
    """What the part of time is."""

    COMING = "coming"
    PAST = "past"
    MONTH = "month"
    DAY = "day"


@dataclass(frozen=True)
class Span:
    """A part of time. `first` is the first day of a month, or the day; None for all that comes or has passed."""

    kind: Kind
    first: date | None = None

    @property
    def parameters(self) -> list[tuple[str, str]]:
        """How it is asked for, in canonical order."""
        if self.first is None:
            return [("when", "past")] if self.kind is Kind.PAST else []
        if self.kind is Kind.DAY:
            return [("day", self.first.isoformat())]
        return [("view", "month"), ("month", f"{self.first:%Y-%m}")]

    @property
    def bounds(self) -> tuple[datetime, datetime]:
        """From when until when a month or a day lasts here."""
        assert self.first is not None
        after = self.first + timedelta(days=1) if self.kind is Kind.DAY else months_away(self.first, 1)
        return midnight(self.first), midnight(after)

    def is_near(self, at: datetime) -> bool:
        """Whether it is of about now: calendars have no end, and whoever reads them by machine must find one."""
        if self.first is None:
            return True
        today = timezone.localdate(at)
        return abs((self.first.year - today.year) * 12 + self.first.month - today.month) <= NEAR


def read_span(params: QueryDict, *, at: datetime) -> Span:
    """The part of time that is asked for. Raises NotAnswered, with words for who asked, for what makes no sense."""
    when, view, month, day = (params.get(name, "").strip() for name in NAMES)
    if when not in ("", "coming", "past"):
        raise NotAnswered(_("Events are either coming or past: write when=coming or when=past."))
    if view not in ("", "list", "month"):
        raise NotAnswered(_("The agenda can be seen as a list or by month: write view=list or view=month."))
    if day:
        if (asked := parse_day(day)) is None:
            raise NotAnswered(_not_a_day(day))
        return Span(Kind.DAY, asked)
    if month or view == "month":
        first = parse_month(month) if month else timezone.localdate(at).replace(day=1)
        if first is None:
            raise NotAnswered(_not_a_month(month))
        return Span(Kind.MONTH, first)
    return Span(Kind.PAST if when == "past" else Kind.COMING)


def _not_a_month(text: str) -> str:
    words = _("“%(value)s” is not a month of this agenda. Write the year and the month, from %(first)s to %(last)s.")
    return words % {"value": text[:40], "first": f"{FIRST_YEAR}-01", "last": f"{LAST_YEAR}-12"}


def _not_a_day(text: str) -> str:
    words = _("“%(value)s” is not a day of this agenda. Write year, month and day, such as %(example)s.")
    return words % {"value": text[:40], "example": "2026-11-24"}


def lasting_until(begins: datetime) -> Q:
    """Events whose end is not before a day that begins then. What ends at midnight does not last into the new day."""
    # Of an event of whole days any instant of the last day may stand for it, its first too.
    return Q(all_day=True, ends_at__gte=begins) | Q(all_day=False, ends_at__gt=begins)


def overlapping(begins: datetime, ends: datetime) -> Q:
    """Events of which any part lies between two beginnings of days."""
    return Q(starts_at__gte=begins, starts_at__lt=ends) | (Q(starts_at__lt=begins) & lasting_until(begins))
