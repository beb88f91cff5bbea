"""An entry of a feed, whatever the format."""

import mimetypes
from dataclasses import dataclass, field
from datetime import datetime

import nh3
from django.conf import settings
from django.urls import reverse
from django.utils.feedgenerator import Enclosure
from django.utils.html import escape

from items.models import Item
from items.models.fields import BODY_ATTRIBUTES, BODY_SCHEMES, BODY_TAGS


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

    @property
    def files(self) -> list[File]:
        """The picture first, then the attachments."""
        return [*([self.image] if self.image else []), *self.attachments]


def absolute(path: str) -> str:
    """A path of this site as an address for readers elsewhere."""
    return settings.SITE_URL + path


def content(item: Item) -> str:
    """The whole item as HTML, links included: summary, then body."""
    # A body's links to this site may be relative; a feed reader has no page to relate them to.
    body = nh3.clean(
        item.body,
        tags=BODY_TAGS,
        attributes=BODY_ATTRIBUTES,
        url_schemes=BODY_SCHEMES,
        link_rel=None,
        url_relative=("rewrite_with_base", absolute(item.get_absolute_url())),
    )
    summary = f"<p>{escape(item.summary)}</p>" if item.summary else ""
    return summary + body


def image(item: Item) -> File | None:
    """The lead image, unless its file is lost."""
    stored = item.lead_image
    if not stored.name or not stored.storage.exists(stored.name):
        return None
    media_type = mimetypes.guess_type(stored.name)[0] or "application/octet-stream"
    return File(absolute(stored.url), media_type, stored.size, item.lead_image_alt)


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


def entry_of(item: Item) -> Entry:
    """What feeds say of an item; it needs its terms and attachments loaded."""
    terms = [item.type, *item.themes.all(), *item.keywords.all()]
    assert item.publish_at is not None  # what is visible has been published
    return Entry(
        urn=item.urn,
        url=absolute(item.get_absolute_url()),
        title=item.title,
        summary=item.summary,
        content=content(item),
        author=item.source.label(item.language) if item.source else settings.SITE_NAME,
        language=item.language,
        published_at=item.publish_at,
        updated_at=max(item.updated_at, item.publish_at),
        tags=[term.label(item.language) for term in terms],
        image=image(item),
        attachments=attachments(item),
        original_url=item.source_url,
    )
