"""iCalendar: the events of a listing, and that of one item."""

from collections.abc import Iterator
from datetime import datetime, time, timedelta
from itertools import islice

from django.db.models import Q
from django.http import Http404, HttpRequest, HttpResponse, HttpResponsePermanentRedirect
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _

from items import calendars, site
from items.feeds.asked import are_gone, gone, labels_of, listing_of, refusal
from items.feeds.entry import absolute
from items.http import read_only
from items.listing import Listing
from items.models import Event, Item, ItemKeyword, ItemTheme, RemovedTerm
from items.models.item import ItemQuerySet
from items.models.term import Term

PAST = timedelta(days=366)
"""How long events stay in a calendar after they have ended."""
CANCELLED = timedelta(days=30)
"""For how long a withdrawn event is told to be cancelled, so that subscribers' copies go too."""
MOST = 1_000
"""The most events in one calendar: those to come, the soonest first, then those past, the latest first."""
CONTENT_TYPE = "text/calendar; charset=utf-8"


def _midnight(listing: Listing, ago: timedelta = timedelta()) -> datetime:
    """The beginning of a day, so that an answer changes with the day or the content and not with every look."""
    return timezone.make_aware(datetime.combine(timezone.localdate(listing.at) - ago, time.min))


def _keys(listing: Listing) -> Iterator[int]:
    """The listing's items with an event that is to come or ended in the past year, the most wanted first."""
    coming = Q(starts_at__gte=_midnight(listing)) | Q(ends_at__gte=_midnight(listing))
    recent = Q(starts_at__gte=_midnight(listing, PAST)) | Q(ends_at__gte=_midnight(listing, PAST))
    over = Q(starts_at__lt=_midnight(listing)) & (Q(ends_at__isnull=True) | Q(ends_at__lt=_midnight(listing)))
    matching = listing.ids
    for events in (
        Event.objects.filter(coming).order_by("starts_at", "pk"),
        Event.objects.filter(recent & over).order_by("-starts_at", "pk"),
    ):
        yield from (pk for pk in events.values_list("pk", flat=True).iterator(5_000) if pk in matching)


def _load(items: ItemQuerySet) -> list[Item]:
    """Items by start, without what no calendar shows."""
    shown = items.select_related("event").defer("body")
    return sorted(shown, key=lambda item: (item.event.starts_at, item.pk))


def _events(listing: Listing) -> list[Item]:
    """The items of a calendar. Published is asked again, as `Listing.load` does."""
    return _load(Item.objects.published(listing.at).filter(pk__in=list(islice(_keys(listing), MOST))))


def _terms(listing: Listing, items: list[Item]) -> dict[int, list[Term]]:
    """The type, themes and keywords of items, from the vocabularies in memory: no object is made for each."""
    known = listing.index.vocabulary.terms  # in the order of each vocabulary
    pks = [item.pk for item in items]
    found = {item.pk: [known["type"][item.type_id]] for item in items if item.type_id in known["type"]}
    for facet, links in (
        ("theme", ItemTheme.objects.filter(item__in=pks).values_list("theme", "item")),
        ("keyword", ItemKeyword.objects.filter(content_object__in=pks).values_list("tag", "content_object")),
    ):
        places = {key: place for place, key in enumerate(known[facet])}
        for _place, key, pk in sorted((places[key], key, pk) for key, pk in links if key in places):
            found.setdefault(pk, []).append(known[facet][key])
    return found


def _withdrawn(listing: Listing) -> list[Item]:
    """The events that matched the listing and were withdrawn of late."""
    if "q" in dict(listing.parameters):
        return []  # words are looked for in what is published
    withdrawn = Item.objects.filter(
        status=Item.Status.WITHDRAWN,
        publish_at__lte=listing.at,
        updated_at__gte=_midnight(listing, CANCELLED),
        event__isnull=False,
    )
    # Found first, for they are few, and then put to the filters, which look at all items where nothing narrows them.
    pks = list(withdrawn.order_by("-updated_at").values_list("pk", flat=True)[:MOST])
    if not pks:
        return []
    matching = listing.filter.apply(Item.objects.filter(pk__in=pks))
    return _load(matching)


def _ended(terms: list[RemovedTerm], *, language: str) -> bytes:
    """The last that a calendar of removed terms says: an entry on the day of the removal."""
    last = max(terms, key=lambda term: term.removed_at)
    labels = labels_of(terms, language=language)
    note = _("“%(label)s” is no longer a term of this site, so nothing more will come here.") % {"label": labels}
    return calendars.write_end(
        uid=last.uuid,
        on=timezone.localdate(last.removed_at),
        at=last.removed_at,
        title=_("This calendar has ended: “%(label)s” is no longer used") % {"label": labels},
        note=note,
        language=language,
        name=f"{site.of_readers().name(language)}: {labels}",
        url=absolute(reverse("items:listing")),
    )


def _body(listing: Listing, *, path: str) -> bytes:
    """The calendar of a listing; `path` is its own address."""
    query = listing.query_with(sort=None)
    query = f"?{query}" if query else ""
    items = [*_events(listing), *_withdrawn(listing)]
    name = site.of_readers().name(listing.language)
    return calendars.write(
        items,
        name=f"{name}: {listing.words}" if listing.words else name,
        url=absolute(reverse("items:listing") + query),
        source=absolute(path + query),
        terms=_terms(listing, items),
    )


@read_only
def calendar(request: HttpRequest) -> HttpResponse:
    """`/news/calendar.ics`: the listing's events, cancelled and lately withdrawn ones marked as such."""
    listing = listing_of(request)
    if terms := listing.removed_terms:
        if are_gone(terms, at=listing.at):
            return gone(terms, language=listing.language)
        body = _ended(terms, language=listing.language)
    elif refused := refusal(request, listing):
        return refused
    else:
        body = _body(listing, path=request.path)
    return HttpResponse(body, content_type=CONTENT_TYPE)


@read_only
def event(request: HttpRequest, pk: int, slug: str) -> HttpResponse:
    """`/news/<id>/<slug>/event.ics`: the event of an item that can be read; of one withdrawn, its cancellation."""
    at = timezone.now()
    item = Item.objects.readable(at).with_terms().filter(pk=pk, event__isnull=False).first()
    if item is None:
        return _no_event(pk, at)
    address = item.get_absolute_url() + "event.ics"
    if request.path != address:
        return HttpResponsePermanentRedirect(address)
    body = calendars.write([item], name=item.title, url=absolute(item.get_absolute_url()))
    return HttpResponse(body, content_type=CONTENT_TYPE)


def _no_event(pk: int, at: datetime) -> HttpResponse:
    """410 for the event of an item that was removed, or the way to the event that replaces it; else Http404."""
    removed = Item.objects.removed(at).filter(pk=pk, event__isnull=False).select_related("replaced_by").first()
    if removed is None:
        raise Http404(_("There is no such event."))
    other = removed.leads_to(at)
    if other is not None and Event.objects.filter(pk=other.pk).exists():
        return HttpResponsePermanentRedirect(other.get_absolute_url() + "event.ics")
    text = _("This event was removed and will not come back.")
    return HttpResponse(text + "\n", status=410, content_type="text/plain; charset=utf-8")
