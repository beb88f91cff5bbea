"""What an editor uploads or pastes, as rows of texts: which characters the bytes are, and what parts the cells."""

import csv
from dataclasses import dataclass

from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _

from items.models.fields import clean_line, clean_text

LARGEST = 200_000
"""Bytes of a file, and characters of a text."""
SEPARATORS = "\t;,"


@dataclass(frozen=True)
class Row:
    """A row that holds something. `number` is that of its line in a spreadsheet, from 1."""

    number: int
    cells: list[str]


def decoded(content: bytes) -> str:
    """The text of a file: UTF-8 or UTF-16 (by a byte order mark or by their bytes), else Windows-1252.

    Raises ValidationError for what is none of these, or too large.
    """
    if len(content) > LARGEST:
        raise ValidationError(
            _("The file is too large: a table has %(most)d kB at most."), params={"most": LARGEST // 1000}
        )
    for encoding in _encodings(content):
        try:
            text = content.decode(encoding)
        except UnicodeDecodeError:
            continue
        if "\0" not in text:
            return clean_text(text.removeprefix("\ufeff"))
    raise ValidationError(_("This is no text: save the table as CSV (UTF-8) in your spreadsheet, then upload that."))


def _encodings(content: bytes) -> list[str]:
    if content[:2] in (b"\xff\xfe", b"\xfe\xff"):
        return ["utf-16"]
    start = content[:2000]
    if start.count(0) * 3 > len(start):
        return ["utf-16-le" if start[1:2] == b"\0" else "utf-16-be"]
    return ["utf-8-sig", "cp1252"]


def _cells(text: str, separator: str) -> list[list[str]]:
    return list(csv.reader(text.splitlines(keepends=True), delimiter=separator, strict=True))


def rows(text: str) -> list[Row]:
    """The rows of a text, parted by whichever of `SEPARATORS` gives rows of one width. Raises ValidationError."""
    if len(text) > LARGEST:
        raise ValidationError(
            _("The text is too long: a table has %(most)d characters at most."), params={"most": LARGEST}
        )
    best: tuple[float, int, list[list[str]]] | None = None
    trouble = ""
    for separator in SEPARATORS:
        if separator not in text:
            continue
        try:
            found = _cells(text, separator)
        except csv.Error as error:
            trouble = str(error)
            continue
        widths = [len(row) for row in found if any(cell.strip() for cell in row)]
        if not widths or max(widths) < 2:
            continue
        share = sum(width == widths[0] > 1 for width in widths) / len(widths)
        if best is None or share > best[0]:
            best = (share, len(found), found)
    if best is None:
        if trouble:
            raise ValidationError(
                _("Quotation marks do not match: a cell in quotes must end with one, and one within it is doubled.")
            )
        raise ValidationError(
            _("No columns were found: part the cells by tabs, semicolons or commas, and put headings above them.")
        )
    return _filled(best[2])


def _filled(found: list[list[str]]) -> list[Row]:
    kept = [Row(number, [clean_line(cell) for cell in cells]) for number, cells in enumerate(found, start=1)]
    kept = [row for row in kept if any(row.cells)]
    # Spreadsheets send empty columns along at the end.
    width = max(max(i for i, cell in enumerate(row.cells, start=1) if cell) for row in kept)
    return [Row(row.number, row.cells[:width]) for row in kept]
