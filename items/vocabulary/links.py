"""How terms hang on items, and moving them there in bulk: a few statements for any number of items, in chunks.

The database's triggers log each changed item, so the facet index, the caches and the search follow by themselves.
"""

from collections.abc import Collection, Iterable, Iterator
from contextlib import contextmanager
from datetime import datetime
from typing import Any

from django.db.models import Count, F, Max, Q, Sum

from items.models import Item, ItemKeyword, ItemTheme
from items.models.item import ItemQuerySet
from items.models.item.history import ELSEWHERE, VOCABULARY, record

CHUNK = 500
LINKS: dict[str, tuple[Any, str, str]] = {
    "keyword": (ItemKeyword, "content_object_id", "tag_id"),
    "theme": (ItemTheme, "item_id", "theme_id"),
}
COLUMNS = {"type": "type_id", "source": "source_id"}


def chunks(keys: Iterable[int]) -> Iterator[list[int]]:
    """The keys in lists of at most 500, none empty."""
    ordered = sorted(set(keys))
    return (ordered[start : start + CHUNK] for start in range(0, len(ordered), CHUNK))


def items_of(facet: str, terms: Collection[int]) -> ItemQuerySet:
    """The items that have one of these terms themselves, whatever their status, each once."""
    if facet in COLUMNS:
        return Item.objects.filter(**{f"{COLUMNS[facet]}__in": terms})
    model, item, term = LINKS[facet]
    return Item.objects.filter(pk__in=model.objects.filter(**{f"{term}__in": terms}).values(item))


def keys_of(facet: str, term: int) -> set[int]:
    """The keys of the items that have this term themselves."""
    if facet in COLUMNS:
        return set(Item.objects.filter(**{COLUMNS[facet]: term}).values_list("pk", flat=True))
    model, item, column = LINKS[facet]
    return set(model.objects.filter(**{column: term}).values_list(item, flat=True))


def state_of(facet: str, terms: Collection[int]) -> list[Any]:
    """What differs whenever the items that have these terms do, from one query."""
    if facet in COLUMNS:
        rows, key, column = Item.objects.order_by(), "pk", COLUMNS[facet]
    else:
        model, key, column = LINKS[facet]
        rows = model.objects.order_by()
    found = rows.filter(**{f"{column}__in": terms}).values_list(column)
    return sorted(map(list, found.annotate(Count("pk"), Sum(key), Max("pk"))))


def shift(facet: str, old: int, new: int, items: Iterable[int]) -> None:
    """Items that have the old term get the new one instead; none of them may have the new one yet."""
    for keys in chunks(items):
        if facet in COLUMNS:
            column = COLUMNS[facet]
            # Readers see the same items as before: no news for feeds, but what a form has open is no longer so.
            Item.objects.filter(**{column: old}, pk__in=keys).update(**{column: new, "updated_at": F("updated_at")})
        else:
            model, item, term = LINKS[facet]
            model.objects.filter(**{term: old, f"{item}__in": keys}).update(**{term: new})


@contextmanager
def recorded(items: Iterable[int], *, by, at: datetime) -> Iterator[None]:
    """What happens inside is in the items' histories, as done by this person."""
    keys = sorted(items)
    _record(keys, by=None, at=at, reason=ELSEWHERE)
    yield
    _record(keys, by=by, at=at, reason=VOCABULARY)


def _record(keys: list[int], *, by, at: datetime, reason: str) -> None:
    for some in chunks(keys):
        record(Item.objects.filter(pk__in=some).only("pk"), by=by, at=at, reason=reason)


def give(facet: str, term: int, items: Iterable[int]) -> set[int]:
    """Items get a theme or keyword; the keys of those that had it not."""
    model, item, column = LINKS[facet]
    given: set[int] = set()
    for keys in chunks(items):
        has = model.objects.filter(**{column: term, f"{item}__in": keys}).values(item)
        lacking = list(Item.objects.filter(pk__in=keys).exclude(pk__in=has).values_list("pk", flat=True))
        model.objects.bulk_create([model(**{item: key, column: term}) for key in lacking], ignore_conflicts=True)
        given.update(lacking)
    return given


def take(facet: str, term: int, items: Iterable[int]) -> set[int]:
    """Items lose a theme or keyword; the keys of those that had it."""
    model, item, column = LINKS[facet]
    taken: set[int] = set()
    for keys in chunks(items):
        links = model.objects.filter(**{column: term, f"{item}__in": keys})
        taken.update(links.values_list(item, flat=True))
        links.delete()
    return taken


def with_versions(items: Iterable[int], *, translations: bool) -> set[int]:
    """The items with the updates being prepared of them; and with all their translations, where asked."""
    found = set(items)
    if translations:
        for keys in chunks(found.copy()):
            groups = Item.objects.filter(pk__in=keys).values("translation_group")
            found.update(Item.objects.filter(translation_group__in=groups).values_list("pk", flat=True))
    for keys in chunks(found.copy()):
        found.update(Item.objects.filter(Q(update_of__in=keys)).values_list("pk", flat=True))
    return found
