"""Vocabulary terms by what a listing calls them: a label in any language, a slug or a former slug."""

import re
from collections.abc import Iterable, Iterator
from typing import Any, Generic, TypeVar, cast

from items.models.term import Term
from items.text import fold

AnyTerm = TypeVar("AnyTerm", bound=Term)

_SHORT_NAME = re.compile(r"(.+) \(([^()]+)\)")
_JOINING = {"and", "et", "en", "und"}


class Terms(Generic[AnyTerm]):
    """All terms of one vocabulary in memory, in two queries."""

    def __init__(self, model: type[AnyTerm]):
        self.by_pk = cast("dict[int, AnyTerm]", model._default_manager.in_bulk())
        self.by_slug = {term.slug: term for term in self.by_pk.values()}
        self._by_key: dict[str, AnyTerm] = {}
        # Labels before slugs before former slugs, where two terms share a name.
        self._add(
            (name, term) for term in self.by_pk.values() for label in term.labels.values() for name in _names(label)
        )
        self._add((term.slug, term) for term in self.by_pk.values())
        aliases: Any = model.aliases.rel.related_model._default_manager
        self._add((slug, self.by_pk[pk]) for slug, pk in aliases.values_list("slug", "term_id"))

    def _add(self, names: Iterable[tuple[str, AnyTerm]]) -> None:
        for name, term in names:
            self._by_key.setdefault(_key(name), term)

    def named(self, name: str) -> AnyTerm | None:
        """The term of this name, whatever its case, accents, number and "&"; None for an unknown one."""
        return self._by_key.get(_key(name))


def _names(label: str) -> Iterator[str]:
    """A label, and its two halves where it ends in a short name: "Office of Asylum (OA)"."""
    yield label
    if match := _SHORT_NAME.fullmatch(label):
        yield from match.groups()


def _key(name: str) -> str:
    return " ".join(_singular(word) for word in fold(name).split() if word not in _JOINING)


def _singular(word: str) -> str:
    """A word without an English, French or Dutch plural ending. Only for comparing: it may be no word."""
    if word.endswith("ies") and len(word) > 4:
        return word[:-3] + "y"
    return word[:-1] if word.endswith("s") and len(word) > 3 else word
