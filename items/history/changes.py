"""What two versions of an item say differently, in the order of the form and in people's words."""

from collections.abc import Iterable
from dataclasses import dataclass
from functools import cache
from pathlib import PurePath
from typing import Any

from django.db import models
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.html import conditional_escape
from django.utils.text import capfirst
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from items.dates import zone
from items.history.words import Line, compare_html, compare_text
from items.models import Attachment, DataTable, Event, Item
from items.models.item.history import ROWS, SETS, plain, without_keys

ORDER = [
    "language", "type", "title", "summary", "body", *SETS, "source", "source_url", "duplicate_reason",
    "publication_date", "event", "tables", "attachments", "picture", "status",
    "publish_at", "expire_at", "withdrawal_reason", "replaced_by", "is_featured", "slug",
]  # fmt: skip
"""The form's order. What it does not name comes last."""
LEFT = {"id", "revision", "title_is_derived", "translation_group", "update_of"}
"""Tracked fields that are shown to nobody, or under another name."""
_TEXTS = ("title", "summary", "withdrawal_reason", "duplicate_reason")
_RELATED = {"event": Event, "attachments": Attachment, "tables": DataTable}
TRANSLATIONS = "translation_group"


@dataclass(frozen=True)
class Change:
    """A part that differs. Texts have `lines`, word by word; other parts are just `before` and `after`."""

    name: str
    label: str
    before: str = ""
    after: str = ""
    lines: tuple[Line, ...] = ()


def _fields() -> dict[str, models.Field]:
    return {field.name: field for field in Item.history.model.tracked_fields if field.name not in LEFT}


def _names() -> list[str]:
    known = [*_fields(), *SETS, *_RELATED]
    return sorted(known, key=lambda name: ORDER.index(name) if name in ORDER else len(ORDER))


def label(name: str) -> str:
    """What a part of an item is called."""
    if name in _RELATED:
        return capfirst(str(_RELATED[name]._meta.verbose_name_plural))
    return capfirst(str(Item._meta.get_field(name).verbose_name))  # type: ignore[union-attr]


def _is_same(name: str, one, other) -> bool:
    if name in SETS:
        return _keys(one, name) == _keys(other, name)
    if name in ROWS:
        return without_keys(one.related, name) == without_keys(other.related, name)
    if name in _RELATED:
        return one.related.get(name) == other.related.get(name)
    field: Any = _fields()[name]
    return plain(field, getattr(one, field.attname)) == plain(field, getattr(other, field.attname))


def _keys(version, name: str) -> list[int]:
    return sorted(key for key, _name in version.related.get(name) or [])


def differing(one, other) -> list[str]:
    """The names of the parts that two versions say differently."""
    return [name for name in _names() if not _is_same(name, one, other)]


def names_of_changes(before, after) -> list[str]:
    """What changed between two versions, in a word for each part."""
    found = [label(name) for name in differing(before, after)]
    if before.translation_group != after.translation_group:
        found.append(_("Translations"))
    return found


def changes(before, after) -> list[Change]:
    """All that two versions say differently."""
    words = _Words([before, after])
    found = [_change(name, before, after, words) for name in differing(before, after)]
    if before.translation_group != after.translation_group:
        found.append(Change(TRANSLATIONS, _("Translations"), "", _("tied to other items")))
    return found


def _change(name: str, before, after, words: "_Words") -> Change:
    if name == "body":
        lines = compare_html(before.body, after.body)
        if not lines:
            return Change(name, label(name), "", _("Only the formatting has changed."))
    elif name in _TEXTS:
        lines = compare_text(getattr(before, name), getattr(after, name))
    elif name in SETS:
        lines = _members(before, after, name)
    elif name == "attachments":
        lines = compare_text(words.attachments(before), words.attachments(after))
    elif name == "tables":
        lines = compare_text(words.tables(before), words.tables(after))
    elif name == "event":
        lines = compare_text(words.event(before), words.event(after))
    else:
        return Change(name, label(name), words.of(before, name), words.of(after, name))
    return Change(name, label(name), lines=tuple(lines))


def _members(before, after, name: str) -> list[Line]:
    """Terms, one a line: those that both have, those that went, those that came."""
    one, two = (dict(version.related.get(name) or []) for version in (before, after))
    text_before = "\n".join(one.values())
    # A renamed term has one name, today's, on both sides.
    merged = {**{key: one[key] for key in one if key in two}, **{key: two[key] for key in two if key not in one}}
    lines = compare_text(text_before, "\n".join(sorted(merged.values(), key=str.casefold)))
    return lines or [Line(conditional_escape(text_before), conditional_escape(text_before))]


class _Words:
    """Values of versions in people's words. Rows that they refer to are asked for once."""

    def __init__(self, versions: Iterable[Any]):
        self.versions = list(versions)
        self.rows = cache(self._rows)

    def _rows(self, field: models.ForeignKey) -> dict[int, Any]:
        keys = {getattr(version, field.attname) for version in self.versions} - {None}
        return field.remote_field.model._default_manager.in_bulk(list(keys))

    def of(self, version, name: str) -> str:
        field: Any = _fields()[name]
        value = getattr(version, field.attname)
        if isinstance(field, models.ForeignKey):
            if value is None:
                return ""
            return str(self.rows(field).get(value) or _("no longer there (number %d)") % value)
        return in_words(field, value)

    def event(self, version) -> str:
        values = version.related.get("event")
        if not values:
            return ""
        fields = [field for field in Event._meta.concrete_fields if field.name in values]
        said = [(field, in_words(field, field.to_python(values[field.name]))) for field in fields]
        return "\n".join(f"{capfirst(str(field.verbose_name))}: {words}" for field, words in said if words)

    def attachments(self, version) -> str:
        language: Any = Attachment._meta.get_field("language")
        return "\n".join(
            ", ".join(filter(None, [row["title"], PurePath(row["file"]).name, in_words(language, row["language"])]))
            for row in version.related.get("attachments") or []
        )

    def tables(self, version) -> str:
        fields = [f for f in DataTable._meta.concrete_fields if f.name not in ("caption", "text", "data", "position")]
        said = []
        for row in version.related.get("tables") or []:
            rest = [(field, in_words(field, row[field.name])) for field in fields if field.name in row]
            lines = [f"{capfirst(str(field.verbose_name))}: {words}" for field, words in rest if words]
            said.append("\n".join([row["caption"], *lines, row["text"]]))
        return "\n".join(said)


_YES, _NO = gettext_lazy("yes"), gettext_lazy("no")


def in_words(field: models.Field, value: Any) -> str:
    """A value of a field as people read it."""
    if value is None or value == "":
        return ""
    if field.choices:
        return str(dict(field.flatchoices).get(value, value))
    if isinstance(value, bool):
        return str(_YES if value else _NO)
    if isinstance(field, models.DateTimeField):
        there = timezone.localtime(value)
        return f"{date_format(there, 'j F Y, H:i')} {zone(there)}"
    if isinstance(field, models.DateField):
        return date_format(value, "j F Y")
    if isinstance(field, models.FileField):
        return PurePath(str(value)).name
    return str(value)
