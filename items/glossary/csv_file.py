"""A glossary as a table: one concept a line, columns in any order.

    slug             the word in addresses; without it the concept is known by `uri`, else by its label
    uri              the identifier that another vocabulary has for it
    source           the text of the source;  source_url  its address
    broader related  slugs, identifiers or labels of other concepts, divided by |
    label_en         the preferred term, for each language;  synonyms_en  others, divided by |;  definition_en

A column that is absent leaves what is stored; a cell that is empty empties it. Comma, semicolon or tab divide cells.
"""

import csv
import io
from collections.abc import Iterator

from django.utils.translation import gettext as _

from items.glossary.row import MOST_ROWS, GlossaryFileError, Row, too_many
from items.models.language import language_codes

PLAIN = ("slug", "uri", "source", "source_url", "broader", "related")
BY_LANGUAGE = ("label", "synonyms", "definition")


def columns() -> list[str]:
    """All columns, for the languages of the site."""
    return [*PLAIN, *(f"{name}_{code}" for code in language_codes() for name in BY_LANGUAGE)]


def decoded(content: bytes) -> str:
    """The text of a file that a spreadsheet wrote: UTF-8, UTF-16 with its mark, or Windows-1252."""
    is_utf_16 = content[:2] in (b"\xff\xfe", b"\xfe\xff")
    encodings = ["utf-16"] if is_utf_16 else ["utf-8-sig", "cp1252"]
    for encoding in encodings:
        try:
            return content.decode(encoding)
        except UnicodeDecodeError:
            continue
    raise GlossaryFileError(_("The file is not a text in UTF-8."))


def parse(content: bytes) -> list[Row]:
    """The rows of a CSV file. Raises GlossaryFileError where it is no table of these columns."""
    text = decoded(content)
    head = text.lstrip().partition("\n")[0]
    divider = max(",;\t", key=head.count)
    lines = csv.reader(io.StringIO(text.lstrip()), delimiter=divider)
    try:
        names = [name.strip().casefold() for name in next(lines, [])]
        _check(names)
        return list(_rows(lines, names))
    except csv.Error as error:
        raise GlossaryFileError(_("Line %(line)d: %(error)s") % {"line": lines.line_num, "error": error}) from None


def _check(names: list[str]) -> None:
    known = columns()
    if unknown := [name for name in names if name and name not in known]:
        words = {"unknown": ", ".join(unknown)[:300], "known": ", ".join(known)}
        raise GlossaryFileError(_("Unknown columns: %(unknown)s. Known are: %(known)s.") % words)
    if len(set(filter(None, names))) != len(list(filter(None, names))):
        raise GlossaryFileError(_("A column stands there twice."))
    if not any(name.startswith("label_") for name in names):
        raise GlossaryFileError(_("There is no column with labels, such as %(name)s.") % {"name": known[len(PLAIN)]})


def _rows(lines, names: list[str]) -> Iterator[Row]:
    number = 0
    for cells in lines:
        if not any(cell.strip() for cell in cells):
            continue
        number += 1
        if number > MOST_ROWS:
            raise too_many()
        row = Row(_("line %(number)d") % {"number": lines.line_num})
        if len(cells) > len(names) and any(cell.strip() for cell in cells[len(names) :]):
            row.problems.append(_("There are more cells than columns."))
        for name, cell in zip(names, cells, strict=False):
            if name:
                _fill(row, name, cell.strip())
        yield row


def _fill(row: Row, name: str, cell: str) -> None:
    if name in ("slug", "uri"):
        setattr(row, name, cell)
    elif name == "source":
        row.source_text = cell
    elif name == "source_url":
        row.source_url = cell
    elif name in ("broader", "related"):
        setattr(row, name, _several(cell))
    else:
        field, _divider, code = name.partition("_")
        if field == "synonyms":
            row.synonyms[code] = _several(cell)
        else:
            (row.labels if field == "label" else row.definitions)[code] = cell


def _several(cell: str) -> list[str]:
    return [part.strip() for part in cell.split("|") if part.strip()]
