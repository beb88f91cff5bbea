"""Tags and filters of the public templates."""

from datetime import datetime
from functools import lru_cache

from django import template
from django.urls import get_script_prefix, reverse
from django.utils.formats import date_format
from django.utils.safestring import mark_safe
from django.utils.translation import get_language, ngettext

from items import dates, drawing
from items.models import Event, Image, Item, language
from items.search import Snippet
from items.threads import Step

register = template.Library()


@register.filter
def label(term, code: str) -> str:
    """The label of a vocabulary term in a language: `{{ theme|label:LANGUAGE_CODE }}`."""
    return term.label(code) if term else ""


@register.filter
def label_language(term, code: str) -> str:
    """The language that `{{ term|label:code }}` is in; the one asked for where the term has no label at all."""
    labels = term.labels or {}
    return next((known for known in (code, language.default_language(), *labels) if labels.get(known)), code)


@register.filter
def language_name(code: str, in_language: str) -> str:
    """The name of a language in a language: `{{ item.language|language_name:LANGUAGE_CODE }}`."""
    return language.language_name(code, in_language)


@register.filter
def trusted(body: str) -> str:
    """An item's body as HTML."""
    # security: only for what `items.drawing` makes of a BodyField, which is sanitised whenever it is stored.
    return mark_safe(body)  # noqa: S308


@register.simple_block_tag
def captured(content: str) -> str:
    """A block of a template, to be said more than once: `{% captured as page_title %}…{% endcaptured %}`."""
    # security: what templates have made is escaped already.
    return mark_safe(content.strip())  # noqa: S308


@register.inclusion_tag("items/_picture.html")
def picture(image: Image, language: str, shape: str = "whole", sizes: str = drawing.SIZES, css: str = "") -> dict:
    """A picture of the library in the sizes there are: `{% picture item.picture item.language "card" %}`."""
    return drawing.picture(image, language, shape=shape, sizes=sizes, css=css)


@register.filter
def event_or_none(item: Item) -> Event | None:
    """An item's event: `{{ item.event }}` would cost an exception for each item that is none."""
    return getattr(item, "event", None)


@register.filter
def days_or_none(event: Event) -> dates.Days | None:
    """The first and the last day of an event as they stand around a dash; None for an event of one day."""
    first, last = event.start_date, event.end_date
    return None if first == last else dates.days(first, last, hours=not event.all_day)


@register.filter
def unbroken(text: str) -> str:
    """A short text, such as a date, of which no line breaks at a space."""
    return dates.unbroken(text)


@register.filter(expects_localtime=True)
def zone(moment: datetime) -> str:
    """The abbreviation of the zone of a moment: `{{ event.starts_at|zone }}`."""
    return dates.zone(moment)


@register.filter(expects_localtime=True)
def with_zone(moment: datetime, form: str) -> str:
    """A moment with its zone: `{{ link.expires_at|with_zone:"j F Y, H:i" }}`."""
    return f"{date_format(moment, form)} {dates.zone(moment)}"


@register.filter
def snippet_or_none(item: Item) -> Snippet | None:
    """What a search found in an item; None in a list that no search made."""
    return getattr(item, "snippet", None)


@register.filter
def step_or_none(item: Item) -> Step | None:
    """What an item is in its story; None where it is in none, or in a list that does not say so."""
    return getattr(item, "step", None)


@register.filter
def items_word(count: int) -> str:
    """ "item" or "items", as the number asks: a tag of Django's would cost more than all else in a long list."""
    return _items_word(count, get_language())


@lru_cache(maxsize=10_000)
def _items_word(count: int, language: str | None) -> str:
    return ngettext("item", "items", count)


@register.simple_tag
def query_url(name: str, query: str, *args) -> str:
    """An address with a query string that may be empty: `{% query_url 'items:listing' option.query %}`."""
    url = _path(name, args, get_language(), get_script_prefix())
    return f"{url}?{query}" if query else url


@lru_cache(maxsize=10_000)
def _path(name: str, args: tuple, language: str | None, prefix: str) -> str:
    # A listing asks for the same address more than a hundred times; working it out was a third of drawing the page.
    return reverse(name, args=args)
