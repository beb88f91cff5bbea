"""Which keywords somebody may mean who types a few letters."""

from collections.abc import Collection
from dataclasses import dataclass

from rapidfuzz import process
from rapidfuzz.distance import OSA

from items import text
from items.models import Keyword, KeywordAlias
from items.vocabulary.terms import language

MOST = 12
NEAR = 3


@dataclass(frozen=True)
class Suggestion:
    """A keyword's name to write; `says` is the other name under which it was found, or "". `is_near`: like a twin."""

    name: str
    says: str = ""
    is_near: bool = False


def _names() -> list[tuple[str, str, str]]:
    """(name folded, name, keyword's name) of each name and other name of a keyword, names first."""
    own = [(text.fold(name), name, name) for name in Keyword.objects.order_by("name").values_list("name", flat=True)]  # type: ignore[misc]
    others = KeywordAlias.objects.exclude(name="").order_by("name").values_list("name", "term__name")
    return own + [(text.fold(name), name, keyword) for name, keyword in others]


def suggest(find: str) -> tuple[list[Suggestion], bool]:
    """Keywords for what is typed, the best first; and whether what is typed is a name of a keyword already."""
    typed = text.fold(find)
    if not typed:
        return [], False
    names = _names()
    exact = [row for row in names if row[0] == typed]
    starts = [row for row in names if row[0].startswith(typed) and row[0] != typed]
    inside = [row for row in names if f" {typed}" in row[0]]
    found: dict[str, Suggestion] = {}
    for _folded, name, keyword in [*exact, *starts, *inside]:
        found.setdefault(keyword, Suggestion(keyword, "" if name == keyword else name))
    for keyword in _near(typed, names):
        found.setdefault(keyword, Suggestion(keyword, is_near=True))
    known = any(text.spelling(name) == text.spelling(find) for _folded, name, _keyword in exact)
    return list(found.values())[:MOST], known


def near(words: Collection[str]) -> dict[str, list[str]]:
    """By word, the names of known keywords that it may be meant as; at most three."""
    names = _names() if words else []
    return {word: _near(text.fold(word), names) for word in words}


def _near(typed: str, names: list[tuple[str, str, str]]) -> list[str]:
    code = language()

    def stems(folded: str) -> list[str]:
        return sorted(text.stem(word, code) for word in folded.split())

    wanted, letters = stems(typed), typed.replace(" ", "")
    found = [
        keyword for folded, _name, keyword in names if folded.replace(" ", "") == letters or stems(folded) == wanted
    ]
    if len(letters) >= 5:
        most = 2 if len(letters) >= 9 else 1
        close = process.extract(
            typed, [folded for folded, _name, _keyword in names], scorer=OSA.distance, score_cutoff=most, limit=NEAR
        )
        found += [names[place][2] for _folded, _score, place in close]
    found += [k for folded, _name, k in names if len(folded) > 3 and f" {folded} " in f" {typed} "][:NEAR]
    return list(dict.fromkeys(found))[:NEAR]
