"""A listing in words, for headings, titles and feeds."""

from typing import NamedTuple

from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django.utils.translation import ngettext, pgettext

from items.filters import ItemFilter
from items.filters.date import PartialDate


class Phrase(NamedTuple):
    """A filter in words: as it stands in a row, and as it follows "12 items" directly."""

    text: str
    first: str


def phrases(filter: ItemFilter, *, language: str, of_events: bool = False) -> list[Phrase]:
    """The valid filters in words, in canonical order. Events have days of their own beside that of publication."""
    chosen = filter.form.cleaned_data
    found = []
    if query := chosen.get("q"):
        text = pgettext("words that were searched", "“%s”") % query.text
        found.append(Phrase(text, pgettext("items found by a search", "for %s") % text))
    for name in filter.facets:
        labels = [value.label(language) for value in chosen.get(name) or []]
        if not labels:
            continue
        text = pgettext("between alternatives", " or ").join(labels)
        if name == "keyword":
            text = ngettext("keyword %s", "keywords %s", len(labels)) % text
            found.append(Phrase(text, pgettext("items with keyword x", "with %s") % text))
        elif name == "source":
            text = pgettext("a source", "from %s") % text
            found.append(Phrase(text, text))
        elif name == "language":
            text = pgettext("a language", "in %s") % text
            found.append(Phrase(text, text))
        elif name == "type":
            found.append(Phrase(text, pgettext("items of a type", "in %s") % text))
        elif name == "country":
            found.append(Phrase(text, pgettext("items about a country", "in %s") % text))
        elif name == "year" and of_events:
            text = pgettext("events in a year", "published in %s") % text
            found.append(Phrase(text, text))
        elif name == "year":
            found.append(Phrase(text, pgettext("items of a year", "in %s") % text))
        else:
            found.append(Phrase(text, pgettext("items with a theme", "in %s") % text))
    if text := _dates(chosen.get("from"), chosen.get("to")):
        text = pgettext("events since a date", "published %s") % text if of_events else text
        found.append(Phrase(text, text))
    return found


def _dates(start: PartialDate | None, end: PartialDate | None) -> str:
    if start and end:
        are_days = start.is_day and end.is_day
        text = pgettext("days", "from %(start)s to %(end)s") if are_days else _("from %(start)s to %(end)s")
        return text % {"start": _spoken(start), "end": _spoken(end)}
    if start:
        return (pgettext("a day", "since %s") if start.is_day else _("since %s")) % _spoken(start)
    if end:
        return (pgettext("a day", "until %s") if end.is_day else _("until %s")) % _spoken(end)
    return ""


def _spoken(bound: PartialDate) -> str:
    if bound.is_year:
        return bound.text
    return date_format(bound.first, "DATE_FORMAT" if bound.is_day else "YEAR_MONTH_FORMAT")


def in_words(phrases: list[Phrase]) -> str:
    """Such as "Reception, keyword solidarity, since 2023"; empty without filters."""
    return ", ".join(phrase.text for phrase in phrases)


def heading(total: int, phrases: list[Phrase]) -> str:
    """Such as "12 items in Reception, keyword solidarity, since 2023"."""
    count = ngettext("%(count)d item", "%(count)d items", total) % {"count": total} if total else _("No items")
    return heading_from(count, phrases)


def heading_from(count: str, phrases: list[Phrase]) -> str:
    """A heading that begins with a count in words."""
    if not phrases:
        return count
    return ", ".join([f"{count} {phrases[0].first}", *(phrase.text for phrase in phrases[1:])])
