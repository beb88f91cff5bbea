"""Archives of any size for measuring: seeded, with a realistic spread of values.

    python -m bench.archive 100000 [5000]

fills the (migrated) database that the settings name. 600 keywords or as many as are asked for, a quarter of them
proposed; the shipped themes, types and sources; a few keywords are on many items and most on few (Zipf); a tenth of
the groups have translations; thirty years of dates.
"""

import os
import random
import sys
import time
import uuid
from datetime import UTC, date, datetime, timedelta
from itertools import accumulate

import django

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "newsroom.settings")
django.setup()

from django.core.management.color import no_style
from django.db import connection, transaction

from items.models import Country, Item, ItemCountry, ItemKeyword, ItemTheme, ItemType, Keyword, Source, Theme

KEYWORDS = 600
LANGUAGES = ("en", "fr", "nl", "de")
WORDS = [
    "asylum",
    "reception",
    "border",
    "visa",
    "return",
    "permit",
    "labour",
    "student",
    "family",
    "court",
    "appeal",
    "ruling",
    "report",
    "figures",
    "quarter",
    "decision",
    "applicant",
    "resettlement",
    "relocation",
    "agency",
    "member",
    "state",
    "commission",
    "council",
    "parliament",
    "minister",
    "municipality",
    "shelter",
    "housing",
    "school",
    "training",
    "language",
    "integration",
    "citizen",
    "nationality",
    "statelessness",
    "minor",
    "guardian",
    "trafficking",
    "smuggling",
    "detention",
    "alternative",
    "voluntary",
    "readmission",
    "agreement",
    "partner",
    "country",
    "origin",
    "transit",
    "route",
    "sea",
    "land",
    "arrival",
    "crossing",
    "increase",
    "decrease",
    "record",
    "average",
    "monthly",
    "annual",
    "survey",
    "study",
    "project",
    "funding",
    "call",
    "volunteer",
]
BATCH = 10_000


def pick(rng: random.Random, keys: list, weights: list, most: int) -> set:
    """One to `most` different keys, by cumulative weights."""
    return set(rng.choices(keys, cum_weights=weights, k=rng.randint(1, most)))


def sentence(rng: random.Random, words: int) -> str:
    return " ".join(rng.choices(WORDS, k=words)).capitalize() + "."


def fill(total: int, subjects: int = KEYWORDS, *, seed: int = 1, progress=lambda done: None) -> None:
    """Add `total` items to the database, and keywords until there are so many `subjects`."""
    rng = random.Random(seed)
    for number in range(subjects):
        status = Keyword.Status.APPROVED if number % 4 else Keyword.Status.PROPOSED
        Keyword.objects.get_or_create(
            name=f"subject {number}", defaults={"slug": f"subject-{number}", "status": status}
        )
    keywords = list(Keyword.objects.filter(slug__startswith="subject-").values_list("pk", flat=True))
    zipf = list(accumulate(1 / (rank + 1) for rank in range(len(keywords))))
    themes, types, sources, countries = (
        list(model.objects.values_list("pk", flat=True)) for model in (Theme, ItemType, Source, Country)
    )
    falling = {id(keys): list(accumulate(1 / (rank + 2) for rank in range(len(keys)))) for keys in (themes, countries)}
    today, now = date(2026, 6, 1), datetime(2026, 6, 1, 12, tzinfo=UTC)
    first = (Item.objects.order_by("-pk").values_list("pk", flat=True).first() or 0) + 1
    for start in range(first, first + total, BATCH):
        items, links = [], {ItemTheme: [], ItemCountry: [], ItemKeyword: []}
        for pk in range(start, min(start + BATCH, first + total)):
            age = rng.randrange(30 * 365)
            group = items[-1].translation_group if items and rng.random() < 0.1 else uuid.UUID(int=rng.getrandbits(128))
            same = items and items[-1].translation_group == group
            language = LANGUAGES[(LANGUAGES.index(items[-1].language) + 1) % 4] if same else rng.choice(LANGUAGES)
            if same and len(items) > 1 and items[-2].translation_group == group:
                group = uuid.UUID(int=rng.getrandbits(128))
            items.append(
                Item(
                    pk=pk,
                    language=language,
                    translation_group=group,
                    type_id=rng.choice(types),
                    source_id=rng.choice(sources) if rng.random() < 0.8 else None,
                    title=sentence(rng, 9),
                    slug=f"item-{pk}",
                    summary=sentence(rng, 35),
                    body=f"<p>{sentence(rng, 90)}</p>",
                    publication_date=None if rng.random() < 0.03 else today - timedelta(days=age),
                    status="approved" if rng.random() < 0.97 else "draft",
                    publish_at=now - timedelta(days=age, seconds=rng.randrange(86400)),
                )
            )
            links[ItemTheme] += [ItemTheme(item_id=pk, theme_id=t) for t in pick(rng, themes, falling[id(themes)], 3)]
            links[ItemKeyword] += [ItemKeyword(content_object_id=pk, tag_id=k) for k in pick(rng, keywords, zipf, 5)]
            if rng.random() < 0.5:
                links[ItemCountry] += [
                    ItemCountry(item_id=pk, country_id=c) for c in pick(rng, countries, falling[id(countries)], 2)
                ]
        with transaction.atomic():
            Item.objects.bulk_create(items, batch_size=1000)
            for model, rows in links.items():
                model.objects.bulk_create(rows, batch_size=5000)
        progress(start + len(items) - first)
    with connection.cursor() as cursor:
        for statement in connection.ops.sequence_reset_sql(no_style(), [Item]):  # keys were given, not drawn
            cursor.execute(statement)
        cursor.execute("ANALYZE")


if __name__ == "__main__":
    started = time.perf_counter()
    fill(*map(int, sys.argv[1:]), progress=lambda done: print(f"\r{done:,} items", end="", flush=True))
    print(f" in {time.perf_counter() - started:.0f} s")
