"""Pages of a listing: by number, or by a cursor that stays where it is when items come and go before it.

A cursor holds the sort key of an item, not its number. Finding the place again costs one pass over the month bitmaps of
the index, however deep it lies.
"""

from base64 import urlsafe_b64decode, urlsafe_b64encode
from datetime import date
from typing import NamedTuple

from django.http import Http404
from django.utils.translation import gettext as _
from pyroaring import BitMap

from items.api.parameters import Parameters
from items.facets import FacetIndex, Order
from items.facets.index import UNDATED, month_of
from items.listing import Listing

KEYSET = (Order.NEWEST, Order.OLDEST)
"""The orders that hang on the items alone, so that an item's key marks a place. Relevance is paged by number."""
MAX_PAGE = 9_999_999


class Cursor(NamedTuple):
    """A place in a listing: beside an item that had this key, whether or not it is still there."""

    order: Order
    is_after: bool  # what follows the item; else what comes before it
    day: int
    publish: int
    pk: int

    @property
    def text(self) -> str:
        direction = "after" if self.is_after else "before"
        plain = f"{self.order.value} {direction} {self.day} {self.publish} {self.pk}"
        return urlsafe_b64encode(plain.encode()).decode().rstrip("=")


def read_cursor(text: str) -> Cursor:
    """The cursor of its text. Raises ValueError for a text that none has."""
    if not text.isascii() or len(text) > 200:
        raise ValueError(text)
    plain = urlsafe_b64decode(text + "=" * (-len(text) % 4)).decode("ascii")
    order, direction, *numbers = plain.split(" ")
    day, publish, pk = (int(number) for number in numbers)
    cursor = Cursor(Order(order), direction == "after", day, publish, pk)
    # Only what this module wrote reads back as itself.
    if cursor.text != text or not 0 <= day <= date.max.toordinal() or cursor.order not in KEYSET:
        raise ValueError(text)
    return cursor


def before(index: FacetIndex, items: BitMap, cursor: Cursor) -> int:
    """How many of these items come before the cursor's place."""
    month = month_of(date.fromordinal(cursor.day)) if cursor.day else UNDATED
    newest = cursor.order is Order.NEWEST

    def is_earlier(other: int) -> bool:
        if UNDATED in (other, month):  # undated items come last in either order
            return other != month and month == UNDATED
        return other > month if newest else other < month

    whole = sum(items.intersection_cardinality(pks) for other, pks in index.months.items() if is_earlier(other))
    here = items & index.months.get(month, BitMap())
    place = cursor[2:]
    keys = [(index.days[pk], index.publish[pk], pk) for pk in here]
    passed = sum(key > place if newest else key < place for key in keys)
    return whole + passed + (cursor.is_after and place in keys)


class Slice(NamedTuple):
    """A page: its items' primary keys in order, and the parameters of the pages beside it; None where there is none."""

    pks: list[int]
    next: dict[str, str] | None
    previous: dict[str, str] | None


def slice_of(listing: Listing, parameters: Parameters, *, per_page: int) -> Slice:
    """The page that `page` or `cursor` names, else the first."""
    number = parameters.number("page", default=1, most=MAX_PAGE)
    cursor = None
    if "cursor" in parameters.params:
        try:
            cursor = read_cursor(parameters.params.get("cursor", ""))
        except ValueError:
            parameters.fault("cursor", _("This is no cursor. Take it from “next” or “previous” of an answer."))
        else:
            if "page" in parameters.params:
                parameters.fault("cursor", _("Ask by page or by cursor, not by both."))
            if listing.is_valid and cursor.order is not listing.order:
                parameters.fault("cursor", _("This cursor belongs to another order. Begin again without it."))
    parameters.check()
    if cursor:
        place = before(listing.index, listing.ids, cursor)
        offset = place if cursor.is_after else max(place - per_page, 0)
        limit = per_page if cursor.is_after else place - offset
    else:
        offset, limit = (number - 1) * per_page, per_page
        if number > 1 and offset >= listing.total:
            raise Http404(_("This listing has no such page."))
    pks = listing.slice(offset, limit) if limit else []
    has_next, has_previous = offset + len(pks) < listing.total, offset > 0
    if listing.order not in KEYSET or "page" in parameters.params:
        following, preceding = {"page": str(number + 1)}, {"page": str(number - 1)}
    else:
        following, preceding = _beside(listing, pks, is_after=True), _beside(listing, pks, is_after=False)
    return Slice(pks, following if has_next else None, preceding if has_previous else None)


def _beside(listing: Listing, pks: list[int], *, is_after: bool) -> dict[str, str]:
    if not pks:  # everything before or after the cursor has gone: the way on is from the start
        return {}
    index, pk = listing.index, pks[-1 if is_after else 0]
    return {"cursor": Cursor(listing.order, is_after, index.days[pk], index.publish[pk], pk).text}
