"""Hostile and absurd requests: whatever is asked, never a fault of ours."""

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from tests.places import PLACES, make_everywhere, places

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("clock", "media")]

VALUES = {
    "NUL": "%00",
    "NUL inside": "recep%00tion",
    "lone surrogate": "%ED%A0%80",
    "broken UTF-8": "%FF%FE",
    "broken escape": "%zz%",
    "long": "x" * 10_000,
    "long number": "9" * 5_000,
    "markup": "%3C/script%3E%3Cscript%3Ealert(1)%3C/script%3E",
    "quotes": "'%22%60--;",
    "template": "{{7*7}}%25s%25(x)s{0}",
    "64 bit": "9223372036854775808",
    "negative": "-1",
    "superscript": "%C2%B2",
    "underscore": "1_0",
    "Arabic digits": "%D9%A1%D9%A2",
    "infinity": "inf",
    "line ends": "%0D%0ASet-Cookie:%20x=1",
    "bidi": "%E2%80%AE",
    "traversal": "../../../etc/passwd",
}
PARAMETERS = [
    "theme",
    "keyword",
    "type",
    "source",
    "country",
    "language",
    "year",
    "from",
    "to",
    "sort",
    "page",
    "find",
    "q",
]
QUERIES = [
    "page=0",
    "page=-1",
    "page=%C2%B2",
    "page=1_0",
    "page=%D9%A1",
    "page=99999999999999999999",
    "page=1&page=2",
    "from=0001-01-01",
    "to=0001-01-01",
    "from=9999-12-31",
    "from=2023-02-30",
    "year=0001",
    "year=9999",
    "year=0",
    "theme[]=reception",
    "theme[0]=x&theme[$ne]=1",
    "theme=reception&theme=reception&theme=",
    "%00=1",
    "=1",
    "&&&",
    "?",
    "theme",
    "a=1;b=2",
    "sort=newest&sort=oldest",
    "sort=oldest&page=1",
]
ENDLESS = [
    "&".join(["year=2023"] * 900),
    "&".join(f"theme=t{n}" for n in range(900)),
    "&".join(f"year={n}" for n in range(1000, 1900)),
    "&".join(f"x{n}=1" for n in range(2000)),
]


@pytest.fixture
def found(client):
    return places(make_everywhere())


def ask(client, address, query):
    response = client.get(f"{address}{'&' if '?' in address else '?'}{query}")
    assert response.status_code < 500
    assert not response.cookies
    return response


@pytest.mark.parametrize("place", PLACES)
def test_no_value_of_any_parameter_breaks_an_address(client, found, place):
    for value in VALUES.values():
        ask(client, found[place], "&".join(f"{name}={value}" for name in PARAMETERS))


@pytest.mark.parametrize("parameter", PARAMETERS)
def test_no_value_of_one_parameter_breaks_the_listing(client, found, parameter):
    for value in VALUES.values():
        ask(client, found["listing"], f"{parameter}={value}")


@pytest.mark.parametrize("place", ["listing", "rss", "atom", "facet", "item", "keywords"])
def test_no_absurd_query_breaks_an_address(client, found, place):
    for query in QUERIES:
        ask(client, found[place], query)


@pytest.mark.parametrize("place", ["listing", "item", "rss"])
def test_no_endless_query_breaks_an_address(client, found, place):
    for query in ENDLESS:
        with CaptureQueriesContext(connection) as queries:
            response = ask(client, found[place], query)
        assert len(queries) < 80
        assert len(response.content) < 200_000


@pytest.mark.parametrize("value", VALUES.values(), ids=VALUES)
def test_no_absurd_path_breaks_the_site(client, found, value):
    value = value.replace("/", "%2F")
    for path in (
        f"/themes/{value}/", f"/keywords/{value}/", f"/news/{value}/", f"/news/{value}/x/", f"/news/1/{value}/",
        f"/news/facets/{value}/", f"/news/{value}/files/{value}/{value}", f"/news/1/files/1/{value}", f"/{value}",
    ):  # fmt: skip
        assert client.get(path).status_code in (200, 301, 302, 404)
    assert client.get(f"/media/{value}").status_code in (200, 301, 404)


@pytest.mark.parametrize(
    "name", ["images/../images/x.png", "/etc/passwd", "..%2F..%2Fnewsroom.sqlite3", ".", "images/"]
)
def test_the_image_door_opens_nothing_but_images(client, found, name):
    assert client.get(f"/media/{name}").status_code in (301, 404)


def test_markup_in_a_parameter_is_escaped(client, found):
    attack = "%22%3E%3Cscript%3Ealert(1)%3C/script%3E"
    for place, parameters in {"listing": ("theme", "from", "sort"), "facet": ("find",), "keywords": ("find",)}.items():
        for parameter in parameters:
            text = ask(client, found[place], f"{parameter}={attack}").content.decode()
            assert "<script>alert" not in text
            assert "&lt;script&gt;alert" in text


@pytest.mark.parametrize(
    "header", ["accept-language", "referer", "user-agent", "if-none-match", "if-modified-since", "cookie"]
)
def test_no_header_breaks_a_page_or_a_feed(found, header):
    for value in (
        "",
        "x" * 10_000,
        "\x00",
        "é",
        "Thu, 99 Nov 9999 99:99:99 GMT",
        '"',
        "*",
        "W/",
        "a=b; =; sessionid=\x01",
    ):
        for place in ("listing", "rss"):
            assert Client().get(found[place], headers={header: value}).status_code in (200, 304)
