"""Giving many items a theme or keyword, or taking one from them."""

from collections.abc import Iterable
from datetime import datetime
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from items.models import Item, VocabularyChange
from items.vocabulary.links import LINKS, chunks, give, keys_of, take
from items.vocabulary.plan import Plan
from items.vocabulary.terms import FACETS, Refused, called, may_retag, note


class Retag(Plan):
    """Items, by key, get a term or lose it. `of` says in words which items these are."""

    def __init__(self, facet: str, term: int, items: Iterable[int], *, adds: bool, of: str = ""):
        super().__init__(facet, [term])
        self.chosen, self.adds, self.of = set(items), adds, of
        self._touched: set[int] | None = None

    def is_allowed(self, by) -> bool:
        return may_retag(by)

    def load(self) -> None:
        super().load()
        has = keys_of(self.facet, self.keys[0])
        self._touched = self.chosen - has if self.adds else self.chosen & has

    def check(self) -> None:
        if self.facet not in LINKS:
            raise Refused(gettext_lazy("Items are given themes and keywords this way."))
        if not self._touched:
            raise Refused(
                gettext_lazy("All of these items have it already.")
                if self.adds
                else gettext_lazy("None of these items has it.")
            )

    @property
    def touched(self) -> set[int]:
        """The keys of the items that change, once loaded."""
        return self._touched or set()

    def touches(self) -> set[int]:
        return self.touched

    def count(self) -> int:
        return len(self.touched)

    def some(self, start: int, stop: int) -> list[Any]:
        # By key: databases take some thousands of parameters, and a page has fifty.
        keys = sorted(self.touched, reverse=True)[start:stop]
        return list(Item.objects.filter(pk__in=keys).order_by("-pk").select_related("type").defer("body"))

    def state(self) -> list[Any]:
        return [*super().state()[:-1], sorted(self.touched), self.adds]

    def do(self, *, by, at: datetime) -> list[VocabularyChange]:
        term = self.terms[self.keys[0]]
        done = give(self.facet, term.pk, self.touched) if self.adds else take(self.facet, term.pk, self.touched)
        _noticed(done, at)
        words = _("“%(term)s” added") if self.adds else _("“%(term)s” taken away")
        data = {"term": term.pk, "adds": self.adds, "items": sorted(done)}
        of = self.of or ngettext("%d item", "%d items", len(done)) % len(done)
        verb = VocabularyChange.Verb.RETAG
        after = words % {"term": called(term)}
        return [note(verb, self.facet, by=by, at=at, before=of, after=after, items=len(done), data=data)]


def _noticed(items: Iterable[int], at: datetime) -> None:
    """A form that has such an item open must not save the old words over the new ones."""
    for keys in chunks(items):
        Item.objects.filter(pk__in=keys).update(updated_at=at)


def undo_retag(change: VocabularyChange, at: datetime) -> None:
    """Take away what was given, or give again what was taken, to the items that are still there."""
    data, facet = change.data, change.facet
    if not FACETS[facet].objects.filter(pk=data["term"]).exists():
        message = gettext_lazy("The word is not there any more. Undo first what was done to it later.")
        raise Refused(message)
    done = (take if data["adds"] else give)(facet, data["term"], data["items"])
    _noticed(done, at)
