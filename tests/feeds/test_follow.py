"""The links by which a page is followed."""

import re

import pytest
from django.template.loader import render_to_string

from tests.builders import make_event

SITE = {"site_url": "https://news.example.org"}


def test_every_door_of_a_listing_is_linked_with_its_question():
    html = render_to_string("items/_follow.html", {"query": "theme=a&keyword=b", **SITE})
    assert re.findall('href="([^"]+)"', html) == [
        "/news/feed.rss?theme=a&amp;keyword=b",
        "/news/feed.atom?theme=a&amp;keyword=b",
        "/news/feed.json?theme=a&amp;keyword=b",
        "webcal://news.example.org/news/calendar.ics?theme=a&amp;keyword=b",
        "/news/export.csv?theme=a&amp;keyword=b",
    ]


@pytest.mark.django_db
def test_an_event_is_linked_as_a_file(client):
    item = make_event(language="fr")
    html = client.get(item.get_absolute_url()).content.decode()
    assert f'href="{item.get_absolute_url()}event.ics"' in html


@pytest.mark.django_db
def test_an_event_that_does_not_take_place_is_offered_to_no_calendar(client):
    item = make_event()
    item.event.is_cancelled = True
    item.event.save()
    for address in (item.get_absolute_url(), "/events/"):
        assert "event.ics" not in client.get(address).content.decode(), address
