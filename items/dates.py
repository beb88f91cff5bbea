"""Dates as readers of the active language write them: days that say once what they share, zones by abbreviation."""

import re
from dataclasses import dataclass
from datetime import date, datetime
from functools import lru_cache

from babel import Locale
from babel.dates import format_date, get_timezone_name
from django.conf import settings
from django.utils import translation
from django.utils.formats import date_format

LOCALES = {"en": "en-GB"}
"""CLDR's locale of a language where it is another: the site writes English dates with the day first."""
ABBREVIATING = {"de"}
"""Languages with abbreviations of zones of their own. Elsewhere CLDR knows some that nobody writes."""
_DASH = re.compile(r"\s*[–—～-]\s*$")
_SHORT_MONTH = re.compile(r"(?<!M)MMM(?!M)")


@dataclass(frozen=True)
class Days:
    """Two days in words, the first without what the last says too: "28 November", " – ", "2 December 2026"."""

    first: str
    between: str
    last: str

    @property
    def are_one_date(self) -> bool:
        """Whether they are read as one, such as "23–29 November 2026": no line breaks within."""
        return " " not in self.between


def unbroken(text: str) -> str:
    """A text of which no line breaks at a space."""
    return text.replace(" ", "\u00a0")


def _language() -> str:
    return translation.get_language() or settings.LANGUAGE_CODE


def days(first: date, last: date, *, hours: bool = False) -> Days:
    """Two different days as they stand around a dash. With `hours`, an hour follows each, so that both name a month."""
    return _days(first, last, _language(), hours)


@lru_cache(maxsize=2_000)
def _days(first: date, last: date, language: str, hours: bool) -> Days:
    locale = Locale.parse(LOCALES.get(language, language), sep="-")
    shared = "" if first.year != last.year else "M" if hours or first.month != last.month else "d"
    # CLDR, interval formats: two patterns for the largest part in which the days differ; the first ends with the dash.
    patterns = [
        _SHORT_MONTH.sub("MMMM", pattern) for pattern in locale.interval_formats.get("yMMMd", {}).get(shared, [])
    ]
    dash = _DASH.search(patterns[0]) if len(patterns) == 2 else None
    if dash is None:
        with translation.override(language):
            return Days(unbroken(date_format(first)), "\u00a0– ", unbroken(date_format(last)))
    between = dash[0] if dash[0] == dash[0].strip() and not hours else f"\u00a0{dash[0].strip()} "
    begin, end = patterns[0][: dash.start()], patterns[1]
    return Days(
        unbroken(format_date(first, begin, locale=locale)), between, unbroken(format_date(last, end, locale=locale))
    )


def zone(moment: datetime) -> str:
    """The abbreviation of the zone of a moment, such as CET, in German MEZ. Django's own are English everywhere."""
    name, language = "", _language()
    if language in ABBREVIATING:
        name = get_timezone_name(moment, width="short", locale=language)
    return name if name.isalpha() else moment.tzname() or ""
