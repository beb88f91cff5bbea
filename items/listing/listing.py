"""Listing: what a reader asked for, as one object: filters, order, page, counts and words.

Page, feed, and whatever other door there is build one of these from a query string and use nothing else, so the same
question has the same answer everywhere.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime
from functools import cached_property
from urllib.parse import urlencode

from django.core.paginator import EmptyPage, Page, Paginator
from django.db.models import Q
from django.http import QueryDict

from items.filters import FacetFilter, ItemFilter, TreeFilter
from items.listing.words import Phrase, heading, in_words, phrases
from items.models import Item
from items.models.item import ItemQuerySet

PAGE_SIZE = 20
SHOWN = 15
"""How many values of a flat facet are shown before "show all"."""

Parameters = list[tuple[str, str]]


@dataclass(frozen=True)
class Problem:
    """A parameter that could not be understood, and why, in the reader's words."""

    name: str
    value: str
    message: str


@dataclass(frozen=True)
class Chip:
    """One chosen filter. `query` is the listing without it; `count` its items, worked out for an empty listing."""

    name: str
    value: str
    label: str
    facet_label: str
    query: str
    count: int | None = None


@dataclass(frozen=True)
class Option:
    """A value of a facet. `count` items if chosen alone in its facet; `query` is the listing with it toggled."""

    value: str
    label: str
    count: int
    selected: bool
    query: str
    depth: int = 0


@dataclass(frozen=True)
class Facet:
    """A facet with the options shown; `hidden` further values have items but are not among them."""

    name: str
    label: str
    options: tuple[Option, ...]
    hidden: int
    is_tree: bool

    @property
    def selected(self) -> int:
        return sum(option.selected for option in self.options)


@dataclass(frozen=True)
class Neighbours:
    """An item's place in a listing: its position from 1, and the items before and after it."""

    position: int
    previous: Item | None
    next: Item | None


class Listing:
    """The items that a query string asks for, seen by a reader of `language` at an instant."""

    def __init__(self, params: QueryDict, *, language: str, at: datetime):
        self.params, self.language, self.at = params, language, at
        self.filter = ItemFilter(params, language=language, at=at)
        self.is_valid = self.filter.is_valid()
        self.chosen = self.filter.form.cleaned_data
        self.sort = self.chosen.get("sort") or "newest"

    # --- The question ------------------------------------------------------------------------------------------

    @cached_property
    def parameters(self) -> Parameters:
        """The valid parameters in canonical order, former slugs replaced; neither page nor what changes nothing."""
        pairs = [(name, value.slug) for name in self.filter.facets for value in self.chosen.get(name) or []]
        pairs += [(name, self.chosen[name].text) for name in ("from", "to") if self.chosen.get(name)]
        return pairs + ([("sort", self.sort)] if self.sort != "newest" else [])

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
    def items(self) -> ItemQuerySet:
        """The matching items, in no order."""
        return self.filter.qs

    @cached_property
    def total(self) -> int:
        return self.items.count() if self.is_valid else 0

    def _ordered(self, items: ItemQuerySet) -> ItemQuerySet:
        return items.oldest() if self.sort == "oldest" else items.newest()

    def page(self, number: str) -> Page:
        """A page by its number as typed; empty is the first. Raises EmptyPage for any other that does not exist."""
        number = number.strip() or "1"
        # Digits such as "²" or "٣" are numbers to Python and no address that this site makes.
        if not (number.isascii() and number.isdigit() and len(number) < 8 and not number.startswith("0")):
            raise EmptyPage(number)
        paginator = Paginator(self._ordered(self.items).with_terms(), PAGE_SIZE)
        paginator.count = self.total
        return paginator.page(int(number))

    def neighbours(self, item: Item) -> Neighbours | None:
        """Where an item stands in this listing; None when it is not in it."""
        if not self.is_valid or not self.items.filter(pk=item.pk).exists():
            return None
        before = self.items.filter(self._before(item))
        after = self.items.exclude(pk=item.pk).exclude(self._before(item))
        return Neighbours(before.count() + 1, self._ordered(before).reverse().first(), self._ordered(after).first())

    def _before(self, item: Item) -> Q:
        """The condition of standing before an item, in the words of `newest` and `oldest`: undated last."""
        ahead = "lt" if self.sort == "oldest" else "gt"
        tie = Q(**{f"publish_at__{ahead}": item.publish_at}) | Q(
            **{"publish_at": item.publish_at, f"pk__{ahead}": item.pk}
        )
        if item.publication_date is None:
            return Q(publication_date__isnull=False) | tie
        dated = Q(publication_date__isnull=False)
        return dated & Q(**{f"publication_date__{ahead}": item.publication_date}) | (
            Q(publication_date=item.publication_date) & tie
        )

    # --- The facets --------------------------------------------------------------------------------------------

    @cached_property
    def facets(self) -> tuple[Facet, ...]:
        return tuple(self.facet(name, shown=SHOWN) for name in self.filter.facets)

    def facet(self, name: str, *, shown: int | None = None, find: str = "") -> Facet:
        """A facet with its counts; flat ones limited to `shown` values, or to labels that hold `find`."""
        facet = self.filter.facets[name]
        selected = {facet.key(value): value for value in self.chosen.get(name) or []}
        counts = facet.count(self.filter.apply(self.filter.queryset, leaving_out=name))
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
