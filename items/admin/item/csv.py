"""The list of items as a table for spreadsheets: all that it finds, of every status."""

from array import array
from collections.abc import Iterable, Iterator
from datetime import datetime

from django.conf import settings
from django.contrib import admin
from django.contrib.admin.options import IncorrectLookupParameters
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponseRedirect
from django.http.response import HttpResponseBase
from django.urls import path, reverse
from django.utils import timezone, translation
from django.views.decorators.http import require_safe

from items import spreadsheet
from items.admin.item.state import state_of
from items.models import Item, ItemType, Source
from items.models.item.record import full_name
from items.spreadsheet import Labels

COLUMNS = (
    "status", "title", "language", "themes", "type", "keywords", "source", "source_url", "publish_at", "expire_at",
    "created_by", "updated_at", "url", "publication_date", "id", "update_of",
)  # fmt: skip
"""Stable names: columns may be added at the end and none is renamed."""


class CsvViews(admin.ModelAdmin):
    """Mixed into the desk of items."""

    def get_urls(self):
        table = self.admin_site.admin_view(require_safe(self.csv_view))
        return [path("csv/", table, name="items_item_csv"), *super().get_urls()]

    def csv_view(self, request: HttpRequest) -> HttpResponseBase:
        """What the list with the same query shows, on however many pages, in the same order."""
        if not self.has_view_permission(request):
            raise PermissionDenied
        try:
            found = self.get_changelist_instance(request).queryset
        except IncorrectLookupParameters:
            # As the list does with what it does not understand, which then says so.
            return HttpResponseRedirect(f"{reverse('admin:items_item_changelist')}?e=1")
        language = translation.get_language() or settings.LANGUAGE_CODE
        return spreadsheet.answer(request, "items.csv", lambda: lines(found, language=language, at=timezone.now()))


def lines(found, *, language: str, at: datetime) -> Iterator[bytes]:
    """The file of these items, in their order; words are in the language."""
    labels = Labels(language)
    # Eight bytes an item; a query that stays open would keep others from tidying up.
    pks = array("q", found.values_list("pk", flat=True))

    def rows(some: list[int]) -> Iterable[list[str]]:
        several = labels.of_items(some)
        readable = set(Item.objects.readable(at).filter(pk__in=some).values_list("pk", flat=True))
        items = Item.objects.select_related("created_by").defer("summary", "body", "withdrawal_reason")
        by_key = {item.pk: item for item in items.filter(pk__in=some)}
        with translation.override(language):
            return [
                row(by_key[pk], labels=labels, several=several[pk], is_readable=pk in readable)
                for pk in some
                if pk in by_key
            ]

    yield from spreadsheet.lines(COLUMNS, pks, rows)


def row(item: Item, *, labels: Labels, several: list[str], is_readable: bool) -> list[str]:
    """An item's values in the order of COLUMNS; dates and instants by ISO 8601, instants by the desk’s clock.

    The public address is there where something answers at it.
    """
    themes, keywords, _countries = several
    return [
        str(state_of(item)[1]),
        item.title,
        item.language,
        themes,
        labels.of(ItemType, item.type_id),
        keywords,
        labels.of(Source, item.source_id),
        item.source_url,
        _moment(item.publish_at),
        _moment(item.expire_at),
        full_name(item.created_by),
        _moment(item.updated_at),
        settings.SITE_URL + item.get_absolute_url() if is_readable else "",
        item.publication_date.isoformat() if item.publication_date else "",
        str(item.pk),
        str(item.update_of_id or ""),
    ]


def _moment(moment: datetime | None) -> str:
    return timezone.localtime(moment).isoformat(timespec="seconds") if moment else ""
