"""The tables of an item as files, for as long as the item can be read."""

from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.http.response import HttpResponseBase
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _

from items import spreadsheet
from items.http import read_only
from items.models import DataTable, Item
from items.page import granted, with_query
from items.tables import file_name, plain_rows, table_of
from items.views import gone


@read_only
def download(request: HttpRequest, item_pk: int, pk: int, name: str) -> HttpResponseBase:
    """`/news/<id>/tables/<id>/<name>.csv`: a table as CSV, with its numbers as programs read them."""
    at = timezone.now()
    grant = granted(request, at)
    readable = Item.objects.all() if grant and grant.item == item_pk else Item.objects.readable(at)
    stored = DataTable.objects.filter(pk=pk, item__in=readable.filter(pk=item_pk)).first()
    if stored is None:
        return gone.answer(request, item_pk, at=at, message=_("There is no such table."))
    if name != file_name(stored):
        # The table has another title now; its address goes on leading to it.
        address = reverse("items:table", args=[item_pk, pk, file_name(stored)])
        return HttpResponseRedirect(with_query(address, request.META.get("QUERY_STRING", "")))
    file = spreadsheet.document(plain_rows(table_of(stored), unit=stored.unit))
    response = HttpResponse(file, content_type=spreadsheet.CONTENT_TYPE)
    response["Content-Disposition"] = f'attachment; filename="{name}"'
    if grant:
        response["Cache-Control"] = "private, no-store"  # shown before readers have it
    return response
