"""Labels that are years, months or quarters: `2024`, `2024-01`, `2024M01`, `2024-Q1`, `Q1 2024`."""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from babel import Locale
from babel.dates import format_date, format_skeleton
from django.utils.translation import gettext as _

YEAR, MONTH, QUARTER = "year", "month", "quarter"
_YEAR = re.compile(r"([12][0-9]{3})")
_MONTH = re.compile(r"([12][0-9]{3})(?:-|/|M| M)(0[1-9]|1[0-2])|(0[1-9]|1[0-2])/([12][0-9]{3})", re.IGNORECASE)
# Q for quarter, T for trimestre, K for kwartaal.
_QUARTER = re.compile(r"([12][0-9]{3})[- ]?[QTK]([1-4])|[QTK]([1-4])[- /]?([12][0-9]{3})", re.IGNORECASE)


@dataclass(frozen=True, order=True)
class Period:
    """A year, month or quarter. `number` goes up by one from each to the next."""

    kind: str
    number: int

    @property
    def year(self) -> int:
        return self.number if self.kind == YEAR else self.number // (12 if self.kind == MONTH else 4)

    @property
    def first(self) -> date:
        """Its first day."""
        month = {YEAR: 1, MONTH: self.number % 12 + 1, QUARTER: self.number % 4 * 3 + 1}[self.kind]
        return date(self.year, month, 1)

    def name(self, locale: Locale) -> str:
        """ "2024", "October 2024", "Q4 2024"."""
        if self.kind == YEAR:
            return str(self.year)
        return format_skeleton("yMMMM" if self.kind == MONTH else "yQQQ", self.first, locale=locale)

    def short(self, locale: Locale) -> str:
        """Without its year: "Oct", "Q4"; a year is itself."""
        if self.kind == YEAR:
            return str(self.year)
        return format_date(self.first, "LLL" if self.kind == MONTH else "QQQ", locale=locale)

    def when(self, locale: Locale) -> str:
        """As a sentence says it, in the active language: "in October 2024"."""
        if self.kind == YEAR:
            return _("in %(year)s") % {"year": self.year}
        if self.kind == MONTH:
            return _("in %(month)s") % {"month": self.name(locale)}
        quarter = format_date(self.first, "QQQQ", locale=locale)
        return _("in the %(quarter)s of %(year)s") % {"quarter": quarter, "year": self.year}


def read(label: str) -> Period | None:
    """The period that a label names, if it names one."""
    text = label.strip()
    if found := _YEAR.fullmatch(text):
        return Period(YEAR, int(found[1]))
    if found := _MONTH.fullmatch(text):
        return Period(MONTH, int(found[1] or found[4]) * 12 + int(found[2] or found[3]) - 1)
    if found := _QUARTER.fullmatch(text):
        return Period(QUARTER, int(found[1] or found[4]) * 4 + int(found[2] or found[3]) - 1)
    return None


def read_all(labels: Sequence[str]) -> list[Period] | None:
    """The periods of labels that all name different ones of one kind; else None."""
    found = [read(label) for label in labels]
    periods = [period for period in found if period is not None]
    if not periods or len(periods) < len(found) or len({period.kind for period in periods}) > 1:
        return None
    return periods if len(set(periods)) == len(periods) else None
