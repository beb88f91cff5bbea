"""RSS, Atom and JSON Feed: the same entries in each, and what every reader needs to keep up."""

from datetime import timedelta

import pytest
from django.core.files.base import ContentFile
from django.db import connection

from items.models import Attachment, Item, Source, Theme
from tests.builders import AT, make_image, make_item, make_keyword, make_term
from tests.feeds.reading import FORMATS, TYPES, address, pages, parsed
from tests.feeds.strict import CHECKS

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("clock", "media")]

HOUR = timedelta(hours=1)


def each_format(test):
    return pytest.mark.parametrize("kind", FORMATS)(test)


def make_many(count, **overrides):
    """Items an hour apart, the latest first."""
    return [make_item(publish_at=AT - HOUR * (n + 1), **overrides) for n in range(count)]


@each_format
def test_a_feed_holds_the_latest_items_by_their_permanent_identifiers(client, kind):
    items = make_many(3)
    feed = parsed(client.get(f"/news/feed.{kind}"))
    assert feed["ids"] == [item.uuid.urn for item in items]


@each_format
def test_a_feed_has_its_own_media_type_and_no_cookie(client, kind):
    response = client.get(f"/news/feed.{kind}")
    assert response["Content-Type"] == f"{TYPES[kind]}; charset=utf-8"
    assert not response.cookies
    assert "cookie" not in response.get("Vary", "").lower()


@each_format
def test_a_feed_keeps_to_its_specification(client, kind):
    item = make_item(
        title="Q&A: is 5 < 6?", summary="5 < 6 & 7 > 6", body='<p>See <a href="/news/">the "list"</a></p>',
        source="iom", source_url="https://iom.int/news?a=1&b=2", themes=["reception"], keywords=["solidarity"],
        picture=make_image("A"),
    )  # fmt: skip
    Attachment.objects.create(item=item, title="The text", file=ContentFile(b"text", "t.pdf"))
    make_many(2, summary="", body="")
    CHECKS[kind](client.get(f"/news/feed.{kind}").content)
    CHECKS[kind](client.get(f"/news/feed.{kind}?theme=reception").content)


@each_format
def test_titles_are_escaped_once(client, kind):
    make_item(title="Q&A: is 5 < 6?")
    titles = parsed(client.get(f"/news/feed.{kind}"))["titles"]
    assert [title.replace("&amp;", "&").replace("&lt;", "<") for title in titles] == ["Q&A: is 5 < 6?"]
    assert b"&amp;amp;" not in client.get(f"/news/feed.{kind}").content


@each_format
def test_a_control_character_that_came_past_the_fields_breaks_nothing(client, kind):
    item = make_item(source="iom")
    with connection.cursor() as cursor:
        cursor.execute("UPDATE items_item SET title = %s WHERE id = %s", ["Bell\x07 and\x0b tab", item.pk])
        cursor.execute("UPDATE items_item SET body = %s WHERE id = %s", ["<p>Bell\x07</p>", item.pk])
    Source.objects.update(labels={"en": "I\x01OM"})
    assert parsed(client.get(f"/news/feed.{kind}"))["titles"] == ["Bell and tab"]


@each_format
def test_a_filtered_feed_says_so_in_its_title_and_its_own_address(client, kind):
    make_item(
        themes=[make_term(Theme, "reception", labels={"en": "Reception", "fr": "Accueil"})], keywords=["solidarity"]
    )
    url = f"/fr/news/feed.{kind}?keyword=solidarity&theme=reception"
    feed = parsed(client.get(url))
    assert "Accueil" in feed["title"]
    assert "solidarité" in feed["title"]
    assert feed["language"] == "fr"
    # The canonical order of parameters, whatever was asked.
    assert address(feed["links"]["self"]) == f"/fr/news/feed.{kind}?theme=reception&keyword=solidarity"
    assert address(feed["links"]["alternate"]) == "/fr/news/?theme=reception&keyword=solidarity"


@each_format
def test_pages_lead_to_the_end_of_the_archive(client, kind):
    items = make_many(120)
    read = list(pages(client, f"/news/feed.{kind}?sort=oldest"))
    assert [len(page["ids"]) for page in read] == [50, 50, 20]
    assert [urn for page in read for urn in page["ids"]] == [item.uuid.urn for item in items]
    assert [address(page["links"]["self"]) for page in read] == [
        f"/news/feed.{kind}", f"/news/feed.{kind}?page=2", f"/news/feed.{kind}?page=3",
    ]  # fmt: skip
    if kind != "json":  # which knows no other relation than next
        middle = {relation: address(url) for relation, url in read[1]["links"].items()}
        assert middle["first"] == middle["previous"] == f"/news/feed.{kind}"
        assert middle["last"] == middle["next"] == f"/news/feed.{kind}?page=3"
        assert "previous" not in read[0]["links"]
        assert "next" not in read[2]["links"]


@each_format
@pytest.mark.parametrize("page", ["0", "-1", "2", "01", "²", "٣", "1_0", "x", "99999999999999999999", "1.0"])
def test_a_page_that_is_none_is_not_found(client, kind, page):
    make_many(2)
    assert client.get(f"/news/feed.{kind}", {"page": page}).status_code == 404


@each_format
def test_page_one_of_an_empty_feed_is_there(client, kind):
    make_term(Theme, "return")
    assert parsed(client.get(f"/news/feed.{kind}?theme=return&page=1"))["ids"] == []


@each_format
@pytest.mark.parametrize("query", ["theme=nothing", "from=2023-02-30", "year=20x3", "keyword=%00", "sort=sideways"])
def test_a_question_that_is_not_understood_is_not_found(client, kind, query):
    make_item()
    assert client.get(f"/news/feed.{kind}?{query}").status_code == 404


@each_format
def test_a_former_slug_redirects_for_ever(client, kind):
    theme = make_term(Theme, "reception")
    theme.slug = "reception-conditions"
    theme.save()
    response = client.get(f"/news/feed.{kind}?theme=reception&page=2")
    assert response.status_code == 301
    assert response["Location"] == f"/news/feed.{kind}?theme=reception-conditions&page=2"


@each_format
def test_the_feed_of_a_merged_keyword_redirects(client, kind):
    kept, merged = make_keyword("solidarity"), make_keyword("solidarities")
    kept.aliases.create(slug="solidarities", name="solidarities")
    merged.delete()
    response = client.get(f"/news/feed.{kind}?keyword=solidarities")
    assert (response.status_code, response["Location"]) == (301, f"/news/feed.{kind}?keyword=solidarity")


@each_format
def test_the_feed_of_a_removed_term_ends_with_an_entry_that_says_so_and_then_is_gone(client, clock, kind):
    make_item(title="Something else")
    make_term(Theme, "old-theme", labels={"en": "Old & theme"}).delete()
    url = f"/news/feed.{kind}?theme=old-theme"
    response = client.get(url)
    feed = parsed(response)
    assert [title.replace("&amp;", "&") for title in feed["titles"]] == [
        "This feed has ended: “Old & theme” is no longer used"
    ]
    CHECKS[kind](response.content)
    clock.now = AT + timedelta(days=20)
    assert parsed(client.get(url))["ids"] == feed["ids"]
    clock.now = AT + timedelta(days=32)
    assert client.get(url).status_code == 410


def test_a_term_that_came_back_is_not_removed(client):
    make_term(Theme, "old-theme").delete()
    make_item(themes=["old-theme"])
    assert len(parsed(client.get("/news/feed.atom?theme=old-theme"))["ids"]) == 1


def test_a_removed_term_beside_an_unknown_one_is_not_found(client):
    make_term(Theme, "old-theme").delete()
    assert client.get("/news/feed.atom?theme=old-theme&theme=nothing").status_code == 404


@each_format
def test_a_configured_hub_is_named_on_the_first_page(client, settings, kind):
    make_many(51)
    assert parsed(client.get(f"/news/feed.{kind}"))["hubs"] == []
    settings.WEBSUB_HUB = "https://hub.example.org/"
    first, second = pages(client, f"/news/feed.{kind}")
    assert (first["hubs"], second["hubs"]) == (["https://hub.example.org/"], [])


@each_format
def test_a_major_change_moves_updated_and_not_the_identifier_or_the_place(client, clock, kind):
    items = make_many(2)
    before = parsed(client.get(f"/news/feed.{kind}"))
    clock.now = AT + HOUR
    items[1].title = "Another title"
    items[1].save()
    items[1].correct(by=None, at=clock.now, note="The title was wrong.")
    after = parsed(client.get(f"/news/feed.{kind}"))
    assert after["ids"] == before["ids"]
    assert after["updated"][0] == before["updated"][0]
    assert after["updated"][1] > before["updated"][1]


@each_format
def test_an_embargoed_item_appears_at_its_time(client, clock, kind):
    make_item(publish_at=AT + HOUR)
    assert parsed(client.get(f"/news/feed.{kind}"))["ids"] == []
    clock.now = AT + HOUR
    assert len(parsed(client.get(f"/news/feed.{kind}"))["ids"]) == 1


@each_format
def test_withdrawing_never_moves_last_modified_back(client, kind):
    item = make_item()
    before = client.get(f"/news/feed.{kind}")
    item.withdraw(by=None, at=AT, reason="Wrong.")
    after = client.get(f"/news/feed.{kind}")
    assert parsed(after)["ids"] == []
    assert after["Last-Modified"] >= before["Last-Modified"]


@each_format
def test_who_has_the_feed_is_told_so(client, kind):
    make_item()
    first = client.get(f"/news/feed.{kind}")
    again = client.get(f"/news/feed.{kind}", headers={"If-None-Match": first["ETag"]})
    assert (again.status_code, again.content) == (304, b"")


@each_format
def test_a_feed_asks_as_much_for_fifty_items_as_for_two(client, kind, django_assert_max_num_queries):
    make_many(2, themes=["reception"], keywords=["solidarity"])
    client.get(f"/news/feed.{kind}")
    with django_assert_max_num_queries(100) as few:
        client.get(f"/news/feed.{kind}")
    make_many(48, themes=["reception"], keywords=["solidarity"])
    with django_assert_max_num_queries(100) as many:
        client.get(f"/news/feed.{kind}")
    assert len(many) == len(few)


def test_a_json_feed_says_what_the_others_cannot(client):
    item = make_item(
        source_url="https://iom.int/1", themes=["reception"], body="<p>Body</p>", summary="Short.", language="fr",
        picture=make_image("A"),
    )  # fmt: skip
    attachment = Attachment.objects.create(item=item, title="The text", file=ContentFile(b"text", "t.pdf"))
    entry = client.get("/news/feed.json").json()["items"][0]
    assert entry["url"] == f"http://testserver/fr/news/{item.pk}/{item.slug}/"
    assert entry["external_url"] == "https://iom.int/1"
    assert entry["image"] == f"http://testserver{item.picture.url}"
    assert entry["language"] == "fr"
    assert entry["content_html"] == "<p>Short.</p><p>Body</p>"
    assert entry["attachments"] == [
        {
            "url": f"http://testserver/news/{item.pk}/files/{attachment.pk}/{attachment.name}",
            "mime_type": "application/pdf",
            "title": "The text",
            "size_in_bytes": 4,
        }
    ]


@each_format
@pytest.mark.parametrize("method", ["post", "put", "delete", "patch"])
def test_feeds_are_only_read(client, kind, method):
    assert getattr(client, method)(f"/news/feed.{kind}").status_code == 405


def test_an_item_that_a_race_withdrew_is_left_out(client):
    item = make_item()
    Item.objects.filter(pk=item.pk).update(status="withdrawn", withdrawal_reason="No.")
    assert parsed(client.get("/news/feed.rss"))["ids"] == []
