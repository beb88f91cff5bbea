"""What a reader asked: the parameters of a query string, checked and in their canonical form."""

from bisect import bisect_left, bisect_right
from datetime import datetime
from functools import cached_property
from urllib.parse import quote_plus, urlencode

from django.http import QueryDict

from items import search
from items.facets import Order
from items.filters import ItemFilter
from items.listing.parts import Problem
from items.models import RemovedTerm

Parameters = list[tuple[str, str]]


class Question:
    """The question of a query string, asked by a reader of `language` at an instant."""

    door = "items:listing"
    """The name of the address that answers it as a page; `facet_door` with all values of one facet."""
    facet_door = "items:facet"
    asks_dates = True
    """Whether its page asks for dates of publication."""
    of_events = False
    """Whether its items are events, which have days of their own."""

    def __init__(self, params: QueryDict, *, language: str, at: datetime):
        self.params, self.language, self.at = params, language, at
        self.filter = ItemFilter(params, language=language, at=at)
        self.is_valid = self.filter.is_valid()
        self.chosen = self.filter.form.cleaned_data
        for name in self.filter.form.errors.keys() & self.filter.facets.keys():
            self.chosen[name] = self.filter.facets[name].understood(params.getlist(name))
        self.search: search.Query | None = self.chosen.get("q")
        self.orders = tuple(Order(value) for value, _ in self.filter.filters["sort"].extra["choices"])
        if not self.search:
            self.orders = tuple(order for order in self.orders if order is not Order.RELEVANCE)
        asked = self.chosen.get("sort")
        self.order = next((order for order in self.orders if order.value == asked), self.orders[0])

    @property
    def sort(self) -> str:
        """The name of the order; the first of `orders` is the one that nobody need ask for."""
        return self.order.value

    @cached_property
    def parameters(self) -> Parameters:
        """The valid parameters in canonical order, former slugs replaced; neither page nor what changes nothing."""
        pairs = [("q", self.search.text)] if self.search else []
        pairs += [(name, value.slug) for name in self.filter.facets for value in self.chosen.get(name) or []]
        pairs += [(name, self.chosen[name].text) for name in ("from", "to") if self.chosen.get(name)]
        return pairs + ([("sort", self.sort)] if self.order is not self.orders[0] else [])

    @property
    def own_parameters(self) -> Parameters:
        """What a listing of a special sort asks beside its filters, in canonical order."""
        return []

    @property
    def query(self) -> str:
        """The canonical query string, without `?`; equal questions have equal strings."""
        return urlencode(self.parameters)

    def query_with(self, **changes: str | None) -> str:
        """The canonical query string with parameters set, or dropped where None."""
        kept = [pair for pair in self.parameters if pair[0] not in changes]
        kept += [(name, value) for name, value in changes.items() if value is not None]
        order = [*self.filter.filters, *changes]
        return urlencode(sorted(kept, key=lambda pair: order.index(pair[0])))

    def _toggled(self, name: str, slug: str) -> str:
        """The canonical query string with one value of a facet added, or taken away when it is there."""
        if (name, slug) in self.parameters:
            needless = ("sort", "newest") if name == "q" else None
            return urlencode([pair for pair in self.parameters if pair not in ((name, slug), needless)])
        before, own, after = self._around[name]
        here = urlencode(sorted([*own, (name, slug)])) if own else f"{name}={quote_plus(slug)}"
        return "&".join(part for part in (before, here, after) if part)

    @cached_property
    def _around(self) -> dict[str, tuple[str, Parameters, str]]:
        """For each filter the canonical query string before it, its own parameters, and what follows."""
        order = list(self.filter.filters)
        places = [order.index(name) for name, _value in self.parameters]
        around = {}
        for place, name in enumerate(order):
            first, last = bisect_left(places, place), bisect_right(places, place)
            before, after = urlencode(self.parameters[:first]), urlencode(self.parameters[last:])
            around[name] = (before, self.parameters[first:last], after)
        return around

    @property
    def is_narrow(self) -> bool:
        """Whether this is one of endlessly many combinations, which search engines had better leave alone."""
        return len(self.parameters) >= 2 or not {"q", "sort"}.isdisjoint(dict(self.parameters))

    @property
    def hidden_inputs(self) -> Parameters:
        """What a form that asks for dates must carry on."""
        return [pair for pair in self.parameters if pair[0] not in ("from", "to")]

    @property
    def search_inputs(self) -> Parameters:
        """What a form that asks for words must carry on."""
        return [pair for pair in self.parameters if pair[0] not in ("q", "sort")]

    @property
    def has_search_problem(self) -> bool:
        return "q" in self.filter.form.errors

    @property
    def search_text(self) -> str:
        """The words as typed, understood or not."""
        return self.params.get("q", "").strip()[: search.LONGEST]

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

    @cached_property
    def removed_terms(self) -> list[RemovedTerm]:
        """The terms that were asked for and are no longer; empty when something else is amiss, or nothing."""
        return RemovedTerm.objects.named((problem.name, problem.value) for problem in self.problems) or []

    @property
    def has_former_slugs(self) -> bool:
        """Whether a value was asked for by a slug that its term no longer has."""
        current = set(self.parameters)
        asked = {(name, text.strip()) for name in self.filter.facets for text in self.params.getlist(name)}
        return self.is_valid and any(text and (name, text) not in current for name, text in asked)
