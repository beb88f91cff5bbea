"""From the entries of a listing to items: made, completed or left alone, and a report of it.

Nothing is erased or overwritten. A field is filled when it is empty and no import has filled it before, since then
an editor has emptied it; a set grows while it is as imports wrote it. Hence a second run changes nothing.
"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import date, datetime, time
from typing import Any, Literal

from django.db import transaction
from django.utils import timezone
from django.utils.text import slugify
from django.utils.translation import gettext as _

from items.imports import store
from items.imports.parse import Entry
from items.imports.proposals import propose
from items.imports.store import Record
from items.imports.terms import Terms
from items.imports.title import derive_title
from items.models import Event, Item, ItemType, Keyword, Source, Theme
from items.text import fingerprint, letters

LONGEST_SUMMARY = 20_000

ResultName = Literal["created", "updated", "unchanged", "rejected"]


class ImportsError(Exception):
    """An import that cannot be done at all; the message says why."""


@dataclass(frozen=True)
class Outcome:
    """What became of one entry. Terms are those it names: themes and type by slug, keywords by name.

    `id` is None for what was rejected, and in a dry run for what would be made.
    """

    line: int
    result: ResultName
    id: int | None
    publication_date: date | None
    summary: str
    themes: tuple[str, ...]
    type: str | None
    keywords: tuple[str, ...]
    when: date | str | None
    problems: tuple[str, ...]


@dataclass(frozen=True)
class Result:
    """What became of all entries, in the listing's order."""

    outcomes: tuple[Outcome, ...]

    def count(self, result: ResultName) -> int:
        """How many entries ended so."""
        return sum(outcome.result == result for outcome in self.outcomes)


def reconcile(
    entries: Sequence[Entry],
    *,
    language: str,
    at: datetime,
    publish: bool = False,
    source: Source | None = None,
    dry_run: bool = False,
    progress: Callable[[int], object] = lambda done: None,
) -> Result:
    """Bring entries in, all in one transaction; a dry run takes it back. Raises ImportsError before writing anything.

    With `publish`, what is made is visible from `at`; so is a draft that an earlier import made and nobody touched.
    `progress` is called with numbers of entries done, which add up to at most all of them.
    """
    with transaction.atomic():
        result = _Reconciler(language=language, at=at, publish=publish, source=source).run(entries, dry_run, progress)
        if dry_run:
            transaction.set_rollback(True)
    return result


@dataclass(frozen=True)
class _Meant:
    """An entry with terms in place of names."""

    themes: tuple[Theme, ...]
    type: ItemType | None
    keywords: tuple[Keyword, ...]


class _Reconciler:
    """One run over one listing."""

    def __init__(self, *, language: str, at: datetime, publish: bool, source: Source | None):
        self.language, self.at, self.publish, self.source = language, at, publish, source
        self.themes, self.types = Terms(Theme), Terms(ItemType)
        any_type = min(self.types.by_pk.values(), key=lambda term: (term.parent_id is not None, term.pk), default=None)
        if any_type is None:
            raise ImportsError(_("The newsroom has no types yet; add one first."))
        self.news_type = self.types.by_slug.get("news-item", any_type)
        self.event_type = self.types.by_slug.get("event", self.news_type)
        self.keywords: dict[str, Keyword] = {}

    def run(self, entries: Sequence[Entry], dry_run: bool, progress: Callable[[int], object]) -> Result:
        keys = [fingerprint(entry.summary) for entry in entries]
        good = {key: entry.summary for key, entry in zip(keys, entries, strict=True) if not _why_not(entry)}
        records = store.load(good, self.language)
        self.keywords = Keyword.objects.named(name for entry in entries for name in entry.keywords)
        self.keywords |= propose(
            name
            for key, entry in zip(keys, entries, strict=True)
            if key in good and (key not in records or records[key].is_as_written("keywords"))
            for name in entry.keywords
            if name.casefold() not in self.keywords
        )
        drafts = [self._take(entry, key, records) for key, entry in zip(keys, entries, strict=True)]
        # Newest first in a listing; of items that become visible together, the one with the highest key comes first.
        unique = {id(record): record for record in reversed(records.values())}
        store.save(list(unique.values()), progress)
        return Result(tuple(self._outcome(*draft, dry_run=dry_run) for draft in drafts))

    def _take(self, entry: Entry, key: str, records: dict[str, Record]) -> tuple[Any, ...]:
        """Bring one entry into the records; what to report of it."""
        problems = list(entry.problems)
        meant = self._meant(entry, problems)
        if reason := _why_not(entry):
            return entry, None, "rejected", meant, [reason, *problems]
        record = records.get(key)
        if is_new := record is None:
            record = records[key] = self._new(entry, key)
        is_changed = self._complete(record, entry, meant, problems)
        record.is_changed |= is_changed
        return entry, record, "created" if is_new else "updated" if is_changed else "unchanged", meant, problems

    def _meant(self, entry: Entry, problems: list[str]) -> _Meant:
        item_type = self.types.named(entry.type) if entry.type else None
        if entry.type and item_type is None:
            problems.append(_('There is no type "%s"; it was left off.') % entry.type)
        themes: dict[int, Theme] = {}
        for name in entry.themes:
            if theme := self.themes.named(name):
                themes[theme.pk] = theme
            elif as_type := self.types.named(name):
                item_type = item_type or as_type
                problems.append(_('"%s" is a type, not a theme.') % name)
            else:
                problems.append(_('There is no theme "%s"; it was left off.') % name)
        known = (self.keywords.get(name.casefold()) for name in entry.keywords)
        keywords = {keyword.pk: keyword for keyword in known if keyword}
        return _Meant(tuple(themes.values()), item_type, tuple(keywords.values()))

    def _new(self, entry: Entry, key: str) -> Record:
        title = derive_title(entry.summary)
        status = Item.Status.APPROVED if self.publish else Item.Status.DRAFT
        item = Item(
            language=self.language,
            type=self.news_type,
            title=title,
            title_is_derived=True,
            slug=slugify(title)[:80].strip("-") or "item",
            summary=entry.summary,
            status=status,
            publish_at=self.at if self.publish else None,
        )
        written = {"type": item.type_id, "type_is_assumed": True, "status": str(status)}
        return Record(item, written, new_fingerprints=[key], is_new=True)

    def _complete(self, record: Record, entry: Entry, meant: _Meant, problems: list[str]) -> bool:
        """Fill what is empty, tell what differs; whether anything changed."""
        if record.item.language != self.language:
            problems.append(_('The item stands in the language "%s".') % record.item.language)
        return any(
            [
                self._complete_date(record, entry, problems),
                self._complete_when(record, entry, problems),
                self._complete_type(record, entry, meant, problems),
                self._complete_set(record, "themes", {theme.pk for theme in meant.themes}, problems),
                self._complete_set(record, "keywords", {keyword.pk for keyword in meant.keywords}, problems),
                self._complete_source(record),
                self._complete_status(record, problems),
            ]
        )

    def _complete_date(self, record: Record, entry: Entry, problems: list[str]) -> bool:
        theirs, item = entry.publication_date, record.item
        if theirs is None or item.publication_date == theirs:
            return False
        if item.publication_date or "publication_date" in record.written:
            problems.append(_differs(_("publication date"), theirs, item.publication_date))
            return False
        item.publication_date = theirs
        record.written["publication_date"] = theirs.isoformat()
        return True

    def _complete_when(self, record: Record, entry: Entry, problems: list[str]) -> bool:
        if entry.when is None:
            return False
        zone = timezone.get_default_timezone()
        ours = timezone.localdate(record.event.starts_at, zone) if record.event else None
        if ours == entry.when:
            return False
        if record.event or "when" in record.written:
            problems.append(_differs(_("date of the event"), entry.when, ours))
            return False
        record.event = Event(starts_at=datetime.combine(entry.when, time.min, zone), all_day=True)
        record.is_new_event = True
        record.written["when"] = entry.when.isoformat()
        return True

    def _complete_type(self, record: Record, entry: Entry, meant: _Meant, problems: list[str]) -> bool:
        """A type that was only assumed gives way to a printed one, and news to an event."""
        written, item = record.written, record.item
        is_assumed = written.get("type_is_assumed", False) and item.type_id == written["type"]
        theirs = meant.type
        if theirs is None and is_assumed and entry.when_text and item.type_id == self.news_type.pk:
            theirs = self.event_type
        if theirs is None:
            return False
        is_other = theirs.pk != item.type_id
        if is_assumed:
            item.type = theirs
            written.update(type=theirs.pk, type_is_assumed=meant.type is None)
        elif is_other:
            problems.append(_differs(_("type"), theirs, self.types.by_pk[item.type_id]))
        return is_assumed and is_other

    def _complete_set(self, record: Record, name: str, theirs: set[int], problems: list[str]) -> bool:
        if record.is_as_written(name):
            return record.grow(name, theirs)
        if theirs - getattr(record, name):
            what = {"themes": _("themes"), "keywords": _("keywords")}[name]
            problems.append(_("The newsroom has edited the item's %s; they stay as they are.") % what)
        return False

    def _complete_source(self, record: Record) -> bool:
        if self.source is None or record.item.source_id or "source" in record.written:
            return False
        record.item.source = self.source
        record.written["source"] = self.source.pk
        return True

    def _complete_status(self, record: Record, problems: list[str]) -> bool:
        """Publish a draft that an import made, unless an editor has decided anything about when it is visible."""
        item = record.item
        is_untouched = item.status == record.written.get("status") == Item.Status.DRAFT and not item.publish_at
        if not self.publish or not is_untouched:
            return False
        if item.expire_at:
            problems.append(_("The draft has a date of expiry, so it was left for an editor to publish."))
            return False
        item.status, item.publish_at = Item.Status.APPROVED, self.at
        record.written["status"] = str(Item.Status.APPROVED)
        return True

    def _outcome(
        self,
        entry: Entry,
        record: Record | None,
        result: ResultName,
        meant: _Meant,
        problems: list[str],
        *,
        dry_run: bool,
    ) -> Outcome:
        item_type = self.types.by_pk[record.item.type_id] if record else meant.type
        return Outcome(
            line=entry.line,
            result=result,
            id=None if record is None or (dry_run and record.is_new) else record.item.pk,
            publication_date=entry.publication_date,
            summary=entry.summary,
            themes=tuple(theme.slug for theme in meant.themes),
            type=item_type.slug if item_type else None,
            keywords=tuple(keyword.name for keyword in meant.keywords),
            when=entry.when or entry.when_text or None,
            problems=tuple(problems),
        )


def _why_not(entry: Entry) -> str:
    """Why an entry cannot become an item; empty when it can."""
    if not letters(entry.summary):
        return _("There is no summary.")
    if len(entry.summary) > LONGEST_SUMMARY:
        return _("The summary is longer than %d characters.") % LONGEST_SUMMARY
    return ""


def _differs(what: str, theirs: object, ours: object) -> str:
    words = {"what": what, "theirs": theirs, "ours": ours if ours is not None else _("empty")}
    return _("The %(what)s differs: the listing has %(theirs)s, the item keeps %(ours)s.") % words
