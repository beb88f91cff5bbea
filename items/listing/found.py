"""What the words of a listing find: the best first, passages to show, and other words that would find more."""

from dataclasses import dataclass
from functools import cached_property

from pyroaring import BitMap

from items import search
from items.facets import FacetIndex, Order
from items.models import Item

RANKED = 20_000
"""How many of the newest matches are put in order of relevance; older ones follow by date."""

FEW = 5
"""A search that finds fewer may have been a slip of the fingers."""


@dataclass(frozen=True)
class DidYouMean:
    """Words that find more: what to type, the canonical query string with them, and how many items they find."""

    text: str
    query: str
    total: int


class Found:
    """The items of a listing that words find, in order of relevance."""

    def __init__(self, query: search.Query, *, index: FacetIndex, ids: BitMap):
        self.query, self.index, self.ids = query, index, ids

    @cached_property
    def ranked(self) -> list[int]:
        """The newest matches, the best first."""
        return search.rank(self.query, self.index.ordered(self.ids, Order.NEWEST, limit=RANKED))

    def slice(self, offset: int, limit: int) -> list[int]:
        """Primary keys of a part of the items: first the ranked, then older ones by date."""
        pks = self.ranked[offset : offset + limit]
        if len(pks) == limit or len(self.ids) <= len(self.ranked):
            return pks
        # The ranked are the newest, so the others begin where they end.
        after = max(offset, len(self.ranked))
        return pks + self.index.ordered(self.ids, Order.NEWEST, offset=after, limit=limit - len(pks))

    def position(self, pk: int) -> int:
        """How many items come before one of them."""
        if pk in self.ranked:
            return self.ranked.index(pk)
        return self.index.position(self.ids, pk, Order.NEWEST)


def with_snippets(items: list[Item], query: search.Query) -> list[Item]:
    """The items, each with a `snippet`: its title and a passage, with what was found marked."""
    for item in items:
        item.snippet = search.snippet(item, query)  # type: ignore[attr-defined]
    return items
