"""The demo newsroom: invented stories, told by date from the day they are loaded, so that they never grow old.

`stories/*.toml` hold the stories. A story has what all its versions share, a table for each language it is told in
(`[story.en]`), and perhaps an `[story.event]` and `[[story.attachments]]` whose files lie in `files/`. Times are in
days: `days` since publication (negative: still to come), `expire_days` from now, `correction_days` ago (a version's
`correction` is what readers were told then), `start` and `end` of an event as [days from now, local time], as
`moved_from` is, when it was to be at first; `cancelled` ones are. `undated`
stories show no publication date. A version's `tables` hold figures; there `{month-2}` is the month before last.
A story with a `key` may be gone on with: another comes `after` it, by [relation, key]. A version's `since_summary` is
what it says since it was translated.

Knows the models and the media library only: no request, no command line.
"""

import re
import tomllib
from collections.abc import Iterator
from datetime import datetime, time, timedelta
from pathlib import Path
from typing import Any
from uuid import uuid4

from django.core.files.base import ContentFile
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from items import images
from items.demo.glossary import load_glossary
from items.demo.site import load_site
from items.models import Attachment, Country, DataTable, Event, Image, Item, ItemType, Keyword, Source, Theme
from items.models.language import language_codes
from items.tables import take_in

HERE = Path(__file__).resolve().parent
STORIES, FILES = HERE / "stories", HERE / "files"
_MONTH = re.compile(r"\{month-([0-9]+)\}")
CREDIT = "Migration Newsroom, for this demo"


class DemoRefused(Exception):
    """The demo was not loaded, and nothing has changed. The text says why."""


def stories() -> list[dict[str, Any]]:
    """All stories as written, the oldest first."""
    found = [
        story for file in sorted(STORIES.glob("*.toml")) for story in tomllib.loads(file.read_text("utf-8"))["story"]
    ]
    return sorted(found, key=lambda story: -story["days"])


def load(*, at: datetime) -> list[Item]:
    """Put the demo into a newsroom without items, all of it or nothing; returns the items made.

    Versions in languages that the site does not have are left out, and so are themes, sources and countries that
    its vocabulary no longer has. Raises `DemoRefused` where there are items, or a type is missing.
    """
    with transaction.atomic():
        if Item.objects.exists():
            raise DemoRefused(_("The newsroom has items already; the demo is for an empty one."))
        load_glossary()
        load_site(at=at)
        told = [(story, list(_tell(story, at=at))) for story in stories()]
        _tie(told, at=at)
        return [item for _story, items in told for item in items]


def _tell(story: dict[str, Any], *, at: datetime) -> Iterator[Item]:
    """Make one item for each language a story is told in."""
    item_type = ItemType.objects.resolve([story["type"]]).get(story["type"])
    if item_type is None:
        raise DemoRefused(_("The demo needs the type “%(slug)s”.") % {"slug": story["type"]})
    source = Source.objects.resolve([story.get("source", "")]).get(story.get("source", ""))
    themes = Theme.objects.resolve(story["themes"])
    countries = Country.objects.filter(code__in=story.get("countries", []))
    keywords = _keywords(story["keywords"])
    group, picture = uuid4(), None
    for language in language_codes():
        if language not in story:
            continue
        version = story[language]
        item = Item(
            language=language,
            translation_group=group,
            type=item_type,
            source=source,
            source_url=story.get("source_url", ""),
            is_featured=story.get("featured", False),
            title=version["title"],
            summary=version["summary"],
            body=version["body"],
            **_state(story, at=at),
        )
        if picture is None and "image" in story:
            picture = _picture(story, at=at)
        item.picture = picture
        item.save()
        item.themes.set(themes.values())
        item.countries.set(countries)
        item.keywords.add(*keywords)
        if when := story.get("event"):
            _event(when, at=at, place=version.get("place", ""), item=item).save()
        _attach(story.get("attachments", []), item=item)
        _tables(version.get("tables", []), at=at, item=item)
        if note := version.get("correction"):
            item.correct(by=None, at=at - timedelta(days=story["correction_days"]), note=note)
        yield item


def _tie(told: list[tuple[dict[str, Any], list[Item]]], *, at: datetime) -> None:
    """Say what was translated from what, and let stories go on with others; then change what was changed since."""
    first = {story["key"]: items[0] for story, items in told if "key" in story and items}
    for story, items in told:
        for version in items[1:]:
            version.translates(items[0], by=None, at=at)
        if items and "after" in story and story["after"][1] in first:
            items[0].continue_story(first[story["after"][1]], story["after"][0], by=None, at=at)
        for item in items:
            if since := story[item.language].get("since_summary"):
                item.summary = since
                item.save()
                item.complete_version(by=None, at=at)


def _picture(story: dict[str, Any], *, at: datetime) -> Image:
    """The picture of a story, described in all the languages it is told in; the same file is one picture."""
    file = _file(story["image"])
    texts = {code: story[code]["image_alt"] for code in language_codes() if code in story}
    checked = images.check(file)
    if known := images.same_as(checked):
        known.texts = texts | known.texts
        images.change(known, by=None, at=at)
        return known
    return images.add(file, by=None, at=at, texts=texts, credit=CREDIT, checked=checked)


def _state(story: dict[str, Any], *, at: datetime) -> dict[str, Any]:
    """The fields that say who sees a story and when. A story not yet approved has no dates."""
    status = story.get("status", Item.Status.APPROVED)
    if status in {Item.Status.DRAFT, Item.Status.IN_REVIEW}:
        return {"status": status}
    publish_at = at - timedelta(days=story["days"])
    return {
        "status": status,
        "withdrawal_reason": story.get("reason", ""),
        "publish_at": publish_at,
        "publication_date": None if story.get("undated") else timezone.localdate(publish_at),
        "expire_at": at + timedelta(days=story["expire_days"]) if "expire_days" in story else None,
    }


def _keywords(names: list[str]) -> list[Keyword]:
    """The keywords of these names or aliases; an unknown one is proposed, as an editor's would be."""
    known = Keyword.objects.named(names)
    found: dict[int, Keyword] = {}
    for name in names:
        keyword = known.get(name.casefold()) or Keyword.objects.create(name=name)
        found[keyword.pk] = keyword
    return list(found.values())


def _event(when: dict[str, Any], *, at: datetime, place: str, item: Item) -> Event:
    """The when and where of an item, from days and local times."""

    def instant(days: int, clock: str) -> datetime:
        day = timezone.localdate(at) + timedelta(days=days)
        return timezone.make_aware(datetime.combine(day, time.fromisoformat(clock)))

    return Event(
        item=item,
        starts_at=instant(*when["start"]),
        ends_at=instant(*when["end"]) if "end" in when else None,
        all_day=when.get("all_day", False),
        place=place,
        online_url=when.get("online_url", ""),
        registration_url=when.get("registration_url", ""),
        is_cancelled=when.get("cancelled", False),
        moved_from=instant(*when["moved_from"]) if "moved_from" in when else None,
    )


def _attach(attachments: list[dict[str, Any]], *, item: Item) -> None:
    """Attach the files that have a title in the item's language."""
    for position, attachment in enumerate(attachments):
        if title := attachment["titles"].get(item.language):
            made = Attachment(
                item=item, title=title, position=position, language=_site_language(attachment.get("language", ""))
            )
            made.file.save(attachment["file"], _file(attachment["file"]), save=True)


def _tables(tables: list[dict[str, str]], *, at: datetime, item: Item) -> None:
    """Give an item the tables of its version."""
    today = timezone.localdate(at)

    def month(found: re.Match[str]) -> str:
        number = today.year * 12 + today.month - 1 - int(found[1])
        return f"{number // 12}-{number % 12 + 1:02}"

    for position, values in enumerate(tables):
        table = DataTable(item=item, position=position, **values | {"text": _MONTH.sub(month, values["text"])})
        if problems := take_in(table):
            raise DemoRefused("; ".join(map(str, problems)))
        table.save()


def _site_language(code: str) -> str:
    return code if code in language_codes() else ""


def _file(name: str) -> ContentFile:
    return ContentFile((FILES / name).read_bytes(), name=name)
