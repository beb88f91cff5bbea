"""The event details in the form of an item."""

from datetime import datetime
from zoneinfo import ZoneInfo

import pytest

from items.models import Event
from tests.admin.forms import add, change, event

pytestmark = pytest.mark.django_db
BRUSSELS = ZoneInfo("Europe/Brussels")


def test_event_details_are_kept(editor):
    item = add(editor, **event(place="Brussels", online_url="meet.example.org"))
    assert item.event.starts_at == datetime(2026, 9, 10, 9, 30, tzinfo=BRUSSELS)
    assert item.event.online_url == "https://meet.example.org"


@pytest.mark.parametrize(
    ("field", "details"),
    [
        ("ends_at", {"ends_at_0": "2026-09-10", "ends_at_1": "09:30"}),
        ("ends_at", {"ends_at_0": "2026-09-09", "ends_at_1": "10:00"}),
        ("ends_at", {"all_day": "on", "ends_at_0": "2026-09-09"}),
        ("starts_at", {"starts_at_1": ""}),
        ("starts_at", {"starts_at_0": "", "starts_at_1": ""}),
        ("ends_at", {"ends_at_0": "2026-09-11"}),
    ],
)
def test_event_times_that_make_no_sense_are_refused(editor, field, details):
    assert list(add(editor, **event(place="x", **details))) == [field]
    assert not Event.objects.exists()


@pytest.mark.parametrize("end", ["", "2026-09-10"])
@pytest.mark.parametrize("time", ["", "09:00"])
def test_an_event_of_one_whole_day_needs_no_end_and_no_times(editor, end, time):
    item = add(editor, **event(all_day="on", starts_at_1=time, ends_at_0=end))
    assert item.event.ends_at is None
    assert item.event.end_date.isoformat() == "2026-09-10"


def test_an_event_of_several_days_ends_on_its_last_day(editor):
    item = add(editor, **event(all_day="on", starts_at_1="", ends_at_0="2026-09-12"))
    assert item.event.end_date.isoformat() == "2026-09-12"


def test_authors_may_take_event_details_away_again(sign_in):
    author = sign_in("Author")
    item = add(author, **event())
    sent = event() | {"event-INITIAL_FORMS": "1", "event-0-item": item.pk, "event-0-DELETE": "on"}
    change(author, item, **sent)
    assert not Event.objects.exists()
