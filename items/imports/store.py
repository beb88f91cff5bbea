"""Items as imports see them: loaded and written for a whole file, in a number of queries that chunks keep small."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from typing import Any, TypeVar

from django.db.models.functions import Substr

from items.models import Event, ImportedEntry, Item, ItemKeyword, ItemTheme
from items.text import fingerprint, letters

CHUNK = 500
# What an import may fill of an item that exists. `updated_at` moves with it, even where only a set has grown.
FIELDS = ["type", "publication_date", "status", "publish_at", "source", "updated_at"]
SETS = ("themes", "keywords")
# Of a summary's beginning, to tell quickly which of all summaries may be the same.
_SHOWN, _COMPARED = 200, 24

Value = TypeVar("Value")


@dataclass
class Record:
    """An item with what imports have written into it: by field a value, ISO date, key or sorted list of keys.

    `themes` and `keywords` are keys. What has been added since loading is what `save` writes.
    """

    item: Item
    written: dict[str, Any] = field(default_factory=dict)
    themes: set[int] = field(default_factory=set)
    keywords: set[int] = field(default_factory=set)
    event: Event | None = None
    rows: list[ImportedEntry] = field(default_factory=list)
    new_fingerprints: list[str] = field(default_factory=list)
    new_terms: dict[str, set[int]] = field(default_factory=lambda: {name: set() for name in SETS})
    is_new_event: bool = False
    is_new: bool = False
    is_changed: bool = False

    def is_as_written(self, name: str) -> bool:
        """Whether a set holds exactly what imports have put in."""
        return getattr(self, name) == set(self.written.get(name, []))

    def grow(self, name: str, keys: set[int]) -> bool:
        """Add to a set; whether that changed it."""
        added = keys - getattr(self, name)
        getattr(self, name).update(added)
        self.new_terms[name].update(added)
        if added:
            self.written[name] = sorted(getattr(self, name))
        return bool(added)


def load(summaries: dict[str, str], language: str) -> dict[str, Record]:
    """The records of the entries that are there already, by fingerprint. `summaries` are theirs, by fingerprint.

    An entry is there when an import brought it, or when an item in this language has its text as summary.
    """
    found: dict[str, int] = {}
    for chunk in chunks(list(summaries)):
        found.update(ImportedEntry.objects.filter(fingerprint__in=chunk).values_list("fingerprint", "item_id"))
    typed = _typed_by_hand({key: text for key, text in summaries.items() if key not in found}, language)
    records = _records(sorted({*found.values(), *typed.values()}))
    for key, pk in typed.items():
        records[pk].new_fingerprints.append(key)
    return {key: records[pk] for key, pk in (found | typed).items()}


def _typed_by_hand(summaries: dict[str, str], language: str) -> dict[str, int]:
    """The items with the same summary, but for spacing and punctuation; the earliest made where there are several."""
    if not summaries:
        return {}
    starts = {_start(text) for text in summaries.values()}
    items = Item.objects.filter(language=language).exclude(summary="")
    shown = items.annotate(shown=Substr("summary", 1, _SHOWN)).values_list("pk", "shown")
    alike = sorted(pk for pk, text in shown.iterator(chunk_size=2000) if _start(text) in starts)
    found: dict[str, int] = {}
    for chunk in chunks(alike):
        for pk, text in Item.objects.filter(pk__in=chunk).order_by("pk").values_list("pk", "summary"):
            found.setdefault(fingerprint(text), pk)
    return {key: pk for key, pk in found.items() if key in summaries}


def _start(text: str) -> str:
    return letters(text[:_SHOWN])[:_COMPARED]


def _records(pks: list[int]) -> dict[int, Record]:
    records: dict[int, Record] = {}
    for chunk in chunks(pks):
        # Locked where the database can, so that an editor who saves meanwhile neither loses nor is lost.
        records.update((item.pk, Record(item)) for item in Item.objects.select_for_update().filter(pk__in=chunk))
        for pk, theme in ItemTheme.objects.filter(item__in=chunk).values_list("item_id", "theme_id"):
            records[pk].themes.add(theme)
        for pk, keyword in ItemKeyword.objects.filter(content_object__in=chunk).values_list("content_object", "tag"):
            records[pk].keywords.add(keyword)
        for event in Event.objects.filter(item__in=chunk):
            records[event.item_id].event = event
        for row in ImportedEntry.objects.filter(item__in=chunk).order_by("pk"):
            record = records[row.item_id]
            record.rows.append(row)
            for name, value in row.written.items():
                before = record.written.get(name, [])
                record.written[name] = sorted({*before, *value}) if name in SETS else value
    return records


def save(records: list[Record], progress: Callable[[int], object]) -> None:
    """Write what is new or changed. `progress` is told how many records each step has finished."""
    for chunk in chunks([record for record in records if record.is_new]):
        Item.objects.bulk_create([record.item for record in chunk])
        progress(len(chunk))
    changed = [record for record in records if record.is_changed and not record.is_new]
    for chunk in chunks(changed):
        _overwrite([record.item for record in chunk], FIELDS)
        progress(len(chunk))
    for chunk in chunks(records):
        _save_around(chunk)


def _save_around(records: list[Record]) -> None:
    """What stands around the items in other tables."""
    ItemTheme.objects.bulk_create(
        ItemTheme(item_id=record.item.pk, theme_id=key)
        for record in records
        for key in sorted(record.new_terms["themes"])
    )
    ItemKeyword.objects.bulk_create(
        ItemKeyword(content_object_id=record.item.pk, tag_id=key)
        for record in records
        for key in sorted(record.new_terms["keywords"])
    )
    for record in records:
        if record.event:
            record.event.item_id = record.item.pk
    Event.objects.bulk_create(record.event for record in records if record.event and record.is_new_event)
    known = [record for record in records if record.rows and record.rows[0].written != record.written]
    for record in known:
        record.rows[0].written = record.written
    _overwrite([record.rows[0] for record in known], ["written"])
    ImportedEntry.objects.bulk_create(
        ImportedEntry(fingerprint=key, item_id=record.item.pk, written={} if record.rows else record.written)
        for record in records
        for key in record.new_fingerprints
    )


def _overwrite(instances: list[Any], fields: list[str]) -> None:
    """Write these fields of rows that exist. An upsert: `bulk_update` takes four times as long."""
    if instances:
        type(instances[0])._default_manager.bulk_create(
            instances, update_conflicts=True, unique_fields=["pk"], update_fields=fields
        )


def chunks(values: list[Value]) -> Iterator[list[Value]]:
    """The values in lists that fit into one query."""
    return (values[start : start + CHUNK] for start in range(0, len(values), CHUNK))
