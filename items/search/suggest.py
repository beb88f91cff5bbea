"""Suggestions while typing: terms of the vocabularies and titles that hold what has been typed so far.

What is published is for others to know: this answers candidates in order, and they take the first visible ones.
"""

from dataclasses import dataclass
from functools import lru_cache

from django.db.models import Model

from items import text
from items.models import Keyword, Source, Theme
from items.search.index import sync_in_passing
from items.search.match import latest
from items.search.query import All, Any, Words
from items.search.words import beginning

SHORTEST, LONGEST = 2, 100
"""Characters typed from which on, and up to which, something is suggested."""

TITLES = 200
"""Titles that are looked at."""

VOCABULARIES: dict[str, type[Model]] = {"theme": Theme, "keyword": Keyword, "source": Source}


NAMES = {"keyword": ("name",)}


@dataclass(frozen=True)
class Suggestion:
    """A term whose label in the reader's language or another holds what was typed."""

    facet: str
    pk: int
    slug: str
    label: str


def suggest(typed: str, *, language: str) -> tuple[list[Suggestion], list[int]]:
    """Terms, the likeliest first, and primary keys of items, the last added first, of whatever status."""
    words = text.words(typed[:LONGEST])
    if not words or len(typed.strip()) < SHORTEST:
        return [], []
    return _terms(words, language), _titles(words)


def _terms(words: list[str], language: str) -> list[Suggestion]:
    """Terms with a label that holds the words, the last of them perhaps unfinished."""
    found = []
    for facet, vocabulary in VOCABULARIES.items():
        # Plain rows: making an object of each of some thousand keywords would take longer than all the rest.
        for row in vocabulary._default_manager.order_by().values("pk", "slug", "labels", *NAMES.get(facet, ())):
            names = {*(row["labels"] or {}).values(), row.get("name", row["slug"])}
            places = [place for name in names if (place := _place(_words(name), words)) is not None]
            if places:
                label = vocabulary(**row).label(language)  # type: ignore[attr-defined]
                order = (_place(_words(label), words) is None, min(places), label.casefold())
                found.append((order, Suggestion(facet, row["pk"], row["slug"], label)))
    return [suggestion for _, suggestion in sorted(found, key=lambda pair: pair[0])]


@lru_cache(maxsize=20_000)
def _words(name: str) -> list[str]:
    return text.words(name)


def _place(name: list[str], words: list[str]) -> int | None:
    """Where among the words of a name the typed words stand, in a row; the last need only begin so."""
    *whole, last = words
    for place in range(len(name) - len(whole)):
        if name[place : place + len(whole)] == whole and name[place + len(whole)].startswith(last):
            return place
    return None


def _titles(words: list[str]) -> list[int]:
    sync_in_passing()
    *whole, last = words
    endings = dict.fromkeys([last, *beginning(last, limit=8)])
    unfinished = [Words((word,), "title") for word in endings]
    parts = [*(Words((word,), "title") for word in whole), Any(tuple(unfinished)) if unfinished[1:] else unfinished[0]]
    return latest(All(tuple(parts)) if len(parts) > 1 else parts[0], limit=TITLES)
