"""The page of one item, the same whether readers have it already or somebody looks at it beforehand."""

from datetime import datetime
from typing import Any

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.urls import reverse
from django.utils import translation
from django.utils.translation import gettext as _

from items.drawing import Bodies
from items.listing import Listing, Neighbours
from items.models import Item
from items.models.item import ItemQuerySet
from items.page import json_ld, shared
from items.page.render import Alternate, render_page
from items.related import related
from items.tables import shown
from items.threads import Step, threads_of

RELATED = 4


def readable_parts(items: ItemQuerySet) -> ItemQuerySet:
    """Items with all that their pages show."""
    return items.with_terms().select_related("type__parent").prefetch_related("attachments", "corrections", "tables")


def _alternate(code: str, name: str, *, item: Item, versions: list[Item], query: str) -> Alternate:
    """The version of an item in a language; where there is none, the listing in that language."""
    for version in versions:
        if version.language == code:
            return Alternate(code, name, version.get_absolute_url(), version == item, query=query)
    with translation.override(code):
        return Alternate(code, name, reverse("items:listing"), False, is_version=False, query=query)


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
    body = Bodies([item], at=at).with_terms(item)
    place = item.update_of or item  # an update stands in its item's place
    thread = threads_of([place], at=at, also=[place]).get(place.pk, [])
    context = {
        "item": item,
        "body": body.html,
        "terms": body.entries,
        "event": getattr(item, "event", None),
        "attachments": item.attachments.all(),
        "corrections": item.corrections.all(),
        "tables": shown(item.tables.all(), language=item.language),
        "translations": translations,
        "related": _related(item, thread, at=at),
        "thread": thread,
        "step": next((step for step in thread if step.is_current), None),
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
    return render_page(
        request,
        template,
        context,
        alternates=alternates,
        noindex=hidden,
        path=path,
        **({} if hidden else _for_machines(item, translations)),
    )


def _related(item: Item, thread: list[Step], *, at: datetime) -> list[Item]:
    """Related items that the story does not name already."""
    named = {step.item.translation_group for step in thread}
    found = related(item, at=at, limit=RELATED + len(thread))
    return [other for other in found if other.translation_group not in named][:RELATED]


def _for_machines(item: Item, translations: list[Item]) -> dict[str, Any]:
    """What `render_page` is told of an item beside its content."""
    said = shared.of_item(item, [item.language, *(version.language for version in translations)])
    with translation.override(item.language):
        trail = [(_("News"), reverse("items:listing")), (item.title, item.get_absolute_url())]
    thing = json_ld.of_item(item, translations=translations, share_url=said.image)
    return {"trail": trail, "things": [thing], "shared": said}
