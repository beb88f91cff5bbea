"""FacetIndex: bitmaps of approved items by facet value and by month, and the answers they give.

An index never changes once it is made: `updated` and `at` answer a new one that shares what did not change. So a thread
goes on with the index it has while another brings one up to date.
"""

from array import array
from bisect import bisect_right
from collections.abc import Collection, Hashable, Iterable, Iterator
from dataclasses import dataclass, field, replace
from datetime import UTC, date, datetime, timedelta
from enum import Enum
from typing import NamedTuple

from pyroaring import BitMap

from items.facets.vocabulary import TREES, Vocabulary

FACETS = ("theme", "keyword", "type", "source", "country", "language", "year")
UNDATED = -1
"""The month of items without a publication date; before all others in number, last in every order."""

MANY = 5_000
"""From so many items of one month on, their order is kept: those without a date may be a tenth of an archive."""

_EPOCH = datetime(1970, 1, 1, tzinfo=UTC)
Values = dict[str, dict[Hashable, BitMap]]


def instant(at: datetime) -> int:
    """Microseconds since 1970, exactly."""
    return (at - _EPOCH) // timedelta(microseconds=1)


def month_of(day: date | None) -> int:
    return day.year * 12 + day.month - 1 if day else UNDATED


class Order(Enum):
    """The orders of a listing. Undated items come last in the first two."""

    NEWEST = "newest"
    OLDEST = "oldest"
    PUBLISHED = "published"  # by the moment of becoming visible, latest first
    RELEVANCE = "relevance"  # by how well words fit: the listing knows; to the index it is NEWEST


class Boundary(NamedTuple):
    """A moment at which an item comes or goes without anybody writing anything."""

    at: int
    pk: int
    appears: bool


@dataclass(frozen=True)
class FacetIndex:
    """What was approved at one version of the content, and what of it was visible at one instant."""

    archive: str
    version: int
    changed_at: datetime | None
    values: Values  # direct values; what trees add stands in `families`
    families: Values  # theme and type with all below them
    vocabulary: Vocabulary
    months: dict[int, BitMap]  # by publication date
    published_months: dict[int, BitMap]  # by publish_at
    days: array  # date ordinal by primary key, 0 where undated
    publish: array  # publish_at by primary key
    expire: dict[int, int]
    groups: dict[int, tuple[int, ...]]  # members of groups with several approved versions, by each member
    languages: tuple[str, ...]
    now: int = 0
    visible: BitMap = field(default_factory=BitMap)
    demoted: dict[str, BitMap] = field(default_factory=dict)  # visible, but another version is shown, by language
    coming: tuple[Boundary, ...] = ()
    last_boundary: int = 0  # the last moment by `now` at which an item came or went by the clock
    orders: dict[int, tuple[BitMap, array]] = field(default_factory=dict)  # of large months; with what was put in order

    @property
    def last_modified(self) -> datetime:
        """When what readers see last changed, by an edit or by the clock. It never goes back."""
        passed = _EPOCH + timedelta(microseconds=self.last_boundary)
        return max(passed, self.changed_at) if self.changed_at else passed

    # --- Time --------------------------------------------------------------------------------------------------

    @property
    def approved(self) -> BitMap:
        return BitMap.union(BitMap(), *self.published_months.values())

    def seen_at(self, now: int) -> "FacetIndex":
        """This index with visibility worked out from nothing."""
        this_month = month_of((_EPOCH + timedelta(microseconds=now)).date())
        past = [pks for month, pks in self.published_months.items() if month < this_month]
        recent = [pks for month, pks in self.published_months.items() if month >= this_month]
        visible = BitMap.union(BitMap(), *past) - BitMap(self.expire)
        latest = max((month for month in self.published_months if month < this_month), default=None)
        came = [self.publish[pk] for pk in self.published_months[latest]] if latest is not None else []
        index = replace(self, now=now, visible=visible, demoted={}, coming=(), last_boundary=max(came, default=0))
        return index.with_items(BitMap.union(BitMap(self.expire), *recent), also=self.groups)

    def with_items(self, items: BitMap, *, also: Iterable[int] = ()) -> "FacetIndex":
        """This index with the visibility of some items worked out, and the choice of versions for `also` too."""
        visible = self.visible - items
        coming = [boundary for boundary in self.coming if boundary.pk not in items]
        last = self.last_boundary
        for pk in items & self.approved:
            appears, goes = self.publish[pk], self.expire.get(pk)
            last = max(last, *(moment for moment in (appears, goes or 0, 0) if moment <= self.now))
            if goes is not None and goes <= self.now:
                continue
            if appears > self.now:
                coming.append(Boundary(appears, pk, True))
            else:
                visible.add(pk)
            if goes is not None:
                coming.append(Boundary(goes, pk, False))
        index = replace(self, visible=visible, coming=tuple(sorted(coming)), last_boundary=last)
        return index._with_demoted({*items, *also})

    def at(self, moment: datetime) -> "FacetIndex":
        """This index as seen at an instant."""
        now = instant(moment)
        if now == self.now:
            return self
        if now < self.now:
            return self.seen_at(now)
        if not self.coming or self.coming[0].at > now:
            return self
        passed = bisect_right(self.coming, now, key=lambda boundary: boundary.at)
        visible = self.visible.copy()
        for boundary in self.coming[:passed]:
            (visible.add if boundary.appears else visible.discard)(boundary.pk)
        touched = {boundary.pk for boundary in self.coming[:passed]}
        last = max(self.last_boundary, self.coming[passed - 1].at)
        index = replace(self, now=now, visible=visible, coming=self.coming[passed:], last_boundary=last)
        return index._with_demoted(touched)

    def _with_demoted(self, touched: Collection[int]) -> "FacetIndex":
        """This index with the choice between versions made again in the groups of these items."""
        groups = {self.groups[pk] for pk in touched if pk in self.groups}
        gone = BitMap(pk for pk in touched if pk not in self.groups)
        members = BitMap(pk for group in groups for pk in group) | gone
        demoted = {language: self.demoted.get(language, BitMap()) - members for language in self.languages}
        for group in groups:
            shown = sorted(pk for pk in group if pk in self.visible)
            for language, others in demoted.items():
                if len(shown) > 1:
                    written = self.values["language"].get(language, ())
                    best = next((pk for pk in shown if pk in written), shown[0])
                    others.update(pk for pk in shown if pk != best)
        return replace(self, demoted=demoted)

    # --- Selecting ---------------------------------------------------------------------------------------------

    def everything(self, language: str | None) -> BitMap:
        """What is visible: one version of each translation group for a reader's language, or all for None."""
        if language is None:
            return self.visible
        return self.visible - self.demoted.get(language, BitMap())

    def bitmaps(self, facet: str) -> dict[Hashable, BitMap]:
        """The bitmap of each value of a facet, those below it included; of approved items, visible or not."""
        return self.families[facet] if facet in TREES else self.values[facet]

    def having(self, facet: str, keys: Collection[Hashable]) -> BitMap:
        """The items that have one of these values."""
        bitmaps = self.bitmaps(facet)
        return BitMap.union(BitMap(), *(bitmaps[key] for key in keys if key in bitmaps))

    def between(self, first: date | None, last: date | None) -> BitMap:
        """The items with a publication date from `first` to `last`, both included."""
        low, high = month_of(first or date.min), month_of(last or date.max)
        found = BitMap.union(BitMap(), *(pks for month, pks in self.months.items() if low < month < high))
        start, end = (first or date.min).toordinal(), (last or date.max).toordinal()
        for month in {low, high} & set(self.months):
            found |= BitMap(pk for pk in self.months[month] if start <= self.days[pk] <= end)
        return found

    def count(self, facet: str, items: BitMap) -> dict[Hashable, int]:
        """How many of these items have each value; values that none has are absent."""
        counts = ((key, items.intersection_cardinality(pks)) for key, pks in self.bitmaps(facet).items())
        return {key: count for key, count in counts if count}

    # --- Order -------------------------------------------------------------------------------------------------

    def _walk(self, order: Order) -> Iterator[tuple[int, BitMap]]:
        """Months with their bitmaps, in order."""
        months = self.published_months if order is Order.PUBLISHED else self.months
        dated = sorted((month for month in months if month != UNDATED), reverse=order is not Order.OLDEST)
        return ((month, months[month]) for month in [*dated, UNDATED] if month in months)

    def _sorted(self, items: BitMap, order: Order) -> list[int]:
        # A bitmap is in order of primary key and sorting keeps the order of equals, so each pass may look at one
        # number: four times as quick as one pass that compares tuples.
        pks = sorted(items, key=self.publish.__getitem__)
        if order is not Order.PUBLISHED:
            pks.sort(key=self.days.__getitem__)
        return pks if order is Order.OLDEST else pks[::-1]

    def _sorted_of(self, month: int, pks: BitMap, items: BitMap, order: Order) -> list[int]:
        """Those of these items that are in a month, in order."""
        here = items & pks
        if len(here) < MANY or order is Order.PUBLISHED:
            return self._sorted(here, order)
        # Kept by this index and all made from it. A month in which anything changes has another bitmap.
        known, whole = self.orders.get(month, (None, array("I")))
        if known is not pks:
            whole = array("I", self._sorted(pks, Order.OLDEST))
            self.orders[month] = pks, whole
        return [pk for pk in (whole if order is Order.OLDEST else reversed(whole)) if pk in here]

    def ordered(self, items: BitMap, order: Order, *, offset: int = 0, limit: int) -> list[int]:
        """Primary keys of a slice of these items in order: whole months are skipped, few are sorted."""
        if limit >= len(items) and not offset and order is not Order.OLDEST:
            return self._sorted(items, order)  # all are wanted; those without a date have day 0 and come last
        found: list[int] = []
        for month, pks in self._walk(order):
            here = items.intersection_cardinality(pks)
            if offset >= here:
                offset -= here
                continue
            found += self._sorted_of(month, pks, items, order)[offset : offset + limit - len(found)]
            offset = 0
            if len(found) == limit:
                break
        return found

    def position(self, items: BitMap, pk: int, order: Order) -> int:
        """How many of these items come before one of them."""
        before = 0
        for month, pks in self._walk(order):
            if pk in pks:
                return before + self._sorted_of(month, pks, items, order).index(pk)
            before += items.intersection_cardinality(pks)
        raise KeyError(pk)
