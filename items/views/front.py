"""The front page."""

from django.db.models import Q
from django.http import HttpRequest, HttpResponse, QueryDict
from django.utils import timezone

from items.http import read_only
from items.listing import Listing
from items.models import Item
from items.page import render_page

LATEST, EVENTS = 6, 4


@read_only
def front(request: HttpRequest) -> HttpResponse:
    """`/`: the featured item, the latest, the coming events, the themes."""
    at = timezone.now()
    visible = Item.objects.published(at).preferred(request.LANGUAGE_CODE, at).with_terms()
    featured = visible.filter(is_featured=True).newest().first()
    listing = Listing(QueryDict(), language=request.LANGUAGE_CODE, at=at)
    latest = [item for item in listing.entries(listing.slice(0, LATEST + 1)) if item != featured][:LATEST]
    midnight = timezone.localtime(at).replace(hour=0, minute=0, second=0, microsecond=0)
    coming = visible.filter(Q(event__starts_at__gte=midnight) | Q(event__ends_at__gte=midnight))
    context = {
        "featured": featured,
        "latest": latest,
        "events": coming.order_by("event__starts_at", "pk")[:EVENTS],
        "themes": listing.facet("theme").options,
        "today": midnight.date(),
    }
    return render_page(request, "items/front.html", context)
