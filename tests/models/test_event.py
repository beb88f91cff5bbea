"""Events: the sequence that tells calendars of a change."""

from datetime import timedelta

import pytest

from items.models import Event, Item
from tests.builders import AT, make_event

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("clock")]

CHANGES = {
    "starts_at": AT + timedelta(days=11),
    "ends_at": AT + timedelta(days=12),
    "all_day": True,
    "place": "Ghent",
    "online_url": "https://meet.example.org/",
    "is_cancelled": True,
}


def sequence(item):
    return Event.objects.get(pk=item.pk).sequence


@pytest.mark.parametrize("name", CHANGES)
def test_a_change_of_time_or_place_raises_the_sequence_when_saved(name):
    item = make_event()
    setattr(item.event, name, CHANGES[name])
    item.event.save()
    assert (sequence(item), item.event.sequence) == (1, 1)


@pytest.mark.parametrize("name", CHANGES)
def test_a_change_of_time_or_place_raises_the_sequence_in_bulk(name):
    item = make_event()
    Event.objects.filter(pk=item.pk).update(**{name: CHANGES[name]})
    assert sequence(item) == 1


def test_other_changes_leave_the_sequence():
    item = make_event()
    item.event.registration_url = "https://example.org/"
    item.event.save()
    item.event.save()
    assert sequence(item) == 0


def test_who_saves_what_was_read_before_a_change_never_lowers_the_sequence():
    item = make_event()
    stale = Event.objects.get(pk=item.pk)
    for place in ("Ghent", "Liège"):
        item.event.place = place
        item.event.save()
    stale.place = "Liège"
    stale.save()
    assert sequence(item) == 2
    stale.sequence = 0
    stale.place = "Mons"
    stale.save()
    assert sequence(item) == 3


def test_withdrawing_an_event_raises_its_sequence_and_so_does_bringing_it_back():
    item = make_event()
    item.withdraw(by=None, at=AT, reason="No.")
    assert sequence(item) == 1
    item.save()
    assert sequence(item) == 1
    item.status = Item.Status.APPROVED
    item.save()
    assert sequence(item) == 2


def test_a_change_of_an_event_is_a_change_of_its_item(clock):
    item = make_event()
    clock.now = AT + timedelta(hours=1)
    item.event.place = "Ghent"
    item.event.save()
    item.refresh_from_db()
    assert item.updated_at == clock.now
    clock.now = AT + timedelta(hours=2)
    Event.objects.filter(pk=item.pk).update(place="Mons")
    item.refresh_from_db()
    assert item.updated_at == clock.now


class TestMoved:
    def test_a_start_that_readers_knew_is_remembered(self):
        event = make_event(starts_at=AT + timedelta(days=3)).event
        event.starts_at += timedelta(days=7)
        event.save()
        assert event.moved_from == AT + timedelta(days=3)
        assert event.is_moved

    def test_a_start_that_nobody_saw_is_not(self):
        event = make_event(status=Item.Status.DRAFT, publish_at=None).event
        event.starts_at += timedelta(days=7)
        event.save()
        assert event.moved_from is None

    def test_what_is_moved_back_was_not_moved(self):
        event = make_event(starts_at=AT + timedelta(days=3)).event
        for days in (7, -7):
            event.starts_at += timedelta(days=days)
            event.save()
        assert event.moved_from is None

    def test_the_hour_of_whole_days_means_nothing(self):
        event = make_event(starts_at=AT, all_day=True).event
        event.starts_at += timedelta(hours=1)
        event.save()
        assert event.moved_from is None
