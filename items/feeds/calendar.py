"""iCalendar: the events of a listing, and that of one item."""

from datetime import datetime, time, timedelta

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
MOST = 2_000
"""The most events in one calendar: those that start last."""
CONTENT_TYPE = "text/calendar; charset=utf-8"


def _events(listing: Listing) -> list[Item]:
    """The listing's items with an event that is to come or was in the past year, the first first."""
    # From midnight on, so that the answer changes with the day or the content and not with every look.
    midnight = timezone.make_aware(datetime.combine(timezone.localdate(listing.at) - PAST, time.min))
    recent = Event.objects.filter(Q(starts_at__gte=midnight) | Q(ends_at__gte=midnight)).order_by("-starts_at", "-pk")
    matching, found = listing.ids, []
    for pk in recent.values_list("pk", flat=True).iterator(5_000):
        if pk in matching:
            found.append(pk)
            if len(found) == MOST:
                break
    return listing.load(found[::-1])


def _withdrawn(listing: Listing) -> list[Item]:
    """The events that matched the listing and were withdrawn of late."""
    if "q" in dict(listing.parameters):
        return []  # words are looked for in what is published
    day = timezone.make_aware(datetime.combine(timezone.localdate(listing.at) - CANCELLED, time.min))
    withdrawn = Item.objects.filter(
        status=Item.Status.WITHDRAWN, publish_at__lte=listing.at, updated_at__gte=day, event__isnull=False
    )
    return list(listing.filter.apply(withdrawn).with_terms().order_by("event__starts_at", "pk")[:MOST])


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
