"""A listing in words, for headings, titles and feeds."""

from typing import NamedTuple

from django.utils.translation import gettext as _
from django.utils.translation import ngettext, pgettext

from items.filters import ItemFilter


class Phrase(NamedTuple):
    """A filter in words: as it stands in a row, and as it follows "12 items" directly."""

    text: str
    first: str


def phrases(filter: ItemFilter, *, language: str) -> list[Phrase]:
    """The valid filters in words, in canonical order."""
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
        elif name == "year":
            found.append(Phrase(text, pgettext("items of a year", "in %s") % text))
        else:
            found.append(Phrase(text, pgettext("items with a theme", "in %s") % text))
    if text := _dates(chosen.get("from"), chosen.get("to")):
        found.append(Phrase(text, text))
    return found


def _dates(start, end) -> str:
    if start and end:
        return _("from %(start)s to %(end)s") % {"start": start.text, "end": end.text}
    if start:
        return _("since %s") % start.text
    return _("until %s") % end.text if end else ""


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
