"""HTTP: methods, errors, validators, reading from other sites, limits; and requests that nobody sane sends."""

import sys
from datetime import timedelta
from types import SimpleNamespace

import pytest
from django.db import connection
from django.test import Client, RequestFactory
from django.test.utils import CaptureQueriesContext

from items.api import listing
from items.api.throttle import client_address
from items.models import Theme
from tests.builders import make_item, make_term

PATHS = [
    "/api/v1/items/", "/api/v1/themes/", "/api/v1/keywords/", "/api/v1/types/", "/api/v1/sources/",
    "/api/v1/countries/", "/api/v1/changes/", "/api/v1/openapi.json",
]  # fmt: skip


def is_problem(response, status):
    data = response.json()
    assert response.headers["Content-Type"] == "application/problem+json"
    assert "no-store" in response.headers["Cache-Control"]
    assert {"type", "title", "status", "detail"} <= data.keys()
    assert data["type"] == f"http://testserver/api/#error-{status}"
    return response.status_code == data["status"] == status


@pytest.mark.parametrize("method", ["POST", "PUT", "PATCH", "DELETE", "TRACE", "PROPFIND", "FOO"])
@pytest.mark.parametrize("path", ["/api/", *PATHS])
def test_every_other_method_is_refused(path, method):
    response = Client(enforce_csrf_checks=True).generic(method, path, b"{}", content_type="application/json")
    assert is_problem(response, 405)
    assert "GET" in response.headers["Allow"]
    assert method not in response.headers["Allow"]


def test_a_removed_term_is_gone_and_says_its_name(client, clock):
    make_term(Theme, "old-theme", labels={"en": "Old", "fr": "Vieux"}).delete()
    response = client.get("/api/v1/items/?theme=old-theme&lang=fr")
    assert is_problem(response, 410)
    assert "Vieux" in response.json()["detail"]
    assert is_problem(client.get("/api/v1/items/?theme=old-theme&page=2"), 410)
    for others in ("&theme=no-such", "&x=1", "&lang=xx", "&per_page=0"):
        assert is_problem(client.get(f"/api/v1/items/?theme=old-theme{others}"), 400)


@pytest.mark.parametrize("path", PATHS)
def test_any_site_may_read(client, path):
    response = client.get(path, headers={"Origin": "https://elsewhere.example"})
    assert response.headers["Access-Control-Allow-Origin"] == "*"
    assert "ETag" in response.headers["Access-Control-Expose-Headers"]
    assert "Access-Control-Allow-Credentials" not in response.headers
    preflight = client.options(path, headers={"Access-Control-Request-Method": "GET"})
    assert preflight.status_code == 204
    assert "If-None-Match" in preflight.headers["Access-Control-Allow-Headers"]


@pytest.mark.parametrize("path", PATHS)
def test_no_cookie_is_set_and_none_is_read(client, path):
    response = client.get(path, headers={"Cookie": "sessionid=forged; csrftoken=forged"})
    assert response.status_code == 200
    assert not response.cookies
    assert "Cookie" not in response.headers.get("Vary", "")


@pytest.mark.parametrize("path", PATHS)
def test_head_says_what_get_says_without_the_body(client, path, clock):
    got, asked = client.get(path), client.head(path)
    assert asked.content == b""
    assert asked.headers["ETag"] == got.headers["ETag"]


@pytest.mark.parametrize("path", [p for p in PATHS if p != "/api/v1/openapi.json"])
def test_an_answer_is_304_until_something_changes(client, clock, path):
    make_item()
    first = client.get(path)
    assert first.headers["Cache-Control"] == "public, max-age=60"
    again = client.get(path, headers={"If-None-Match": first.headers["ETag"]})
    assert again.status_code == 304
    assert again.content == b""
    assert again.headers["ETag"] == first.headers["ETag"]
    make_item()
    assert client.get(path, headers={"If-None-Match": first.headers["ETag"]}).status_code == 200


def test_a_304_asks_one_small_question(client, clock, monkeypatch):
    # As outside of a test's transaction, where the index is kept from one request to the next.
    monkeypatch.setattr(sys.modules["items.facets.current"], "connection", SimpleNamespace(in_atomic_block=False))
    etag = client.get("/api/v1/items/").headers["ETag"]
    with CaptureQueriesContext(connection) as queries:
        assert client.get("/api/v1/items/", headers={"If-None-Match": etag}).status_code == 304
    assert len(queries) == 1


def test_the_etag_moves_when_an_item_comes_or_goes_by_the_clock(client, clock):
    make_item(publish_at=clock.now.replace(hour=13), expire_at=clock.now.replace(hour=14))
    tags = []
    for _ in range(4):
        tags.append(client.get("/api/v1/items/").headers["ETag"])
        clock.now += timedelta(minutes=50)
    assert len(set(tags)) == 3


def test_addresses_have_etags_of_their_own(client, clock):
    assert len({client.get(f"/api/v1/items/?per_page={n}").headers["ETag"] for n in (1, 2)}) == 2


@pytest.mark.parametrize("condition", ["*", "garbage", '"x', ""])
def test_other_conditions_get_the_whole_answer(client, clock, condition):
    assert client.get("/api/v1/items/", headers={"If-None-Match": condition}).status_code == 200


@pytest.mark.parametrize("path", ["/api/nothing", "/api/v1/", "/api/v1/items/x/", "/api/v2/items/", "/api/v1/items//"])
@pytest.mark.parametrize("method", ["GET", "POST"])
def test_an_unknown_address_is_not_found(client, path, method):
    assert is_problem(client.generic(method, path), 404)


def test_words_are_searched_and_pages_of_relevance_go_by_number(client, clock):
    for number in range(3):
        make_item(title=f"Zebras {number}")
    data = client.get("/api/v1/items/?q=zebras&per_page=2").json()
    assert data["count"] == 3
    assert data["next"].endswith("page=2")
    assert "cursor=" in client.get("/api/v1/items/?q=zebras&per_page=2&sort=newest").json()["next"]


def test_a_missing_slash_leads_to_the_address_with_it(client):
    response = client.get("/api/v1/items?theme=reception")
    assert response.status_code == 301
    assert response.headers["Location"] == "/api/v1/items/?theme=reception"


@pytest.mark.parametrize("accept", ["text/xml", "text/html", "image/*"])
def test_other_formats_are_not_acceptable(client, accept):
    assert is_problem(client.get("/api/v1/items/", headers={"Accept": accept}), 406)


@pytest.mark.parametrize("accept", ["*/*", "application/json", "text/html,*/*;q=0.8", "application/*"])
def test_json_is_acceptable(client, accept):
    assert client.get("/api/v1/items/", headers={"Accept": accept}).status_code == 200


def test_a_failure_of_ours_is_a_problem_too(client, monkeypatch):
    monkeypatch.setattr(listing, "listing_data", lambda *args, **kwargs: 1 / 0)
    client.raise_request_exception = False
    assert is_problem(client.get("/api/v1/items/"), 500)


def test_unknown_values_are_listed_by_parameter(client, clock):
    response = client.get(
        "/api/v1/items/?theme=zzz&theme=yyy&keyword=zzz&from=2023-02-30&page=0&fields=id,nope&tehme=x"
    )
    assert is_problem(response, 400)
    errors = {(error["parameter"], error["value"]) for error in response.json()["errors"]}
    assert errors == {
        ("theme", "zzz"), ("theme", "yyy"), ("keyword", "zzz"), ("from", "2023-02-30"), ("page", "0"),
        ("fields", "nope"), ("tehme", "x"),
    }  # fmt: skip


def test_messages_are_in_the_readers_language(client):
    assert client.get("/api/v1/items/?lang=fr").headers["Content-Language"] == "fr"
    assert client.get("/api/v1/items/?lang=fr&page=0").headers["Content-Language"] == "fr"
    assert is_problem(client.get("/api/v1/items/?lang=xx"), 400)


@pytest.mark.parametrize(
    "query",
    [
        "theme=%00", "theme=%ED%A0%80", "page=-1", "page=%C2%B2", "page=1_0", "page=%D9%A3", "page=1e3",
        "page=9223372036854775808", "page=+1", "page=", "page=1&page=1", "per_page=0", "per_page=101", "per_page=x",
        "from=2023-02-30", "from=2024&to=2023", "year=20x6", "theme[]=reception", "theme%5B0%5D=reception",
        "cursor=", "cursor=%00", "fields=", "fields=id,", "facets=nope", "facets=0,theme", "lang=", "lang=EN",
        "format=xml", "sort=worst", "_method=DELETE", "theme=" + "x" * 10_000, "&".join(["year=2020"] * 2_000),
        "&".join(f"year={year}" for year in range(1900, 1930)), "page=1&cursor=bmV3ZXN0IGFmdGVyIDAgMCAw",
    ],
)  # fmt: skip
def test_absurd_questions_are_refused(client, clock, query):
    assert is_problem(client.get(f"/api/v1/items/?{query}"), 400)


@pytest.mark.parametrize(
    "query", ["from=0001-01-01", "to=9999-12-31", "theme=", "year=", "from=&to=", "sort=", "q=%00", "q="]
)
def test_odd_questions_are_answered(client, clock, query):
    assert client.get(f"/api/v1/items/?{query}").status_code == 200


def test_a_host_that_is_not_ours_is_a_problem(client):
    response = client.get("/api/v1/items/", headers={"Host": "evil.example"})
    assert response.status_code == 400
    assert response.headers["Content-Type"] == "application/problem+json"


def test_a_forged_host_gets_into_no_address(client, settings, clock):
    settings.ALLOWED_HOSTS = ["*"]
    make_item(), make_item()
    text = client.get("/api/v1/items/?per_page=1", headers={"Host": "evil.example", "X-Forwarded-Host": "evil.example"})
    assert "evil" not in text.content.decode() + str(text.headers)


@pytest.mark.parametrize(
    ("proxies", "forwarded", "peer", "client_is"),
    [
        (0, "1.1.1.1", "9.9.9.9", "9.9.9.9"),
        (0, "", "9.9.9.9", "9.9.9.9"),
        (1, "1.1.1.1, 2.2.2.2", "9.9.9.9", "2.2.2.2"),
        (2, "1.1.1.1, 2.2.2.2, 3.3.3.3", "9.9.9.9", "2.2.2.2"),
        (1, "", "9.9.9.9", "9.9.9.9"),
        (3, "1.1.1.1", "9.9.9.9", "1.1.1.1"),
        (1, "rubbish", "9.9.9.9", "9.9.9.9"),
        (1, "2.2.2.2:4711", "9.9.9.9", "2.2.2.2"),
        (1, '"[2001:db8::1]:4711"', "9.9.9.9", "2001:db8::"),
        (0, "", "2001:db8:0:0:ffff::1", "2001:db8::"),
        (0, "", "::ffff:9.9.9.9", "9.9.9.9"),
        (0, "", "", "unknown"),
    ],
)
def test_the_client_is_whom_our_own_proxies_name(settings, proxies, forwarded, peer, client_is):
    settings.TRUSTED_PROXIES = proxies
    request = RequestFactory().get("/", REMOTE_ADDR=peer, HTTP_X_FORWARDED_FOR=forwarded)
    assert client_address(request) == client_is


def test_too_many_requests_are_refused_whatever_the_client_writes_in_the_header(client, settings, monkeypatch):
    settings.API_RATE = 3
    monkeypatch.setattr("items.api.throttle.time.time", lambda: 1_000_000_010.0)
    for number in range(3):
        assert client.get("/api/v1/themes/", headers={"X-Forwarded-For": f"1.1.1.{number}"}).status_code == 200
    response = client.get("/api/v1/themes/", headers={"X-Forwarded-For": "1.1.1.9"})
    assert is_problem(response, 429)
    assert 1 <= int(response.headers["Retry-After"]) <= 60
    assert client.get("/api/v1/themes/", REMOTE_ADDR="9.9.9.9").status_code == 200


def test_a_cache_that_is_gone_does_not_take_the_api_with_it(client, settings, monkeypatch):
    settings.API_RATE = 1
    monkeypatch.setattr("items.api.throttle.caches", {})
    assert client.get("/api/v1/themes/").status_code == 200
    assert client.get("/api/v1/themes/").status_code == 200
