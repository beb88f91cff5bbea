"""A body as readers get it: with the pictures it names, and links to items at the addresses they have now.

A body is stored with `<figure data-image="12"><figcaption>…</figcaption></figure>` and `<a data-item="34" href="…">`.
What the numbers stand for is looked up for all bodies of a page at once: one query for the pictures, one for the
items, and none where no body names any. A link to what readers cannot read is drawn as its text alone, and so is a
lost figure.
"""

import re
from collections.abc import Iterable
from datetime import datetime
from typing import Any

from django.conf import settings
from django.template.loader import render_to_string
from django.utils.html import escape, format_html

from items import glossary
from items.images.renditions import MEDIA_TYPES
from items.models import Image, Item
from items.models.image import Rendition, images_in

SIZES = "(min-width: 60rem) 44rem, 100vw"
"""How wide a picture stands in a text."""
_ATTRIBUTES = r'((?:\s+[a-z-]+="[^"]*")*)'
_FIGURE = re.compile(rf"<figure{_ATTRIBUTES}\s*>(.*?)</figure>", re.DOTALL)
_LINK = re.compile(rf"<a{_ATTRIBUTES}\s*>(.*?)</a>", re.DOTALL)
_IMAGE_NUMBER = re.compile(r'\sdata-image="([0-9]{1,18})"')
_ITEM_NUMBER = re.compile(r'\sdata-item="([0-9]{1,18})"')
_CAPTION = re.compile(r"<figcaption[^>]*>.*?</figcaption>", re.DOTALL)
_HREF = re.compile(r'\shref="[^"]*"')


def items_in(body: str) -> set[int]:
    """The numbers of the items that a sanitised body links to."""
    return {int(number) for number in _ITEM_NUMBER.findall(body)} if "data-item" in body else set()


def _srcset(image: Image, renditions: list[Rendition]) -> str:
    return ", ".join(f"{settings.MEDIA_URL}{image.rendition_path(r.name)} {r.width}w" for r in renditions)


def picture(image: Image, language: str, *, shape: str = "whole", sizes: str = SIZES, css: str = "") -> dict[str, Any]:
    """What `items/_picture.html` needs to draw a picture with all renditions there are; none is waited for."""
    made = sorted((r for r in image.made if r.shape == shape), key=lambda r: r.width)
    sources = []
    for format in ("avif", "webp"):
        if found := [r for r in made if r.format == format]:
            sources.append({"type": MEDIA_TYPES[format], "srcset": _srcset(image, found)})
    fallback = next((r for r in made if r.format in ("jpg", "png")), None)
    size = fallback or (made[-1] if made else None)
    return {
        "sources": sources,
        "sizes": sizes,
        "src": settings.MEDIA_URL + image.rendition_path(fallback.name) if fallback else image.url,
        "alt": image.alt(language),
        "width": size.width if size else image.width,
        "height": size.height if size else image.height,
        "css": css,
    }


def _picture_html(image: Image, language: str, *, plainly: bool) -> str:
    if plainly:
        return format_html(
            '<img src="{}" alt="{}" width="{}" height="{}">', image.url, image.alt(language), image.width, image.height
        )
    return render_to_string("items/_picture.html", picture(image, language) | {"is_lazy": True})


class Bodies:
    """The bodies of some items, drawn. `plainly`: pictures as one `<img>` each, for programs and feed readers."""

    def __init__(self, items: Iterable[Item], *, at: datetime, plainly: bool = False):
        self.plainly = plainly
        items = list(items)
        pictures = set().union(*(images_in(item.body) for item in items))
        links = set().union(*(items_in(item.body) for item in items))
        self._images = Image.objects.in_bulk(pictures) if pictures else {}
        known = Item.objects.readable(at).only("pk", "slug", "language") if links else None
        self._items = known.in_bulk(links) if known is not None else {}

    def of(self, item: Item) -> str:
        """The body of one of the items, as HTML that may be printed as it stands."""
        body = item.body
        if "data-item" in body:
            body = _LINK.sub(self._link, body)
        if "data-image" in body:
            body = _FIGURE.sub(lambda found: self._figure(found, item.language), body)
        return body

    def with_terms(self, item: Item) -> glossary.Linked:
        """The body of one of the items for its page: the first mention of each term of the glossary is a link."""
        body = self.of(item)
        return glossary.linker(item.language).link(body) if body else glossary.Linked(body)

    def _link(self, found: re.Match[str]) -> str:
        attributes, words = found.groups()
        number = _ITEM_NUMBER.search(attributes)
        if number is None:
            return found[0]
        item = self._items.get(int(number[1]))
        if item is None:
            return words
        rest = _HREF.sub("", _ITEM_NUMBER.sub("", attributes))
        return f'<a href="{escape(item.get_absolute_url())}"{rest}>{words}</a>'

    def _figure(self, found: re.Match[str], language: str) -> str:
        attributes, inner = found.groups()
        number = _IMAGE_NUMBER.search(attributes)
        if number is None:
            return found[0]
        image = self._images.get(int(number[1]))
        if image is None:
            return ""
        caption = _CAPTION.search(inner)
        words = caption[0] if caption else ""
        if image.credit:
            credit = format_html('<span class="figure-credit">{}</span>', image.credit)
            words = (words or "<figcaption></figcaption>").replace("</figcaption>", f" {credit}</figcaption>")
        rest = _IMAGE_NUMBER.sub("", attributes)
        return f"<figure{rest}>{_picture_html(image, language, plainly=self.plainly)}{words}</figure>"
