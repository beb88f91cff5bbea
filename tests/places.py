"""The public addresses and one item that can be seen at each of them, for the tests that look everywhere."""

from io import BytesIO

from django.core.files.base import ContentFile
from django.urls import reverse
from django.utils import translation
from PIL import Image

from items.models import Attachment, Country, Item
from items.tables import file_name
from tests.builders import make_event, make_image, make_table

THEME, KEYWORD = "place-theme", "place-keyword"
TITLE = "Zebras seen everywhere"


def png() -> bytes:
    """A small picture."""
    file = BytesIO()
    Image.new("RGB", (8, 6), "navy").save(file, "PNG")
    return file.getvalue()


def make_everywhere(**overrides) -> Item:
    """A featured event with all that an item can have, so that each place has something to show or to hide."""
    values = {
        "title": TITLE,
        "source": "place-source",
        "is_featured": True,
        "themes": [THEME],
        "keywords": [KEYWORD],
        "countries": [Country.objects.get_or_create(code="be")[0]],
        "body": "Zebras.\n\nMore zebras.",
        "picture": make_image("A zebra", content=png()),
        **overrides,
    }
    item = make_event(**values)
    Attachment.objects.create(item=item, title="All zebras", file=ContentFile(b"zebras", "zebras.txt"))
    make_table(item, "Year;Zebras\n2025;7\n2026;9", caption="Zebras counted")
    return item


def places(item: Item, language: str = "en") -> dict[str, str]:
    """Every public address by name, in a language; the item's own are in its language anyway."""
    attachment, table = item.attachments.get(), item.tables.get()
    with translation.override(language):
        names = ("front", "listing", "rss", "atom", "themes", "keywords", "events", "briefing", "follow")
        found = {name: reverse(f"items:{name}") for name in names}
        found |= {
            "theme": reverse("items:theme", args=[THEME]),
            "keyword": reverse("items:keyword", args=[KEYWORD]),
            "facet": reverse("items:facet", args=["theme"]),
            "month": f"{reverse('items:events')}?view=month",
            "filtered": f"{reverse('items:listing')}?theme={THEME}&language={item.language}",
            "table": reverse("items:table", args=[item.pk, table.pk, file_name(table)]),
            "attachment": reverse("items:attachment", args=[item.pk, attachment.pk, attachment.name]),
        }
    return found | {"item": item.get_absolute_url(), "image": item.picture.url}


PLACES = [
    "front", "listing", "filtered", "rss", "atom", "themes", "keywords", "theme", "keyword", "facet", "item", "image",
    "attachment", "table", "events", "month", "briefing",
]  # fmt: skip
PAGES = ["follow", *(name for name in PLACES if name not in ("rss", "atom", "image", "attachment", "table"))]
MACHINES = [
    "/robots.txt", "/healthz", "/readyz", "/.well-known/security.txt", "/sitemap.xml", "/sitemap-pages.xml",
    "/sitemap-news.xml", "/opensearch.xml", "/site.webmanifest", "/site.css", "/icon.svg", "/icon-192.png",
    "/apple-touch-icon.png", "/favicon.ico", "/share.png",
]  # fmt: skip
