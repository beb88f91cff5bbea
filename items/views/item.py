"""The page of one item."""

from datetime import datetime

from django.http import HttpRequest, HttpResponse, HttpResponsePermanentRedirect
from django.utils import timezone
from django.utils.translation import gettext as _

from items.http import read_only
from items.listing import Listing, Neighbours
from items.models import Item
from items.models.language import language_codes
from items.page import item_page, readable_parts, with_query
from items.views import gone

LISTING_LANGUAGE = "in"
"""The parameter that names the listing's language, where an item is opened from a listing in another."""


def _opened_from(request: HttpRequest, item: Item, at: datetime) -> tuple[Listing | None, Neighbours | None]:
    """The listing whose query string the address carries, with the item's place in it."""
    asked = request.GET.get(LISTING_LANGUAGE, "")
    listing = Listing(request.GET, language=asked if asked in language_codes() else item.language, at=at)
    neighbours = listing.neighbours(item) if listing.query else None
    return (listing, neighbours) if neighbours else (None, None)


@read_only
def item(request: HttpRequest, pk: int, slug: str = "") -> HttpResponse:
    """`/news/<id>/<slug>/`. Any other slug or language prefix leads to the item's one address."""
    at = timezone.now()
    item = readable_parts(Item.objects.readable(at)).filter(pk=pk).first()
    if item is None:
        return gone.answer(request, pk, at=at, message=_("There is no such item."))
    address = item.get_absolute_url()
    if request.path != address:
        return HttpResponsePermanentRedirect(with_query(address, request.META.get("QUERY_STRING", "")))
    listing, neighbours = _opened_from(request, item, at)
    return item_page(request, item, at=at, listing=listing, neighbours=neighbours)
