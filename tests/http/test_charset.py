"""Requests that name another charset than UTF-8 are refused at every door."""

import pytest

from items.http import CharsetGuard
from items.http.charset import REFUSED, is_utf8
from newsroom.wsgi import application
from tests.http.site import Client, Site

FOREIGN = [
    "application/x-www-form-urlencoded; charset=bogus",
    "application/x-www-form-urlencoded; charset=latin-1",
    "application/x-www-form-urlencoded; charset=utf-16",
    "text/plain; charset=hex",
    "text/plain; charset=punycode",
    "text/plain; charset=utf-8-sig",
    "text/plain; charset=a\0b",
    "text/plain; charset=é",
    'multipart/form-data; boundary=x; charset="utf-7"',
    "text/plain; charset*=bogus''%41",
    "text/plain; name*=bogus''%41",
    "text/plain; charset=" + "x" * 10_000,
]
FINE = [
    "", "text/html", "text/plain; charset=utf-8", 'text/plain; charset="UTF-8"', "application/json;charset=utf8", ";",
    "x", "multipart/form-data; boundary=charset", "application/x-www-form-urlencoded; charset=Utf-8; x=y",
]  # fmt: skip
DOORS = [
    "/news/?q=%C3%A9", "/fr/", "/news/feed.atom?q=a", "/api/v1/items/?q=a", "/admin/login/?next=%C3%A9", "/media/a.png",
    "/healthz", "/no-such-page/",
]  # fmt: skip


@pytest.mark.parametrize("content_type", FINE)
def test_utf8_and_silence_are_fine(content_type):
    assert is_utf8(content_type)


@pytest.mark.parametrize("content_type", FOREIGN)
@pytest.mark.django_db
def test_every_door_refuses_another_charset(content_type):
    client = Client(application)
    for door in DOORS:
        for method in ("GET", "HEAD", "POST"):
            status, fields, _body = client.get(door, method=method, content_type=content_type)
            assert status == "400 Bad Request", (method, door)
            assert "set-cookie" not in fields
            is_api = door.startswith("/api/")
            assert fields["content-type"].startswith("application/problem+json" if is_api else "text/html")


@pytest.mark.django_db
def test_a_refusal_looks_like_the_site_and_speaks_its_language():
    _status, fields, body = Client(application).get("/fr/news/", content_type=FOREIGN[0])
    assert fields["content-language"] == "fr"
    assert "site-header" in body.decode()
    assert "default-src 'none'" in fields["content-security-policy"]


@pytest.mark.django_db
@pytest.mark.parametrize("method", ["get", "post"])
@pytest.mark.parametrize("path", ["/news/", "/admin/login/"])
def test_without_the_guard_the_middleware_refuses(client, path, method):
    assert client.generic(method.upper(), path, CONTENT_TYPE=FOREIGN[2]).status_code == 400


@pytest.mark.django_db
def test_a_refusal_does_not_change_what_others_get():
    client = Client(application)
    assert client.get("/news/?q=zebra")[0] == "200 OK"
    assert client.get("/news/?q=zebra", content_type=FOREIGN[2])[0] == "400 Bad Request"
    assert client.get("/news/?q=zebra")[0] == "200 OK"


def test_the_guard_lets_everything_else_through():
    seen = []

    def site(environ, start_response):
        seen.append((environ["CONTENT_TYPE"], environ.get(REFUSED)))
        return Site()(environ, start_response)

    client = Client(CharsetGuard(site))
    for content_type in (*FINE, FOREIGN[0]):
        client.get(content_type=content_type)
    assert seen == [*((content_type, None) for content_type in FINE), ("", True)]
