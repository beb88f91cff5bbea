"""Listing: what a reader asked for, as one object: filters, order, page, counts and words.

Page, feed, and whatever other door there is build one of these from a query string and use nothing else, so the same
question has the same answer everywhere.
"""

from collections.abc import Iterable, Iterator
from functools import cached_property
from urllib.parse import urlencode

from django.core.paginator import EmptyPage, Page, Paginator
from django.http import QueryDict
from django.utils import translation
from django.utils.translation import pgettext
from pyroaring import BitMap

from items import search
from items.facets import FacetIndex, Order
from items.filters import FacetFilter, TreeFilter
from items.listing.found import FEW, RANKED, DidYouMean, Found, Words, with_snippets
from items.listing.parts import Chip, Facet, Neighbours, Option, Way
from items.listing.question import Question
from items.listing.words import Phrase, heading, in_words, phrases
from items.models import Item
from items.models.item import ItemQuerySet
from items.threads import mark

PAGE_SIZE = 20
SHOWN = 15
"""How many values of a flat facet are shown before "show all"."""


class _Rows:
    """The items of a listing as a sequence of which Paginator loads a slice."""

    def __init__(self, listing: "Listing"):
        self.listing = listing

    def __len__(self) -> int:
        return self.listing.total

    def __getitem__(self, part: slice) -> list[Item]:
        start = part.start or 0
        items = self.listing.entries(self.listing.slice(start, part.stop - start))
        return with_snippets(items, self.listing.found_words) if self.listing.found_words else items


class Listing(Question):
    """The items that a query string asks for, seen by a reader of `language` at an instant."""

    # --- The answer --------------------------------------------------------------------------------------------

    @property
    def index(self) -> FacetIndex:
        return self.filter.index

    def matching(self, *, leaving_out: str = "") -> BitMap:
        """The items that match the valid filters but one.

        A translation group counts once, in the reader's language where it can; whoever names languages asks for
        versions, so then each version counts. The counts of the language facet count versions too. Words may stand
        in any version of what counts once.
        """
        versions = leaving_out == "language" or bool(self.chosen.get("language"))
        found = self.index.everything(None if versions else self.language)
        for name, facet in self.filter.facets.items():
            if name != leaving_out and (values := self.chosen.get(name)):
                found = found & self.index.having(name, {facet.key(value) for value in values})
        if self.found_words and leaving_out != "q":
            found = found & (self.found_words.versions if versions else self.found_words.groups)
        start, end = self.chosen.get("from"), self.chosen.get("to")
        if start or end:
            found = found & self.index.between(start and start.first, end and end.last)
        return found

    @cached_property
    def found_words(self) -> Words | None:
        """What the words find, whatever the filters; None without words."""
        return Words(self.search, index=self.index) if self.search else None

    @property
    def words_find_nothing(self) -> bool:
        """Whether there are words, and nothing has them whatever the filters."""
        return self.found_words is not None and not self.found_words.groups

    @cached_property
    def _found(self) -> Found | None:
        """The items in order of relevance; None in any other order."""
        if self.search and self.order is Order.RELEVANCE:
            together = not self.chosen.get("language")
            return Found(self.search, index=self.index, ids=self.ids, together=together)
        return None

    @property
    def ranked_only(self) -> int:
        """How many of the newest items were put in order of relevance, where that is not all; else 0."""
        return RANKED if self._found and self.total > RANKED else 0

    def _asked(self, query: str) -> "Listing":
        """What another query string asks for here."""
        return type(self)(QueryDict(query), language=self.language, at=self.at)

    @cached_property
    def did_you_mean(self) -> DidYouMean | None:
        """Almost the same words that find more under the same filters, where these find few or nothing."""
        if self.search and self.is_valid and self.total < FEW:
            for correction in search.corrections(self.search):
                query = self.query_with(q=correction.text)
                total = self._asked(query).total
                if total > self.total:
                    return DidYouMean(correction.text, query, total)
        return None

    @cached_property
    def _matching(self) -> BitMap:
        return self.matching()

    @property
    def ids(self) -> BitMap:
        """The primary keys of the matching items."""
        return self._matching if self.is_valid else BitMap()

    @property
    def total(self) -> int:
        return len(self.ids)

    def slice(self, offset: int, limit: int) -> list[int]:
        """Primary keys of a part of the items, in the listing's order."""
        if self._found:
            return self._found.slice(offset, limit)
        return self.index.ordered(self.ids, self.order, offset=offset, limit=limit)

    def load(self, pks: list[int]) -> list[Item]:
        """Items by primary key, in this order, with all that belongs to them."""
        return self._in_order(Item.objects.with_terms(), pks)

    def entries(self, pks: list[int]) -> list[Item]:
        """Items by primary key, in this order, with what a list on a page shows of them: less than half the work."""
        items = self._in_order(Item.objects.select_related("type", "event").prefetch_related("themes"), pks)
        return mark(items, at=self.at)

    def _in_order(self, items: ItemQuerySet, pks: list[int]) -> list[Item]:
        # Published is asked again: an item may have been withdrawn since the index was read.
        found = {item.pk: item for item in items.published(self.at).filter(pk__in=pks)}
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
        found = self._found
        before = found.position(item.pk) if found else self.index.position(self.ids, item.pk, self.order)
        start = max(before - 1, 0)
        around = self._in_order(Item.objects.all(), self.slice(start, before - start + 2))
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
        # What is not chosen leaves nothing out, but languages: without one chosen a group counts once.
        alone = bool(selected) or name == "language"
        counts = self.index.count(name, self.matching(leaving_out=name) if alone else self._matching)
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
            if name == "q":
                label = pgettext("words that were searched", "“%s”") % value
            query = self._toggled(name, value)
            chips.append(Chip(name, value, label, str(self.filter.filters[name].label), query))
        return tuple(chips)

    @cached_property
    def without_one(self) -> tuple[Way, ...]:
        """Where nothing has all filters: what comes back without one of them."""
        return self._ways((chip, chip.query) for chip in self.chips)

    @cached_property
    def with_one(self) -> tuple[Way, ...]:
        """Where nothing has all filters: what has one of them."""
        return self._ways((chip, urlencode([(chip.name, chip.value), *self.own_parameters])) for chip in self.chips)

    def _ways(self, ways: Iterable[tuple[Chip, str]]) -> tuple[Way, ...]:
        if not self.is_valid or self.total:
            return ()
        found = (Way(chip, query, self._asked(query).total) for chip, query in ways)
        return tuple(way for way in found if way.total)

    def _values(self, name: str) -> list:
        return self.chosen.get(name) or [] if name in self.filter.facets else []

    @cached_property
    def _phrases(self) -> list[Phrase]:
        with translation.override(self.language):  # which need not be that of the page it is named on
            return phrases(self.filter, language=self.language, of_events=self.of_events)

    @property
    def words(self) -> str:
        """The filters in words, such as "Reception, keyword solidarity, since 2023"; empty without filters."""
        return in_words(self._phrases)

    @property
    def heading(self) -> str:
        """The total and the filters in words, such as "12 items in Reception, since 2023"."""
        with translation.override(self.language):
            return heading(self.total, self._phrases)
