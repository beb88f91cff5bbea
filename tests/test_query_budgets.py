"""The number of queries of a page or feed does not grow with the number of items."""

from datetime import date, timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from items.models import Country
from tests.builders import AT, make_event, make_item

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("clock")]

# Items and what belongs to them in every way that a page draws.
ADDRESSES = [
    "/", "/news/", "/news/?theme=place&keyword=one&sort=oldest", "/news/feed.rss", "/news/feed.atom", "/themes/",
    "/keywords/", "/themes/place/", "/news/facets/keyword/", "/events/", "/events/?view=month", "/feeds/",
    "/events/?when=past&theme=place", "/news/briefing/?theme=place",
]  # fmt: skip
BUDGET = 90
"""Wide, because inside a test's transaction the facet index is made anew at each look."""


def fill(start, stop):
    countries = [Country.objects.get_or_create(code=code)[0] for code in ("be", "fr")]
    for number in range(start, stop):
        values = {
            "themes": ["place", "other-place"],
            "keywords": ["one", "two"],
            "countries": countries,
            "source": f"source-{number % 2}",
            "language": ("en", "fr")[number % 2],
            "publication_date": date(2026, 1, 1) + timedelta(days=number % 100),
        }
        make_event(starts_at=AT + timedelta(days=3), **values) if number % 10 < 2 else make_item(**values)


def count_queries(client, address):
    with CaptureQueriesContext(connection) as queries:
        assert client.get(address).status_code == 200
    return len(queries)


def test_a_listing_with_all_facets_asks_six_questions(client, warm):
    fill(0, 60)
    for address in ("/news/", "/news/?theme=place&keyword=one&sort=oldest", "/news/?country=be&page=2"):
        count_queries(client, address)
        assert count_queries(client, address) <= 6


def test_no_address_asks_more_of_200_items_than_of_2(client):
    fill(0, 2)
    item = make_item(themes=["place"], keywords=["one"]).get_absolute_url()
    addresses = [*ADDRESSES, item, f"{item}?theme=place"]
    few = {address: count_queries(client, address) for address in addresses}
    fill(2, 200)
    many = {address: count_queries(client, address) for address in addresses}
    assert many == few
    assert max(many.values()) <= BUDGET
