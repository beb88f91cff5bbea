"""Telling a hub, against a real HTTP server of the test's own."""

from datetime import timedelta
from http.server import BaseHTTPRequestHandler, HTTPServer
from threading import Thread
from urllib.parse import parse_qs

import pytest
from django.core.exceptions import ImproperlyConfigured
from django.core.files.base import ContentFile
from django.core.management import call_command
from django.db import connection

from items import websub
from items.feeds.base import PAGE_SIZE
from items.models import Attachment, Event, HubState, Item, RemovedTerm, Theme
from items.websub import Told, tell
from newsroom.env import env_url
from tests.builders import AT, make_event, make_item, make_term

pytestmark = pytest.mark.django_db

MINUTE = timedelta(minutes=1)
RSS, FRENCH_ATOM = "http://testserver/news/feed.rss", "http://testserver/fr/news/feed.atom"
EVERYTHING = 4 * 3  # languages and formats


class Hub:
    """A hub that keeps what it was told and answers as it is bidden."""

    def __init__(self):
        self.told, self.status, self.refuses = [], 204, ""
        hub = self

        class Handler(BaseHTTPRequestHandler):
            def do_POST(self):
                form = parse_qs(self.rfile.read(int(self.headers["Content-Length"])).decode())
                topic = form["hub.url"][0]
                status = 400 if topic == hub.refuses else hub.status
                if status < 300:
                    assert form["hub.mode"] == ["publish"]
                    hub.told.append(topic)
                self.send_response(status)
                self.end_headers()

            def log_message(self, *args):
                pass

        self.server = HTTPServer(("127.0.0.1", 0), Handler)
        self.url = f"http://127.0.0.1:{self.server.server_port}/publish?key=1"
        Thread(target=self.server.serve_forever, kwargs={"poll_interval": 0.01}, daemon=True).start()

    def stop(self):
        self.server.shutdown()
        self.server.server_close()


@pytest.fixture
def hub():
    hub = Hub()
    yield hub
    hub.stop()


def tick(hub, at):
    """Tell the hub, once what PostgreSQL defers to the commit has fired."""
    connection.check_constraints()
    return tell(hub.url, at=at)


def test_the_first_time_nothing_is_news(hub):
    make_item()
    assert tick(hub, AT) == Told()
    assert hub.told == []


def test_a_new_item_is_told_once_in_each_language_and_format(hub):
    tick(hub, AT)
    make_item()
    assert tick(hub, AT + MINUTE) == Told(told=EVERYTHING)
    assert len(set(hub.told)) == EVERYTHING
    assert {RSS, FRENCH_ATOM} <= set(hub.told)
    assert tick(hub, AT + 2 * MINUTE) == Told()
    assert len(hub.told) == EVERYTHING


def test_the_feeds_of_its_themes_and_of_those_above_are_told_too(hub):
    above = make_term(Theme, "above")
    below = make_term(Theme, "below", parent=above)
    make_term(Theme, "beside")
    tick(hub, AT)
    make_item(themes=[below])
    tick(hub, AT + MINUTE)
    assert {f"{RSS}?theme=above", f"{RSS}?theme=below", f"{FRENCH_ATOM}?theme=above"} <= set(hub.told)
    assert len(hub.told) == 3 * EVERYTHING


def test_a_scheduled_item_is_told_of_at_its_time_though_nobody_writes(hub):
    tick(hub, AT)
    make_item(publish_at=AT + 10 * MINUTE)
    assert tick(hub, AT + MINUTE) == Told()
    assert tick(hub, AT + 10 * MINUTE).told == EVERYTHING
    assert tick(hub, AT + 11 * MINUTE) == Told()


def test_a_correction_is_told_and_a_draft_is_not(hub):
    item = make_item()
    draft = make_item(status="draft")
    tick(hub, AT)
    draft.save()
    assert tick(hub, AT + MINUTE) == Told()
    Item.objects.filter(pk=item.pk).update(title="Another")
    assert tick(hub, AT + 2 * MINUTE).told == EVERYTHING


def leave(item, way):
    if way == "withdrawn":
        item.withdraw(by=None, at=AT, reason="Wrong.")
    elif way == "deleted":
        item.delete()
    elif way == "back to draft":
        Item.objects.filter(pk=item.pk).update(status="draft", publish_at=None)
    else:
        item.themes.clear()


@pytest.mark.parametrize("way", ["withdrawn", "deleted", "back to draft", "without its theme"])
def test_of_what_leaves_a_feed_the_hub_is_told_once(hub, way):
    item = make_item(themes=["near"])
    make_item(themes=["far"])
    tick(hub, AT)
    leave(item, way)
    assert tick(hub, AT + MINUTE).told == 2 * EVERYTHING
    assert {f"{RSS}?theme=near", RSS} <= set(hub.told)
    assert f"{RSS}?theme=far" not in hub.told
    assert tick(hub, AT + 2 * MINUTE) == Told()


def test_of_what_expires_the_hub_is_told_though_nobody_writes(hub):
    make_item(expire_at=AT + 5 * MINUTE)
    tick(hub, AT)
    assert tick(hub, AT + MINUTE) == Told()
    assert tick(hub, AT + 5 * MINUTE).told == EVERYTHING
    assert tick(hub, AT + 6 * MINUTE) == Told()


def test_a_new_keyword_file_or_place_is_a_change_of_its_item(hub, media):
    item = make_event()
    tick(hub, AT)
    item.keywords.add("solidarity")
    assert tick(hub, AT + MINUTE).told == EVERYTHING
    Attachment.objects.create(item=item, title="x", file=ContentFile(b"x", "x.txt"))
    assert tick(hub, AT + 2 * MINUTE).told == EVERYTHING
    Event.objects.filter(pk=item.pk).update(place="Ghent")
    assert tick(hub, AT + 3 * MINUTE).told == EVERYTHING


def test_of_a_change_behind_the_first_page_nothing_is_told(hub, monkeypatch):
    monkeypatch.setattr(websub, "FIRST_PAGE", 1)
    old = make_item(publish_at=AT - 9 * MINUTE)
    make_item(publish_at=AT - 8 * MINUTE)
    tick(hub, AT)
    Item.objects.filter(pk=old.pk).update(title="Another")
    assert tick(hub, AT + MINUTE) == Told()


def test_the_hub_fetches_as_many_entries_as_it_is_told_of():
    assert websub.FIRST_PAGE == PAGE_SIZE


def test_a_removed_theme_is_told_when_it_ends_and_when_it_is_gone(hub):
    theme = make_term(Theme, "old-theme")
    make_item(themes=[theme])
    tick(hub, AT)
    theme.delete()
    RemovedTerm.objects.update(removed_at=AT)
    tick(hub, AT + MINUTE)
    assert hub.told.count(f"{RSS}?theme=old-theme") == 1
    for day in range(1, 40):
        tick(hub, AT + timedelta(days=day))
        assert hub.told.count(f"{RSS}?theme=old-theme") == (1 if day <= 30 else 2)


def test_a_renamed_theme_is_told_under_its_former_slug_and_its_new_one(hub):
    theme = make_term(Theme, "old-theme")
    make_item(themes=[theme])
    tick(hub, AT)
    theme.slug = "new-theme"
    theme.save()
    tick(hub, AT + MINUTE)
    assert {f"{RSS}?theme=old-theme", f"{RSS}?theme=new-theme"} <= set(hub.told)


def test_a_state_of_before_there_were_pages_begins_anew(hub):
    make_item()
    tick(hub, AT)
    HubState.objects.update(pages={}, version=0)
    assert tick(hub, AT + MINUTE) == Told()
    make_item()
    assert tick(hub, AT + 2 * MINUTE).told == EVERYTHING


def test_a_hub_that_fails_is_told_at_the_next_tick_and_only_of_what_is_left(hub):
    tick(hub, AT)
    make_item()
    hub.refuses = FRENCH_ATOM
    assert tick(hub, AT + MINUTE) == Told(told=EVERYTHING - 1, left=1)
    hub.refuses = ""
    assert tick(hub, AT + 2 * MINUTE) == Told(told=1)
    assert hub.told[-1] == FRENCH_ATOM
    assert tick(hub, AT + 3 * MINUTE) == Told()


def test_a_hub_that_does_not_answer_is_asked_once_and_again_at_the_next_tick(hub, monkeypatch):
    tick(hub, AT)
    make_item()
    asked = []
    publish = websub.publish

    def refused(url, topic):
        asked.append(topic)
        raise ConnectionRefusedError

    monkeypatch.setattr(websub, "publish", refused)
    assert tick(hub, AT + MINUTE) == Told(left=EVERYTHING)
    assert len(asked) == 1
    monkeypatch.setattr(websub, "publish", publish)
    assert tick(hub, AT + 2 * MINUTE) == Told(told=EVERYTHING)


def test_a_redirect_is_no_answer_and_is_not_followed(hub):
    tick(hub, AT)
    make_item()
    hub.status = 302
    assert tick(hub, AT + MINUTE).told == 0


def test_while_one_host_tells_another_does_not(hub, monkeypatch):
    tick(hub, AT)
    make_item()
    others = []
    publish = websub.publish

    def meanwhile(url, topic):
        others.append(tick(hub, AT + 2 * MINUTE))
        publish(url, topic)

    monkeypatch.setattr(websub, "publish", meanwhile)
    assert tick(hub, AT + MINUTE).told == EVERYTHING
    assert set(others) == {Told()}
    assert len(hub.told) == EVERYTHING


def test_of_two_hosts_that_read_the_same_one_gets_the_claim(hub, monkeypatch):
    tick(hub, AT)
    make_item()

    def beaten(state, **kwargs):
        HubState.objects.update(claimed_until=AT + 5 * MINUTE)
        return True

    monkeypatch.setattr(websub, "_may_have_changed", beaten)
    assert tick(hub, AT + MINUTE) == Told()
    assert hub.told == []


def test_the_claim_of_a_host_that_died_runs_out(hub):
    tick(hub, AT)
    make_item()
    HubState.objects.update(claimed_until=AT + MINUTE + websub.CLAIM)
    assert tick(hub, AT + 2 * MINUTE) == Told()
    assert tick(hub, AT + 2 * MINUTE + websub.CLAIM).told == EVERYTHING


def test_the_tick_command_tells_the_configured_hub(hub, settings, clock, capsys):
    settings.WEBSUB_HUB = ""
    call_command("tick")
    assert not HubState.objects.exists()
    settings.WEBSUB_HUB = hub.url
    call_command("tick")
    make_item()
    connection.check_constraints()
    clock.now = AT + MINUTE
    call_command("tick")
    assert "12 feeds" in capsys.readouterr().out
    assert len(hub.told) == EVERYTHING


@pytest.mark.parametrize("value", ["file:///etc/passwd", "ftp://hub.example.org/", "hub.example.org", "https:///x"])
def test_only_http_addresses_are_hubs(monkeypatch, value):
    monkeypatch.setenv("WEBSUB_HUB", value)
    with pytest.raises(ImproperlyConfigured, match="WEBSUB_HUB"):
        env_url("WEBSUB_HUB")
