"""The duplicate guard: other items that relay the same original, or that say nearly the same.

Drafts count. The other languages of a translation group do not, nor does the working copy of an item.
"""

from dataclasses import dataclass
from datetime import datetime, timedelta

from django.db.models import Q
from rapidfuzz import fuzz, process

from items.models import Item
from items.models.source_address import address_key
from items.text import fold

WINDOW = timedelta(days=60)
CANDIDATES = 3_000
"""How many of the latest items are compared at most; what is typed is looked up as it is typed."""
SHOWN = 5
ALIKE = 82
"""From which likeness, of 100, two texts are said to be similar."""
SHORTEST = 12
"""Titles with fewer letters say too little to be alike."""


@dataclass(frozen=True)
class Twin:
    """An item that may be the same: `is_same_address`, or else its title or summary is similar."""

    item: Item
    is_same_address: bool


def _others(item: Item | None):
    """Every item but this one, its translations, and the copies on either side of it."""
    others = Item.objects.exclude(status=Item.Status.REMOVED)
    if item is None or item.pk is None:
        return others
    family = Q(pk=item.pk) | Q(translation_group=item.translation_group) | Q(update_of=item.pk)
    if item.update_of_id:
        live = Item.objects.filter(pk=item.update_of_id).values("translation_group")
        family |= Q(pk=item.update_of_id) | Q(translation_group__in=live)
    return others.exclude(family)


def same_address(url: str, *, besides: Item | None = None) -> list[Item]:
    """Items with this original's address, the latest first; scheme, `www`, tracking and the like aside."""
    key = address_key(url) if url else ""
    if not key:
        return []
    found = _others(besides).filter(source_key=key).exclude(source_key="")  # which lets the partial index be used
    return list(found.select_related("created_by").order_by("-pk")[:SHOWN])


def similar(title: str, summary: str = "", *, at: datetime, besides: Item | None = None) -> list[Item]:
    """Items begun within 60 days of `at` whose title or summary is much like these, the most alike first."""
    recent = _others(besides).filter(created_at__gte=at - WINDOW).order_by("-pk")
    rows = list(recent.values_list("pk", "title", "summary")[:CANDIDATES])
    scores: dict[int, float] = {}
    for typed, texts in ((title, [row[1] for row in rows]), (summary, [row[2] for row in rows])):
        wanted = fold(typed)
        if len(wanted) < SHORTEST:
            continue
        folded = [fold(text) for text in texts]
        for _text, score, place in process.extract(
            wanted, folded, scorer=fuzz.token_sort_ratio, score_cutoff=ALIKE, limit=SHOWN
        ):
            pk = rows[place][0]
            scores[pk] = max(score, scores.get(pk, 0))
    best = sorted(scores, key=lambda pk: (-scores[pk], -pk))[:SHOWN]
    items = {item.pk: item for item in Item.objects.filter(pk__in=best).select_related("created_by")}
    return [items[pk] for pk in best if pk in items]


def twins(*, title: str, summary: str, url: str, at: datetime, besides: Item | None = None) -> list[Twin]:
    """All that may be the same as what is typed: those with the same address first."""
    same = same_address(url, besides=besides)
    known = {item.pk for item in same}
    alike = [item for item in similar(title, summary, at=at, besides=besides) if item.pk not in known]
    return [Twin(item, True) for item in same] + [Twin(item, False) for item in alike]
