"""The order of a tree: a term moves among its siblings, in and out, and nobody types a number."""

from datetime import datetime
from typing import Any

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from items.models import VocabularyChange
from items.vocabulary.terms import FACETS, TREES, Refused, called, may_govern, note, require

UP, DOWN, IN, OUT = "up", "down", "in", "out"
STEPS = {
    UP: _("It stands first already."),
    DOWN: _("It stands last already."),
    IN: _("Nothing stands before it, of which it could be a part."),
    OUT: _("It stands at the top already."),
}
"""The steps, and why one cannot be made."""
BEFORE, BELOW = "before", "below"


class _Order:
    """The siblings of a tree by parent, each list in order, all locked."""

    def __init__(self, facet: str):
        if facet not in TREES:
            raise Refused(_("These words stand in no tree."))
        rows = FACETS[facet].objects.select_for_update().order_by("position", "slug")
        self.terms = {term.pk: term for term in rows}
        self.below: dict[int | None, list[int]] = {}
        for term in self.terms.values():
            self.below.setdefault(term.parent_id, []).append(term.pk)
        self.parent = {pk: term.parent_id for pk, term in self.terms.items()}

    def put(self, key: int, parent: int | None, place: int) -> None:
        """Put a term at a place among the others below a parent."""
        above = parent
        while above is not None:
            if above == key:
                raise Refused(_("A term cannot stand below itself."))
            above = self.parent[above]
        self.below[self.parent[key]].remove(key)
        self.below.setdefault(parent, []).insert(place, key)
        self.parent[key] = parent

    def store(self) -> tuple[dict[str, Any], dict[str, Any]]:
        """Number all siblings anew and save what differs; where these stood before, and stand now."""
        before: dict[str, Any] = {}
        after: dict[str, Any] = {}
        for parent, keys in self.below.items():
            for position, key in enumerate(keys):
                term = self.terms[key]
                if (term.parent_id, term.position) != (parent, position):
                    before[str(key)] = [term.parent_id, term.position]
                    after[str(key)] = [parent, position]
        # What comes out of its parent first: no chain may close on the way.
        for moved, place in sorted(after.items(), key=lambda row: row[1][0] is not None):
            term = self.terms[int(moved)]
            term.parent_id, term.position = place
            term.save()
        return before, after


def move(facet: str, term: int, step: str, *, by, at: datetime) -> VocabularyChange:
    """Move a term one step: `up` or `down` among its siblings, `in` below the one before it, `out` after its parent."""
    with _changing(facet, by) as order:
        _there(order, term)
        parent = order.parent[term]
        siblings = order.below[parent]
        place = siblings.index(term)
        if step == UP and place > 0:
            order.put(term, parent, place - 1)
        elif step == DOWN and place < len(siblings) - 1:
            order.put(term, parent, place + 1)
        elif step == IN and place > 0:
            order.put(term, siblings[place - 1], len(order.below.get(siblings[place - 1], [])))
        elif step == OUT and parent is not None:
            grand = order.parent[parent]
            order.put(term, grand, order.below[grand].index(parent) + 1)
        else:
            raise Refused(STEPS.get(step, _("There is no such step.")))
        return _noted(order, facet, term, by, at)


def place(facet: str, term: int, where: str, other: int, *, by, at: datetime) -> VocabularyChange:
    """Put a term `before` another, or last `below` it."""
    with _changing(facet, by) as order:
        _there(order, term)
        _there(order, other)
        if where not in (BEFORE, BELOW):
            raise Refused(_("There is no such step."))
        if term == other:
            raise Refused(_("A term cannot stand below itself."))
        if where == BEFORE:
            siblings = [key for key in order.below[order.parent[other]] if key != term]
            order.put(term, order.parent[other], siblings.index(other))
        else:
            order.put(term, other, len([key for key in order.below.get(other, []) if key != term]))
        return _noted(order, facet, term, by, at)


class _changing:
    """Permission, transaction and lock of a whole tree."""

    def __init__(self, facet: str, by):
        require(facet in FACETS and may_govern(by, facet))
        self.facet, self.transaction = facet, transaction.atomic()

    def __enter__(self) -> _Order:
        self.transaction.__enter__()
        try:
            return _Order(self.facet)
        except BaseException as error:
            self.transaction.__exit__(type(error), error, error.__traceback__)
            raise

    def __exit__(self, *what) -> None:
        self.transaction.__exit__(*what)


def _there(order: _Order, key: int) -> None:
    if key not in order.terms:
        raise Refused(_("One of these words is not there any more."))


def _noted(order: _Order, facet: str, term: int, by, at: datetime) -> VocabularyChange:
    before, after = order.store()
    verb, data = VocabularyChange.Verb.MOVE, {"term": term, "before": before, "after": after}
    return note(verb, facet, by=by, at=at, before=called(order.terms[term]), data=data)


def undo_move(change: VocabularyChange) -> None:
    """Everything stands again where it stood, unless something was moved since."""
    data = change.data
    order = _Order(change.facet)
    now = {str(key): [term.parent_id, term.position] for key, term in order.terms.items()}
    parents = {parent for parent, _position in data["before"].values() if parent is not None}
    if any(now.get(key) != after for key, after in data["after"].items()) or not parents <= set(order.terms):
        raise Refused(_("Something has been moved there since. Undo that first, or move it by hand."))
    for key, (parent, position) in sorted(data["before"].items(), key=lambda row: row[1][0] is not None):
        term = order.terms[int(key)]
        term.parent_id, term.position = parent, position
        term.save()
