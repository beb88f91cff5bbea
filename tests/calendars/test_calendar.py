"""Calendars as RFC 5545 wants them and as two other libraries read them."""

from datetime import UTC, date, datetime, timedelta
from pathlib import Path
from uuid import UUID

import icalendar
import pytest
import vobject

from items import calendars
from items.models import Event, Item, Theme
from tests.builders import AT, make_event, make_item, make_term
from tests.calendars.strict import check
from tests.feeds.test_golden import golden

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("clock")]

FILES = Path(__file__).parent / "files"
DAY, HOUR = timedelta(days=1), timedelta(hours=1)
CALENDAR = "/news/calendar.ics"


def events(client, url=CALENDAR):
    response = client.get(url)
    assert response.status_code == 200
    return check(response.content)


def read(client, url=CALENDAR):
    return icalendar.Calendar.from_ical(client.get(url).content).walk("VEVENT")


def test_a_calendar_has_its_own_media_type_and_no_cookie(client):
    make_event()
    response = client.get(CALENDAR)
    assert response["Content-Type"] == "text/calendar; charset=utf-8"
    assert not response.cookies


def test_a_winter_and_a_summer_event_are_read_at_the_right_instant_by_two_libraries(client):
    instants = [datetime(2026, 1, 15, 9, tzinfo=UTC), datetime(2026, 7, 15, 9, tzinfo=UTC)]
    for instant in instants:
        make_event(starts_at=instant, ends_at=instant + HOUR)
    assert [event["dtstart"].dt for event in read(client)] == instants
    content = client.get(CALENDAR).content.decode()
    others = vobject.readOne(content).vevent_list
    assert [event.dtstart.value.astimezone(UTC) for event in others] == instants
    assert [event.dtend.value.astimezone(UTC) for event in others] == [instant + HOUR for instant in instants]
    # vobject knew the zone by what the file says of it, not by its name.
    assert "RRULE:FREQ=YEARLY;BYDAY=-1SU;BYMONTH=3" in content
    assert "DTSTART;TZID=Europe/Brussels:20260715T110000" in content


def test_an_all_day_event_ends_on_the_day_after_its_last(client):
    make_event(all_day=True, starts_at=AT, ends_at=AT + 2 * DAY)
    make_event(all_day=True, starts_at=AT + 9 * DAY)
    first, second = read(client)
    assert (first["dtstart"].dt, first["dtend"].dt) == (date(2026, 6, 15), date(2026, 6, 18))
    assert (second["dtstart"].dt, second["dtend"].dt) == (date(2026, 6, 24), date(2026, 6, 25))
    assert b"BEGIN:VTIMEZONE" not in client.get(CALENDAR).content


def test_a_calendar_without_events_holds_its_zone_since_it_must_hold_something(client):
    assert events(client) == []
    assert b"BEGIN:VTIMEZONE" in client.get(CALENDAR).content


def test_an_event_without_an_end_has_none(client):
    make_event()
    assert "DTEND" not in events(client)[0]


def test_a_time_before_the_rules_of_the_zone_is_written_in_utc():
    item = make_event(starts_at=datetime(1990, 10, 10, 10, tzinfo=UTC))
    assert b"DTSTART:19901010T100000Z" in calendars.write([item], name="x", url="https://x.org/")


def test_what_separates_is_escaped_and_what_is_long_is_folded_between_characters(client):
    title, place = "Réunion; l’été, à 10 h \\ 12 h", "Rue de la Loi 155; Brussels, " + "é" * 100
    make_event(title=title, place=place, summary="One, two;\nthree " + "日本" * 60)
    check(client.get(CALENDAR).content)
    (event,) = read(client)
    assert (event["summary"], event["location"]) == (title, place)
    assert "One, two;\nthree 日本" in event["description"]


def test_nothing_in_a_calendar_tells_when_it_was_asked_for(client, clock):
    make_event()
    first = client.get(CALENDAR).content
    clock.now = AT + HOUR
    assert client.get(CALENDAR).content == first


def test_sequence_and_stamps_tell_of_a_change_of_place(client, clock):
    item = make_event()
    before = events(client)[0]
    clock.now = AT + HOUR
    item.event.place = "Ghent"
    item.event.save()
    after = events(client)[0]
    assert (before["SEQUENCE"][1], after["SEQUENCE"][1]) == ("0", "1")
    for name in ("DTSTAMP", "LAST-MODIFIED"):
        assert after[name][1] > before[name][1]
    assert (after["UID"], after["CREATED"]) == (before["UID"], before["CREATED"])


def test_a_cancelled_event_stays_and_says_so(client):
    item = make_event(title="Meeting")
    Event.objects.filter(pk=item.pk).update(is_cancelled=True)
    (event,) = events(client)
    assert event["STATUS"][1] == "CANCELLED"
    assert event["SUMMARY"][1] == "Cancelled: Meeting"
    assert event["SEQUENCE"][1] == "1"


def test_a_withdrawn_event_is_cancelled_for_a_month_with_its_reason(client, clock):
    item = make_event(themes=["reception"], title="Meeting")
    other = make_event(themes=["return"])
    item.withdraw(by=None, at=AT, reason="It was announced by mistake.")
    own = item.get_absolute_url() + "event.ics"
    for url in (CALENDAR, f"{CALENDAR}?theme=reception", own):
        event = next(e for e in events(client, url) if e["UID"][1] == str(item.uuid))
        assert (event["STATUS"][1], event["SEQUENCE"][1]) == ("CANCELLED", "1")
        assert "announced by mistake" in event["DESCRIPTION"][1]
    assert [e["UID"][1] for e in events(client, f"{CALENDAR}?theme=return")] == [str(other.uuid)]
    clock.now = AT + 40 * DAY
    assert [e["UID"][1] for e in events(client)] == [str(other.uuid)]
    assert events(client, own)[0]["STATUS"][1] == "CANCELLED"


@pytest.mark.parametrize("hidden", [{"status": "draft"}, {"publish_at": AT + HOUR}, {"expire_at": AT}])
def test_what_is_not_published_is_in_no_calendar(client, hidden):
    item = make_event(**hidden)
    assert events(client) == []
    assert client.get(item.get_absolute_url() + "event.ics").status_code == 404


def test_a_withdrawn_draft_that_was_never_visible_is_in_no_calendar(client):
    item = make_event(publish_at=AT + HOUR, status="withdrawn", withdrawal_reason="No.")
    assert events(client) == []
    assert client.get(item.get_absolute_url() + "event.ics").status_code == 404


def test_a_calendar_reaches_a_year_back(client):
    make_event(starts_at=AT - 400 * DAY)
    recent = make_event(starts_at=AT - 300 * DAY)
    running = make_event(starts_at=AT - 400 * DAY, ends_at=AT)
    assert {e["UID"][1] for e in events(client)} == {str(recent.uuid), str(running.uuid)}


def test_of_too_many_events_those_to_come_first_are_kept(client, monkeypatch):
    monkeypatch.setattr("items.feeds.calendar.MOST", 3)
    days = {days: make_event(starts_at=AT + days * DAY) for days in (-20, -10, 5, 15)}
    assert [e["UID"][1] for e in events(client)] == [str(days[day].uuid) for day in (-10, 5, 15)]


def test_a_calendar_holds_the_events_of_its_listing_under_its_words(client):
    theme = make_term(Theme, "fresh-theme", labels={"en": "Fresh", "fr": "Frais"})
    item = make_event(themes=[theme])
    make_event()
    content = client.get(f"/fr{CALENDAR}?theme=fresh-theme").content
    assert [e["UID"][1] for e in check(content)] == [str(item.uuid)]
    assert b"X-WR-CALNAME:Migration Newsroom: Frais\r\n" in content
    assert "CATEGORIES:" in content.decode()


def test_an_item_without_an_event_has_no_calendar(client):
    assert client.get(make_item().get_absolute_url() + "event.ics").status_code == 404


def test_another_slug_leads_to_the_calendar_of_the_item(client):
    item = make_event(language="fr")
    response = client.get(f"/news/{item.pk}/wrong/event.ics")
    assert (response.status_code, response["Location"]) == (301, f"/fr/news/{item.pk}/{item.slug}/event.ics")


def test_unknown_and_former_terms(client):
    theme = make_term(Theme, "fresh-theme")
    theme.slug = "fresher-theme"
    theme.save()
    assert client.get(f"{CALENDAR}?theme=nothing").status_code == 404
    assert client.get(f"{CALENDAR}?theme=fresh-theme")["Location"] == f"{CALENDAR}?theme=fresher-theme"
    assert client.post(CALENDAR).status_code == 405


def test_the_calendar_of_a_removed_term_says_for_a_month_that_it_has_ended_and_then_is_gone(client, clock):
    make_event()
    make_term(Theme, "old-theme", labels={"en": "Old, theme", "fr": "Vieux thème"}).delete()
    url = f"{CALENDAR}?theme=old-theme"
    content = client.get(url).content
    (event,) = check(content)
    assert event["SUMMARY"] == ("LANGUAGE=en", "This calendar has ended: “Old\\, theme” is no longer used")
    assert (event["STATUS"][1], event["TRANSP"][1]) == ("CONFIRMED", "TRANSPARENT")
    (entry,) = read(client, url)
    assert (entry["dtstart"].dt, entry["dtend"].dt) == (date(2026, 6, 15), date(2026, 6, 16))
    assert vobject.readOne(content.decode()).vevent.uid.value == event["UID"][1]
    clock.now = AT + 20 * DAY
    assert client.get(url).content == content
    assert "Vieux thème" in client.get(f"/fr{url}").content.decode().replace("\r\n ", "")
    clock.now = AT + 32 * DAY
    gone = client.get(url)
    assert (gone.status_code, gone.content.decode()) == (410, "“Old, theme” is no longer a term of this site.\n")


def test_who_has_the_calendar_is_told_so(client):
    make_event()
    etag = client.get(CALENDAR)["ETag"]
    assert client.get(CALENDAR, headers={"If-None-Match": etag}).status_code == 304


def test_a_calendar_is_as_it_was():
    item = make_event(
        pk=2_001, uuid=UUID(int=1), title="Info session, online; free", summary="Bring\nquestions.",
        themes=["reception"],
        starts_at=datetime(2026, 7, 1, 12, tzinfo=UTC), ends_at=datetime(2026, 7, 1, 14, tzinfo=UTC),
        publish_at=datetime(2026, 5, 1, tzinfo=UTC), place="Brussels, Rue de la Loi 155",
    )  # fmt: skip
    Event.objects.filter(pk=item.pk).update(online_url="https://meet.example.org/1", is_cancelled=True)
    times = {"updated_at": datetime(2026, 5, 6, tzinfo=UTC), "created_at": datetime(2026, 4, 30, tzinfo=UTC)}
    Item.objects.filter(pk=item.pk).update(**times)
    item = Item.objects.with_terms().get(pk=item.pk)
    content = calendars.write([item], name="News", url="https://x.org/news/", source="https://x.org/news/calendar.ics")
    check(content)
    golden(FILES / "calendar.ics", content)
