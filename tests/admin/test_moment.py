"""Moments at the form: their zone stands beside them, and clock changes are neither guessed at nor forgotten."""

from datetime import UTC, datetime
from zoneinfo import ZoneInfo

import pytest
from django import forms

from items.admin.item.moment import MomentField, readings
from items.models import Item
from tests.admin.forms import ADD, add, change, change_url, filled, moment, ready
from tests.builders import make_item

pytestmark = pytest.mark.django_db
BRUSSELS = ZoneInfo("Europe/Brussels")
SKIPPED, DOUBLE = ("2027-03-28", "02:30"), ("2026-10-25", "02:30")
SUMMER, WINTER = datetime(2026, 10, 25, 0, 30, tzinfo=UTC), datetime(2026, 10, 25, 1, 30, tzinfo=UTC)


@pytest.fixture
def editor(sign_in):
    return sign_in("Editor")


def event(**overrides):
    values = {
        "starts_at_0": "2026-09-10", "starts_at_1": "09:30", "ends_at_0": "", "ends_at_1": "",
        "place": "Ghent", "online_url": "", "registration_url": "", **overrides,
    }  # fmt: skip
    return {"event-TOTAL_FORMS": "1", **{f"event-0-{name}": value for name, value in values.items()}}


@pytest.mark.parametrize(
    ("naive", "offsets"),
    [
        (datetime(2026, 7, 1, 8), ["+02:00"]),
        (datetime(2026, 12, 1, 8), ["+01:00"]),
        (datetime(2027, 3, 28, 2, 30), []),
        (datetime(2027, 3, 28, 2, 0), []),
        (datetime(2027, 3, 28, 3, 0), ["+02:00"]),
        (datetime(2026, 10, 25, 2, 30), ["+02:00", "+01:00"]),
        (datetime(2026, 10, 25, 3, 0), ["+01:00"]),
    ],
)
def test_a_local_time_means_one_moment_or_none_or_two(naive, offsets):
    assert [found.isoformat()[-6:] for found in readings(naive, BRUSSELS)] == offsets


# Where moments are typed: the name of the input, and what else the form needs.
PLACES = {
    "publish_at": {},
    "expire_at": {},
    "event-0-starts_at": event(),
    "event-0-ends_at": event(),
}


def typed(place, day, time, which=None):
    sent = {**PLACES[place], **moment(place, day, time)}
    return sent if which is None else {**sent, f"{place}_2": which}


def stored(item, place):
    name = place.rpartition("-")[2]
    return getattr(item.event if "event" in place else item, name)


@pytest.mark.parametrize("place", PLACES)
def test_a_time_that_does_not_exist_is_refused_and_the_words_say_why(editor, place):
    errors = add(editor, **typed(place, *SKIPPED))
    (message,) = errors.values()
    assert "02:30 does not exist on 28 March 2027 in Europe/Brussels" in message
    assert not Item.objects.exists()


@pytest.mark.parametrize("place", PLACES)
def test_a_time_that_comes_twice_is_asked_about(editor, place):
    sent = typed(place, *DOUBLE)
    (message,) = add(editor, **sent).values()
    assert "02:30 comes twice on 25 October 2026 in Europe/Brussels" in message
    page = editor.post(ADD, filled(**sent)).content.decode()
    assert f'name="{place}_2"' in page
    assert "02:30 CEST (UTC+02:00)" in page
    assert "02:30 CET (UTC+01:00)" in page


@pytest.mark.parametrize("place", PLACES)
@pytest.mark.parametrize(("which", "meant"), [("+02:00", SUMMER), ("+01:00", WINTER)])
def test_the_choice_is_kept_and_survives_a_round_trip(editor, place, which, meant):
    item = add(editor, **typed(place, *DOUBLE, which))
    assert stored(item, place) == meant
    page = editor.get(change_url(item)).content.decode()
    assert f'<option value="{which}" selected>' in " ".join(page.split())
    sent = typed(place, "2026-10-25", "02:30:00", which)
    if "event" in place:
        sent |= {"event-INITIAL_FORMS": "1", "event-0-item": item.pk}
    saved = change(editor, item, **sent, summary="New")
    assert (saved.summary, stored(Item.objects.get(pk=item.pk), place)) == ("New", meant)


@pytest.mark.parametrize("which", ["", "+03:00", "x", "\0"])
def test_a_choice_that_is_none_of_the_two_is_asked_again(editor, which):
    assert list(add(editor, **typed("publish_at", *DOUBLE, which))) == ["publish_at"]


def test_the_choice_says_nothing_about_other_times(editor):
    item = add(editor, **moment("publish_at", "2026-07-01", "08:00"), publish_at_2="+01:00")
    assert item.publish_at == datetime(2026, 7, 1, 6, 0, tzinfo=UTC)
    assert 'name="publish_at_2"' not in editor.get(change_url(item)).content.decode()


@pytest.mark.parametrize("place", PLACES)
@pytest.mark.parametrize("day", ["0001-01-01", "0999-12-31", "9999-12-31"])
def test_a_year_that_no_calendar_takes_is_refused_in_plain_words(editor, place, day):
    sent = typed(place, day, "00:00" if day < "1" else "23:59")
    assert list(add(editor, **sent).values()) == ["The year must be from 1000 to 9998."]
    page = editor.post(change_url(make_item(title="Stored")), filled(**sent))
    assert f'value="{day}"' in page.content.decode()


def test_changing_which_of_the_two_is_a_change():
    class OneMoment(forms.Form):
        at = MomentField(label="At", required=False)

    def changed(initial, which):
        sent = {"at_0": "2026-10-25", "at_1": "02:30:00", "at_2": which}
        return OneMoment(sent, initial={"at": initial}).changed_data

    assert changed(SUMMER, "+02:00") == []
    assert changed(SUMMER, "+01:00") == ["at"]
    assert changed(None, "+01:00") == ["at"]


def test_approving_for_a_time_is_as_careful(editor):
    item = make_item(status="in_review", publish_at=None, themes=["reception"], source="iom")
    for day, time, words in ((*SKIPPED, "does not exist"), (*DOUBLE, "comes twice")):
        response = editor.post(
            change_url(item), filled(**ready(_verb="approve_at", title=item.title, **moment("approve_at", day, time)))
        )
        assert words in response.content.decode()
        item.refresh_from_db()
        assert item.status == "in_review"
    sent = ready(_verb="approve_at", title=item.title, **moment("approve_at", *DOUBLE), approve_at_2="+01:00")
    assert editor.post(change_url(item), filled(**sent)).status_code == 302
    item.refresh_from_db()
    assert (item.status, item.publish_at) == ("approved", WINTER)


def test_approving_for_a_time_needs_one(editor):
    item = make_item(status="in_review", publish_at=None, themes=["reception"], source="iom")
    response = editor.post(change_url(item), filled(**ready(_verb="approve_at", title=item.title)))
    assert response.status_code == 200
    item.refresh_from_db()
    assert item.status == "in_review"


def test_the_zone_stands_beside_each_moment_and_is_read_out(editor):
    page = " ".join(editor.get(ADD).content.decode().split())
    assert page.count('<span class="desk-zone">Europe/Brussels</span>') >= 5
    assert 'aria-label="Visible from: time in Europe/Brussels"' in page
    assert 'aria-label="Starts: time in Europe/Brussels"' in page


def test_an_all_day_event_at_a_midnight_that_is_skipped_begins_that_day(settings, editor):
    settings.TIME_ZONE = "America/Santiago"  # its clocks go forward at midnight
    item = add(editor, **event(all_day="on", starts_at_0="2026-09-06", starts_at_1=""))
    local = item.event.starts_at.astimezone(ZoneInfo("America/Santiago"))
    assert (local.date().isoformat(), local.hour) == ("2026-09-06", 1)
