"""Judging many items in a few queries: what is stored of all of them is read once, and holds while it is looked at."""

from collections.abc import Collection, Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from dataclasses import dataclass

from django.db.models import Count

from items.models import ChecklistRule, Item


@dataclass(frozen=True)
class Related:
    """What other tables hold of an item. `place` and `online_url` are those of its event, if it is one."""

    themes: int = 0
    keywords: int = 0
    is_event: bool = False
    place: str = ""
    online_url: str = ""


_known: ContextVar[tuple[dict[int, Related], dict[str, str]] | None] = ContextVar("known", default=None)


@contextmanager
def together(items: Collection[Item]) -> Iterator[None]:
    """Within this, these items are judged as they were when it began. Nothing may be changed there."""
    token = _known.set((_read([item.pk for item in items]), ChecklistRule.levels()))
    try:
        yield
    finally:
        _known.reset(token)


def related(item: Item) -> Related:
    """What other tables hold of a stored item: one query, or none within `together`."""
    known = _known.get()
    if known is not None and item.pk in known[0]:
        return known[0][item.pk]
    return _read([item.pk]).get(item.pk, Related())


def chosen_levels() -> dict[str, str]:
    """The levels that have been set, by the rule's code."""
    known = _known.get()
    return ChecklistRule.levels() if known is None else known[1]


def _read(keys: list[int]) -> dict[int, Related]:
    rows = Item.objects.filter(pk__in=keys).order_by().values_list("pk", "event", "event__place", "event__online_url")
    counted = rows.annotate(t=Count("item_themes", distinct=True), k=Count("item_keywords", distinct=True))
    return {
        key: Related(themes, keywords, event is not None, place or "", online_url or "")
        for key, event, place, online_url, themes, keywords in counted
    }
