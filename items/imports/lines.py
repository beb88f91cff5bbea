"""The lines of a printed listing: which are labels with their values, which are text. Pure.

Labels stand at a line's start, in English, French, Dutch or German, in any case and with or without accents.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from enum import Enum, auto

from items.imports.dates import is_date_line, read_when
from items.text import fold


class Kind(Enum):
    """What a line is."""

    BLANK = auto()
    TEXT = auto()
    DATE = auto()
    WHEN = auto()
    THEMES = auto()
    TYPE = auto()
    KEYWORDS = auto()
    READ_MORE = auto()


@dataclass(frozen=True)
class Line:
    """A line, or a label with the value from the line or lines below it. `number` counts from 1."""

    number: int
    kind: Kind
    text: str = ""


_LABELS = {
    Kind.DATE: """publication date, date of publication, published on, date de publication, date de parution, publié le,
        publicatiedatum, publicatie datum, datum van publicatie, gepubliceerd op, Veröffentlichungsdatum,
        Datum der Veröffentlichung, Publikationsdatum, Erscheinungsdatum, veröffentlicht am""",
    Kind.WHEN: "when, quand, wanneer, wann",
    Kind.THEMES: """main theme, main themes, thème principal, thèmes principaux, hoofdthema, hoofdthema's, hoofdthemas,
        Hauptthema, Hauptthemen""",
    Kind.TYPE: """publication type, type of publication, type de publication, type publicatie, publicatietype,
        soort publicatie, type van publicatie, Publikationstyp, Art der Veröffentlichung, Veröffentlichungstyp""",
    Kind.KEYWORDS: """keywords, keyword, key words, mots-clés, mot-clé, trefwoorden, trefwoord, sleutelwoorden,
        Schlagwörter, Schlagwort, Schlüsselwörter, Schlüsselwort, Stichwörter, Stichwort, Stichworte""",
    Kind.READ_MORE: """read more, lees meer, meer lezen, lees verder, en savoir plus, lire la suite, lire plus,
        weiterlesen, mehr lesen, mehr erfahren""",
}
LABELS = {fold(label): kind for kind, labels in _LABELS.items() for label in labels.split(",")}

_LISTS = (Kind.THEMES, Kind.TYPE, Kind.KEYWORDS)

# Characters that print nothing: controls, zero-width spaces, soft hyphens, byte order marks.
_INVISIBLE = re.compile("[\x00-\x08\x0e-\x1b\x7f-\x84\x86-\x9f\xad\u200b\u200e\u200f\u2060\ufeff]")
_LABEL = re.compile(r"((?:[^\W\d_]|[ '’-]){2,40}?) ?: ?(.*)")
_WHEN = re.compile(r"(?:when|quand|wanneer|wann) ?(\d.*|[^\W\d_]+\.?,? \d.*)", re.IGNORECASE)


def read_lines(text: str) -> list[Line]:
    """The lines of a listing, labels joined with the values printed below them."""
    # Numbered as editors number them, so not by str.splitlines, which knows more line ends.
    shown = (" ".join(_INVISIBLE.sub("", line).split()) for line in re.split(r"\r\n?|\n", text))
    return list(_join([_read_line(number, line) for number, line in enumerate(shown, start=1)]))


def _read_line(number: int, text: str) -> Line:
    if not any(map(str.isalnum, text)):
        return Line(number, Kind.BLANK)
    if match := _LABEL.fullmatch(text):
        kind = LABELS.get(fold(match[1]))
        if kind and kind is not Kind.READ_MORE:
            return Line(number, kind, match[2])
    if len(text) < 30 and LABELS.get(fold(text)) is Kind.READ_MORE:
        return Line(number, Kind.READ_MORE)
    # "When17 March 2021" needs no colon, but has to be a date to its end: sentences begin with "When" too.
    if (match := _WHEN.fullmatch(text)) and read_when(match[1]):
        return Line(number, Kind.WHEN, match[1])
    return Line(number, Kind.TEXT, text)


def _join(lines: list[Line]) -> Iterator[Line]:
    """The lines, with each empty label given the value that stands below it, if one does."""
    at = 0
    while at < len(lines):
        line = lines[at]
        at += 1
        if line.kind in _LISTS:
            line, at = _with_list(line, lines, at)
        elif kind := _kind_of_date_below(line):
            below = _next_text(lines, at)
            if below is not None and read_when(lines[below].text):
                line, at = Line(line.number, kind, lines[below].text), below + 1
        elif line.kind is Kind.TEXT and is_date_line(line.text):
            line = Line(line.number, Kind.DATE, line.text)
        yield line


def _kind_of_date_below(line: Line) -> Kind | None:
    """The kind of a label that wants its date from the line below: an empty one, or "When" alone on its line."""
    if line.kind in (Kind.DATE, Kind.WHEN):
        return None if line.text else line.kind
    return Kind.WHEN if line.kind is Kind.TEXT and LABELS.get(line.text.casefold()) is Kind.WHEN else None


def _with_list(label: Line, lines: list[Line], at: int) -> tuple[Line, int]:
    """A label with its terms, and the place after them: terms printed one a line, or broken after a comma."""
    values = [label.text] if label.text else []
    below = at if values else _next_text(lines, at)
    while below is not None and below < len(lines) and _looks_like_terms(lines[below]):
        if label.text and not values[-1].endswith(","):
            break
        values.append(lines[below].text)
        at = below = below + 1
    return Line(label.number, label.kind, ", ".join(value.rstrip(", ") for value in values)), at


def _next_text(lines: list[Line], at: int) -> int | None:
    """The place of the next line that is not blank, if it is text."""
    while at < len(lines) and lines[at].kind is Kind.BLANK:
        at += 1
    return at if at < len(lines) and lines[at].kind is Kind.TEXT else None


def _looks_like_terms(line: Line) -> bool:
    """Whether a line below a label could be a list of terms: short parts, and no sentence."""
    return (
        line.kind is Kind.TEXT
        and not line.text.endswith((".", "!", "?", "…", ":"))
        and not is_date_line(line.text)
        and all(len(part.split()) <= 6 for part in re.split("[,;]", line.text))
    )
