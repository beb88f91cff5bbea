"""iCalendar: the events of a listing, and that of one item."""

from collections.abc import Iterator
from datetime import datetime, time, timedelta
from itertools import islice

from django.conf import settings
from django.db.models import Q
from django.http import Http404, HttpRequest, HttpResponse, HttpResponsePermanentRedirect
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _

from items import calendars
from items.feeds.asked import listing_of, refusal
from items.feeds.entry import absolute
from items.http import read_only
from items.listing import Listing
from items.models import Event, Item

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


def _events(listing: Listing) -> list[Item]:
    """The items of a calendar, by start."""
    items = listing.load(list(islice(_keys(listing), MOST)))
    return sorted(items, key=lambda item: (item.event.starts_at, item.pk))


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
    return list(matching.with_terms().order_by("event__starts_at", "pk"))


@read_only
def calendar(request: HttpRequest) -> HttpResponse:
    """`/news/calendar.ics`: the listing's events, cancelled and lately withdrawn ones marked as such."""
    listing = listing_of(request)
    if refused := refusal(request, listing):
        return refused
    query = listing.query_with(sort=None)
    query = f"?{query}" if query else ""
    body = calendars.write(
        [*_events(listing), *_withdrawn(listing)],
        name=f"{settings.SITE_NAME}: {listing.words}" if listing.words else settings.SITE_NAME,
        url=absolute(reverse("items:listing") + query),
        source=absolute(request.path + query),
    )
    return HttpResponse(body, content_type=CONTENT_TYPE)


@read_only
def event(request: HttpRequest, pk: int, slug: str) -> HttpResponse:
    """`/news/<id>/<slug>/event.ics`: the event of an item that can be read; of one withdrawn, its cancellation."""
    readable = Item.objects.readable(timezone.now()).with_terms()
    item = readable.filter(pk=pk, event__isnull=False).first()
    if item is None:
        raise Http404(_("There is no such event."))
    address = item.get_absolute_url() + "event.ics"
    if request.path != address:
        return HttpResponsePermanentRedirect(address)
    body = calendars.write([item], name=item.title, url=absolute(item.get_absolute_url()))
    return HttpResponse(body, content_type=CONTENT_TYPE)
