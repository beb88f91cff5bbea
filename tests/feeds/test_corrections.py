"""What moves in feeds when an item is corrected: nothing for a slip of the pen, its `updated` for a major change."""

from datetime import timedelta

import pytest
from django.db import connection

from items.models import Item
from tests.admin.forms import make_person
from tests.builders import AT, make_item
from tests.feeds.reading import FORMATS, parsed

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("clock")]
HOUR = timedelta(hours=1)


def entries(client, kind):
    """(identifier, updated) of each entry, in order."""
    feed = parsed(client.get(f"/news/feed.{kind}"))
    return list(zip(feed["ids"], feed["updated"], strict=True))


@pytest.fixture
def items():
    return [make_item(publish_at=AT - number * HOUR) for number in (3, 2, 1)]


@pytest.mark.parametrize("kind", FORMATS)
def test_a_minor_edit_moves_no_entry(client, items, kind):
    before = entries(client, kind)
    tag = client.get(f"/news/feed.{kind}")["ETag"]
    Item.objects.filter(pk=items[0].pk).update(title="A comma, moved")
    items[0].correct(by=None, at=AT)
    connection.check_constraints()  # lets the change log's triggers go off as a commit would
    assert entries(client, kind) == before
    assert "A comma, moved" in client.get(f"/news/feed.{kind}").content.decode()
    assert client.get(f"/news/feed.{kind}")["ETag"] != tag


@pytest.mark.parametrize("kind", FORMATS)
def test_a_major_change_moves_its_entry_alone_and_says_what_was_corrected(client, items, kind):
    before = dict(entries(client, kind))
    items[0].correct(by=None, at=AT, note="The figure was <18 000>.")
    after = dict(entries(client, kind))
    assert [urn for urn in after if after[urn] != before[urn]] == [items[0].urn]
    assert list(after) == list(before)
    page = client.get(f"/news/feed.{kind}").content.decode()
    assert "Corrected on 15 June 2026" in page
    assert "The figure was &lt;18 000&gt;." in page.replace("&amp;", "&")


@pytest.mark.parametrize("kind", FORMATS)
def test_an_update_moves_its_entry_only_when_it_is_major(client, items, kind):
    editor = make_person("editor", "Editor")
    Item.objects.update(source=make_item(source="iom").source)
    for item in items:
        item.themes.set(make_item(themes=["reception"]).themes.all())
    before = dict(entries(client, kind))
    items[0].prepare_update(by=editor, at=AT).approve(by=editor, at=AT)
    assert dict(entries(client, kind)) == before
    Item.objects.get(pk=items[0].pk).prepare_update(by=editor, at=AT).approve(by=editor, at=AT, note="New figures.")
    after = dict(entries(client, kind))
    assert [urn for urn in after if after[urn] != before[urn]] == [items[0].urn]


def test_the_page_shows_each_correction_with_its_date(client, items):
    items[0].correct(by=None, at=AT - HOUR, note="First <note>.")
    items[0].correct(by=None, at=AT, note="Second note.")
    page = client.get(items[0].get_absolute_url()).content.decode()
    assert page.index("Second note.") < page.index("First &lt;note&gt;.")
    assert '<time datetime="2026-06-15T14:00:00+02:00">15 June 2026</time>' in page
    assert "Corrections" not in client.get(items[1].get_absolute_url()).content.decode()
