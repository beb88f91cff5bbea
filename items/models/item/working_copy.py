"""Updates of what readers see: a working copy that goes through review, and then replaces the content of its item.

Readers go on seeing the item. When the copy is approved the item keeps its number, address, uuid, moment of
publication, author, record and the addresses of its attachments and tables; only the content changes, in one
transaction.
"""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.core.exceptions import PermissionDenied
from django.db import models, transaction
from django.db.models import prefetch_related_objects
from django.utils.translation import gettext_lazy as _

from items.models.activity import Activity, Verb
from items.models.correction import Correction
from items.models.item import content
from items.models.item.record import Record, Refused, performed
from items.models.item.status import Status

_FILED = ("attachments", "tables")


class UpdateBase(models.Model):
    """What the published item said when its working copy was made: `{part: [value, words]}`."""

    item = models.OneToOneField("items.Item", on_delete=models.CASCADE, primary_key=True, related_name="update_base")
    parts = models.JSONField(default=dict)

    def __str__(self):
        return str(self.item_id)


@dataclass(frozen=True)
class Difference:
    """A part of a published item that was changed directly while an update was prepared; texts are for people.

    `is_contested` when the update changes the same part.
    """

    name: str
    label: Any
    before: str
    live: str
    copy: str
    is_contested: bool


class LiveChanged(Refused):
    """The published item has changed since its working copy was made, and nobody has said what is to stay."""

    def __init__(self, differences: list[Difference], seen: str):
        names = ", ".join(str(difference.label) for difference in differences)
        super().__init__(
            _("The published item was changed directly meanwhile: %(names)s. Choose for each what is to stand.")
            % {"names": names}
        )
        self.differences, self.seen = differences, seen


class Updates(Record):
    """What a working copy is to its item."""

    class Meta:
        abstract = True

    @property
    def _model(self) -> Any:
        """The model of items, whose fields this class does not declare."""
        return type(self)

    @property
    def is_working_copy(self) -> bool:
        return self.update_of_id is not None

    @property
    def announced_at(self) -> datetime | None:
        """When readers were last told something: publication, or the last major change. Minor ones do not move it."""
        if self.publish_at and self.revised_at:
            return max(self.publish_at, self.revised_at)
        return self.publish_at

    # --- Corrections --------------------------------------------------------------------------------------------

    def correct(self, *, by, at: datetime, note: str = "") -> Activity:
        """Record that what readers see has been changed, which the caller has saved.

        Without a note the change is minor: readers are told nothing and no feed moves. With one it is major: the note
        stands on the page with its date, and feeds take the item for newly changed.
        """
        if by is not None and not by.has_perm("items.approve_item"):
            raise PermissionDenied
        if not self._is_correctable(at):
            raise Refused(_("Readers do not see this item: there is nothing to correct."))
        with transaction.atomic():
            self._tell_readers(by=by, at=at, note=note)
            activity = self.log(Verb.CORRECT, by=by, at=at, text=note)
            performed.send(type(self), item=self, activity=activity, also=[])
        return activity

    def _is_correctable(self, at: datetime) -> bool:
        return self.has_appeared(at) and self.status != Status.REMOVED  # type: ignore[attr-defined]

    def _tell_readers(self, *, by, at: datetime, note: str) -> None:
        if note := note.strip():
            Correction.objects.create(item_id=self.pk, by=by, at=at, note=note)
            self._model._default_manager.filter(pk=self.pk).update(revised_at=at)
            self.revised_at = at

    # --- Working copies -----------------------------------------------------------------------------------------

    def may_be_updated(self, by) -> bool:
        """Whether the person may prepare an update: who began the item, and approvers."""
        if not by.has_perm("items.change_item"):
            return False
        return by.has_perm("items.approve_item") or self.created_by_id == by.pk

    def prepare_update(self, *, by, at: datetime) -> Any:
        """Begin an update: a working copy of the item as it is now, which is returned."""
        with transaction.atomic():
            live = self._allowed(Verb.PREPARE_UPDATE, by=by, at=at)
            copy = self._model(update_of=live, created_by=by, status=Status.DRAFT)
            content.write_fields(live, copy, content.field_names(live))
            copy.save()
            content.write_related(live, copy, (*content.SETS, "event"))
            content.copy_rows(live, copy)
            parts = {name: [value, content.words(live, name)] for name, value in content.values(live).items()}
            UpdateBase.objects.create(item=copy, parts=parts)
            activity = live.log(Verb.PREPARE_UPDATE, by=by, at=at)
            performed.send(type(live), item=live, activity=activity, also=[])
        return copy

    def discard(self, *, by, at: datetime) -> Activity:
        """Throw a working copy away. Its record goes over to the published item, which is as it was."""
        with transaction.atomic():
            copy = self._allowed(Verb.DISCARD, by=by, at=at)
            live, author = copy.update_of, copy.created_by
            copy.activities.update(item=live)
            copy.delete()
            activity = live.log(Verb.DISCARD, by=by, at=at)
            performed.send(type(live), item=live, activity=activity, also=[author] if author else [])
        return activity

    def live_differences(self) -> tuple[list[Difference], str]:
        """What was changed directly on the published item since this copy was made, and a token of what it says now."""
        live, base = self.update_of, self._base()
        prefetch_related_objects([live, self], *_FILED)  # which are compared, and told in words
        now = content.values(live)
        changed = [n for n, v in now.items() if n in base and v != base[n][0]]
        mine = content.values(self) if changed else {}
        # Where both now say the same, nothing can be lost.
        names = {name: label for name, label in content.labels(live).items() if name in changed}
        differences = [
            Difference(
                name, label, base[name][1], content.words(live, name), content.words(self, name),
                is_contested=mine[name] != base[name][0],
            )
            for name, label in names.items()
            if now[name] != mine[name]
        ]  # fmt: skip
        sides: list[Any] = [live, self]
        for item in sides:
            for name in _FILED:
                item._prefetched_objects_cache.pop(name)  # to be read anew by who goes on to write
        return differences, content.digest(now)

    def _base(self) -> dict[str, list]:
        base: UpdateBase | None = getattr(self, "update_base", None)
        return base.parts if base else {}

    def _replace_live(
        self, *, by, at: datetime, note: str, keep: Collection[str] | None, seen: str, appear
    ) -> tuple[Any, Activity]:
        """Write the copy's content onto its item, but for the parts in `keep`; the copy goes."""
        with transaction.atomic():
            copy = self._allowed(Verb.APPROVE, by=by, at=at)
            live: Any = type(self)._default_manager.select_for_update(of=("self",)).get(pk=copy.update_of_id)
            copy.update_of = live
            if live.status == Status.REMOVED:
                raise Refused(_("The item that this updates has been removed meanwhile. Throw the update away."))
            differences, token = copy.live_differences()
            if differences and (keep is None or seen != token):
                raise LiveChanged(differences, token)
            # What nobody touched in the copy is no news, and what stands in the item may be: a merged keyword.
            kept = {difference.name for difference in differences if difference.name in (keep or ())}
            names = [name for name in content.part_names(live) if name not in kept]
            author = copy.created_by
            self._write(copy, live, names)
            live.complete_version(by=by, at=at, reason=Verb.UPDATE)
            live._tell_readers(by=by, at=at, note=note)
            copy.activities.update(item=live)
            copy.delete()
            live = type(self)._default_manager.get(pk=live.pk)
            if live.status == Status.APPROVED:
                appear(live)
            activity = live.log(Verb.UPDATE, by=by, at=at, text=note)
            performed.send(type(live), item=live, activity=activity, also=[author] if author else [])
        return live, activity

    @staticmethod
    def _write(copy, live, names: list[str]) -> None:
        content.write_fields(copy, live, names)
        live.validate_constraints()
        live.save()
        content.write_related(copy, live, names)

    def _allowed(self, verb: Verb, *, by, at: datetime) -> Any:
        """The item as stored, under a lock; raises where the verb may not be done."""
        raise NotImplementedError

    # --- Duplicates ---------------------------------------------------------------------------------------------

    def duplicate(self, *, by, at: datetime) -> Any:
        """A new draft that says the same, to be made into another item; it is returned.

        What belongs to one item alone stays behind: the address of the original, the date, attachments, translations.
        Tables come along: last month's, with its unit and notes, is where this month's begins.
        """
        if not (by.has_perm("items.add_item") and by.has_perm("items.view_item")):
            raise PermissionDenied
        left = {"slug", "source_url", "source_key", "duplicate_reason", "publication_date", "expire_at"}
        with transaction.atomic():
            copy = self._model(created_by=by, status=Status.DRAFT)
            content.write_fields(self, copy, [name for name in content.field_names(self) if name not in left])
            copy.save()
            content.write_related(self, copy, (*content.SETS, "event"))
            content.copy_rows(self, copy, ["tables"], is_update=False)
            activity = copy.begin(by=by, at=at, text=str(_("From “%(title)s”.") % {"title": self}))
            performed.send(type(copy), item=copy, activity=activity, also=[])
        return copy
