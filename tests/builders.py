"""Builders of test data: each takes overrides and invents the rest. Vocabulary comes from the migrations."""

from datetime import UTC, date, datetime, timedelta
from io import BytesIO
from itertools import count

from django.core.files.base import ContentFile
from django.utils.text import slugify
from PIL import Image as Pillow

from items import images, tables
from items.models import DataTable, Event, Image, Item, ItemType, Keyword, Page, PageText, Source, Theme

AT = datetime(2026, 6, 15, 12, 0, tzinfo=UTC)
"""The instant at which tests look, unless they say otherwise."""

_number = count(1)


def count_anew():
    """Give the next test the numbers, and so the titles and dates, that it would have alone."""
    global _number
    _number = count(1)


def make_term(model, slug, **overrides):
    """The term of a vocabulary model with this slug, made when absent."""
    labels = overrides.pop("labels", {"en": slug.replace("-", " ").capitalize()})
    return model.objects.get_or_create(slug=slug, defaults={"labels": labels, **overrides})[0]


def make_keyword(name, **overrides):
    """The keyword of this name, made when absent."""
    return Keyword.objects.get_or_create(name=name, defaults={"slug": slugify(name), **overrides})[0]


def make_item(*, themes=(), keywords=(), countries=(), type="news-item", source=None, **overrides):
    """A published item; themes, type and source by slug or object, keywords by name."""
    number = next(_number)
    values = {
        "title": f"Item {number}",
        "summary": f"What item {number} says.",
        "publication_date": date(2026, 5, 1) + timedelta(days=number % 28),
        "status": Item.Status.APPROVED,
        "publish_at": AT - timedelta(days=1),
        "type": make_term(ItemType, type) if isinstance(type, str) else type,
        "source": make_term(Source, source) if isinstance(source, str) else source,
        **overrides,
    }
    item = Item.objects.create(**values)
    item.themes.set(make_term(Theme, theme) if isinstance(theme, str) else theme for theme in themes)
    item.keywords.add(*(make_keyword(keyword) if isinstance(keyword, str) else keyword for keyword in keywords))
    item.countries.set(countries)
    return item


def make_event(*, starts_at=AT + timedelta(days=10), ends_at=None, all_day=False, place="Brussels", **overrides):
    """A published event item."""
    item = make_item(**{"type": "event", **overrides})
    Event.objects.create(item=item, starts_at=starts_at, ends_at=ends_at, all_day=all_day, place=place)
    return item


def make_table(item, text="Month;Applications\n2026-01;3 120\n2026-02;2 940", **overrides) -> DataTable:
    """A stored table of an item."""
    table = DataTable(item=item, text=text, **{"caption": "Applications", **overrides})
    assert tables.take_in(table) == []
    table.save()
    return table


def picture_bytes(format="PNG", size=(40, 30), mode="RGB", color=0, **options) -> bytes:
    """The bytes of a picture."""
    out = BytesIO()
    Pillow.new(mode, size, color).save(out, format, **options)
    return out.getvalue()


def make_image(alt="A house", *, content=None, name="house.png", language="en", by=None, **overrides) -> Image:
    """A picture of the library, each of its own colour. Needs the fixture `media`."""
    content = content or picture_bytes(color=(next(_number) % 256, next(_number) % 256, 9))
    values = {"texts": {language: alt} if alt else {}, "at": AT, **overrides}
    return images.add(ContentFile(content, name=name), by=by, **values)


def make_page(*, kind="about", body="<p>Some words.</p>", is_published=True, is_in_footer=True, position=0, **titles):
    """A standing page: a title for each language, or one in English."""
    page = Page.objects.create(kind=kind, is_published=is_published, is_in_footer=is_in_footer, position=position)
    for language, title in (titles or {"en": "About us"}).items():
        PageText.objects.create(page=page, language=language, title=title, body=body)
    return page
