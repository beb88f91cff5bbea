"""Restoring: writing what an earlier version said into a draft or a working copy, which is then reviewed as usual."""

from datetime import datetime
from typing import Any

from django.core.exceptions import ObjectDoesNotExist, PermissionDenied
from django.db import models, transaction
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import gettext_lazy as _

from items.models.activity import Activity, Verb
from items.models.item import content
from items.models.item.history import ROWS, SETS
from items.models.item.record import Refused, performed
from items.models.item.status import UNDECIDED

NOT_RESTORED = ("slug", "source_key")
"""Content that stays as it is: the address, and what follows from another field."""


class Restoring(models.Model):
    """What an item offers to its history page."""

    class Meta:
        abstract = True

    def restore(self, version, *, by, at: datetime) -> tuple[Activity, list[str]]:
        """Make the item say what a version of it said; what it says now stays in its history.

        Only an item that readers do not see can be restored: for another, `prepare_update` gives a working copy.
        Gives the line of the record, and the names of what has been lost since and could not be brought back.
        """
        with transaction.atomic():
            stored: Any = type(self)._default_manager.select_for_update(of=("self",)).get(pk=self.pk)
            if not stored.may_be_changed(by):
                raise PermissionDenied
            if version.id not in (stored.pk, stored.update_of_id):
                raise Refused(_("This is a version of another item."))
            if stored.status not in UNDECIDED:
                raise Refused(_("Readers see this item: prepare an update, and restore the version there."))
            lost = _restore_fields(version, stored)
            stored.validate_constraints()
            stored.save()
            lost += _restore_sets(version, stored)
            _restore_event(version, stored)
            for name in ROWS:
                lost += _restore_rows(version, stored, name)
            when = date_format(timezone.localtime(version.history_date), "j F Y, H:i")
            text = str(_("The version of %(when)s.") % {"when": when})
            activity = stored.log(Verb.RESTORE, by=by, at=at, text=text)
            performed.send(type(stored), item=stored, activity=activity, also=[])
        self.refresh_from_db()
        return activity, lost


def _exists(field: models.Field, value: Any) -> bool:
    """Whether what a value names is still there: the row of a key, the file of a name."""
    if isinstance(field, models.FileField):
        return not value or field.storage.exists(value)
    if isinstance(field, models.ForeignKey):
        return value is None or field.remote_field.model._default_manager.filter(pk=value).exists()
    return True


def _restore_fields(version, item) -> list[str]:
    lost = []
    for name in content.field_names(item):
        field = item._meta.get_field(name)
        if name in NOT_RESTORED or not hasattr(version, field.attname):
            continue
        value = getattr(version, field.attname)
        now = getattr(item, field.attname)
        if value == (now.name or "" if isinstance(field, models.FileField) else now):
            continue
        if _exists(field, value):
            setattr(item, field.attname, value)
        else:
            lost.append(str(field.verbose_name))
    return lost


def _restore_sets(version, item) -> list[str]:
    lost = []
    for name in SETS:
        manager = getattr(item, name)
        wanted = dict(version.related.get(name) or [])
        model = type(item)._meta.get_field(name).related_model
        found = model._default_manager.in_bulk(list(wanted))
        for key in set(wanted) - set(found):
            # A keyword that has been merged since answers to its former name.
            heir = model._default_manager.named([wanted[key]]) if hasattr(model._default_manager, "named") else {}
            if heir:
                found[key] = next(iter(heir.values()))
            else:
                lost.append(wanted[key])
        manager.set(list({row.pk: row for row in found.values()}.values()))
    return lost


def _written(values: dict[str, Any], row: models.Model) -> None:
    """Set fields of a row to what a version holds; fields that it does not know stay."""
    for field in row._meta.concrete_fields:
        if field.name in values:
            setattr(row, field.attname, field.to_python(values[field.name]))


def _restore_event(version, item) -> None:
    values = version.related.get("event")
    try:
        event = item.event
    except ObjectDoesNotExist:
        event = None
    if values is None:
        if event is not None:
            event.delete()
            item._state.fields_cache.pop("event", None)
        return
    if event is None:
        event = type(item)._meta.get_field("event").related_model(item=item)
    _written(values, event)
    event.save()


def _restore_rows(version, item, name: str) -> list[str]:
    """Attachments and tables keep their numbers, and so their addresses, where they are still there."""
    rows: Any = getattr(item, name)
    lost, there = [], {row.original_id or row.pk: row for row in rows.all()}
    files = [field for field in rows.model._meta.concrete_fields if isinstance(field, models.FileField)]
    for recorded in version.related.get(name) or []:
        values = {key: value for key, value in recorded.items() if key not in ("id", "original")}
        row = there.pop(recorded["original"] or recorded["id"], None)
        if not all(_exists(field, values[field.name]) for field in files):
            lost.append(values["title"])
            continue
        if row is None:
            row = rows.model(item=item)
        _written(values, row)
        row.save()
    for row in there.values():
        row.delete()
    return lost
