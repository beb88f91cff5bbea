"""The page of one item."""

from datetime import datetime

from django.conf import settings
from django.http import Http404, HttpRequest, HttpResponse, HttpResponsePermanentRedirect
from django.urls import reverse
from django.utils import timezone, translation
from django.utils.translation import gettext as _

from items.http import read_only
from items.listing import Listing, Neighbours
from items.models import Item
from items.models.language import language_codes
from items.related import related
from items.views.page import Alternate, render_page, with_query

LISTING_LANGUAGE = "in"
"""The parameter that names the listing's language, where an item is opened from a listing in another."""


def _opened_from(request: HttpRequest, item: Item, at: datetime) -> tuple[Listing | None, Neighbours | None]:
    """The listing whose query string the address carries, with the item's place in it."""
    asked = request.GET.get(LISTING_LANGUAGE, "")
    listing = Listing(request.GET, language=asked if asked in language_codes() else item.language, at=at)
    neighbours = listing.neighbours(item) if listing.query else None
    return (listing, neighbours) if neighbours else (None, None)


def _alternate(code: str, name: str, *, item: Item, versions: list[Item], query: str) -> Alternate:
    """The version of an item in a language; where there is none, the listing in that language."""
    for version in versions:
        if version.language == code:
            return Alternate(code, name, version.get_absolute_url(), version == item)
    with translation.override(code):
        return Alternate(code, name, with_query(reverse("items:listing"), query), False, is_version=False)


@read_only
def item(request: HttpRequest, pk: int, slug: str = "") -> HttpResponse:
    """`/news/<id>/<slug>/`. Any other slug or language prefix leads to the item's one address."""
    at = timezone.now()
    readable = Item.objects.readable(at).with_terms().prefetch_related("attachments")
    item = readable.filter(pk=pk).first()
    if item is None:
        raise Http404(_("There is no such item."))
    address = item.get_absolute_url()
    if request.path != address:
        return HttpResponsePermanentRedirect(with_query(address, request.META.get("QUERY_STRING", "")))
    translations = list(item.translations(at).order_by("pk"))
    listing, neighbours = _opened_from(request, item, at)
    context = {
        "item": item,
        "event": getattr(item, "event", None),
        "attachments": item.attachments.all(),
        "translations": translations,
        "related": related(item, at=at),
        "listing": listing,
        "neighbours": neighbours,
    }
    query = listing.query if listing else ""
    alternates = [
        _alternate(code, name, item=item, versions=[item, *translations], query=query)
        for code, name in settings.LANGUAGES
    ]
    return render_page(request, "items/item.html", context, alternates=alternates, noindex=item.is_withdrawn)
