"""Tables for spreadsheets: CSV (RFC 4180), sent as it is read, however long it is, and harmless to open."""

import csv
from collections.abc import Callable, Iterable, Iterator, Sequence
from decimal import Decimal
from io import StringIO
from itertools import islice
from typing import Any

from django.http import HttpRequest, StreamingHttpResponse
from django.http.response import HttpResponseBase

from items.models import Country, ItemCountry, ItemKeyword, ItemTheme, ItemType, Keyword, Source, Theme

ROWS = 500
"""Items in memory at once."""
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


class _Line:
    """What csv writes to: the line is handed back."""

    def write(self, line: str) -> str:
        return line


def lines(
    columns: Sequence[str], pks: Iterable[int], rows: Callable[[list[int]], Iterable[Sequence[str]]]
) -> Iterator[bytes]:
    """The file: a byte order mark, by which spreadsheets know UTF-8, the columns' names, and the rows.

    `rows` is asked for those of `ROWS` primary keys at a time; what they hold is defused here.
    """
    writer = csv.writer(_Line(), lineterminator="\r\n")
    yield ("\ufeff" + writer.writerow(columns)).encode()
    left = iter(pks)
    while some := list(islice(left, ROWS)):
        yield "".join(writer.writerow([defused(value) for value in row]) for row in rows(some)).encode()


def document(rows: Iterable[Sequence[str | Decimal]]) -> bytes:
    """A small file at once: a byte order mark, and rows. Texts are defused; numbers stand as programs read them."""
    out = StringIO()
    out.write("\ufeff")
    writer = csv.writer(out, lineterminator="\r\n")
    for row in rows:
        # No formula is a number, even a negative one, or a lone hyphen.
        cells = (f"{cell:f}" if isinstance(cell, Decimal) else cell if cell == "-" else defused(cell) for cell in row)
        writer.writerow(cells)
    return out.getvalue().encode()


def answer(request: HttpRequest, name: str, file: Callable[[], Iterator[bytes]]) -> HttpResponseBase:
    """The file as a download of this name. Nothing of it is read for a HEAD, nor before the first line is asked for."""
    response: HttpResponseBase
    if request.method == "HEAD":
        response = StreamingHttpResponse((), content_type=CONTENT_TYPE)  # whose length is unknown, as a GET's
    else:
        response = StreamingHttpResponse(file(), content_type=CONTENT_TYPE)
    response["Content-Disposition"] = f'attachment; filename="{name}"'
    return response
