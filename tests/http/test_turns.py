"""One makes a page, the others wait for it; where it may not be kept nobody waits for long, nor in a queue."""

from concurrent.futures import ThreadPoolExecutor
from threading import Barrier, Event

import pytest

from items.http.page_cache import PageCache, cache, store
from items.http.page_cache.answer import Answer
from tests.http.site import PAGE, PUBLIC, Client, Site


@pytest.fixture
def clock():
    return [0.0]


def cached(site, clock):
    return Client(PageCache(site, clock=lambda: clock[0]))


def ask_together(client, number):
    """What so many threads are answered that ask the same at once."""
    together = Barrier(number)

    def ask(_number):
        together.wait()
        return client.get()

    with ThreadPoolExecutor(number) as pool:
        return list(pool.map(ask, range(number)))


class Gate:
    """Lets the first through when `number` have asked for the page, and the others when `number` less one are there."""

    def __init__(self, number):
        self.first, self.others = [None], Barrier(number - 1)

    def __call__(self):
        if not self.first:
            self.others.wait(timeout=30)  # raises where they come one after the other
        self.first.clear()


def test_a_hundred_simultaneous_misses_render_once(state, clock):
    site = Site(meanwhile=lambda: asking.wait(30))
    client = cached(site, clock)
    asking, asked = Event(), []

    class Waiting(PageCache):
        def _awaited(self, flight):
            asked.append(flight)
            if len(asked) == 99:
                asking.set()
            return super()._awaited(flight)

    client.application.__class__ = Waiting
    answers = ask_together(client, 100)
    assert len(site.asked) == 1
    assert {answer[2] for answer in answers} == {PAGE}


def test_those_who_waited_for_what_may_not_be_kept_do_not_queue(state, clock):
    site = Site(status="404 Not Found", meanwhile=Gate(8))
    answers = ask_together(cached(site, clock), 8)
    assert [answer[0] for answer in answers] == ["404 Not Found"] * 8
    assert len(site.asked) == 8


class Turns:
    """A store in which another process always has the turn first, and leaves or does not leave a page."""

    def __init__(self, *, patient=True, leaves=None):
        self.patient, self.leaves, self.held, self.asked, self.kept = patient, leaves, False, 0, {}

    def get(self, key):
        return self.kept.get(key)

    def set(self, key, value, seconds):
        self.kept[key] = value

    def turn(self, key, *, longest):
        self.key = key
        return self

    def acquire(self, *, blocking, blocking_timeout=0.0):
        self.asked += 1
        self.held = blocking and self.patient
        if blocking and self.leaves:
            self.kept[self.key] = self.leaves
        return self.held

    def release(self):
        assert self.held
        self.held = False


def test_who_waited_for_another_process_takes_what_it_made(monkeypatch, state, clock):
    theirs = Answer("200 OK", [], "", None, b"theirs", b"")
    monkeypatch.setattr(store, "caches", {"pages": (turns := Turns(leaves=theirs))})
    site = Site()
    client = cached(site, clock)
    assert client.get()[2] == client.get()[2] == b"theirs"
    assert site.asked == []
    assert (turns.held, turns.asked) == (False, 2)


@pytest.mark.parametrize("patient", [True, False])
def test_who_waited_for_another_process_in_vain_renders_without_the_turn(patient, monkeypatch, state, clock):
    monkeypatch.setattr(store, "caches", {"pages": (turns := Turns(patient=patient))})
    held = []
    site = Site(meanwhile=lambda: held.append(turns.held))
    assert cached(site, clock).get()[2] == PAGE
    assert held == [False]
    assert len(turns.kept) == 1


@pytest.mark.parametrize(
    ("status", "headers", "again"),
    [
        ("404 Not Found", PUBLIC, 0),
        ("301 Moved Permanently", PUBLIC, 0),
        ("200 OK", [*PUBLIC, ("Content-Disposition", "attachment")], 0),
        ("500 Internal Server Error", PUBLIC, 2),
        ("429 Too Many Requests", PUBLIC, 2),
        ("200 OK", [("Cache-Control", "no-store")], 2),
    ],
)
def test_for_what_will_never_be_kept_the_store_is_not_asked_again(status, headers, again, monkeypatch, state, clock):
    monkeypatch.setattr(store, "caches", {"pages": (turns := Turns())})
    site = Site(headers, status)
    client = cached(site, clock)
    client.get()
    before = turns.asked
    assert client.get()[0] == status
    assert turns.asked - before == again
    state["token"] = "2"
    clock[0] = 2.0
    client.get()
    assert turns.asked - before == again + 2
    assert len(site.asked) == 3


def test_a_failure_of_the_application_sets_those_free_who_wait(state, clock):
    def fail():
        if len(site.asked) == 1:
            raise RuntimeError("broken")

    site = Site(meanwhile=fail)
    client = cached(site, clock)
    with pytest.raises(RuntimeError):
        client.get()
    assert client.get()[2] == PAGE


def test_a_page_too_large_to_keep_is_sent_and_not_waited_for(monkeypatch, state, clock):
    monkeypatch.setattr(cache, "LARGEST", len(PAGE) - 1)
    monkeypatch.setattr(store, "caches", {"pages": (turns := Turns())})
    client = cached(Site(), clock)
    assert client.get()[2] == client.get()[2] == PAGE
    assert (turns.asked, turns.kept) == (2, {})
