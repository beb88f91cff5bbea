"""Over a real Redis: pages and counts are shared, and a Redis that is gone or hangs takes nothing with it."""

import os
import socket
import subprocess
import sys
from pathlib import Path

import pytest
from django.core.cache import caches
from django.test import RequestFactory
from redis.exceptions import LockError, TimeoutError

from items.api import throttle
from items.http import redis_cache
from items.http.breaker import Away, Breaker
from items.http.conditional import ContentState
from items.http.page_cache import PageCache, cache
from items.http.page_cache.answer import Answer
from items.http.redis_cache import RedisCache, breaker_of
from tests.builders import AT
from tests.http.redis_server import RedisServer
from tests.http.site import PAGE, Client, Site

ROOT = Path(__file__).resolve().parent.parent.parent


@pytest.fixture
def server():
    server = RedisServer()
    server.start()
    yield server
    server.close()


@pytest.fixture
def use(settings, monkeypatch):
    """Make the site use the Redis at an address."""
    monkeypatch.setattr(cache, "content_state", lambda at: ContentState("1", AT))

    def use(url):
        redis = {"BACKEND": "items.http.redis_cache.RedisCache", "LOCATION": url}
        settings.CACHES = {name: {**redis, "KEY_PREFIX": name} for name in ("default", "pages")}

    return use


def test_two_page_caches_share_their_pages(server, use):
    use(server.url)
    site = Site()
    first, second = Client(PageCache(site)), Client(PageCache(site))
    assert first.get() == second.get()
    assert first.get(accept_encoding="gzip") == second.get(accept_encoding="gzip")
    assert len(site.asked) == 1


def test_an_answer_comes_back_as_it_went_in(server, use):
    use(server.url)
    answer = Answer("200 OK", [("Vary", "Accept-Encoding")], 'W/"é"', 1_781_524_800, bytes(range(256)), b"\x1f\x8b")
    caches["pages"].set("answer", answer, 60)
    assert caches["pages"].get("answer") == answer
    assert caches["default"].get("answer") is None


def test_the_site_goes_on_when_redis_stops_and_uses_it_again_when_it_is_back(server, use, monkeypatch):
    monkeypatch.setattr(redis_cache, "PAUSE", 0.0)
    use(server.url)
    site = Site()
    client, other = Client(PageCache(site)), Client(PageCache(site))
    assert client.get("/news/?page=1")[2] == PAGE
    server.stop()
    for number in (1, 2, 3):
        assert client.get(f"/news/?page={number}")[0] == "200 OK"
    assert other.get("/news/?page=2")[2] == PAGE
    assert len(site.asked) == 4
    server.start()
    assert client.get("/news/?page=4")[2] == other.get("/news/?page=4")[2] == PAGE
    assert len(site.asked) == 5


@pytest.fixture
def hung():
    """A port that takes connections and never says a word."""
    with socket.create_server(("127.0.0.1", 0), backlog=64) as listener:
        listener.setblocking(False)
        yield listener


def connections(listener) -> int:
    """How many have connected."""
    number = 0
    while True:
        try:
            listener.accept()[0].close()
        except BlockingIOError:
            return number
        number += 1


def test_a_redis_that_hangs_is_waited_for_once_and_not_at_each_request(hung, use, monkeypatch):
    monkeypatch.setattr(redis_cache, "PAUSE", 3600.0)
    use(f"redis://127.0.0.1:{hung.getsockname()[1]}/0")
    site = Site()
    client = Client(PageCache(site))
    for number in range(20):
        assert client.get(f"/news/?page={number}")[2] == PAGE
    assert len(site.asked) == 20
    assert connections(hung) == 1
    with pytest.raises(Away):
        caches["default"].get("anything")


def test_each_wait_for_redis_has_an_end(hung):
    cache = RedisCache(f"redis://127.0.0.1:{hung.getsockname()[1]}/0", {})
    with pytest.raises(TimeoutError):
        cache.get("anything")
    options = cache._cache.get_client().connection_pool.connection_kwargs
    assert 0 < options["socket_timeout"] <= 1
    assert 0 < options["socket_connect_timeout"] <= 1
    assert options["retry"].get_retries() == 0


def test_the_address_may_ask_for_more_patience():
    cache = RedisCache("redis://127.0.0.1:1/0?socket_timeout=2", {})
    assert cache._cache.get_client().connection_pool.connection_kwargs["socket_timeout"] == 2


def test_a_failure_is_logged_once_and_so_is_the_return(server, use, monkeypatch, caplog):
    monkeypatch.setattr(redis_cache, "PAUSE", 3600.0)
    use(server.url)
    client = Client(PageCache(Site()))
    server.stop()
    for number in range(5):
        client.get(f"/news/?page={number}")
    assert [record.name for record in caplog.records].count("items.http.breaker") == 1
    assert len(caplog.records) <= 2
    server.start()
    breaker_of(server.url)._clock = lambda: float("inf")
    client.get("/news/?page=9")
    assert "Redis answers again." in caplog.messages


# --- Turns -------------------------------------------------------------------------------------------------------


def test_a_turn_is_had_by_one_and_is_that_of_one_key(server):
    one, two = RedisCache(server.url, {}), RedisCache(server.url, {})
    turn = one.turn("a", longest=60)
    assert turn.acquire(blocking=False)
    assert not two.turn("a", longest=60).acquire(blocking=False)
    assert two.turn("b", longest=60).acquire(blocking=False)
    turn.release()
    assert two.turn("a", longest=60).acquire(blocking=False)


def test_the_turn_of_one_who_died_ends_and_is_not_given_back_by_him(server):
    dead, alive = RedisCache(server.url, {}).turn("a", longest=0.05), RedisCache(server.url, {}).turn("a", longest=60)
    assert dead.acquire(blocking=False)
    assert alive.acquire(blocking=True, blocking_timeout=30)
    with pytest.raises(LockError):
        dead.release()
    assert alive.owned()


# --- The breaker -------------------------------------------------------------------------------------------------


def test_a_breaker_lets_one_try_after_its_pause():
    now = [0.0]
    breaker = Breaker("It", failures=(OSError,), pause=5, clock=lambda: now[0])

    def call(error=None):
        with breaker.call():
            if error:
                raise error

    call()
    with pytest.raises(OSError, match="gone"):
        call(OSError("gone"))
    now[0] = 4.9
    with pytest.raises(Away):
        call()
    now[0] = 5.1
    with breaker.call(), pytest.raises(Away):  # while one tries, the others do without
        call()
    call()
    with pytest.raises(KeyError):
        call(KeyError("an answer, if not a good one"))
    call()


# --- The API's throttle ------------------------------------------------------------------------------------------


def test_the_limit_of_the_api_counts_over_all_processes(server, settings, monkeypatch):
    settings.API_RATE = 3
    monkeypatch.setattr(throttle.time, "time", lambda: 1_000_000.0)
    processes = [RedisCache(server.url, {"KEY_PREFIX": "default"}) for _ in range(2)]
    request, allowed = RequestFactory().get("/api/v1/items/"), []
    for number in range(6):
        monkeypatch.setattr(throttle, "caches", {"requests": processes[number % 2]})
        allowed.append(throttle.AddressThrottle().allow_request(request, None))
    assert allowed == [True, True, True, False, False, False]


def test_without_redis_nobody_is_refused_by_the_api(server, use, settings):
    settings.API_RATE = 1
    use(server.url)
    server.stop()
    request = RequestFactory().get("/api/v1/items/")
    assert [throttle.AddressThrottle().allow_request(request, None) for _ in range(3)] == [True] * 3


# --- Settings ----------------------------------------------------------------------------------------------------


def settings_with(url, code="import newsroom.settings"):
    environment = {**os.environ, "SECRET_KEY": "long-enough", "REDIS_URL": url, "DJANGO_SETTINGS_MODULE": ""}
    command = [sys.executable, "-c", code]
    return subprocess.run(command, cwd=ROOT, env=environment, capture_output=True, text=True, check=False, timeout=60)


@pytest.mark.parametrize("url", ["localhost:6379", "http://hush@localhost", "redis"])
def test_an_address_of_no_redis_is_refused_and_not_printed(url):
    result = settings_with(url)
    assert result.returncode != 0
    assert "REDIS_URL" in result.stderr.splitlines()[-1]
    assert "hush" not in result.stderr


def test_with_redis_both_caches_are_there_and_apart():
    code = (
        "from newsroom.settings import CACHES as c;"
        "print(*(c[n]['BACKEND'] + ' ' + c[n]['KEY_PREFIX'] for n in ('requests', 'pages')), c['default']['BACKEND'])"
    )
    backend, table = "items.http.redis_cache.RedisCache", "django.core.cache.backends.db.DatabaseCache"
    told = settings_with("redis://127.0.0.1/0", code).stdout.split()
    assert told == [backend, "requests", backend, "pages", table]


def test_without_the_driver_the_start_is_refused():
    code = "import importlib.util as u; u.find_spec = lambda name: None; import newsroom.settings"
    result = settings_with("redis://127.0.0.1/0", code)
    assert "REDIS_URL needs the packages of requirements-prod.txt" in result.stderr.splitlines()[-1]


@pytest.mark.parametrize(
    ("name", "value"),
    [("SITE_NAME", "Other"), ("SITE_URL", "https://o.example"), ("LANGUAGES", "en"), ("TIME_ZONE", "UTC")],
)
def test_what_pages_show_of_the_settings_is_part_of_the_release(name, value, monkeypatch):
    code = "from newsroom.settings import RELEASE; print(RELEASE)"
    monkeypatch.setenv("RELEASE", "7")
    before = settings_with("", code).stdout
    assert before.startswith("7.")
    assert settings_with("", code).stdout == before
    monkeypatch.setenv(name, value)
    assert settings_with("", code).stdout.startswith("7.")
    assert settings_with("", code).stdout != before
