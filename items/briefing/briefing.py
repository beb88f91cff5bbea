"""What a briefing holds: the items of a listing under their main themes, and the sources they relay, numbered."""

from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import date
from functools import cached_property

from django.conf import settings

from items.listing import Listing
from items.models import Item, Theme
from items.models.tree import Tree

MOST = 200
"""Items of a briefing. Nobody reads more at a sitting, and no press would print it."""


@dataclass(frozen=True)
class Entry:
    """An item, and the number of its source among the references."""

    item: Item
    number: int


@dataclass(frozen=True)
class Section:
    """The items of one main theme, in the listing's order; those without a theme have no `theme`."""

    theme: Theme | None
    entries: tuple[Entry, ...]


@dataclass(frozen=True)
class Reference:
    """Where what entries say can be read in full: the items that name it, the first one first."""

    number: int
    url: str
    items: list[Item] = field(default_factory=list)


class Briefing:
    """The first items of a listing as a document."""

    def __init__(self, listing: Listing):
        self.listing = listing

    @property
    def total(self) -> int:
        """How many items the listing has."""
        return self.listing.total

    @cached_property
    def items(self) -> list[Item]:
        """The items that the document holds, in the listing's order."""
        return self.listing.load(self.listing.slice(0, MOST))

    @property
    def is_cut(self) -> bool:
        """Whether the listing has more items than a briefing holds."""
        return self.total > MOST

    @property
    def period(self) -> tuple[date, date] | None:
        """From when until when: as was asked for, else from the first date of an item to the last; None without any."""
        start, end = self.listing.chosen.get("from"), self.listing.chosen.get("to")
        dates = [item.publication_date for item in self.items if item.publication_date]
        first = start.first if start else min(dates, default=None)
        last = end.last if end else max(dates, default=None)
        return (first, last) if first and last else None

    # --- Grouping ----------------------------------------------------------------------------------------------

    @property
    def _tree(self) -> Tree:
        return self.listing.index.vocabulary.trees["theme"]

    @cached_property
    def _roots(self) -> dict[int, int]:
        """The top of the branch on which each theme stands, by primary key, in the tree's order."""
        return {node.term.pk: root.term.pk for root in self._tree.roots for node in root.walk()}

    @cached_property
    def _asked(self) -> set[int]:
        """The themes that the listing asks for, with all below them."""
        return set().union(*(self._tree.family(theme.pk) for theme in self.listing.chosen.get("theme") or []))

    def _main_theme(self, item: Item) -> int | None:
        """The top theme under which an item stands: that of its first theme, of those asked for where any is."""
        order = list(self._roots)
        known = sorted((theme.pk for theme in item.themes.all() if theme.pk in self._roots), key=order.index)
        asked = [pk for pk in known if pk in self._asked]
        return next((self._roots[pk] for pk in asked or known), None)

    @cached_property
    def _parts(self) -> tuple[list[Section], list[Reference]]:
        grouped: dict[int | None, list[Item]] = {root.term.pk: [] for root in self._tree.roots}
        grouped[None] = []
        for item in self.items:
            grouped[self._main_theme(item)].append(item)
        references: dict[str, Reference] = {}
        sections = [
            Section(self._theme(pk), tuple(self._numbered(items, references))) for pk, items in grouped.items() if items
        ]
        return sections, list(references.values())

    def _theme(self, pk: int | None) -> Theme | None:
        return self.listing.index.vocabulary.terms["theme"][pk] if pk is not None else None

    def _numbered(self, items: list[Item], references: dict[str, Reference]) -> Iterator[Entry]:
        """The items with their numbers; two that relay the same have the same."""
        for item in items:
            url = item.source_url or settings.SITE_URL + item.get_absolute_url()
            reference = references.setdefault(item.source_key or url, Reference(len(references) + 1, url))
            reference.items.append(item)
            yield Entry(item, reference.number)

    @property
    def sections(self) -> list[Section]:
        """The items by main theme in the order of the themes; those without one come last."""
        return self._parts[0]

    @property
    def references(self) -> list[Reference]:
        """The sources, in the order in which they are named."""
        return self._parts[1]
