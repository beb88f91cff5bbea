"""The pages of the agenda."""

from datetime import UTC, datetime, timedelta

import pytest

from items.models import Event
from tests.builders import AT, make_event, make_item
from tests.views.page import Page

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("clock")]


def text(response):
    return " ".join(response.content.decode().replace("&nbsp;", " ").split())


def test_the_list_shows_coming_events_with_what_one_does_about_them(client):
    item = make_event(starts_at=AT + timedelta(days=10), title="A meeting", themes=["place"])
    Event.objects.filter(pk=item.pk).update(registration_url="https://example.org/register")
    make_item()
    response = client.get("/events/")
    page = Page(response)
    assert (page.count, page.items) == (1, [item.pk])
    assert page.options["theme", "place"] == 1
    html = text(response)
    assert f'href="{item.get_absolute_url()}event.ics"' in html
    assert "https://example.org/register" in html
    assert "webcal://testserver/news/calendar.ics" in html
    assert "June 2026" in html
    assert not page.is_noindex


def test_times_are_written_with_their_zone(client):
    make_event(starts_at=datetime(2026, 6, 25, 8, tzinfo=UTC), ends_at=datetime(2026, 6, 25, 10, tzinfo=UTC))
    make_event(starts_at=datetime(2026, 12, 10, 8, tzinfo=UTC))
    html = text(client.get("/events/"))
    assert "25 June 2026, 10:00</time>" in html
    assert "12:00 CEST" in html
    assert "10 December 2026, 09:00 CET" in html
    assert "Central European Time" in html
    german = text(client.get("/de/events/"))
    assert "Mitteleuropäische Zeit" in german
    assert "10. Dezember 2026, 09:00 MEZ" in german
    assert "CE" not in german.partition("<main")[2]


def test_a_cancelled_event_says_so_in_words_and_asks_nobody_to_come(client):
    item = make_event()
    Event.objects.filter(pk=item.pk).update(is_cancelled=True, registration_url="https://example.org/register")
    html = text(client.get("/events/"))
    assert "Cancelled:" in html
    assert "example.org/register" not in html
    assert "cancelled" in text(client.get("/events/?view=month"))
    for address in ("/events/", item.get_absolute_url()):
        assert "Add to my calendar" not in text(client.get(address))
    Event.objects.filter(pk=item.pk).update(is_cancelled=False)
    for address in ("/events/", item.get_absolute_url()):
        assert "Add to my calendar" in text(client.get(address))


def test_a_moved_event_says_from_when(client):
    event = make_event(starts_at=datetime(2026, 6, 20, 8, tzinfo=UTC)).event
    event.starts_at = datetime(2026, 6, 27, 8, tzinfo=UTC)
    event.save()
    for address in ("/events/", event.item.get_absolute_url()):
        html = text(client.get(address))
        assert "Moved:" in html
        assert "(it was to begin on 20 June 2026, 10:00 CEST)" in html
    assert "moved" in text(client.get("/events/?view=month"))


def test_an_online_event_says_so_and_leads_there_until_it_is_past(client):
    coming, past = make_event(place=""), make_event(place="", starts_at=AT - timedelta(days=5))
    Event.objects.all().update(online_url="https://example.org/live")
    html = text(client.get("/events/"))
    assert "Online" in html
    assert 'href="https://example.org/live"' in html
    assert 'href="https://example.org/live"' not in text(client.get("/events/?when=past"))
    assert Page(client.get("/events/?when=past")).items == [past.pk]
    assert Page(client.get("/events/")).items == [coming.pk]


def test_a_long_event_stands_once_in_the_list_and_on_each_day_of_the_month(client):
    item = make_event(starts_at=AT + timedelta(days=1), ends_at=AT + timedelta(days=3))
    assert Page(client.get("/events/")).items == [item.pk]
    assert ">16 June, 14:00</time> – <time" in text(client.get("/events/"))
    assert ">18 June 2026, 14:00 CEST</time>" in text(client.get("/events/"))
    page = Page(client.get("/events/?view=month"))
    assert [attrs["data-event"] for attrs in page.having("data-event")] == [str(item.pk)] * 3


def test_days_say_once_what_they_share_and_machines_read_both(client):
    make_event(starts_at=datetime(2026, 6, 22, tzinfo=UTC), ends_at=datetime(2026, 6, 24, tzinfo=UTC), all_day=True)
    html = text(client.get("/events/"))
    assert '<time datetime="2026-06-22">22</time>–<time datetime="2026-06-24">24 June 2026</time>' in html


def test_the_month_is_a_table_with_a_caption_and_heads(client):
    make_event()
    page = Page(client.get("/events/?view=month&month=2026-06"))
    tags = [tag for tag, _attrs in page.tags]
    assert tags.count("caption") == 1
    assert len([attrs for tag, attrs in page.tags if tag == "th" and attrs["scope"] == "col"]) == 7
    assert page.count == 1


@pytest.mark.parametrize("query", ["month=2026-13", "month=1066-10", "view=week", "when=soon", "day=2026-02-30"])
def test_what_makes_no_sense_is_answered_in_words(client, query):
    response = client.get(f"/events/?{query}")
    assert response.status_code == 400
    assert query.partition("=")[2] in text(response) or "write" in text(response)


def test_far_months_are_not_for_search_engines_and_months_come_to_an_end(client):
    near, far = Page(client.get("/events/?month=2026-07")), Page(client.get("/events/?month=2060-01"))
    make_event(starts_at=datetime(2026, 7, 5, tzinfo=UTC))
    assert far.is_noindex
    assert near.is_noindex  # nothing takes place in it
    assert not Page(client.get("/events/?month=2026-07")).is_noindex
    last = Page(client.get("/events/?month=2150-12"))
    assert last.links("prev")
    assert not last.links("next")
    assert not Page(client.get("/events/?month=1950-01")).links("prev")


def test_filters_stay_from_month_to_month(client):
    make_event(themes=["place"])
    page = Page(client.get("/events/?view=month&month=2026-06&theme=place"))
    assert page.links("next") == ["/events/?theme=place&view=month&month=2026-07"]
    assert "theme:place" in page.chips


def test_a_day_lists_its_events_and_is_left_alone_by_search_engines(client):
    items = [make_event(starts_at=datetime(2026, 6, 20, 6 + n, tzinfo=UTC)) for n in range(8)]
    assert "3 more" in text(client.get("/events/?view=month"))
    page = Page(client.get("/events/?day=2026-06-20"))
    assert page.items == [item.pk for item in items]
    assert page.is_noindex


def test_a_long_list_has_pages(client):
    for _ in range(25):
        make_event()
    assert len(Page(client.get("/events/?page=2")).items) == 5
    assert client.get("/events/?page=3").status_code == 404


def test_all_values_of_a_facet_are_those_of_these_events(client):
    make_event(keywords=["one"])
    make_event(keywords=["two"], starts_at=AT - timedelta(days=3))
    assert Page(client.get("/events/facets/keyword/?when=past")).options == {("keyword", "two"): 1}


def test_nothing_to_come_is_said_and_leads_on(client):
    html = text(client.get("/events/"))
    assert "No coming events" in html
    assert "?when=past" in html
    assert "Nothing is announced for this time." in text(client.get("/events/?view=month"))
    make_event(themes=["place"], starts_at=AT - timedelta(days=3))
    make_event(themes=["other"], starts_at=AT - timedelta(days=3), keywords=["one"])
    html = text(client.get("/events/?theme=place&keyword=one&when=past"))
    assert 'href="/events/?theme=place&amp;when=past"' in html


def test_each_language_has_the_same_month(client):
    page = Page(client.get("/fr/events/?view=month&month=2026-06"))
    assert "http://testserver/events/?view=month&month=2026-06" in page.links("alternate", hreflang="en")
