"""CSV of a whole listing (RFC 4180), sent as it is read, however long it is."""

import csv
from collections.abc import Iterator
from itertools import islice

from django.conf import settings
from django.http import HttpRequest, HttpResponse, StreamingHttpResponse
from django.views.decorators.http import require_safe

from items.feeds.asked import listing_of, refusal
from items.listing import Listing
from items.models import Item

COLUMNS = (
    "id", "uuid", "language", "type", "title", "summary", "publication_date", "publish_at", "updated_at", "source",
    "source_url", "themes", "keywords", "countries", "event_starts_at", "event_ends_at", "event_all_day",
    "event_place", "event_cancelled", "url",
)  # fmt: skip
"""Stable names: columns may be added at the end and none is renamed."""

ROWS = 500
"""Items in memory at once."""
KEYS = 20_000
"""Primary keys put in order at once."""
CONTENT_TYPE = "text/csv; charset=utf-8; header=present"
FORMULA = ("=", "+", "-", "@", "\t", "\r", "\n")


def defused(text: str) -> str:
    """Text that no spreadsheet takes for a formula: an apostrophe before what could begin one."""
    # security: titles come from elsewhere, and a spreadsheet runs what looks like a formula.
    return f"'{text}" if text.startswith(FORMULA) else text


def _several(terms, language: str) -> str:
    return "; ".join(sorted(term.label(language) for term in terms))


def row(item: Item, *, language: str) -> list[str]:
    """An item's values in the order of COLUMNS: labels in `language`, dates and instants by ISO 8601."""
    event = getattr(item, "event", None)
    times = ["", "", "", "", ""]
    if event:
        starts, ends = event.starts_at.isoformat(), event.ends_at.isoformat() if event.ends_at else ""
        if event.all_day:
            starts, ends = event.start_date.isoformat(), event.end_date.isoformat()
        times = [starts, ends, str(event.all_day).lower(), event.place, str(event.is_cancelled).lower()]
    values = [
        str(item.pk),
        str(item.uuid),
        item.language,
        item.type.label(language),
        item.title,
        item.summary,
        item.publication_date.isoformat() if item.publication_date else "",
        item.publish_at.isoformat() if item.publish_at else "",
        item.updated_at.isoformat(),
        item.source.label(language) if item.source else "",
        item.source_url,
        _several(item.themes.all(), language),
        _several(item.keywords.all(), language),
        _several(item.countries.all(), language),
        *times,
        settings.SITE_URL + item.get_absolute_url(),
    ]
    return [defused(value) for value in values]


class _Line:
    """What csv writes to: the line is handed back."""

    def write(self, line: str) -> str:
        return line


def keys(listing: Listing) -> Iterator[int]:
    """The primary keys of a listing in its order."""
    for offset in range(0, listing.total, KEYS):
        yield from listing.index.ordered(listing.ids, listing.order, offset=offset, limit=KEYS)


def lines(listing: Listing) -> Iterator[bytes]:
    """The file, `ROWS` items at a time, with a byte order mark, by which spreadsheets know UTF-8."""
    writer = csv.writer(_Line(), lineterminator="\r\n")
    yield ("\ufeff" + writer.writerow(COLUMNS)).encode()
    ordered = keys(listing)
    while chunk := list(islice(ordered, ROWS)):
        text = "".join(writer.writerow(row(item, language=listing.language)) for item in listing.load(chunk))
        yield text.encode()


@require_safe
def export(request: HttpRequest) -> HttpResponse | StreamingHttpResponse:
    """`/news/export.csv`."""
    listing = listing_of(request)
    if refused := refusal(request, listing):
        return refused
    # Nothing is read for a HEAD, nor before the first line is asked for.
    response: HttpResponse | StreamingHttpResponse
    if request.method == "HEAD":
        response = HttpResponse(content_type=CONTENT_TYPE)
    else:
        response = StreamingHttpResponse(lines(listing), content_type=CONTENT_TYPE)
    response["Content-Disposition"] = 'attachment; filename="news.csv"'
    return response
