"""One question, every door: the same query string gives the same items, each paged to its end."""

import csv
import io
import random
import re
from datetime import date, timedelta
from functools import cache
from urllib.parse import urlencode

import pytest
from django.http import QueryDict

from items.listing import Listing
from items.models import Country, Item
from tests.builders import AT, make_event, make_item
from tests.calendars.strict import check
from tests.feeds.reading import pages

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("clock", "warm")]

QUESTIONS = 100
THEMES = ["reception", "return", "asylum"]
KEYWORDS = ["alpha", "beta", "gamma", "delta"]
COUNTRIES = ["be", "fr"]
SOURCES = ["source-a", "source-b"]
TYPES = ["news-item", "event", "publication"]
LANGUAGES = ["en", "fr", "nl"]


def question(number: int) -> str:
    """A random query string; the same number gives the same."""
    pick = random.Random(number)
    facets = {
        "theme": THEMES, "keyword": KEYWORDS, "country": COUNTRIES, "source": SOURCES, "type": TYPES,
        "language": LANGUAGES, "year": ["2025", "2026"],
    }  # fmt: skip
    pairs = [
        (name, value)
        for name, values in facets.items()
        if pick.random() < 0.25
        for value in pick.sample(values, pick.randint(1, 2))
    ]
    if pick.random() < 0.2:
        pairs.append(("from", pick.choice(["2025", "2025-06", "2026-01-15"])))
    if pick.random() < 0.2:
        pairs.append(("to", pick.choice(["2026", "2026-02", "2026-03-01"])))
    if pick.random() < 0.2:
        pairs.append(("sort", "oldest"))
    pick.shuffle(pairs)
    return urlencode(pairs)


def make_archive() -> None:
    """Seventy items of every sort, some of them versions of one another and some not to be seen."""
    pick = random.Random("archive")
    countries = [Country.objects.get_or_create(code=code)[0] for code in COUNTRIES]
    made: list[Item] = []
    for number in range(70):
        type_ = pick.choice(TYPES)
        values = {
            "type": type_,
            "language": "en",
            "themes": pick.sample(THEMES, pick.randint(0, 2)),
            "keywords": pick.sample(KEYWORDS, pick.randint(0, 2)),
            "countries": pick.sample(countries, pick.randint(0, 2)),
            "source": pick.choice([*SOURCES, None]),
            "publication_date": pick.choice([None, date(2025, 3, 1) + timedelta(days=pick.randint(0, 430))]),
            "publish_at": AT - timedelta(hours=pick.randint(1, 3000)),
            "status": pick.choice(["approved"] * 6 + ["draft"]),
        }
        if made and pick.random() < 0.25:
            original = made.pop()
            values |= {"translation_group": original.translation_group, "language": pick.choice(LANGUAGES[1:])}
        else:
            values["language"] = pick.choice(LANGUAGES)
        if values["language"] == "en" or "translation_group" not in values:
            values["title"] = f"Item number {number}"
        if type_ == "event":
            item = make_event(starts_at=AT + timedelta(days=pick.randint(-300, 300)), **values)
        else:
            item = make_item(**values)
        if "translation_group" not in values and item.language == "en":
            made.append(item)


@cache
def _pattern() -> re.Pattern:
    return re.compile(r'data-item="(\d+)"')


def by_page(client, path, query):
    """`/news/`, page by page until there is no such page."""
    found: list[int] = []
    for page in range(1, 100):
        response = client.get(f"{path}/news/?{query}&page={page}")
        if response.status_code == 404:
            return found
        found += map(int, _pattern().findall(response.content.decode()))
    raise AssertionError("no end")


def _by_feed(kind):
    def door(client, path, query):
        urns = [urn for page in pages(client, f"{path}/news/feed.{kind}?{query}") for urn in page["ids"]]
        keys = {item.uuid.urn: item.pk for item in Item.objects.all()}
        return [keys[urn] for urn in urns]

    return door


def by_csv(client, path, query):
    """`/news/export.csv`."""
    text = client.get(f"{path}/news/export.csv?{query}").getvalue().decode("utf-8-sig")
    return [int(row["id"]) for row in csv.DictReader(io.StringIO(text, newline=""))]


def by_calendar(client, path, query):
    """`/news/calendar.ics`: only events, all of which lie within the past year and the future here."""
    uids = [event["UID"][1] for event in check(client.get(f"{path}/news/calendar.ics?{query}").content)]
    keys = {str(item.uuid): item.pk for item in Item.objects.all()}
    return [keys[uid] for uid in uids]


# A further door takes a client, a language prefix and a query string, and answers primary keys.
def by_api(client, path, query):
    found, address = [], f"/api/v1/items/?{query}&lang={path.strip('/') or 'en'}&per_page=7&facets=0&fields=id"
    while address:
        answer = client.get(address.removeprefix("http://testserver")).json()
        found += [item["id"] for item in answer["results"]]
        address = answer["next"]
    return found


DOORS = {
    "api": by_api,
    "page": by_page,
    "rss": _by_feed("rss"),
    "atom": _by_feed("atom"),
    "json": _by_feed("json"),
    "csv": by_csv,
}
IN_LISTING_ORDER = {"page", "csv", "api"}


def test_the_same_question_has_the_same_items_at_every_door(client, monkeypatch):
    # Small pages, so that every door has to be paged.
    monkeypatch.setattr("items.feeds.base.PAGE_SIZE", 7)
    monkeypatch.setattr("items.listing.listing.PAGE_SIZE", 9)
    make_archive()
    sizes = set()
    for number in range(QUESTIONS):
        query = question(number)
        path, language = [("", "en"), ("/fr", "fr")][number % 2]
        listing = Listing(QueryDict(query), language=language, at=AT)
        assert listing.is_valid, query
        expected = listing.slice(0, 1000)
        assert set(expected) == set(listing.ids)
        sizes.add(len(expected))
        for name, door in DOORS.items():
            found = door(client, path, query)
            assert len(found) == len(set(found)), (name, query)
            assert set(found) == set(expected), (name, query)
            if name in IN_LISTING_ORDER:
                assert found == expected, (name, query)
        events = Listing(QueryDict(query + "&type=event"), language=language, at=AT)
        if "type=" not in query:
            assert set(by_calendar(client, path, query + "&type=event")) == set(events.ids), query
    # Empty, short and long answers were among them, or else this tried nothing.
    assert min(sizes) == 0
    assert max(sizes) > 30
    assert len(sizes) > 10
