"""Conditional GET: readers fetch only what they do not have, and times never go back."""

from datetime import timedelta

import pytest
from django.db import connection
from django.utils.http import parse_http_date

from items.models import Item, Theme
from tests.builders import AT, make_item

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("clock", "media")]

FEEDS = ["/news/feed.rss", "/news/feed.atom", "/fr/news/feed.atom?theme=reception"]
HOUR = timedelta(hours=1)

each = pytest.mark.parametrize("address", FEEDS)


@pytest.fixture
def item(db):
    make_item(themes=["reception"])
    return make_item(themes=["reception"])


@each
def test_what_a_reader_has_is_not_sent_again(client, item, address):
    first = client.get(address)
    etag, changed = first["ETag"], first["Last-Modified"]
    for headers in ({"if-none-match": etag}, {"if-modified-since": changed}, {"if-none-match": f'"x", {etag}'}):
        again = client.get(address, headers=headers)
        assert again.status_code == 304
        assert again.content == b""
        assert again["ETag"] == etag
        assert again["Cache-Control"] == first["Cache-Control"]
        assert not again.cookies
    assert client.get(address, headers={"if-none-match": '"other"'}).status_code == 200


@each
def test_different_feeds_have_different_tags(client, item, address):
    tags = {client.get(other)["ETag"] for other in [*FEEDS, "/nl/news/feed.rss"]}
    assert len(tags) == len(FEEDS) + 1


def edit(item):
    item.title = "Edited"
    item.save()


def unpublish(item):
    item.status = "draft"
    item.save()


def label_theme(item):
    theme = Theme.objects.get(slug="reception")
    theme.labels = {"en": "Shelter"}
    theme.save()


CHANGES = {
    "edit": edit,
    "edit in bulk": lambda item: Item.objects.filter(pk=item.pk).update(title="Edited"),
    "withdrawal": lambda item: item.withdraw(by=None, at=AT, reason="Wrong."),
    "withdrawal in bulk": lambda item: Item.objects.update(status="withdrawn", withdrawal_reason="Wrong."),
    "unpublishing": unpublish,
    "a new label": label_theme,
    "a new item": lambda item: make_item(themes=["reception"]),
}


@pytest.mark.parametrize("change", CHANGES)
@each
def test_a_change_moves_the_tag_and_the_time_on(client, clock, item, address, change):
    before = client.get(address)
    clock.now = AT + HOUR
    CHANGES[change](item)
    connection.check_constraints()  # PostgreSQL logs changes when they are committed
    clock.now = AT + 2 * HOUR
    headers = {"if-none-match": before["ETag"], "if-modified-since": before["Last-Modified"]}
    after = client.get(address, headers=headers)
    assert after.status_code == 200
    assert after["ETag"] != before["ETag"]
    assert parse_http_date(after["Last-Modified"]) >= parse_http_date(before["Last-Modified"])


@each
def test_appearing_and_expiring_are_changes_that_nobody_makes(client, clock, item, address):
    make_item(themes=["reception"], publish_at=AT + HOUR, expire_at=AT + 3 * HOUR)
    seen = []
    for hours in range(5):
        clock.now = AT + hours * HOUR
        response = client.get(address)
        seen.append((response["ETag"], parse_http_date(response["Last-Modified"])))
    tags = [tag for tag, _ in seen]
    assert tags[1] == tags[2]
    assert tags[3] == tags[4]
    assert len({tags[0], tags[1], tags[3]}) == 3
    moments = [moment for _, moment in seen]
    assert moments == sorted(moments)


@each
def test_head_gives_the_same_headers(client, item, address):
    got, head = client.get(address), client.head(address)
    assert head.content == b""
    for header in ("ETag", "Last-Modified", "Content-Type", "Cache-Control"):
        assert head[header] == got[header]
    assert client.head(address, headers={"if-none-match": got["ETag"]}).status_code == 304
