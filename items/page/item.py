"""The page of one item, the same whether readers have it already or somebody looks at it beforehand."""

from datetime import datetime

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.urls import reverse
from django.utils import translation

from items.drawing import Bodies
from items.listing import Listing, Neighbours
from items.models import Item
from items.models.item import ItemQuerySet
from items.page.render import Alternate, render_page, with_query
from items.related import related


def readable_parts(items: ItemQuerySet) -> ItemQuerySet:
    """Items with all that their pages show."""
    return items.with_terms().prefetch_related("attachments", "corrections")


def _alternate(code: str, name: str, *, item: Item, versions: list[Item], query: str) -> Alternate:
    """The version of an item in a language; where there is none, the listing in that language."""
    for version in versions:
        if version.language == code:
            return Alternate(code, name, version.get_absolute_url(), version == item)
    with translation.override(code):
        return Alternate(code, name, with_query(reverse("items:listing"), query), False, is_version=False)


def item_page(
    request: HttpRequest,
    item: Item,
    *,
    at: datetime,
    listing: Listing | None = None,
    neighbours: Neighbours | None = None,
    template: str = "items/item.html",
    more: dict | None = None,
    noindex: bool = False,
    path: str | None = None,
) -> HttpResponse:
    """Render an item. `template` extends the public one and knows `more`; `path` is as for `render_page`."""
    translations = list(item.translations(at).order_by("pk"))
    context = {
        "item": item,
        "body": Bodies([item], at=at).of(item),
        "event": getattr(item, "event", None),
        "attachments": item.attachments.all(),
        "corrections": item.corrections.all(),
        "translations": translations,
        "related": related(item, at=at),
        "listing": listing,
        "neighbours": neighbours,
        **(more or {}),
    }
    query = listing.query if listing else ""
    alternates = [
        _alternate(code, name, item=item, versions=[item, *translations], query=query)
        for code, name in settings.LANGUAGES
    ]
    hidden = noindex or item.is_withdrawn
    return render_page(request, template, context, alternates=alternates, noindex=hidden, path=path)
