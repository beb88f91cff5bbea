"""What changed since the period before, said in a sentence for each of the first series.

Each sentence is one message with its parts in place, so that a language can turn it round. A change is given in per
cent where that says something: not from nothing, not across zero, not between two small counts. Percentages change by
percentage points. What is not published is said to be so, and never counted as nothing.
"""

from decimal import ROUND_HALF_UP, Decimal, localcontext

from babel import Locale
from django.utils import translation
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from items.tables import formats
from items.tables.numbers import meaning
from items.tables.periods import Period
from items.tables.table import Cell, Series, Table

MOST = 3
"""Series that are told of."""
SMALL = 10
"""Counts below this are compared without per cent: two instead of one is no "rise by 100%"."""
_TENTH = Decimal("0.1")


def sentences(table: Table, *, language: str) -> list[str]:
    """The sentences of a table, in the language; none where no side of it is one of periods."""
    locale = formats.locale_of(language)
    with translation.override(language), localcontext() as context:
        context.prec = formats.PRECISION
        told = [_sentence(series, locale) for series in table.in_time()[:MOST]]
    return [sentence for sentence in told if sentence]


def _sentence(series: Series, locale: Locale) -> str:
    (now, cell), before = series.points[-1], series.points[-2] if len(series.points) > 1 else None
    said = {"series": series.name, "when": now.when(locale)}
    if before is not None:
        said["when_before"] = before[0].when(locale)
        if before[1].value is not None:
            said["before"] = _value(before[1].value, series, locale)
    if cell.value is None:
        return _unpublished(cell, before, said)
    said["value"] = _value(cell.value, series, locale)
    if before is None:
        return _("%(series)s: %(value)s %(when)s.") % said
    if before[1].value is None:
        said["meaning"] = meaning(before[1].mark)
        return _("%(series)s came to %(value)s %(when)s; there is no figure %(when_before)s (%(meaning)s).") % said
    return _compared(cell.value, before[1].value, series, said, locale)


def _value(value: Decimal, series: Series, locale: Locale) -> str:
    return formats.number(value, locale, decimals=series.decimals, is_percentage=series.is_percentage)


def _unpublished(cell: Cell, before: tuple[Period, Cell] | None, said: dict[str, str]) -> str:
    said["meaning"] = meaning(cell.mark)
    if before is None or before[1].value is None:
        return _("%(series)s: no figure %(when)s (%(meaning)s).") % said
    return _("%(series)s: no figure %(when)s (%(meaning)s); it was %(before)s %(when_before)s.") % said


def _compared(now: Decimal, before: Decimal, series: Series, said: dict[str, str], locale: Locale) -> str:
    if now == before:
        return _("%(series)s came to %(value)s %(when)s, the same as %(when_before)s.") % said
    is_up = now > before
    if series.is_percentage:
        said["change"] = _points(abs(now - before), series.decimals, locale)
    elif _is_telling(now, before, are_counts=not series.decimals):
        said["change"] = _per_cent(abs(now - before) / before * 100, locale)
    else:
        if is_up:
            return _("%(series)s came to %(value)s %(when)s, up from %(before)s %(when_before)s.") % said
        return _("%(series)s came to %(value)s %(when)s, down from %(before)s %(when_before)s.") % said
    if is_up:
        return _("%(series)s came to %(value)s %(when)s, up %(change)s from %(before)s %(when_before)s.") % said
    return _("%(series)s came to %(value)s %(when)s, down %(change)s from %(before)s %(when_before)s.") % said


def _is_telling(now: Decimal, before: Decimal, *, are_counts: bool) -> bool:
    """Whether the change is well said in per cent."""
    if before <= 0 or now <= 0 or now / before > 10:
        return False
    return not are_counts or before >= SMALL


def _per_cent(change: Decimal, locale: Locale) -> str:
    """ "8%"; below one per cent with a decimal, and below a tenth in words."""
    if change >= 1:
        return formats.number(change.quantize(Decimal(1), ROUND_HALF_UP), locale, is_percentage=True)
    if change >= _TENTH:
        return formats.number(change.quantize(_TENTH, ROUND_HALF_UP), locale, decimals=1, is_percentage=True)
    return _("less than %(share)s") % {"share": formats.number(_TENTH, locale, decimals=1, is_percentage=True)}


def _points(change: Decimal, decimals: int, locale: Locale) -> str:
    # The plural of what lies between one and two is that of two in English and that of one in French: so is nought's.
    count = 1 if change == 1 else 0 if change < 2 else 2
    said = {"points": formats.number(change, locale, decimals=decimals)}
    return ngettext("%(points)s percentage point", "%(points)s percentage points", count) % said
