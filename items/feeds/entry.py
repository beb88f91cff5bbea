"""An entry of a feed, whatever the format."""

import mimetypes
from dataclasses import dataclass, field
from datetime import datetime
from itertools import takewhile

import nh3
from django.conf import settings
from django.urls import reverse
from django.utils import timezone, translation
from django.utils.feedgenerator import Enclosure
from django.utils.formats import date_format
from django.utils.html import escape
from django.utils.translation import gettext as _

from items.drawing import Bodies
from items.models import Item
from items.models.fields import BODY_ATTRIBUTES, BODY_SCHEMES, BODY_TAGS
from items.site import Site
from items.threads import threads_of

MOST_RELATED = 10


@dataclass(frozen=True)
class File:
    """A picture or attachment: absolute address, media type, size in bytes."""

    url: str
    media_type: str
    size: int
    title: str = ""

    @property
    def enclosure(self) -> Enclosure:
        return Enclosure(self.url, str(self.size), self.media_type)


@dataclass(frozen=True)
class Entry:
    """What a feed says of an item. `urn` never changes; addresses are absolute; `content` is HTML, `summary` text."""

    urn: str
    url: str
    title: str
    summary: str
    content: str
    author: str
    language: str
    published_at: datetime
    updated_at: datetime
    tags: list[str] = field(default_factory=list)
    image: File | None = None
    attachments: list[File] = field(default_factory=list)
    original_url: str = ""
    related_urls: list[str] = field(default_factory=list)  # what came before it in its story

    @property
    def files(self) -> list[File]:
        """The picture first, then the attachments."""
        return [*([self.image] if self.image else []), *self.attachments]


def absolute(path: str) -> str:
    """A path of this site as an address for readers elsewhere."""
    return settings.SITE_URL + path


def draw(items: list[Item], *, at: datetime) -> None:
    """Draw the bodies of all items at once; without it, each costs queries of its own where it names others."""
    bodies = Bodies(items, at=at, plainly=True)
    for item in items:
        item.drawn_body = bodies.of(item)  # type: ignore[attr-defined]


def tell_stories(items: list[Item], *, at: datetime) -> None:
    """Find what came before each item in its story, for all at once; without it, an entry names nothing.

    Only what came before, so that an entry stays as it is when its story goes on.
    """
    threads = threads_of(items, at=at)
    for item in items:
        before = list(takewhile(lambda step: not step.is_current, threads.get(item.pk, [])))
        item.story = [step.item for step in before[-MOST_RELATED:]]  # type: ignore[attr-defined]


def drawn(item: Item) -> str:
    """The body with its pictures and the addresses that its links to items lead to now."""
    if not hasattr(item, "drawn_body"):
        draw([item], at=timezone.now())
    return item.drawn_body  # type: ignore[attr-defined]


def content(item: Item) -> str:
    """The whole item as HTML, links included: summary, body, and what was corrected."""
    # A body's links to this site may be relative; a feed reader has no page to relate them to.
    body = nh3.clean(
        drawn(item),
        tags=BODY_TAGS | {"img"},
        attributes=BODY_ATTRIBUTES | {"img": {"src", "alt", "width", "height"}},
        url_schemes=BODY_SCHEMES,
        link_rel=None,
        url_relative=("rewrite_with_base", absolute(item.get_absolute_url())),
    )
    summary = f"<p>{escape(item.summary)}</p>" if item.summary else ""
    return summary + body + corrections(item)


def corrections(item: Item) -> str:
    """The notes of major changes, the latest first, as HTML."""
    lines = []
    with translation.override(item.language):
        for correction in item.corrections.all():
            day = date_format(timezone.localtime(correction.at), "DATE_FORMAT")
            corrected = _("Corrected on %(day)s:") % {"day": day}
            lines.append(f"<p><strong>{escape(corrected)}</strong> ")
            lines.append(escape(correction.note).replace("\n", "<br>") + "</p>")
    return "".join(lines)


def image(item: Item) -> File | None:
    """The lead image, unless its file is lost."""
    picture = item.picture
    if picture is None or not picture.file.storage.exists(picture.file.name or ""):
        return None
    media_type = mimetypes.guess_type(picture.file.name or "")[0] or "application/octet-stream"
    return File(absolute(picture.url), media_type, picture.file.size, picture.alt(item.language))


def attachments(item: Item) -> list[File]:
    """The attached files, as downloads."""
    return [
        File(
            absolute(reverse("items:attachment", args=[item.pk, attachment.pk, attachment.name])),
            attachment.media_type,
            attachment.size,
            attachment.title,
        )
        for attachment in item.attachments.all()
    ]


def entry_of(item: Item, known: Site) -> Entry:
    """What feeds of a site say of an item; it needs its terms, attachments and corrections loaded."""
    terms = [item.type, *item.themes.all(), *item.keywords.all()]
    assert item.publish_at is not None  # what is visible has been published
    return Entry(
        urn=item.urn,
        url=absolute(item.get_absolute_url()),
        title=item.title,
        summary=item.summary,
        content=content(item),
        author=item.source.label(item.language) if item.source else known.name(item.language),
        language=item.language,
        published_at=item.publish_at,
        # Not when it was last edited: nothing comes up again in a feed reader because of a slip of the pen.
        updated_at=item.announced_at or item.publish_at,
        tags=[term.label(item.language) for term in terms],
        image=image(item),
        attachments=attachments(item),
        original_url=item.source_url,
        related_urls=[absolute(other.get_absolute_url()) for other in getattr(item, "story", [])],
    )
