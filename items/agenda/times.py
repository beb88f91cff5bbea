"""Which events are coming and which are past, in order: read once for each version of the content and each day.

The facet index knows no dates of events. Its bitmaps are intersected with those of this, so counts are exact.
"""

from array import array
from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import date, datetime
from functools import cached_property
from threading import Lock

from django.db import connection
from django.db.models import Q
from django.utils import timezone
from pyroaring import BitMap

from items.agenda.span import lasting_until
from items.facets import FacetIndex
from items.models import Event
from items.months import midnight

CHUNK = 5_000


@dataclass(frozen=True)
class Events:
    """Primary keys of items, in order and as a set."""

    order: array = field(default_factory=lambda: array("I"))
    ids: BitMap = field(default_factory=BitMap)

    @classmethod
    def of(cls, pks: Iterable[int]) -> "Events":
        order = array("I", pks)
        return cls(order, BitMap(order))


@dataclass(frozen=True)
class Times:
    """The events of all items, published or not, as seen on a day. Each part is read when it is first asked for."""

    today: date

    @cached_property
    def coming(self) -> Events:
        """Those whose last day is not over, the soonest first."""
        begins = midnight(self.today)
        found = Event.objects.filter(Q(starts_at__gte=begins) | lasting_until(begins)).order_by("starts_at", "pk")
        return Events.of(found.values_list("pk", flat=True).iterator(CHUNK))

    @cached_property
    def past(self) -> Events:
        """All others, the latest first."""
        found = Event.objects.filter(starts_at__lt=midnight(self.today)).order_by("-starts_at", "-pk")
        pks = found.values_list("pk", flat=True).iterator(CHUNK)
        return Events.of(pk for pk in pks if pk not in self.coming.ids)


_lock = Lock()
_kept: tuple[tuple[str, int, date], Times] | None = None


def times(index: FacetIndex, *, at: datetime) -> Times:
    """The events as of the content of an index and the day of an instant."""
    global _kept
    today = timezone.localdate(at)
    if connection.in_atomic_block:
        return Times(today)  # what a transaction sees may never be committed
    key = (index.archive, index.version, today)
    kept = _kept
    if kept is None or kept[0] != key:
        with _lock:
            kept = _kept
            if kept is None or kept[0] != key:
                kept = _kept = key, Times(today)
    return kept[1]
