"""Undoing a change of a vocabulary."""

from datetime import datetime
from typing import Any

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from items.models import VocabularyChange
from items.models.item.record import full_name
from items.vocabulary.links import recorded
from items.vocabulary.merge import undo_merge
from items.vocabulary.order import undo_move
from items.vocabulary.proposals import undo_approve, undo_refuse
from items.vocabulary.rename import undo_rename
from items.vocabulary.retag import undo_retag
from items.vocabulary.split import undo_split
from items.vocabulary.terms import Refused, may_govern, may_retag, require

Verb = VocabularyChange.Verb
_UNDO = {
    Verb.MERGE: undo_merge,
    Verb.RENAME: undo_rename,
    Verb.SPLIT: undo_split,
    Verb.APPROVE: undo_approve,
    Verb.REFUSE: undo_refuse,
    Verb.MOVE: undo_move,
}


def may_undo(by, change: VocabularyChange) -> bool:
    """Whether this person may undo a change: whoever may make it."""
    return may_retag(by) if change.verb == Verb.RETAG else may_govern(by, change.facet)


def _touched(data: dict[str, Any]) -> set[int]:
    """The keys of the items that a change touched, as the verbs noted them."""
    lists = [data.get(name, []) for name in ("moved", "both", "taken", "items")]
    return set().union(*lists, *(part["given"] for part in data.get("parts", [])))


def undo(change: VocabularyChange, *, by, at: datetime) -> None:
    """Undo a change. Raises PermissionDenied, and Refused where the vocabulary has moved on too far for it."""
    require(may_undo(by, change))
    with transaction.atomic():
        stored = VocabularyChange.objects.select_for_update().get(pk=change.pk)
        if stored.undone_at is not None:
            raise Refused(_("This is undone already."))
        with recorded(_touched(stored.data), by=by, at=at):
            if stored.verb == Verb.RETAG:
                undo_retag(stored, at)
            else:
                _UNDO[Verb(stored.verb)](stored)
        stored.undone_at, stored.undone_by_name = at, full_name(by)[:150]
        stored.save()
    change.undone_at, change.undone_by_name = stored.undone_at, stored.undone_by_name
