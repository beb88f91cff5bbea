"""Did you mean: words of the archive that are almost those that were typed."""

from collections.abc import Iterator

from django.db import connection
from rapidfuzz import process
from rapidfuzz.distance import OSA

from items.models import SearchWord
from items.search.query import Query, Typed, parse

CANDIDATES = 30_000
"""Words of one length that are compared, the most used first."""

MOST = 3
"""Queries that are worth trying."""


def corrections(query: Query) -> Iterator[Query]:
    """The query with unlikely words replaced by words of the archive, likeliest first. Trying them is for others."""
    closest = {typed: words for typed in query.typed if (words := _closest(typed.word))}
    for choice in range(MOST):
        replaced = {typed: words[choice] for typed, words in closest.items() if choice < len(words)}
        if replaced:
            yield parse(_with(query.text, replaced))


def _closest(word: str) -> list[str]:
    """Words as written that differ from a word in one letter, in two when it is long; the most used first."""
    if len(word) < 4 or not word.isalpha():
        return []
    distance = 1 if len(word) < 6 else 2
    near = SearchWord.objects.filter(length__gte=len(word) - distance, length__lte=len(word) + distance)
    known = {row[0]: row[1:] for row in near.order_by("-uses").values_list("word", "shown", "uses")[:CANDIDATES]}
    found = process.extract(word, list(known), scorer=OSA.distance, score_cutoff=distance, limit=50)
    own = known.get(word, ("", 0))[1]
    better = [(score, -known[near][1], known[near][0]) for near, score, _ in found if known[near][1] > own and score]
    return [shown for _, _, shown in sorted(better)[:MOST]]


def _with(line: str, replaced: dict[Typed, str]) -> str:
    for typed in sorted(replaced, key=lambda typed: -typed.start):
        line = line[: typed.start] + replaced[typed] + line[typed.end :]
    return line


def beginning(start: str, *, limit: int) -> list[str]:
    """The most used words that begin with some folded letters."""
    # A range, because SQLite's LIKE uses no index; PostgreSQL's text may be in another order than that of letters.
    within = {"word__startswith": start} if connection.vendor == "postgresql" else {
        "word__gte": start, "word__lt": start + "\U0010ffff",
    }  # fmt: skip
    return list(SearchWord.objects.filter(**within).order_by("-uses").values_list("word", flat=True)[:limit])
