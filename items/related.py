"""Related items: what shares keywords and themes with an item."""

from collections import Counter
from datetime import datetime

from items.models import Item, ItemKeyword

CANDIDATES = 200
"""How many of the latest items of each shared term are weighed."""

KEYWORD_WEIGHT, THEME_WEIGHT = 3, 1
"""A keyword is finer than a theme, so sharing one says more."""


def related(item: Item, *, at: datetime, limit: int = 4) -> list[Item]:
    """Up to `limit` published items that share most with this one, the latest first among equals.

    A translation of the item is not related to it but the same, and each translation group is named once.
    """
    scores: Counter[int] = Counter()
    visible = Item.objects.published(at).preferred(item.language, at)
    visible = visible.exclude(translation_group=item.translation_group)
    keywords = ItemKeyword.objects.filter(tag__in=[keyword.pk for keyword in item.keywords.all()])
    themes = Item.themes.through.objects.filter(theme__in=[theme.pk for theme in item.themes.all()])
    for weight, links, column in ((KEYWORD_WEIGHT, keywords, "content_object"), (THEME_WEIGHT, themes, "item")):
        latest = links.filter(**{f"{column}__in": visible.values("pk")}).order_by(f"-{column}")
        for pk in latest.values_list(column, flat=True)[:CANDIDATES]:
            scores[pk] += weight
    best = sorted(scores, key=lambda pk: (-scores[pk], -pk))[:limit]
    found = {candidate.pk: candidate for candidate in Item.objects.with_terms().filter(pk__in=best)}
    return [found[pk] for pk in best if pk in found]
