"""Related items: what shares keywords and themes with an item."""

from collections import Counter
from datetime import datetime

from items import facets
from items.models import Item

CANDIDATES = 200
"""How many of the latest items of each shared term are weighed."""

WEIGHTS = {"keyword": 3, "theme": 1}
"""A keyword is finer than a theme, so sharing one says more."""


def related(item: Item, *, at: datetime, limit: int = 4) -> list[Item]:
    """Up to `limit` published items that share most with this one, the latest first among equals.

    A translation of the item is not related to it but the same, and each translation group is named once.
    """
    index = facets.current(at)
    visible = index.everything(item.language)
    itself = {item.pk, *index.groups.get(item.pk, ())}
    scores: Counter[int] = Counter()
    terms = {"keyword": item.keywords.all(), "theme": item.themes.all()}
    for facet, weight in WEIGHTS.items():
        for term in terms[facet]:
            if term.pk in index.values[facet]:
                scores.update(dict.fromkeys((visible & index.values[facet][term.pk])[-CANDIDATES:], weight))
    best = sorted(scores.keys() - itself, key=lambda pk: (-scores[pk], -pk))[:limit]
    found = Item.objects.published(at).with_terms().in_bulk(best)
    return [found[pk] for pk in best if pk in found]
