"""CSV of a whole listing (RFC 4180), sent as it is read, however long it is."""

import csv
from collections.abc import Iterator
from itertools import islice
from typing import Any

from django.conf import settings
from django.http import HttpRequest, HttpResponse, StreamingHttpResponse
from django.http.response import HttpResponseBase

from items.feeds.asked import listing_of, refusal
from items.http import read_only
from items.listing import Listing
from items.models import Country, Item, ItemCountry, ItemKeyword, ItemTheme, ItemType, Keyword, Source, Theme

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


class Labels:
    """The labels of all terms in one language, and which terms items have: both without an object for each."""

    links = (
        (ItemTheme, "item", "theme", Theme),
        (ItemKeyword, "content_object", "tag", Keyword),
        (ItemCountry, "item", "country", Country),
    )

    def __init__(self, language: str):
        vocabularies = (ItemType, Source, Theme, Keyword, Country)
        self._of: dict[Any, dict[int, str]] = {
            model: {term.pk: term.label(language) for term in model.objects.all()} for model in vocabularies
        }

    def of(self, model: Any, pk: int | None) -> str:
        """A term's label; empty for none."""
        return self._of[model].get(pk, "") if pk else ""

    def of_items(self, pks: list[int]) -> dict[int, list[str]]:
        """Themes, keywords and countries of items, each kind as one text divided by "; "."""
        several: dict[int, list[str]] = {pk: [] for pk in pks}
        for relation, item, term, model in self.links:
            labels: dict[int, list[str]] = {pk: [] for pk in pks}
            for pk, term_pk in relation.objects.filter(**{f"{item}__in": pks}).values_list(item, term):
                labels[pk].append(self.of(model, term_pk))
            for pk in pks:
                several[pk].append("; ".join(sorted(labels[pk])))
        return several


def row(item: Item, *, labels: Labels, several: list[str]) -> list[str]:
    """An item's values in the order of COLUMNS, dates and instants by ISO 8601."""
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
    ]
    return [defused(value) for value in values]


class _Line:
    """What csv writes to: the line is handed back."""

    def write(self, line: str) -> str:
        return line


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
    """The file, `ROWS` items at a time, with a byte order mark, by which spreadsheets know UTF-8."""
    writer = csv.writer(_Line(), lineterminator="\r\n")
    yield ("\ufeff" + writer.writerow(COLUMNS)).encode()
    labels = Labels(listing.language)
    ordered = keys(listing)
    while pks := list(islice(ordered, ROWS)):
        several = labels.of_items(pks)
        rows = (row(item, labels=labels, several=several[item.pk]) for item in load(listing, pks))
        yield "".join(map(writer.writerow, rows)).encode()


@read_only
def export(request: HttpRequest) -> HttpResponseBase:
    """`/news/export.csv`."""
    listing = listing_of(request)
    if refused := refusal(request, listing):
        return refused
    # Nothing is read for a HEAD, nor before the first line is asked for.
    response: HttpResponseBase
    if request.method == "HEAD":
        response = HttpResponse(content_type=CONTENT_TYPE)
    else:
        response = StreamingHttpResponse(lines(listing), content_type=CONTENT_TYPE)
    response["Content-Disposition"] = 'attachment; filename="news.csv"'
    return response
