"""What the words of a listing find: the best first, passages to show, and other words that would find more."""

from dataclasses import dataclass, replace
from functools import cached_property
from itertools import chain

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


class Words:
    """What a query finds among all that is visible, whatever the filters."""

    def __init__(self, query: search.Query, *, index: FacetIndex):
        self.query, self.index = query, index

    @cached_property
    def versions(self) -> BitMap:
        """The items that match, each version of a translation group by itself."""
        return search.match(self.query, within=self.index.visible)

    @cached_property
    def groups(self) -> BitMap:
        """The items that match, or of which another visible version does: whatever a reader is shown of a group."""
        if not search.excludes(self.query):
            return self._with_versions(self.versions)
        return search.match(self.query, within=self.index.visible, widen=self._with_versions)

    def _with_versions(self, found: BitMap) -> BitMap:
        groups = self.index.groups
        others = chain.from_iterable(groups[pk] for pk in found if pk in groups)
        return (found | BitMap(others)) & self.index.visible

    def elsewhere(self, pk: int) -> tuple[str, ...]:
        """The languages of the versions that match, where this one does not."""
        if pk in self.versions:
            return ()
        written = self.index.values["language"]
        others = BitMap(self.index.groups.get(pk, ())) & self.versions
        return tuple(code for code in self.index.languages if others & written.get(code, BitMap()))


class Found:
    """The items of a listing that words find, in order of relevance; with `together`, by their best version."""

    def __init__(self, query: search.Query, *, index: FacetIndex, ids: BitMap, together: bool):
        self.query, self.index, self.ids, self.together = query, index, ids, together

    @cached_property
    def ranked(self) -> list[int]:
        """The newest matches, the best first."""
        newest = self.index.ordered(self.ids, Order.NEWEST, limit=RANKED)
        groups, visible = self.index.groups, self.index.visible
        versions = {pk: [other for other in groups[pk] if other in visible] for pk in newest if pk in groups}
        return search.rank(self.query, newest, versions=versions if self.together else None)

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


def with_snippets(items: list[Item], words: Words) -> list[Item]:
    """The items, each with a `snippet`: its title and a passage, with what was found marked."""
    for item in items:
        snippet = replace(search.snippet(item, words.query), versions=words.elsewhere(item.pk))
        item.snippet = snippet  # type: ignore[attr-defined]
    return items
