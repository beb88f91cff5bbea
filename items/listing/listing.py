"""Listing: what a reader asked for, as one object: filters, order, page, counts and words.

Page, feed, and whatever other door there is build one of these from a query string and use nothing else, so the same
question has the same answer everywhere.
"""

from collections.abc import Iterator
from datetime import datetime
from functools import cached_property
from urllib.parse import urlencode

from django.core.paginator import EmptyPage, Page, Paginator
from django.http import QueryDict
from pyroaring import BitMap

from items import facets
from items.facets import FacetIndex, Order
from items.filters import FacetFilter, ItemFilter, TreeFilter
from items.listing.parts import Chip, Facet, Neighbours, Option, Problem
from items.listing.words import Phrase, heading, in_words, phrases
from items.models import Item

PAGE_SIZE = 20
SHOWN = 15
"""How many values of a flat facet are shown before "show all"."""

Parameters = list[tuple[str, str]]


class _Rows:
    """The items of a listing as a sequence of which Paginator loads a slice."""

    def __init__(self, listing: "Listing"):
        self.listing = listing

    def __len__(self) -> int:
        return self.listing.total

    def __getitem__(self, part: slice) -> list[Item]:
        listing, start = self.listing, part.start or 0
        pks = listing.index.ordered(listing.ids, listing.order, offset=start, limit=part.stop - start)
        return listing.load(pks)


class Listing:
    """The items that a query string asks for, seen by a reader of `language` at an instant."""

    def __init__(self, params: QueryDict, *, language: str, at: datetime):
        self.params, self.language, self.at = params, language, at
        self.filter = ItemFilter(params, language=language, at=at)
        self.is_valid = self.filter.is_valid()
        self.chosen = self.filter.form.cleaned_data
        self.order = Order(self.chosen.get("sort") or "newest")

    @property
    def sort(self) -> str:
        """The name of the order."""
        return self.order.value

    # --- The question ------------------------------------------------------------------------------------------

    @cached_property
    def parameters(self) -> Parameters:
        """The valid parameters in canonical order, former slugs replaced; neither page nor what changes nothing."""
        pairs = [(name, value.slug) for name in self.filter.facets for value in self.chosen.get(name) or []]
        pairs += [(name, self.chosen[name].text) for name in ("from", "to") if self.chosen.get(name)]
        return pairs + ([("sort", self.sort)] if self.order is not Order.NEWEST else [])

    @property
    def query(self) -> str:
        """The canonical query string, without `?`; equal questions have equal strings."""
        return urlencode(self.parameters)

    def query_with(self, **changes: str | None) -> str:
        """The canonical query string with parameters set, or dropped where None."""
        kept = [pair for pair in self.parameters if pair[0] not in changes]
        return urlencode(kept + [(name, value) for name, value in changes.items() if value is not None])

    def _toggled(self, name: str, slug: str) -> str:
        """The canonical query string with one value of a facet added, or taken away when it is there."""
        if (name, slug) in self.parameters:
            return urlencode([pair for pair in self.parameters if pair != (name, slug)])
        order = list(self.filter.filters)
        return urlencode(sorted([*self.parameters, (name, slug)], key=lambda pair: (order.index(pair[0]), pair[1])))

    @property
    def is_narrow(self) -> bool:
        """Whether this is one of endlessly many combinations, which search engines had better leave alone."""
        return len([name for name, _value in self.parameters if name != "sort"]) >= 2 or "q" in dict(self.parameters)

    @property
    def hidden_inputs(self) -> Parameters:
        """What a form that asks for dates must carry on."""
        return [pair for pair in self.parameters if pair[0] not in ("from", "to")]

    @property
    def date_from(self) -> str:
        return self.params.get("from", "").strip()[:40]

    @property
    def date_to(self) -> str:
        return self.params.get("to", "").strip()[:40]

    @cached_property
    def problems(self) -> tuple[Problem, ...]:
        """What was not understood. A listing with problems has no items."""
        return tuple(
            Problem(name, str((error.params or {}).get("value", "")), error.messages[0])
            for name, errors in self.filter.form.errors.as_data().items()
            for error in errors
        )

    @property
    def has_former_slugs(self) -> bool:
        """Whether a value was asked for by a slug that its term no longer has."""
        current = set(self.parameters)
        asked = {(name, text.strip()) for name in self.filter.facets for text in self.params.getlist(name)}
        return self.is_valid and any(text and (name, text) not in current for name, text in asked)

    # --- The answer --------------------------------------------------------------------------------------------

    @cached_property
    def index(self) -> FacetIndex:
        return facets.current(self.at)

    def matching(self, *, leaving_out: str = "") -> BitMap:
        """The items that match the valid filters but one.

        A translation group counts once, in the reader's language where it can; whoever names languages asks for
        versions, so then each version counts. The counts of the language facet count versions too.
        """
        versions = leaving_out == "language" or self.chosen.get("language")
        found = self.index.everything(None if versions else self.language)
        for name, facet in self.filter.facets.items():
            if name != leaving_out and (values := self.chosen.get(name)):
                found = found & self.index.having(name, {facet.key(value) for value in values})
        start, end = self.chosen.get("from"), self.chosen.get("to")
        if start or end:
            found = found & self.index.between(start and start.first, end and end.last)
        return found

    @cached_property
    def ids(self) -> BitMap:
        """The primary keys of the matching items."""
        return self.matching() if self.is_valid else BitMap()

    @property
    def total(self) -> int:
        return len(self.ids)

    def load(self, pks: list[int]) -> list[Item]:
        """Items by primary key, in this order, with all that a list of them shows."""
        # Published is asked again: an item may have been withdrawn since the index was read.
        found = {item.pk: item for item in Item.objects.published(self.at).with_terms().filter(pk__in=pks)}
        return [found[pk] for pk in pks if pk in found]

    def page(self, number: str) -> Page:
        """A page by its number as typed; empty is the first. Raises EmptyPage for any other that does not exist."""
        number = number.strip() or "1"
        # Digits such as "²" or "٣" are numbers to Python and no address that this site makes.
        if not (number.isascii() and number.isdigit() and len(number) < 8 and not number.startswith("0")):
            raise EmptyPage(number)
        paginator: Paginator = Paginator(_Rows(self), PAGE_SIZE)  # type: ignore[arg-type]
        return paginator.page(int(number))

    def latest(self, limit: int) -> list[Item]:
        """The matching items that became visible last, the latest first."""
        return self.load(self.index.ordered(self.ids, Order.PUBLISHED, limit=limit))

    def neighbours(self, item: Item) -> Neighbours | None:
        """Where an item stands in this listing; None when it is not in it."""
        if item.pk not in self.ids:
            return None
        before = self.index.position(self.ids, item.pk, self.order)
        start = max(before - 1, 0)
        around = self.load(self.index.ordered(self.ids, self.order, offset=start, limit=before - start + 2))
        place = around.index(item)
        return Neighbours(
            position=before + 1,
            previous=around[place - 1] if place else None,
            next=around[place + 1] if place + 1 < len(around) else None,
        )

    # --- The facets --------------------------------------------------------------------------------------------

    @cached_property
    def facets(self) -> tuple[Facet, ...]:
        return tuple(self.facet(name, shown=SHOWN) for name in self.filter.facets)

    def facet(self, name: str, *, shown: int | None = None, find: str = "") -> Facet:
        """A facet with its counts; flat ones limited to `shown` values, or to labels that hold `find`."""
        facet = self.filter.facets[name]
        selected = {facet.key(value): value for value in self.chosen.get(name) or []}
        counts = self.index.count(name, self.matching(leaving_out=name))
        is_tree = isinstance(facet, TreeFilter)
        keys = set(counts) | set(selected)
        if shown is not None and not is_tree and len(keys) > shown:
            keys = set(self._first(facet, counts, shown)) | set(selected)
        options = list(self._options(name, facet, keys, counts, selected))
        if find:
            options = [option for option in options if find.casefold() in option.label.casefold()]
        hidden = len(set(counts) | set(selected)) - len(keys)
        return Facet(name, str(facet.label), tuple(options), hidden, is_tree)

    def _first(self, facet: FacetFilter, counts: dict, shown: int) -> list:
        """The keys to show of a long facet: the most used, or for years the latest."""
        if facet.is_ordered:
            return sorted(counts, reverse=True)[:shown]
        return sorted(counts, key=lambda key: (-counts[key], key))[:shown]

    def _options(self, name: str, facet: FacetFilter, keys: set, counts: dict, selected: dict) -> Iterator[Option]:
        values = facet.load(keys)
        if not facet.is_ordered:
            values.sort(key=lambda value: (-counts.get(facet.key(value), 0), value.label(self.language).casefold()))
        for value in values:
            key = facet.key(value)
            yield Option(
                value=value.slug,
                label=value.label(self.language),
                count=counts.get(key, 0),
                selected=key in selected,
                query=self._toggled(name, value.slug),
                depth=facet.depth(value),
            )

    # --- The words ---------------------------------------------------------------------------------------------

    @cached_property
    def chips(self) -> tuple[Chip, ...]:
        """The chosen filters, in canonical order."""
        chips = []
        for name, value in self.parameters:
            if name == "sort":
                continue
            label = next((v.label(self.language) for v in self._values(name) if v.slug == value), value)
            query = self._toggled(name, value)
            count = None
            if self.is_valid and self.total == 0:
                count = Listing(QueryDict(query), language=self.language, at=self.at).total
            chips.append(Chip(name, value, label, str(self.filter.filters[name].label), query, count))
        return tuple(chips)

    def _values(self, name: str) -> list:
        return self.chosen.get(name) or [] if name in self.filter.facets else []

    @cached_property
    def _phrases(self) -> list[Phrase]:
        return phrases(self.filter, language=self.language)

    @property
    def words(self) -> str:
        """The filters in words, such as "Reception, keyword solidarity, since 2023"; empty without filters."""
        return in_words(self._phrases)

    @property
    def heading(self) -> str:
        """The total and the filters in words, such as "12 items in Reception, since 2023"."""
        return heading(self.total, self._phrases)
