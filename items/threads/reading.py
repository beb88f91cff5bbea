"""Reading threads: for any number of items two queries, and one where none of them is in a story."""

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any
from uuid import UUID

from django.utils import timezone

from items.models import Item, Relation, StoryEntry
from items.threads.words import said_of

_SHOWN = (
    "title", "slug", "language", "translation_group", "publication_date", "publish_at", "expire_at", "status",
)  # fmt: skip
"""Fields that a step needs of an item."""


@dataclass(frozen=True)
class Step:
    """An item in its thread; `ordinal` counts the updates of the same release, from 1, and is 0 for what is none.

    `after` is the translation group that it comes after, be that shown or not.
    """

    item: Item
    relation: str = ""
    ordinal: int = 0
    is_current: bool = False
    after: UUID | None = None

    @property
    def words(self) -> str:
        """What it is in its story, such as "3rd update"; in the language that is active."""
        return said_of(self.relation, self.ordinal)


class _Thread:
    """The entries of a thread, and the items that are shown for them."""

    def __init__(self, entries: Iterable[StoryEntry], versions: dict[UUID, list[Item]]):
        self.entries = {entry.pk: entry for entry in entries}
        self.versions = versions
        self._depths: dict[int | None, int] = {None: 0}
        shown = [entry for entry in self.entries.values() if versions.get(entry.group)]
        self.order = sorted(shown, key=self._place)
        self.ordinals = self._ordinals()

    def _depth(self, key: int | None) -> int:
        line = []
        while key not in self._depths:
            line.append(key)
            key = self.entries[key].after_id  # type: ignore[index]
        for number, one in enumerate(reversed(line), self._depths[key] + 1):
            self._depths[one] = number
        return self._depths[line[0]] if line else self._depths[key]

    def _place(self, entry: StoryEntry) -> tuple[Any, ...]:
        # By day, and on one day by what comes after what. The same in all languages: the earliest version counts.
        versions = self.versions[entry.group]
        moment = min((item.publish_at for item in versions if item.publish_at), default=None)
        days = [item.publication_date for item in versions if item.publication_date]
        day = min(days) if days else timezone.localdate(moment) if moment else date.max
        return day, self._depth(entry.pk), moment is None, moment.timestamp() if moment else 0, entry.pk

    def _release(self, entry: StoryEntry) -> int:
        """The entry whose updates are counted together: the last that was no update itself, nor another form."""
        while entry.relation in (Relation.UPDATES, Relation.SAME):
            entry = self.entries[entry.after_id]  # type: ignore[index]
        return entry.pk

    def _ordinals(self) -> dict[int, int]:
        seen: dict[int, int] = defaultdict(int)
        ordinals = {}
        for entry in self.order:
            if entry.relation == Relation.UPDATES:
                release = self._release(entry)
                seen[release] += 1
                ordinals[entry.pk] = seen[release]
        return ordinals

    def steps(self, *, language: str, current: Item | None = None) -> list[Step]:
        """In the order of time, each in the language where there is a version, else in the earliest made."""
        steps = []
        for entry in self.order:
            versions = self.versions[entry.group]
            item = next((one for one in versions if one.language == language), versions[0])
            is_current = current is not None and entry.group == current.translation_group
            after = self.entries[entry.after_id].group if entry.after_id else None
            steps.append(Step(item, entry.relation, self.ordinals.get(entry.pk, 0), is_current, after))
        return steps


def _read(groups: Iterable[UUID], items: Any, also: Iterable[Item] = ()) -> list[_Thread]:
    """The threads of these groups, told by these items; `also` counts whatever the items are limited to."""
    threads = StoryEntry.objects.filter(group__in=list(groups)).order_by().values("thread")
    entries = list(StoryEntry.objects.filter(thread__in=threads).order_by("pk"))
    if not entries:
        return []
    versions: dict[UUID, dict[int, Item]] = defaultdict(dict)
    wanted = items.filter(translation_group__in=[entry.group for entry in entries])
    for item in wanted.only(*_SHOWN).order_by("pk"):
        versions[item.translation_group][item.pk] = item
    for item in also:
        versions[item.translation_group].setdefault(item.pk, item)
    told = {group: list(found.values()) for group, found in versions.items()}
    by_thread: dict[UUID, list[StoryEntry]] = defaultdict(list)
    for entry in entries:
        by_thread[entry.thread].append(entry)
    return [_Thread(found, told) for found in by_thread.values()]


def threads_of(
    items: Iterable[Item], *, at: datetime, language: str = "", also: Iterable[Item] = ()
) -> dict[int, list[Step]]:
    """For each item by key the steps of its thread that readers have, itself the current one; absent where alone.

    Steps are in `language`, else in the item's own, where there is such a version. An item that readers do not have
    is in its thread only if it is among `also`.
    """
    items = list(items)
    groups = {item.translation_group for item in items}
    found: dict[int, list[Step]] = {}
    for thread in _read(groups, Item.objects.published(at), also):
        members = {entry.group for entry in thread.order}
        if len(members) > 1:
            for item in items:
                if item.translation_group in members:
                    found[item.pk] = thread.steps(language=language or item.language, current=item)
    return found


def mark(items: list[Item], *, at: datetime) -> list[Item]:
    """The items, each with its `step` in its story; None for an item that is in none."""
    groups = {item.translation_group for item in items}
    steps: dict[UUID, Step] = {}
    for thread in _read(groups, Item.objects.published(at)) if groups else []:
        if len(thread.order) > 1:
            steps |= {
                entry.group: Step(thread.versions[entry.group][0], entry.relation, thread.ordinals.get(entry.pk, 0))
                for entry in thread.order
                if entry.group in groups
            }
    for item in items:
        item.step = steps.get(item.translation_group)  # type: ignore[attr-defined]
    return items


def desk_thread(item: Item) -> list[Step]:
    """The whole thread of an item as colleagues see it, drafts and what was taken away included."""
    threads = _read([item.translation_group], Item.objects.filter(update_of=None))
    return threads[0].steps(language=item.language, current=item) if threads else []
