"""Feeds of any listing: which items, in which order, and what is said of each."""

from calendar import timegm
from datetime import UTC, date, datetime, timedelta

import pytest
from django.db import connection
from django.http import QueryDict

from items.listing import Listing
from items.models import Item, Keyword, Theme
from tests.builders import AT, make_item, make_term
from tests.feeds.conftest import ATOM, CONTENT
from tests.places import make_everywhere

FEEDS = ["/news/feed.rss", "/news/feed.atom"]
HOUR = timedelta(hours=1)

each = pytest.mark.parametrize("address", FEEDS)


def moment(parsed):
    return datetime.fromtimestamp(timegm(parsed), UTC)


@each
def test_the_entries_are_the_items_of_the_listing(fetch, address):
    make_item(themes=["reception"])
    english = make_item(themes=["reception"], language="en")
    make_item(themes=["reception"], language="fr", translation_group=english.translation_group)
    make_item(themes=["integration"])
    for query in ("", "theme=reception", "theme=reception&language=fr", "theme=integration&from=2027"):
        listing = Listing(QueryDict(query), language="en", at=AT)
        ids = [entry.id for entry in fetch(f"{address}?{query}").entries]
        assert sorted(ids) == sorted(item.uuid.urn for item in listing.items)


@each
def test_fifty_entries_stand_latest_visible_first(fetch, address):
    items = [make_item(publish_at=AT - n * HOUR, publication_date=date(2020, 1, 1 + n % 28)) for n in range(52)]
    assert [entry.id for entry in fetch(address).entries] == [item.uuid.urn for item in items[:50]]


@each
def test_an_entry_says_when_it_was_published_and_when_it_changed(fetch, address, clock):
    item = make_item(publish_at=AT - 3 * HOUR)
    clock.now = AT + HOUR
    item.save()
    clock.now = AT + 2 * HOUR
    feed = fetch(address)
    assert moment(feed.entries[0].published_parsed) == AT - 3 * HOUR
    assert moment(feed.entries[0].updated_parsed) == AT + HOUR
    assert moment(feed.feed.updated_parsed) == AT + HOUR


@each
def test_an_item_that_was_scheduled_changed_when_it_appeared(fetch, address, clock):
    make_item(publish_at=AT + HOUR)
    clock.now = AT + 2 * HOUR
    feed = fetch(address)
    assert moment(feed.entries[0].updated_parsed) == moment(feed.entries[0].published_parsed) == AT + HOUR
    assert moment(feed.feed.updated_parsed) == AT + HOUR


@each
def test_an_empty_feed_has_a_time_that_stays(fetch, address, clock):
    make_term(Theme, "quiet-corner")
    make_item()
    before = fetch(f"{address}?theme=quiet-corner")
    clock.now = AT + 5 * HOUR
    after = fetch(f"{address}?theme=quiet-corner")
    assert before.entries == []
    assert before.feed.updated
    assert before.response.content == after.response.content


@each
def test_a_feed_of_an_empty_newsroom_is_valid(fetch, address):
    assert fetch(address).entries == []


@each
def test_an_entry_has_categories_content_and_its_image(fetch, address):
    item = make_everywhere(summary="In short.", body="<p>At <em>length</em>, <a href='/themes/'>see</a>.</p>")
    entry = fetch(address).entries[0]
    assert [tag.term for tag in entry.tags] == ["Event", "Place theme", "place-keyword"]
    content = entry.content[0].value
    assert "In short." in content
    assert "<em>length</em>" in content
    assert 'href="http://testserver/themes/"' in content
    assert entry.link == f"http://testserver{item.get_absolute_url()}"
    assert entry.author == "Place source"
    enclosure = entry.enclosures[0]
    assert enclosure.href == f"http://testserver{item.lead_image.url}"
    assert (enclosure.type, int(enclosure.length)) == ("image/png", item.lead_image.size)


@each
def test_an_item_whose_image_file_is_lost_has_no_enclosure(fetch, address):
    item = make_everywhere()
    item.lead_image.storage.delete(item.lead_image.name)
    assert not fetch(address).entries[0].get("enclosures")


@each
def test_titles_are_escaped_once(fetch, address):
    title = 'Jobs & homes < 3 > 2 "now" &amp; <b>bold</b>'
    make_item(title=title, keywords=["this & that"], summary="1 < 2 & 3")
    feed = fetch(address)
    tag = ATOM if address.endswith("atom") else ""
    assert [element.text for element in feed.root.iter(f"{tag}title")][-1] == title
    content = next(feed.root.iter(f"{ATOM}content" if tag else f"{CONTENT}encoded")).text
    assert content.startswith("<p>1 &lt; 2 &amp; 3</p>")
    assert "this & that" in [entry.term for entry in feed.entries[0].tags]


@each
def test_control_characters_that_got_past_the_fields_break_no_feed(fetch, address):
    item = make_item(themes=["reception"], keywords=["solidarity"], source="fedasil", body="<p>x</p>")
    bad = "a\x01b\x0bc\x1f\ufffed\x7f"
    with connection.cursor() as cursor:
        cursor.execute("UPDATE items_item SET title = %s, summary = %s, body = %s", [bad, bad, f"<p>{bad}</p>"])
        cursor.execute("UPDATE items_keyword SET name = %s WHERE slug = 'solidarity'", [bad])
    Keyword.objects.filter(slug="solidarity").update(labels={})
    for table in ("items_theme", "items_itemtype", "items_source"):
        with connection.cursor() as cursor:
            cursor.execute(f"UPDATE {table} SET labels = %s", ['{"en": "x\\u0001y\\u000bz"}'])
    entry = fetch(f"{address}?theme=reception").entries[0]
    assert entry.title == "abcd"
    assert entry.id == item.uuid.urn
    assert "abcd" in entry.content[0].value
    assert "xyz" in [tag.term for tag in entry.tags]


@each
@pytest.mark.parametrize("prefix", ["", "/fr", "/nl"])
def test_a_feed_names_itself_with_its_filter(fetch, address, prefix):
    make_item(themes=["reception"], keywords=["zebras"])
    query = "theme=reception&keyword=zebras"
    feed = fetch(f"{prefix}{address}?utm=1&keyword=zebras&theme=reception&page=2")
    links = {link.rel: link.href for link in feed.feed.links}
    assert links["self"] == f"http://testserver{prefix}{address}?{query}"
    assert links["alternate"] == f"http://testserver{prefix}/news/?{query}"
    assert feed.feed.language == (prefix.strip("/") or "en")
    assert feed.feed.title.endswith("zebras")
    assert fetch(f"{prefix}{address}").feed.title != feed.feed.title


@each
def test_a_feed_in_another_language_prefers_its_items(fetch, address):
    english = make_item(language="en")
    french = make_item(language="fr", translation_group=english.translation_group)
    assert [entry.id for entry in fetch(f"/fr{address}").entries] == [french.uuid.urn]
    assert fetch(f"/fr{address}").entries[0].link == f"http://testserver{french.get_absolute_url()}"


@each
def test_feeds_have_their_own_media_type(fetch, address):
    kind = address.rpartition(".")[2]
    assert fetch(address).response["Content-Type"] == f"application/{kind}+xml; charset=utf-8"


@each
@pytest.mark.parametrize(
    "query",
    [
        "theme=none",
        "theme=reception&theme=none",
        "from=2023-02-30",
        "from=2024&to=2023",
        "sort=x",
        "year=23",
        "country=zz",
    ],
)
def test_a_question_that_is_not_understood_has_no_feed(client, clock, db, address, query):
    make_item(themes=["reception"])
    assert client.get(f"{address}?theme=reception").status_code == 200
    assert client.get(f"{address}?{query}").status_code == 404


@each
def test_a_feed_is_the_same_bytes_as_long_as_nothing_changes(fetch, address, clock):
    make_everywhere()
    first = fetch(address).response.content
    clock.now = AT + timedelta(days=30)
    assert fetch(address).response.content == first


@each
def test_identifiers_outlive_every_change(fetch, address, clock):
    item = make_item()
    before = fetch(address).entries[0].id
    item.title, item.slug, item.language = "Other", "other", "fr"
    item.save()
    assert fetch(address).entries[0].id == before == f"urn:uuid:{item.uuid}"
    assert Item.objects.get().uuid == item.uuid
