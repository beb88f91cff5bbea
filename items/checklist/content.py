"""What the checklist looks at: an item's content, as stored or as typed and not yet saved."""

import re
from dataclasses import dataclass, field
from datetime import date
from html.parser import HTMLParser

from django.utils.datastructures import MultiValueDict
from django.utils.dateparse import parse_date

from items.checklist.together import related
from items.models import Image, Item
from items.models.fields import clean_body

_SPACE = re.compile(r"\s+")


@dataclass(frozen=True)
class Picture:
    """An image and what is said in its place; `field` is where the editor can mend it."""

    alt: str
    field: str
    is_decorative: bool = False


class Outline(HTMLParser):
    """The parts of a body that rules ask about: text, links, headings, images, explained abbreviations."""

    BLOCKS = frozenset(("p", "li", "h2", "h3", "h4", "td", "th", "dt", "dd", "blockquote", "figcaption", "br", "tr"))

    def __init__(self, html: str):
        super().__init__(convert_charrefs=True)
        self.links: list[tuple[str, str]] = []
        self.headings: list[int] = []
        self.pictures: list[Picture] = []
        self.explained: set[str] = set()
        self._parts: list[str] = []
        self._link: tuple[str, int] | None = None
        self._abbreviation: int | None = None
        self.feed(html)
        self.close()

    @property
    def text(self) -> str:
        """What is read, on one line."""
        return _SPACE.sub(" ", "".join(self._parts)).strip()

    def handle_starttag(self, tag, attrs):
        values = {name: value or "" for name, value in attrs}
        if tag in self.BLOCKS:
            self._parts.append(" ")
        if tag == "a" and "href" in values:
            self._link = values["href"], len(self._parts)
        elif tag in ("h2", "h3", "h4"):
            self.headings.append(int(tag[1]))
        elif tag == "img":
            decorative = "alt" in values and not values["alt"] and values.get("role") == "presentation"
            self.pictures.append(Picture(values.get("alt", ""), "body", decorative))
            self._parts.append(values.get("alt", "") if self._link else "")
        elif tag == "abbr" and values.get("title"):
            self._abbreviation = len(self._parts)

    def handle_endtag(self, tag):
        if tag == "a" and self._link:
            href, start = self._link
            self.links.append((_SPACE.sub(" ", "".join(self._parts[start:])).strip(), href))
            self._link = None
        elif tag == "abbr" and self._abbreviation is not None:
            self.explained.add("".join(self._parts[self._abbreviation :]).strip())
            self._abbreviation = None
        if tag in self.BLOCKS:
            self._parts.append(" ")

    def handle_data(self, data):
        self._parts.append(data)


@dataclass(frozen=True)
class Content:
    """An item's content in plain values. `is_event` where it has event details."""

    language: str
    title: str = ""
    summary: str = ""
    body: str = ""
    publication_date: date | None = None
    has_source: bool = False
    source_url: str = ""
    themes: int = 0
    keywords: int = 0
    picture: Picture | None = None
    is_event: bool = False
    place: str = ""
    online_url: str = ""
    outline: Outline = field(init=False, compare=False, repr=False)

    def __post_init__(self):
        object.__setattr__(self, "outline", Outline(self.body))

    @property
    def pictures(self) -> list[Picture]:
        """The lead image, then those of the body."""
        return [*([self.picture] if self.picture else []), *self.outline.pictures]


def _lead(image: Image | None, language: str) -> Picture | None:
    return Picture(image.alt(language), "picture", image.is_decorative) if image else None


def stored(item: Item) -> Content:
    """The content of an item, its related rows as the database has them: one query."""
    others = related(item)
    return Content(
        language=item.language,
        title=item.title,
        summary=item.summary,
        body=item.body,
        publication_date=item.publication_date,
        has_source=item.source_id is not None,
        source_url=item.source_url,
        themes=others.themes,
        keywords=others.keywords,
        picture=_lead(item.picture, item.language),
        is_event=others.is_event,
        place=others.place,
        online_url=others.online_url,
    )


def typed(data: MultiValueDict, *, item: Item | None = None) -> Content:
    """The content that a form sends, whatever else is wrong with it; `item` is what is stored of it so far."""

    def text(name: str) -> str:
        return (data.get(name) or "").strip()

    try:
        day = parse_date(text("publication_date"))
    except ValueError:
        day = None
    keywords = {word.strip().casefold() for word in text("keywords").split(",") if word.strip()}
    number = text("picture")
    picture = Image.objects.filter(pk=number).first() if number.isdecimal() and len(number) < 19 else None
    has_event = bool(text("event-0-starts_at_0")) and not data.get("event-0-DELETE")
    return Content(
        language=text("language") or (item.language if item else ""),
        title=text("title"),
        summary=text("summary"),
        body=clean_body(text("body")),
        publication_date=day,
        has_source=bool(text("source")),
        source_url=text("source_url"),
        themes=len(data.getlist("themes")),
        keywords=len(keywords),
        picture=_lead(picture, text("language")),
        is_event=has_event,
        place=text("event-0-place"),
        online_url=text("event-0-online_url"),
    )
