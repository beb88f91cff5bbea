"""The page that makes addresses to follow."""

import re
from html import unescape

import pytest

from tests.builders import make_event, make_item
from tests.views.page import Page

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("clock")]


def address(response):
    """The address that the page has made."""
    return unescape(re.search(r"<textarea[^>]* readonly [^>]*>([^<]*)</textarea>", response.content.decode())[1])


def ticked(response):
    return {(a["name"], a["value"]) for a in Page(response).having("checked")}


def test_without_filters_it_gives_the_feed_of_everything(client):
    make_item()
    response = client.get("/feeds/")
    assert address(response) == "http://testserver/news/feed.rss"
    assert "It holds 1 item now." in response.content.decode()
    assert not Page(response).is_noindex


@pytest.mark.parametrize(
    ("format", "path"),
    [
        ("rss", "/news/feed.rss"),
        ("atom", "/news/feed.atom"),
        ("json", "/news/feed.json"),
        ("calendar", "/news/calendar.ics"),
        ("csv", "/news/export.csv"),
    ],
)
def test_filters_make_an_address_that_holds_just_that(client, format, path):
    make_event(themes=["place"], keywords=["one"])
    make_event(themes=["place"])
    response = client.get(f"/feeds/?theme=place&keyword=one&q=&format={format}")
    assert address(response) == f"http://testserver{path}?theme=place&keyword=one"
    assert client.get(address(response)).status_code == 200
    html = response.content.decode()
    assert ("It holds 1 coming event now." if format == "calendar" else "It holds 1 item now.") in html
    assert Page(response).is_noindex


def test_what_was_chosen_is_ticked_in_the_form(client):
    make_item(themes=["place"], source="here", keywords=["one"])
    response = client.get("/feeds/?theme=place&source=here&keyword=one&from=2026")
    assert ticked(response) == {
        ("theme", "place"), ("source", "here"), ("keyword", "one"), ("from", "2026"), ("format", "rss"),
    }  # fmt: skip


def test_all_values_can_be_chosen_whatever_is_chosen_already(client):
    make_item(themes=["place"])
    make_item(themes=["other"])
    values = {attrs.get("value") for attrs in Page(client.get("/feeds/?theme=place")).having("type")}
    assert {"place", "other"} <= values


def test_a_listing_leads_there_with_its_filters(client):
    make_item(themes=["place"])
    for page, href in (("/news/?theme=place", "/feeds/?theme=place"), ("/themes/place/", "/feeds/?theme=place")):
        html = client.get(page).content.decode()
        assert f'href="{href}"' in html
        assert "/news/feed.rss?theme=place" in html


def test_the_address_is_in_the_language_of_the_page(client):
    assert address(client.get("/fr/feeds/")) == "http://testserver/fr/news/feed.rss"


def test_an_unknown_value_makes_no_address(client):
    response = client.get("/feeds/?theme=no-such-theme")
    assert response.status_code == 200
    assert Page(response).having("readonly") == []
    assert "no-such-theme" in response.content.decode()


def test_an_unknown_format_is_answered_in_words(client):
    response = client.get("/feeds/?format=fax")
    assert response.status_code == 400
    assert "fax" in response.content.decode()
