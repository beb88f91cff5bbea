"""Versions of an item: what it said after each change, who made the change, when, and by which verb.

A version is a row of django-simple-history with one field more, `related`, that holds what stands in other tables:
themes, keywords, countries, event details, attachments, data tables. The library records one whenever an item is saved;
`complete_version` brings that row up to date once the related rows are saved too, so that one save is one version.

Rows that are changed in bulk (imports, `QuerySet.update`, merged keywords) leave no version. Before the next save
of such an item what is stored is recorded first, so that nothing is lost and nobody is taken for its writer.
"""

import contextlib
from collections.abc import Iterable
from datetime import UTC, date, datetime, timedelta
from functools import cache
from typing import Any

from django.core.exceptions import ObjectDoesNotExist
from django.db import models
from django.db.models import Max, prefetch_related_objects
from django.db.models.signals import pre_save
from django.dispatch import receiver
from django.utils import timezone
from simple_history.models import HistoricalRecords

from items.models.activity import Verb
from items.models.item.record import performed, recorded

UNTRACKED = [
    "uuid", "is_returned", "revised_at", "created_by", "created_at", "updated_at", "source_key",
]  # fmt: skip
"""Fields of an item that no version holds: they follow from others, or are no work of an editor."""
SETS = ("themes", "keywords", "countries")
ELSEWHERE = "elsewhere"
"""The reason of a version that records what was changed in bulk, or before versions were kept."""
VOCABULARY = "vocabulary"
"""The reason of a version that a change of a term made."""
CHUNK = 500
DELETED_KEPT = timedelta(days=90)
"""How long the versions of a deleted draft are kept, in case it has to be looked up after all."""
_EVENT_LEFT = frozenset(("item", "is_withdrawn", "sequence", "moved_from"))
ROWS = ("attachments", "tables")
_ROW_LEFT = frozenset(("id", "item", "original"))
# Verbs that change nothing in the item that they are sent with.
_SILENT = (Verb.COMMENT, Verb.DISCARD)


class VersionBase(models.Model):
    """What a version holds besides the item's own fields.

    `related` is `{"themes": [[key, name], …], "keywords": …, "countries": …, "event": {field: value} or None,
    "attachments": [{"id", "original", field: value}, …], "tables": …}`.
    """

    related = models.JSONField(default=dict)

    class Meta:
        abstract = True

    @property
    def who(self) -> str:
        """The person's name as colleagues read it; empty for an import or a program."""
        user: Any = self.history_user  # type: ignore[attr-defined]
        return (user.get_full_name() or user.get_username()) if user else ""


class VersionRecords(HistoricalRecords):
    """The library's recorder, which asks the item for its version."""

    def create_historical_record(self, instance, history_type, using=None):
        # A new item has no related rows yet, and a deleted one none any more.
        related = instance._related_before if history_type == "~" else None
        by = getattr(instance, "_history_user", None) or (instance.created_by if history_type == "+" else None)
        version = _version(instance, related or _nothing_related(), kind=history_type, by=by, at=timezone.now())
        version.save()
        instance._version, instance._related_before = version, None

    def post_delete(self, instance, using=None, **kwargs):
        if instance.update_of_id:
            # The versions of a working copy belong to its item from now on.
            type(instance).history.filter(id=instance.pk).update(id=instance.update_of_id)
        else:
            super().post_delete(instance, using=using, **kwargs)


class Versioned(models.Model):
    """The versions of an item, as its methods."""

    _version: Any = None  # the version that the last save of this object made
    _related_before: dict[str, Any] | None = None

    class Meta:
        abstract = True

    def versions(self) -> models.QuerySet:
        """All versions, the latest first; of a working copy those of the published item too.

        Versions that belonged to a working copy have `update_of_id`.
        """
        update_of: int | None = self.update_of_id  # type: ignore[attr-defined]
        items = [self.pk, *([update_of] if update_of else [])]
        return _model(self).objects.filter(id__in=items).select_related("history_user").order_by("-history_id")

    def own_versions(self) -> models.QuerySet:
        """The versions of the item itself, without those of its working copies; the latest first."""
        return (
            _model(self)
            .objects.filter(id=self.pk, update_of=self.update_of_id)  # type: ignore[attr-defined]
            .order_by("-history_id")
        )

    def version_at(self, revision: int) -> Any:
        """What the item said when its `revision` was this; None when that is not known."""
        return self.own_versions().filter(revision__lte=revision).first()

    def as_version(self) -> Any:
        """What is stored now, as a version that is not; to compare with others."""
        stored: Any = _stored(type(self), self.pk)
        return _version(stored, related_of(stored), kind="~", by=None, at=timezone.now())

    def complete_version(self, *, by, at: datetime, reason: str = "") -> Any:
        """Say who made the change that this object's last save stored, and record its related rows as they are now.

        Called when themes, keywords, event details and so on are saved. A save that changed nothing leaves no
        version; a change of related rows alone leaves one. Gives the version, or None.
        """
        stored = _stored(type(self), self.pk)
        if stored is None:
            return None
        version = self._version
        if version is None:
            _record([stored], by=by, at=at, reason=reason)
            return None
        before = self.own_versions().filter(history_id__lt=version.history_id).first()
        fresh = _version(stored, related_of(stored), kind=version.history_type, by=by, at=at, reason=reason)
        fresh.history_id = version.history_id
        fresh.history_user = by or version.history_user
        fresh.history_change_reason = reason or version.history_change_reason
        if before is not None and is_same(before, fresh) and version.history_type == "~":
            version.delete()
            self._version = None
            return None
        fresh.save()
        self._version = fresh
        recorded.send(type(self), items=[self], at=at)
        return fresh


@cache  # the library makes a class anew each time it is asked for `history`
def _versions_of(model: type) -> Any:
    return model.history.model  # type: ignore[attr-defined]


def _model(item) -> Any:
    return _versions_of(item.__class__)


def _stored(model, pk: int) -> Any:
    return model._default_manager.select_related("event").filter(pk=pk).first()


def plain(field: models.Field, value: Any) -> Any:
    """A value of a field as JSON knows it, the same for an item and for its version."""
    if isinstance(value, datetime):
        return value.astimezone(UTC).isoformat()
    if isinstance(value, date):
        return value.isoformat()
    if isinstance(field, models.FileField):
        return getattr(value, "name", value) or ""
    if isinstance(field, models.JSONField):
        return value
    return value if value is None or isinstance(value, bool | int | str) else str(value)


def _values(owner: models.Model, left: frozenset[str]) -> dict[str, Any]:
    fields = [field for field in owner._meta.concrete_fields if field.name not in left]
    return {field.name: plain(field, getattr(owner, field.attname)) for field in fields}


def _nothing_related() -> dict[str, Any]:
    return {**{name: [] for name in SETS}, "event": None, **{name: [] for name in ROWS}}


def related_of(item) -> dict[str, Any]:
    """What stands in other tables, as stored."""
    found = _nothing_related()
    for name in SETS:
        rows = ([row.pk, str(row)] for row in getattr(item, name).all())
        found[name] = sorted(rows, key=lambda row: (row[1].casefold(), row[0]))
    with contextlib.suppress(ObjectDoesNotExist):
        found["event"] = _values(item.event, _EVENT_LEFT)
    for name in ROWS:
        rows = getattr(item, name).all()
        found[name] = [{"id": row.pk, "original": row.original_id, **_values(row, _ROW_LEFT)} for row in rows]
    return found


def _version(item, related, *, kind: str, by, at: datetime, reason: str = "") -> Any:
    """A version of what the item says, not stored yet."""
    model = _model(item)
    values = {field.attname: getattr(item, field.attname) for field in model.tracked_fields}
    for field in model.tracked_fields:
        if isinstance(field, models.FileField):
            values[field.attname] = plain(field, values[field.attname])
    return model(
        **values,
        related=related,
        history_type=kind,
        history_date=at,
        history_user=by,
        history_change_reason=reason or None,
    )


def is_same(one, other) -> bool:
    """Whether two versions say the same, whenever and by whomever. Names of terms do not count, their keys do."""
    fields = [field for field in type(one).tracked_fields if field.name != "revision"]
    if any(plain(f, getattr(one, f.attname)) != plain(f, getattr(other, f.attname)) for f in fields):
        return False
    return _keyed(one.related) == _keyed(other.related)


def _keyed(related: dict[str, Any]) -> dict[str, Any]:
    sets = {name: sorted(key for key, _name in related.get(name) or []) for name in SETS}
    return {**sets, "event": related.get("event"), **{name: without_keys(related, name) for name in ROWS}}


def without_keys(related: dict[str, Any], name: str) -> list[dict[str, Any]]:
    """The rows of a version. One that has moved from a working copy to its item, or back, is the same one."""
    return [{k: v for k, v in row.items() if k not in ("id", "original")} for row in related.get(name) or []]


def record(items: Iterable[Any], *, by=None, at: datetime, reason: str = ELSEWHERE) -> int:
    """Add a version of each stored item that says something else than its latest version; how many were added.

    For changes in bulk: call it before with the defaults, so that what others have left unrecorded is not taken for
    this change, and after with the person and the reason. A fixed number of queries for every 500 items.
    """
    items, added = list(items), 0
    for start in range(0, len(items), CHUNK):
        chunk = items[start : start + CHUNK]
        # Read again: what the caller holds may be from before its change.
        stored = type(chunk[0])._default_manager.filter(pk__in=[item.pk for item in chunk]).select_related("event")
        added += _record(list(stored), by=by, at=at, reason=reason)
    return added


def _record(items: list[Any], *, by, at: datetime, reason: str) -> int:
    if not items:
        return 0
    prefetch_related_objects(items, *SETS, *ROWS, "event")
    model = _model(items[0])
    newest = model.objects.filter(id__in=[item.pk for item in items]).values("id", "update_of").annotate(
        newest=Max("history_id")
    )  # fmt: skip
    ids = [row["newest"] for row in newest.order_by()]
    latest = {(version.id, version.update_of_id): version for version in model.objects.filter(history_id__in=ids)}
    versions, completed = [], []
    for item in items:
        before = latest.get((item.pk, item.update_of_id))
        when = item.updated_at if before is None else at
        version = _version(item, related_of(item), kind="~" if before else "+", by=by, at=when, reason=reason)
        if before is None or not is_same(before, version):
            if before is not None and reason == ELSEWHERE and _is_bare(before):
                before.related = version.related
                completed.append(before)
                if is_same(before, version):
                    continue
            versions.append(version)
    model.objects.bulk_create(versions)
    if completed:
        model.objects.bulk_update(completed, ["related"])
    recorded.send(type(items[0]), items=items, at=at)
    return len(versions)


def _is_bare(version) -> bool:
    """Whether an item's first version was never completed: whoever made the item added the rest without saying so."""
    return version.history_type == "+" and not any(version.related.values())


@receiver(pre_save, sender="items.Item")
def keep_what_was(instance, raw: bool = False, **kwargs) -> None:
    """Before an item is saved over, record what is stored, unless its latest version says so already."""
    if raw or instance._state.adding:
        return
    instance._version = None
    if (stored := _stored(type(instance), instance.pk)) is not None:
        instance._group_before = stored.translation_group
        _record([stored], by=None, at=timezone.now(), reason=ELSEWHERE)
        instance._related_before = related_of(stored)


@receiver(performed)
def complete_after_verb(item, activity, **kwargs) -> None:
    """The version of a verb says who did it, and which it was."""
    if activity.verb in _SILENT:
        return
    if activity.verb == Verb.PREPARE_UPDATE:
        copy = type(item)._default_manager.get(update_of=item.pk)
        copy._version = copy.own_versions().first()
        copy.complete_version(by=activity.by, at=activity.at, reason=activity.verb)
    elif item._version is not None:
        item.complete_version(by=activity.by, at=activity.at, reason=activity.verb)


def forget_deleted(model, *, at: datetime) -> int:
    """Drop the versions of drafts that were deleted a while ago; nobody can see them any more. How many went."""
    versions: Any = model.history.model.objects
    gone = versions.filter(history_type="-", history_date__lt=at - DELETED_KEPT).values("id")
    return versions.filter(id__in=gone).exclude(id__in=model._default_manager.values("id")).delete()[0]
