"""Bounds of the publication date, as readers type them: a year, a month or a day."""

import re
from calendar import monthrange
from dataclasses import dataclass
from datetime import date

import django_filters
from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

_DATE = re.compile(r"([0-9]{4})(?:-([0-9]{2})(?:-([0-9]{2}))?)?", re.ASCII)


@dataclass(frozen=True)
class PartialDate:
    """A year, a month or a day as typed, with the first and the last day it covers."""

    text: str
    first: date
    last: date

    @property
    def is_year(self) -> bool:
        """Whether it names no month."""
        return "-" not in self.text

    @property
    def is_day(self) -> bool:
        """Whether it names a day."""
        return self.text.count("-") == 2


def parse_partial_date(text: str) -> PartialDate:
    """`2023`, `2023-04` or `2023-04-11`; anything else, and days that do not exist, raise ValidationError."""
    match = _DATE.fullmatch(text)
    try:
        if not match:
            raise ValueError(text)
        year, month, day = match.groups()
        # Absent and "00" differ: the latter is no month and no day.
        first = date(int(year), int(month or "1"), int(day or "1"))
        end = date(first.year, int(month or "12"), 1)
        last = first if day else end.replace(day=monthrange(end.year, end.month)[1])
    except ValueError:
        raise ValidationError(
            _("“%(value)s” is not a date. Write 2023, 2023-04 or 2023-04-11."), params={"value": text[:40]}
        ) from None
    return PartialDate(text, first, last)


class _PartialDateField(forms.CharField):
    def clean(self, value):
        text = (value or "").strip()
        return parse_partial_date(text) if text else None


class PartialDateFilter(django_filters.Filter):
    """A bound of the publication date. Items without one match no bound."""

    field_class = _PartialDateField

    def filter(self, qs, value):
        if value is None:
            return qs
        bound = value.first if self.lookup_expr == "gte" else value.last
        return qs.filter(**{f"publication_date__{self.lookup_expr}": bound})
