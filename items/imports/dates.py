"""Dates as listings print them, in English, French, Dutch and German. Pure; no date is ever invented."""

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date

from babel.dates import get_day_names, get_month_names
from django.utils.translation import gettext as _

from items.text import fold

LANGUAGES = ("en", "fr", "nl", "de")
YEARS = range(1900, 2101)


def _names(get, *widths: str) -> Iterator[tuple[str, int]]:
    """Folded names with their numbers, from CLDR."""
    for language in LANGUAGES:
        for width in widths:
            names: Mapping[int, str] = get(width, locale=language)
            yield from ((fold(name), number) for number, name in names.items())


def _with_prefixes(names: Iterator[tuple[str, int]], shortest: int) -> dict[str, int]:
    """Names and their beginnings ("sept", "juill"), but for beginnings that mean more than one."""
    meanings: dict[str, set[int]] = {}
    for name, number in names:
        for end in [*range(shortest, len(name)), len(name)]:
            meanings.setdefault(name[:end], set()).add(number)
    return {name: numbers.pop() for name, numbers in meanings.items() if len(numbers) == 1}


MONTHS = _with_prefixes(_names(get_month_names, "wide", "abbreviated"), 3)
WEEKDAYS = {name for name, _day in _names(get_day_names, "wide", "abbreviated", "short")}
# What may stand before a date: "le 1er mai", "am 2. Mai".
BEFORE = WEEKDAYS | {"le", "on", "am", "den", "op"}

_WORD = r"[^\W\d_]+"
_BEFORE = re.compile(rf"({_WORD})\.?,? +(?=\S)")
_SHAPES = [
    re.compile(pattern)
    for pattern in (
        rf"(?P<day>\d{{1,2}})(?:\.|er|st|nd|rd|th|ste|de|e)? ?(?P<name>{_WORD})\.?,? ?(?P<year>\d{{4}})(?!\w)",
        rf"(?P<name>{_WORD})\.? (?P<day>\d{{1,2}})(?:st|nd|rd|th)?,? (?P<year>\d{{4}})(?!\w)",
        r"(?P<year>\d{4})([-/.])(?P<month>\d{1,2})\2(?P<day>\d{1,2})(?!\w)",
        r"(?P<day>\d{1,2})([-/.])(?P<month>\d{1,2})\2(?P<year>\d{4})(?!\w)",
        rf"(?P<name>{_WORD})\.?,? (?P<year>\d{{4}})(?!\w)",
        r"(?P<month>\d{1,2})[-/.](?P<year>\d{4})(?!\w)",
        r"(?P<year>\d{4})-(?P<month>\d{1,2})(?!\w|-)",
    )
]
# What may follow a date and says nothing of the day: a time of day, a joining word, punctuation.
_TIME = r"\d{1,2}(?:[:.h]\d{2}(?: ?(?:h|u|uur|uhr)\b)?| ?(?:h|u|uur|uhr)\b)(?: ?[ap]\.?m\b\.?)?"
_TIMES = re.compile(rf"(?:[ ,;.()|–—-]|{_TIME}|\b(?:at|from|to|until|à|de|om|van|tot|um|von|bis)\b)*", re.I)
_DIGIT = re.compile(r"\d")
_DAYS = re.compile(
    r"(?<![\d./-])(\d{1,2})\.? ?(?:[-–—/&+]|to|and|au|et|tot|en|bis|und) ?\d{1,2}(?=\.? ?[^\W\d_])", re.I
)


@dataclass(frozen=True)
class Reading:
    """What a text begins with: a day, or something shaped like a date that names none, and the rest."""

    day: date | None
    problem: str
    rest: str


def read_date(text: str) -> Reading | None:
    """The date that a text of single spaces begins with; None when it begins with nothing like a date."""
    for shape in _SHAPES:
        match = shape.match(text)
        if match is None:
            continue
        parts = match.groupdict()
        month = MONTHS.get(fold(parts["name"])) if "name" in parts else int(parts["month"])
        if month is not None:
            rest = text[match.end() :]
            return Reading(*_read_day(match[0], parts, month), "" if _TIMES.fullmatch(rest) else rest)
    # Only now, since "Mar" is a Tuesday in French and a month in English.
    before = _BEFORE.match(text)
    return read_date(text[before.end() :]) if before and fold(before[1]) in BEFORE else None


def _read_day(shown: str, parts: dict[str, str], month: int) -> tuple[date | None, str]:
    """The day, or None and why not."""
    if "day" not in parts:
        return None, _('"%s" names no day, so the date stays empty.') % shown
    try:
        day = date(int(parts["year"]), month, int(parts["day"]))
    except ValueError:
        day = None
    return (day, "") if day and day.year in YEARS else (None, _('"%s" is not a possible date.') % shown)


def is_date_line(text: str) -> bool:
    """Whether a line holds a date, good or bad, and nothing else."""
    # Long lines are summaries; testing the length first spares them the patterns.
    reading = read_date(text) if len(text) < 60 and _DIGIT.search(text) else None
    return reading is not None and not reading.rest


def read_when(text: str) -> Reading | None:
    """The first day of an event; None when the text holds anything but days and times."""
    one_day = _DAYS.sub(r"\1", text, count=1)
    reading = first = read_date(one_day)
    while reading and reading.rest:
        reading = read_date(_TIMES.sub("", reading.rest, count=1))
    if first is None or reading is None:
        return None
    is_longer = bool(first.rest) or one_day != text
    problem = _('Only the first day of "%s" was taken.') % text if is_longer and first.day else first.problem
    return Reading(first.day, problem, "")
