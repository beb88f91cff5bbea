"""Agenda: the events that a query string asks for; a listing in all but order, words, and what of time it shows."""

from datetime import datetime
from functools import cached_property
from itertools import islice
from urllib.parse import urlencode

from django.http import QueryDict
from django.utils import translation
from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from pyroaring import BitMap

from items.agenda.span import Kind, overlapping, read_span
from items.agenda.times import Events, times
from items.facets import Order
from items.listing import Facet, Listing
from items.listing.words import heading_from, in_words
from items.models import Event

SHOWN = 15
HIDDEN_FACETS = ("year",)
"""Facets that say nothing of when an event is, and would be taken for just that."""


class Agenda(Listing):
    """The events among the items that a query string asks for, in the order of their start; past ones the other way.

    Raises NotAnswered for a month, a day or a view that makes no sense.
    """

    door = "items:events"
    facet_door = "items:events_facet"
    asks_dates = False
    of_events = True

    def __init__(self, params: QueryDict, *, language: str, at: datetime):
        super().__init__(params, language=language, at=at)
        self.span = read_span(params, at=at)
        self.orders, self.order = (Order.NEWEST,), Order.NEWEST

    # --- The answer --------------------------------------------------------------------------------------------

    @cached_property
    def events(self) -> Events:
        """The events of this part of time, whatever the filters."""
        if self.span.first is None:
            known = times(self.index, at=self.at)
            return known.past if self.span.kind is Kind.PAST else known.coming
        found = Event.objects.filter(overlapping(*self.span.bounds)).order_by("starts_at", "pk")
        return Events.of(found.values_list("pk", flat=True).iterator(5_000))

    def matching(self, *, leaving_out: str = "") -> BitMap:
        """The events of this part of time that match the valid filters but one."""
        return super().matching(leaving_out=leaving_out) & self.events.ids

    def slice(self, offset: int, limit: int) -> list[int]:
        """Primary keys of a part of the events, in the agenda's order."""
        return list(islice((pk for pk in self.events.order if pk in self.ids), offset, offset + limit))

    @cached_property
    def facets(self) -> tuple[Facet, ...]:
        return tuple(self.facet(name, shown=SHOWN) for name in self.filter.facets if name not in HIDDEN_FACETS)

    # --- The question ------------------------------------------------------------------------------------------

    @property
    def own_parameters(self) -> list[tuple[str, str]]:
        return self.span.parameters

    @property
    def span_query(self) -> str:
        """The query string of the same part of time without any filter."""
        return urlencode(self.span.parameters)

    @property
    def is_past(self) -> bool:
        """Whether all of it is over."""
        return self.span.kind is Kind.PAST

    @property
    def filters_query(self) -> str:
        """The query string of the listing with the same filters, whatever the time: for its other doors."""
        return super().query

    @property
    def query(self) -> str:
        """The canonical query string, without `?`."""
        return self._with_span(super().query)

    def query_with(self, **changes: str | None) -> str:
        """The canonical query string with parameters set, or dropped where None; the part of time stays."""
        return self._with_span(super().query_with(**changes))

    def query_at(self, *parameters: tuple[str, str]) -> str:
        """The same filters for another part of time."""
        return "&".join(part for part in (super().query, urlencode(parameters)) if part)

    def _toggled(self, name: str, slug: str) -> str:
        return self._with_span(super()._toggled(name, slug))

    def _with_span(self, query: str) -> str:
        return "&".join(part for part in (query, urlencode(self.span.parameters)) if part)

    @property
    def search_inputs(self) -> list[tuple[str, str]]:
        """What a form that asks for words must carry on."""
        return super().search_inputs + self.span.parameters

    # --- The words ---------------------------------------------------------------------------------------------

    @property
    def span_words(self) -> str:
        """What part of time it is, such as "November 2026"; for a month or a day."""
        if self.span.first is None:
            return ""
        form = "DATE_FORMAT" if self.span.kind is Kind.DAY else "YEAR_MONTH_FORMAT"
        with translation.override(self.language):
            return date_format(self.span.first, form)

    @property
    def title(self) -> str:
        """What the page is called, such as "Coming events: Reception"."""
        with translation.override(self.language):
            name = {Kind.COMING: _("Coming events"), Kind.PAST: _("Past events")}.get(self.span.kind)
            name = name or _("Events: %s") % self.span_words
            return _("%(events)s (%(filters)s)") % {"events": name, "filters": self.words} if self.words else name

    @property
    def heading(self) -> str:
        """The total and the filters in words, such as "12 coming events in Reception"."""
        with translation.override(self.language):
            phrases = self._phrases
            if self.span.first is None:
                return heading_from(self._count(), phrases)
            return ", ".join(part for part in (self._count(), in_words(phrases)) if part)

    def _count(self) -> str:
        total = self.total
        when = self.span_words
        if self.span.kind is Kind.COMING:
            text = (
                ngettext("%(count)d coming event", "%(count)d coming events", total) if total else _("No coming events")
            )
        elif self.span.kind is Kind.PAST:
            text = ngettext("%(count)d past event", "%(count)d past events", total) if total else _("No past events")
        elif self.span.kind is Kind.DAY:
            text = (
                ngettext("%(count)d event on %(when)s", "%(count)d events on %(when)s", total)
                if total
                else _("No events on %(when)s")
            )
        else:
            text = (
                ngettext("%(count)d event in %(when)s", "%(count)d events in %(when)s", total)
                if total
                else _("No events in %(when)s")
            )
        return text % {"count": total, "when": when}


def coming_events(listing: Listing) -> BitMap:
    """The items with an event to come, whatever the filters of the listing, as of its content and its day."""
    return times(listing.index, at=listing.at).coming.ids
