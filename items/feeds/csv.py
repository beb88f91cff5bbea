"""CSV of a whole listing (RFC 4180), sent as it is read, however long it is."""

from collections.abc import Iterator

from django.conf import settings
from django.http import HttpRequest
from django.http.response import HttpResponseBase
from django.utils import timezone

from items import spreadsheet
from items.feeds.asked import listing_of, refusal
from items.http import read_only
from items.listing import Listing
from items.models import Item, ItemType, Source
from items.spreadsheet import Labels

COLUMNS = (
    "id", "uuid", "language", "type", "title", "summary", "publication_date", "publish_at", "updated_at", "source",
    "source_url", "themes", "keywords", "countries", "event_starts_at", "event_ends_at", "event_all_day",
    "event_place", "event_cancelled", "url", "revised_at", "event_moved_from",
)  # fmt: skip
"""Stable names: columns may be added at the end and none is renamed."""

KEYS = 20_000
"""Primary keys put in order at once."""


def row(item: Item, *, labels: Labels, several: list[str]) -> list[str]:
    """An item's values in the order of COLUMNS, dates and instants by ISO 8601."""
    event = getattr(item, "event", None)
    times, moved_from = ["", "", "", "", ""], ""
    if event:
        starts, ends = event.starts_at.isoformat(), event.ends_at.isoformat() if event.ends_at else ""
        if event.all_day:
            starts, ends = event.start_date.isoformat(), event.end_date.isoformat()
        if event.moved_from:
            before = timezone.localdate(event.moved_from) if event.all_day else event.moved_from
            moved_from = before.isoformat()
        times = [starts, ends, str(event.all_day).lower(), event.place, str(event.is_cancelled).lower()]
    return [
        str(item.pk),
        str(item.uuid),
        item.language,
        labels.of(ItemType, item.type_id),
        item.title,
        item.summary,
        item.publication_date.isoformat() if item.publication_date else "",
        item.publish_at.isoformat() if item.publish_at else "",
        item.updated_at.isoformat(),
        labels.of(Source, item.source_id),
        item.source_url,
        *several,
        *times,
        settings.SITE_URL + item.get_absolute_url(),
        item.revised_at.isoformat() if item.revised_at else "",
        moved_from,
    ]


def keys(listing: Listing) -> Iterator[int]:
    """The primary keys of a listing in its order."""
    for offset in range(0, listing.total, KEYS):
        yield from listing.slice(offset, KEYS)


def load(listing: Listing, pks: list[int]) -> list[Item]:
    """Items in this order without what no column holds. Published is asked again, as `Listing.load` does."""
    items = Item.objects.published(listing.at).select_related("event").defer("body", "withdrawal_reason")
    found = {item.pk: item for item in items.filter(pk__in=pks)}
    return [found[pk] for pk in pks if pk in found]


def lines(listing: Listing) -> Iterator[bytes]:
    """The file."""
    labels = Labels(listing.language)

    def rows(pks: list[int]) -> Iterator[list[str]]:
        several = labels.of_items(pks)
        return (row(item, labels=labels, several=several[item.pk]) for item in load(listing, pks))

    yield from spreadsheet.lines(COLUMNS, keys(listing), rows)


@read_only
def export(request: HttpRequest) -> HttpResponseBase:
    """`/news/export.csv`."""
    listing = listing_of(request)
    return refusal(request, listing) or spreadsheet.answer(request, "news.csv", lambda: lines(listing))
