"""The content of an item, part by part: to copy it, to compare it, to write it onto another item.

Content is what an editor writes: every field that `KEPT` does not name, with themes, keywords, countries, event
details, attachments and data tables. What tells one item from another, and what was decided about it, is no content.
"""

import json
from collections.abc import Collection, Iterable
from datetime import date
from hashlib import blake2b
from typing import Any

from django.core.exceptions import ObjectDoesNotExist
from django.db import models
from django.db.models import Value
from django.utils.html import strip_tags

KEPT = frozenset(
    (
        "id", "uuid", "translation_group", "status", "publish_at", "withdrawal_reason", "is_returned", "replaced_by",
        "update_of", "revision", "revised_at", "is_featured", "created_by", "created_at", "updated_at",
    )
)  # fmt: skip
"""Fields that stay with an item whatever content is written onto it."""
SETS = ("themes", "keywords", "countries")
_EVENT_KEPT = frozenset(("item", "is_withdrawn", "sequence", "moved_from"))
ROWS = ("attachments", "tables")
"""Parts that are rows of their own; those of a working copy know which of its item's they were made from."""
_ROW_KEPT = frozenset(("id", "item", "original"))


def _fields(model: type[models.Model], kept: Collection[str]) -> list[models.Field]:
    return [field for field in model._meta.concrete_fields if field.name not in kept]


def field_names(item: models.Model) -> list[str]:
    """The names of the fields that are content."""
    return [field.name for field in _fields(type(item), KEPT)]


def part_names(item: models.Model) -> list[str]:
    """The names of all parts."""
    return [*field_names(item), *SETS, "event", *ROWS]


def labels(item: models.Model) -> dict[str, Any]:
    """What each part that an editor writes is called, by its name."""
    meta = type(item)._meta
    names = [*(field.name for field in _fields(type(item), KEPT) if field.editable), *SETS]
    found = {name: meta.get_field(name).verbose_name for name in names}  # type: ignore[union-attr]
    for name in ("event", *ROWS):
        found[name] = meta.get_field(name).related_model._meta.verbose_name_plural  # type: ignore[union-attr]
    return found


def event_of(item) -> Any:
    """The event details of an item, or None."""
    try:
        return item.event
    except ObjectDoesNotExist:
        return None


def _plain(field: models.Field, owner: models.Model) -> Any:
    value = getattr(owner, field.attname)
    if isinstance(field, models.FileField):
        return value.name or ""
    if isinstance(field, models.JSONField):
        return value
    if isinstance(value, date):  # and moments, which are dates too
        return value.isoformat()
    return value if value is None or isinstance(value, bool | int | str) else str(value)


def _words(field: models.Field, owner: models.Model) -> str:
    if field.choices:
        return str(getattr(owner, f"get_{field.name}_display")())
    value = getattr(owner, field.name)
    return "" if value is None else strip_tags(str(value)).strip()


def _values(owner: models.Model, kept: Collection[str]) -> dict[str, Any]:
    return {field.name: _plain(field, owner) for field in _fields(type(owner), kept)}


def values(item) -> dict[str, Any]:
    """The whole content as stored, by part, made of what JSON knows: equal wherever it says the same."""
    found: dict[str, Any] = _values(item, KEPT)
    found |= {name: [] for name in SETS}
    # One question for all three.
    first, *others = [
        getattr(item, name).order_by().annotate(part=Value(name)).values_list("part", "pk") for name in SETS
    ]
    for name, pk in sorted(first.union(*others, all=True)):
        found[name].append(pk)
    event = event_of(item)
    found["event"] = _values(event, _EVENT_KEPT) if event else None
    for name in ROWS:
        rows = getattr(item, name).all()
        found[name] = [{"identity": row.original_id or row.pk, **_values(row, _ROW_KEPT)} for row in rows]
    return found


def words(item, name: str) -> str:
    """What a part says, for people."""
    if name in SETS:
        return ", ".join(sorted(str(row) for row in getattr(item, name).all()))
    if name == "event":
        return _event_words(event_of(item))
    if name == "attachments":
        return ", ".join(f"{file.title} ({file.name})" for file in item.attachments.all())
    if name == "tables":
        return "\n\n".join(f"{table.caption}\n{table.text}" for table in item.tables.all())
    return _words(type(item)._meta.get_field(name), item)


def _event_words(event) -> str:
    if event is None:
        return ""
    fields = _fields(type(event), _EVENT_KEPT)
    return "; ".join(f"{field.verbose_name}: {said}" for field in fields if (said := _words(field, event)))


def digest(content: dict[str, Any]) -> str:
    """A short text that differs whenever these values do."""
    return blake2b(json.dumps(content, sort_keys=True).encode(), digest_size=12).hexdigest()


def write_fields(source, target, names: Iterable[str]) -> None:
    """Set fields of the target to the source's; nothing is saved."""
    wanted = set(names)
    for field in _fields(type(source), KEPT):
        if field.name not in wanted:
            continue
        value = getattr(source, field.attname)
        if isinstance(field, models.FileField):
            # A file is read to measure it, and may be lost: one that stays is left alone.
            if value.name != getattr(target, field.attname).name:
                setattr(target, field.attname, value.name)
        else:
            setattr(target, field.attname, value)


def write_related(source, target, names: Iterable[str]) -> None:
    """Give a stored target the source's related rows, as far as named.

    An attachment or table that was made from one of the target's changes that one, and so keeps its address.
    """
    wanted = set(names)
    for name in SETS:
        if name in wanted:
            getattr(target, name).set(getattr(source, name).all())
    if "event" in wanted:
        _write_event(event_of(source), target)
    for name in ROWS:
        if name in wanted:
            _write_rows(source, target, name)


def _write_event(theirs, target) -> None:
    mine = event_of(target)
    if theirs is None:
        if mine:
            mine.delete()
            target._state.fields_cache.pop("event", None)
        return
    if mine is None:
        mine = type(theirs)(item=target)
    for field in _fields(type(theirs), _EVENT_KEPT):
        setattr(mine, field.attname, getattr(theirs, field.attname))
    mine.save()


def _write_rows(source, target, name: str) -> None:
    mine = {row.pk: row for row in getattr(target, name).all()}
    for row in getattr(source, name).all():
        kept = mine.pop(row.original_id, None)
        if kept is None:
            row.item, row.original = target, None
            row.save()
            continue
        for field in _fields(type(row), _ROW_KEPT):
            value = getattr(row, field.attname)
            setattr(kept, field.attname, value.name if isinstance(field, models.FileField) else value)
        kept.save()
    for row in mine.values():
        row.delete()


def copy_rows(source, target, names: Collection[str] = ROWS, *, is_update: bool = True) -> None:
    """Give the target copies of the source's attachments and tables. Files are shared.

    With `is_update` they know what they were made from.
    """
    for name in names:
        for row in getattr(source, name).all():
            values = {field.attname: getattr(row, field.attname) for field in _fields(type(row), _ROW_KEPT)}
            for field in _fields(type(row), _ROW_KEPT):
                if isinstance(field, models.FileField):
                    values[field.attname] = values[field.attname].name
            type(row).objects.create(item=target, original=row if is_update else None, **values)
