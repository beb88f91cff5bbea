"""The page of one item."""

from django.conf import settings
from django.http import Http404, HttpRequest, HttpResponse, HttpResponsePermanentRedirect
from django.utils import timezone
from django.utils.translation import gettext as _

from items.http import read_only
from items.listing import Listing
from items.models import Item
from items.related import related
from items.views.page import Alternate, render_page, with_query


def _opened_from(request: HttpRequest, item: Item, at) -> tuple[Listing | None, object]:
    """The listing whose query string the address carries, with the item's place in it."""
    listing = Listing(request.GET, language=request.LANGUAGE_CODE, at=at)
    neighbours = listing.neighbours(item) if listing.query else None
    return (listing, neighbours) if neighbours else (None, None)


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
    names = dict(settings.LANGUAGES)
    versions = sorted([item, *translations], key=lambda version: list(names).index(version.language))
    context = {
        "item": item,
        "event": getattr(item, "event", None),
        "attachments": item.attachments.all(),
        "translations": translations,
        "related": related(item, at=at),
        "listing": listing,
        "neighbours": neighbours,
    }
    alternates = [Alternate(v.language, names[v.language], v.get_absolute_url(), v == item) for v in versions]
    return render_page(request, "items/item.html", context, alternates=alternates, noindex=item.is_withdrawn)
