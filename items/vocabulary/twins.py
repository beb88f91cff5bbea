"""Likely twins: keywords that may be one word written twice, or another vocabulary's word.

Every name of every term gives a few keys: its letters, its stems in its language, its letters with one left out. Only
names that share a key are compared, so that thousands of keywords take a fraction of a second.
"""

import re
from collections import defaultdict
from collections.abc import Collection, Iterable, Iterator
from dataclasses import dataclass
from datetime import datetime
from functools import lru_cache
from typing import Any

from django.db.models import Count
from django.utils.translation import gettext_lazy as _
from rapidfuzz.distance import OSA

from items import text
from items.models import Country, ItemKeyword, ItemType, Keyword, KeywordAlias, NotTwins, Source, Theme
from items.models.language import language_codes
from items.vocabulary.terms import Refused, language, may_govern, require

OTHERS: dict[str, Any] = {"theme": Theme, "type": ItemType, "source": Source, "country": Country}
SPELLING, FORM, SLIP, LABEL = "spelling", "form", "slip", "label"
REASONS = {
    SPELLING: _("differs in case, accents, hyphens or the order of words only"),
    FORM: _("the same stem, such as a plural"),
    SLIP: _("a letter or two apart"),
    LABEL: _("the same word in another vocabulary"),
}
SHORTEST_SLIP = 5
LONG = 9
"""Letters from which on two may differ."""
_DIGITS = re.compile(r"\d+")


@dataclass(frozen=True)
class Name:
    """A name of a term: `facet` and `key` say which, `language` in which it is."""

    facet: str
    key: int
    name: str
    language: str


@dataclass(frozen=True)
class Twin:
    """A keyword, by key, and what it may be the same as; `names` are the two that are alike."""

    keyword: int
    facet: str
    key: int
    reason: str
    names: tuple[str, str]

    @property
    def words(self) -> str:
        """Why they may be the same."""
        return str(REASONS[self.reason])


@lru_cache(maxsize=4096)
def _country(code: str, language: str) -> str:
    return Country(code=code).label(language)


def _keyword_names() -> Iterator[Name]:
    site = language()
    for key, name, labels in Keyword.objects.order_by().values_list("pk", "name", "labels"):  # type: ignore[misc]
        yield Name("keyword", key, name, site)
        for code, label in (labels or {}).items():
            yield Name("keyword", key, label, code)
    for key, name in KeywordAlias.objects.exclude(name="").order_by().values_list("term", "name"):
        yield Name("keyword", key, name, site)


def _other_names() -> Iterator[Name]:
    for facet, model in OTHERS.items():
        if model is Country:
            for key, code in Country.objects.order_by().values_list("pk", "code"):
                for lang in language_codes():
                    yield Name(facet, key, _country(code, lang), lang)
        else:
            for key, labels in model.objects.order_by().values_list("pk", "labels"):
                for code, label in (labels or {}).items():
                    yield Name(facet, key, label, code)


def _keys(name: Name, folded: str) -> Iterator[tuple[str, Any]]:
    """What two likely names share, with the reason."""
    words = folded.split()
    yield SPELLING, "".join(words)
    if len(words) > 1:
        yield SPELLING, tuple(sorted(words))
    yield FORM, (name.language, tuple(sorted(text.stem(word, name.language) for word in words)))


def _without_one(name: Name, letters: str) -> Iterator[str]:
    """What names share that a slip of the hand sets apart. Numbers that differ are meant to, and so set apart too."""
    alike = f"{name.language} {' '.join(_DIGITS.findall(letters))}|"
    yield alike + letters
    for place in range(len(letters)):
        yield alike + letters[:place] + letters[place + 1 :]


def _is_slip(one: str, other: str) -> bool:
    """Whether two names in letters differ as by a slip of the hand."""
    most = 2 if min(len(one), len(other)) >= LONG else 1
    return 0 < OSA.distance(one, other, score_cutoff=most) <= most


class _Met:
    """Names by the keys that likely names share."""

    def __init__(self) -> None:
        self.exact: dict[tuple[str, Any], list[Name]] = defaultdict(list)
        self.first: dict[str, tuple[Name, str]] = {}
        self.near: dict[str, list[tuple[Name, str]]] = defaultdict(list)  # most keys have but the first

    def add(self, name: Name, *, known: "_Met | None" = None) -> None:
        """Take a name in; only under keys that are known already where that is asked."""
        folded = text.fold(name.name)
        letters = folded.replace(" ", "")
        if not letters:
            return
        for key in _keys(name, folded):
            if known is None or key in known.exact:
                self.exact[key].append(name)
        if name.facet == "keyword" and len(letters) >= SHORTEST_SLIP:
            its = (name, letters)
            for shorter in _without_one(name, letters):
                if known is None or shorter in known.first:
                    first = self.first.setdefault(shorter, its)
                    if first is not its:
                        self.near[shorter].append(its)


def _met(names: Iterable[Name], only: Collection[int] | None) -> _Met:
    met = _Met()
    if only is None:
        for name in names:
            met.add(name)
        return met
    # Of the others, only those that share something with one asked about; in the order that they would have without.
    asked, names = _Met(), list(names)
    for name in names:
        if name.facet == "keyword" and name.key in only:
            asked.add(name)
    for name in names:
        met.add(name, known=asked)
    return met


def _found(names: Iterable[Name], only: Collection[int] | None) -> dict[tuple[int, str, int], Twin]:
    found: dict[tuple[int, str, int], Twin] = {}

    def meet(one: Name, other: Name, reason: str) -> None:
        if one.facet != "keyword" or (other.facet == "keyword" and other.key < one.key):
            one, other = other, one
        if one.facet != "keyword" or (one.facet, one.key) == (other.facet, other.key):
            return
        if only is not None and one.key not in only and not (other.facet == "keyword" and other.key in only):
            return
        why = reason if other.facet == "keyword" else LABEL
        found.setdefault(
            (one.key, other.facet, other.key), Twin(one.key, other.facet, other.key, why, (one.name, other.name))
        )

    met = _met(names, only)
    for reason in (SPELLING, FORM):
        for (why, _key), members in met.exact.items():
            if why == reason and len(members) > 1:
                for place, one in enumerate(members):
                    for other in members[place + 1 :]:
                        meet(one, other, reason)
    for key, others in met.near.items():
        close = [met.first[key], *others]
        for place, (first, its) in enumerate(close):
            for second, theirs in close[place + 1 :]:
                if first.key != second.key and _is_slip(its, theirs):
                    meet(first, second, SLIP)
    return found


def twins() -> list[Twin]:
    """All likely twins, those of the surest reason first, of each those that most items have."""
    return _asked(None)


def twins_of(keywords: Collection[int]) -> dict[int, list[Twin]]:
    """The likely twins of these keywords, by key; seen from them: `keyword` is the one asked about."""
    asked: dict[int, list[Twin]] = {key: [] for key in keywords}
    for twin in _asked(set(keywords)):
        if twin.keyword in asked:
            asked[twin.keyword].append(twin)
        if twin.facet == "keyword" and twin.key in asked:
            turned = Twin(twin.key, "keyword", twin.keyword, twin.reason, (twin.names[1], twin.names[0]))
            asked[twin.key].append(turned)
    return asked


def _asked(only: Collection[int] | None) -> list[Twin]:
    names = [*_keyword_names(), *_other_names()]
    found = _found(names, only)
    for refused in NotTwins.objects.values_list("keyword", "facet", "key"):
        found.pop(refused, None)
    used = dict(ItemKeyword.objects.order_by().values_list("tag").annotate(Count("pk"))) if only is None else {}
    order = list(REASONS)
    return sorted(
        found.values(), key=lambda t: (order.index(t.reason), -used.get(t.keyword, 0), t.names[0].casefold(), t.key)
    )


def are_not_twins(keyword: int, facet: str, key: int, *, by, at: datetime) -> NotTwins:
    """Note that these two are not the same word: nobody is asked about them again."""
    require(may_govern(by, "keyword"))
    if facet == "keyword" and key < keyword:
        keyword, key = key, keyword
    if facet not in ("keyword", *OTHERS) or (facet == "keyword" and keyword == key):
        raise Refused(_("These are no two words."))
    if not Keyword.objects.filter(pk=keyword).exists():
        raise Refused(_("One of these words is not there any more."))
    return NotTwins.objects.get_or_create(keyword_id=keyword, facet=facet, key=key, defaults={"by": by, "at": at})[0]
