"""Telling a hub, against a real HTTP server of the test's own."""

from datetime import timedelta
from http.server import BaseHTTPRequestHandler, HTTPServer
from threading import Thread
from urllib.parse import parse_qs

import pytest
from django.core.exceptions import ImproperlyConfigured
from django.core.management import call_command
from django.db import connection

from items import websub
from items.models import HubState, Item, Theme
from items.websub import Told, tell
from newsroom.env import env_url
from tests.builders import AT, make_item, make_term

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
    get_or_create = HubState.objects.get_or_create

    def beaten(**kwargs):
        answer = get_or_create(**kwargs)
        HubState.objects.update(claimed_until=AT + 5 * MINUTE)
        return answer

    monkeypatch.setattr(HubState.objects, "get_or_create", beaten)
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
