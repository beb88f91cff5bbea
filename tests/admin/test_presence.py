"""Who else has the form open."""

from datetime import timedelta

import pytest

from items.models import ContentVersion, Presence
from items.models.presence import FORGOTTEN, HERE
from tests.admin.forms import change_url, make_person
from tests.builders import AT, make_item

pytestmark = pytest.mark.django_db


@pytest.fixture
def desk(sign_in):
    return sign_in("Editor")


@pytest.fixture
def colleague():
    return make_person("max", "Editor", first_name="Max", last_name="Moore")


@pytest.fixture
def item():
    return make_item()


def say(desk, item, **data):
    response = desk.post(f"/admin/items/item/{item.pk}/presence/", data)
    assert response.status_code == 200
    return response.json()["others"]


def test_a_colleague_who_has_the_form_open_is_named_when_it_opens(desk, colleague, item, clock):
    Presence.objects.touch(item=item, user=colleague, at=AT - timedelta(minutes=3))
    Presence.objects.touch(item=item, user=colleague, at=AT)
    said = "Max Moore opened this 3\xa0minutes ago and is still here."
    assert said in desk.get(change_url(item)).content.decode()
    assert say(desk, item) == [said]


def test_nobody_is_told_of_oneself(desk, item):
    assert say(desk, item) == []
    assert say(desk, item) == []
    assert Presence.objects.get().user == desk.person


def test_who_has_fallen_silent_may_come_back_and_is_then_forgotten(desk, colleague, item, clock):
    Presence.objects.touch(item=item, user=colleague, at=AT - HERE - timedelta(seconds=5))
    assert not Presence.objects.get().is_here(AT)
    assert say(desk, item)[0].endswith("may come back to it.")
    clock.now = AT + FORGOTTEN
    assert say(desk, item) == []
    assert not Presence.objects.filter(user=colleague).exists()


def test_who_closes_the_form_is_gone_at_once(desk, item):
    say(desk, item)
    say(desk, item, left="1")
    assert not Presence.objects.exists()


def test_whoever_comes_back_later_has_opened_it_anew(colleague, item):
    Presence.objects.touch(item=item, user=colleague, at=AT - timedelta(minutes=30))
    Presence.objects.touch(item=item, user=colleague, at=AT)
    assert Presence.objects.get().opened_at == AT


def test_who_may_only_look_is_told_but_not_noted(sign_in, colleague, item, clock):
    desk = sign_in("Author")
    Presence.objects.touch(item=item, user=colleague, at=AT)
    assert len(say(desk, item)) == 1
    assert not Presence.objects.filter(user=desk.person).exists()


def test_being_there_is_no_change_of_content(desk, item):
    before = ContentVersion.current()
    say(desk, item)
    assert ContentVersion.current() == before


def test_it_needs_a_post_by_who_may_see_the_item(desk, item):
    url = f"/admin/items/item/{item.pk}/presence/"
    assert desk.get(url).status_code == 405
    assert desk.post("/admin/items/item/999999/presence/").status_code == 404
    desk.logout()
    assert desk.post(url).status_code == 302
