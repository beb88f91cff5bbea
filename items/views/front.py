"""The front page."""

from django.db.models import Q
from django.http import HttpRequest, HttpResponse, QueryDict
from django.utils import timezone

from items.http import read_only
from items.listing import Listing
from items.models import Item
from items.page import render_page
from items.threads import mark

LATEST, EVENTS, STATISTICS = 6, 4, 3


@read_only
def front(request: HttpRequest) -> HttpResponse:
    """`/`: the featured item, the latest, the coming events, the latest statistics, the themes."""
    at = timezone.now()
    visible = Item.objects.published(at).preferred(request.LANGUAGE_CODE, at).with_terms()
    featured = visible.filter(is_featured=True).newest().first()
    if featured:
        mark([featured], at=at)
    listing = Listing(QueryDict(), language=request.LANGUAGE_CODE, at=at)
    latest = [item for item in listing.entries(listing.slice(0, LATEST + 1)) if item != featured][:LATEST]
    # A newsroom without such a type has no such part.
    figures = Listing(QueryDict("type=statistics"), language=request.LANGUAGE_CODE, at=at)
    statistics = figures.entries(figures.slice(0, STATISTICS + 1)) if figures.is_valid else []
    midnight = timezone.localtime(at).replace(hour=0, minute=0, second=0, microsecond=0)
    coming = visible.filter(Q(event__starts_at__gte=midnight) | Q(event__ends_at__gte=midnight))
    context = {
        "featured": featured,
        "latest": latest,
        "events": coming.order_by("event__starts_at", "pk")[:EVENTS],
        "statistics": [item for item in statistics if item != featured][:STATISTICS],
        "themes": listing.facet("theme").options,
        "today": midnight.date(),
    }
    return render_page(request, "items/front.html", context)
