"""What to suggest while somebody types: published terms and titles, grouped."""

from dataclasses import dataclass
from datetime import datetime

from django.urls import reverse
from django.utils.http import urlencode
from django.utils.translation import gettext_lazy as _
from pyroaring import BitMap

from items import facets, search
from items.facets import Order
from items.models import Item

TERMS, TITLES = 4, 5
"""At most so many of each vocabulary, and so many titles."""

LABELS = {"theme": _("Themes"), "keyword": _("Keywords"), "source": _("Sources"), "item": _("Titles")}


@dataclass(frozen=True)
class Option:
    """Something to go to; `count` items that it leads to, None for an item itself."""

    label: str
    url: str
    count: int | None = None


@dataclass(frozen=True)
class Group:
    """Suggestions of one sort."""

    name: str
    label: str
    options: list[Option]


def suggestions(typed: str, *, language: str, at: datetime) -> list[Group]:
    """Suggestions for what has been typed so far. Only what leads to something that the reader may see."""
    terms, pks = search.suggest(typed, language=language)
    index = facets.current(at)
    visible = index.everything(language)
    groups: dict[str, list[Option]] = {name: [] for name in LABELS}
    for term in terms:
        options = groups[term.facet]
        if len(options) < TERMS and (count := len(index.having(term.facet, [term.pk]) & visible)):
            options.append(Option(term.label, _term_url(term), count))
    shown = index.ordered(visible & BitMap(pks), Order.NEWEST, limit=TITLES)
    items = {item.pk: item for item in Item.objects.published(at).filter(pk__in=shown)}
    groups["item"] = [Option(items[pk].title, items[pk].get_absolute_url()) for pk in shown if pk in items]
    return [Group(name, str(LABELS[name]), options) for name, options in groups.items() if options]


def _term_url(term: search.Suggestion) -> str:
    if term.facet == "source":
        return f"{reverse('items:listing')}?{urlencode({'source': term.slug})}"
    return reverse(f"items:{term.facet}", args=[term.slug])
