"""The page cache: what it keeps, what it never keeps, and that it gets out of the way."""

import gzip

import pytest
from django.db import DatabaseError

from items.http.page_cache import PageCache, cache, canonical, store
from tests.http.site import PAGE, PUBLIC, Client, Site


@pytest.fixture
def clock():
    return [0.0]


def cached(site, clock):
    return Client(PageCache(site, clock=lambda: clock[0]))


def test_the_same_question_is_rendered_once(state, clock):
    site = Site()
    client = cached(site, clock)
    first, second = client.get("/news/?theme=a&year=2026"), client.get("/news/?year=2026&theme=a")
    assert first == second
    assert first[2] == PAGE
    assert len(site.asked) == 1


@pytest.mark.parametrize("query", ["utm_source=mail", "fbclid=1", "nonsense=1&theme=", "theme="])
def test_parameters_that_mean_nothing_do_not_split_it(query, state, clock):
    site = Site()
    client = cached(site, clock)
    client.get("/news/")
    client.get(f"/news/?{query}")
    assert len(site.asked) == 1


def test_paths_languages_hosts_and_values_do_split_it(state, clock):
    site = Site()
    client = cached(site, clock)
    for path in ("/news/", "/fr/news/", "/news/?theme=a", "/news/?theme=b", "/news/?theme=a&theme=b"):
        client.get(path)
    client.get("/news/", host="elsewhere.example")
    assert len(site.asked) == 6


def test_a_change_shows_within_a_second_and_is_not_looked_for_sooner(state, clock):
    site = Site()
    client = cached(site, clock)
    client.get()
    state["token"] = "2"
    clock[0] = 0.9
    client.get()
    assert len(site.asked) == 1
    clock[0] = 1.1
    client.get()
    assert len(site.asked) == 2


def test_a_client_that_has_it_gets_304_and_no_body(state, clock):
    site = Site()
    client = cached(site, clock)
    client.get()
    for headers in (
        {"if_none_match": 'W/"one"'},
        {"if_none_match": '"other", W/"one"'},
        {"if_modified_since": "Mon, 15 Jun 2026 12:00:00 GMT"},
        {"if_modified_since": "Tue, 16 Jun 2026 12:00:00 GMT"},
    ):
        status, fields, body = client.get(**headers)
        assert (status, body) == ("304 Not Modified", b"")
        assert fields["etag"] == 'W/"one"'
    assert client.get(if_none_match='W/"other"')[0] == "200 OK"
    assert client.get(if_modified_since="Sun, 14 Jun 2026 12:00:00 GMT")[0] == "200 OK"
    assert client.get(if_none_match='"other"', if_modified_since="Tue, 16 Jun 2026 12:00:00 GMT")[0] == "200 OK"
    assert len(site.asked) == 1


def test_head_is_answered_without_a_body_and_never_kept_as_one(state, clock):
    client = cached(Site(), clock)
    status, fields, body = client.get(method="HEAD")
    assert (status, body) == ("200 OK", b"")
    assert int(fields["content-length"]) == len(PAGE)
    assert client.get()[2] == PAGE


def test_it_compresses_for_who_can_read_it(state, clock):
    client = cached(Site(), clock)
    _status, fields, body = client.get(accept_encoding="gzip, br")
    assert fields["content-encoding"] == "gzip"
    assert gzip.decompress(body) == PAGE
    assert len(body) == int(fields["content-length"]) < len(PAGE)
    assert "Accept-Encoding" in fields["vary"]
    assert client.get()[2] == PAGE


@pytest.mark.parametrize(
    ("accepted", "is_zipped"),
    [("GZIP", True), ("br;q=1, gzip;q=0.5", True), ("gzip;q=0", False), ("br, gzip; q=0.000", False), ("xgzip", False)],
)
def test_it_does_not_compress_for_who_refuses_it(accepted, is_zipped, state, clock):
    _status, fields, _body = cached(Site(), clock).get(accept_encoding=accepted)
    assert (fields.get("content-encoding") == "gzip") is is_zipped


@pytest.mark.parametrize(
    "headers",
    [
        [*PUBLIC, ("Set-Cookie", "a=b")],
        [*PUBLIC, ("Vary", "Cookie")],
        [*PUBLIC, ("Content-Security-Policy", "script-src 'nonce-x'")],
        [("Content-Type", "text/html")],
        [("Cache-Control", "private")],
    ],
)
def test_what_holds_something_about_the_reader_is_never_kept(headers, state, clock):
    site = Site(headers)
    client = cached(site, clock)
    assert client.get()[2] == PAGE
    assert client.get()[2] == PAGE
    assert len(site.asked) == 2


@pytest.mark.parametrize("status", ["404 Not Found", "500 Internal Server Error", "301 Moved Permanently"])
def test_only_good_answers_are_kept(status, state, clock):
    site = Site(status=status)
    client = cached(site, clock)
    assert client.get()[0] == client.get()[0] == status
    assert len(site.asked) == 2


@pytest.mark.parametrize(
    ("path", "method"), [("/admin/", "GET"), ("/accounts/", "GET"), ("/news/", "POST"), ("/static/a.css", "GET")]
)
def test_it_stays_out_of_the_way(path, method, state, clock):
    site = Site()
    client = cached(site, clock)
    client.get(path, method=method)
    client.get(path, method=method)
    assert len(site.asked) == 2


def test_without_a_database_django_answers(monkeypatch, clock):
    def gone(at):
        raise DatabaseError("gone")

    monkeypatch.setattr(cache, "content_state", gone)
    site = Site()
    assert cached(site, clock).get()[2] == PAGE


class Broken:
    def get(self, *arguments):
        raise ConnectionError("no Redis")

    set = get


def test_without_its_shared_store_the_site_goes_on(monkeypatch, state, clock):
    monkeypatch.setattr(store, "caches", {"pages": Broken()})
    site = Site()
    client = cached(site, clock)
    assert client.get()[2] == client.get()[2] == PAGE
    assert len(site.asked) == 1


def test_two_processes_share_a_store(monkeypatch, state, clock):
    kept = {}

    class Store:
        def get(self, key):
            return kept.get(key)

        def set(self, key, value, seconds):
            kept[key] = value

    monkeypatch.setattr(store, "caches", {"pages": Store()})
    site = Site()
    assert cached(site, clock).get()[2] == cached(site, clock).get()[2] == PAGE
    assert len(site.asked) == 1


def test_memory_is_bounded(monkeypatch, state, clock):
    monkeypatch.setattr(cache, "KEPT_BYTES", 20_000)
    site = Site()
    client = cached(site, clock)
    for number in range(10):
        client.get(f"/news/?page={number}")
    client.get("/news/?page=9")
    assert len(site.asked) == 10
    client.get("/news/?page=0")
    assert len(site.asked) == 11


def test_what_part_of_time_an_agenda_shows_is_part_of_the_question():
    asked = "day=2026-11-24&format=csv&month=2026-11&view=month&when=past"
    assert canonical(asked) == asked


def test_of_what_has_one_value_the_last_counts_as_it_does_for_django():
    assert canonical("page=1&page=2&sort=oldest") == "page=2&sort=oldest"
    assert canonical("page=2&page=1") == "page=1"
    assert canonical("page=2&page=") == ""
    assert canonical("theme=b&theme=&theme=a") == "theme=a&theme=b"


def test_a_canonical_query_is_sorted_and_bare():
    assert canonical("year=2026&theme=b&theme=a&theme=b&x=1&q=") == "theme=a&theme=b&year=2026"
