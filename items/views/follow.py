"""How to follow the news: what feeds, calendars and the like are, and the address of one with filters of one's own."""

from typing import NamedTuple

from django.conf import settings
from django.http import HttpRequest, HttpResponse, HttpResponsePermanentRedirect, QueryDict
from django.urls import reverse
from django.utils import timezone
from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from items.agenda import coming_events
from items.filters import NotAnswered
from items.http import read_only
from items.listing import Listing, Option
from items.page import render_page, with_query

CHOOSABLE = ("theme", "type", "language")
"""Facets of which the form shows all values."""
MOST_USED = 60
"""Keywords that the form offers; others come with the listing from which one gets here."""


class Format(NamedTuple):
    """A way to follow: what it is called, and the address that answers in it."""

    label: str | Promise
    door: str


FORMATS = {
    "rss": Format(gettext_lazy("Feed (RSS)"), "items:rss"),
    "atom": Format(gettext_lazy("Feed (Atom)"), "items:atom"),
    "json": Format(gettext_lazy("Feed (JSON Feed)"), "items:json"),
    "calendar": Format(gettext_lazy("Calendar of the events"), "items:calendar"),
    "csv": Format(gettext_lazy("Spreadsheet (CSV)"), "items:csv"),
}


def _format(text: str) -> str:
    name = text.strip() or "rss"
    if name not in FORMATS:
        raise NotAnswered(_("“%(value)s” is not a format of this site.") % {"value": name[:40]})
    return name


class Choice(NamedTuple):
    """A box of the form."""

    name: str
    value: str
    label: str
    depth: int = 0
    is_chosen: bool = True


def _lists(listing: Listing, everything: Listing) -> list[tuple[str, list[Choice]]]:
    """The values of each facet that has a list of its own in the form, whatever is chosen beside them."""
    chosen = set(listing.parameters)
    lists = []
    for facet in map(everything.facet, CHOOSABLE):
        choices = [
            Choice(facet.name, o.value, o.label, o.depth, (facet.name, o.value) in chosen) for o in facet.options
        ]
        lists.append((facet.label, choices))
    return lists


def _others(listing: Listing, lists: list[tuple[str, list[Choice]]]) -> list[Choice]:
    """The chosen filters that stand in no list of the form."""
    listed = {(choice.name, choice.value) for _label, choices in lists for choice in choices}
    chips = [chip for chip in listing.chips if chip.name != "q" and (chip.name, chip.value) not in listed]
    return [Choice(chip.name, chip.value, f"{chip.facet_label}: {chip.label}") for chip in chips]


def _keywords(listing: Listing, everything: Listing) -> list[Option]:
    """The most used keywords that are not chosen yet, from A to Z."""
    chosen = {value.slug for value in listing.chosen.get("keyword") or []}
    options = [option for option in everything.facet("keyword", shown=MOST_USED).options if option.value not in chosen]
    return sorted(options, key=lambda option: option.label.casefold())


@read_only
def follow(request: HttpRequest) -> HttpResponse:
    """`/feeds/`: the filters of a listing and a `format` make an address; without any, that of the feed of all."""
    listing = Listing(request.GET, language=request.LANGUAGE_CODE, at=timezone.now())
    name = _format(request.GET.get("format", ""))
    asked = "" if name == "rss" else name
    if listing.has_former_slugs:
        return HttpResponsePermanentRedirect(with_query(request.path, listing.query_with(format=asked or None)))
    everything = Listing(QueryDict(), language=listing.language, at=listing.at)
    lists = _lists(listing, everything)
    path = with_query(reverse(FORMATS[name].door), listing.query_with(sort=None))
    context = {
        "listing": listing,
        "lists": lists,
        "keywords": _keywords(listing, everything),
        "others": _others(listing, lists),
        "formats": [(value, choice.label, value == name) for value, choice in FORMATS.items()],
        "format": name,
        "path": path,
        "address": settings.SITE_URL + path,
        "events": len(listing.ids & coming_events(listing)),
        "query": listing.query_with(sort=None),
    }
    return render_page(
        request,
        "items/follow.html",
        context,
        query=listing.query_with(sort=None, format=asked or None),
        feed_query=listing.query,
        noindex=bool(listing.query or asked or not listing.is_valid),
        trail=[(_("Follow the news"), request.path)],
    )
