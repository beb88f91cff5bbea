"""ItemFilter: the names it declares, and that it never widens."""

import pytest
from django.http import QueryDict

from items.filters import ItemFilter
from tests.builders import AT, make_item

pytestmark = pytest.mark.django_db


def read(query):
    return ItemFilter(QueryDict(query), language="en", at=AT)


def test_parameters_stand_in_canonical_order():
    assert list(read("").filters) == [
        "q", "theme", "keyword", "type", "source", "country", "language", "year", "from", "to", "sort",
    ]  # fmt: skip
    assert list(read("").facets) == ["theme", "keyword", "type", "source", "country", "language", "year"]


def test_values_of_one_facet_widen_and_facets_narrow():
    one = make_item(themes=["reception"], keywords=["solidarity"])
    two = make_item(themes=["integration"], keywords=["solidarity"])
    make_item(themes=["integration"])
    assert set(read("theme=reception&theme=integration&keyword=solidarity").qs) == {one, two}
    assert set(read("theme=reception&keyword=solidarity").qs) == {one}


@pytest.mark.parametrize("name", ["theme", "keyword", "type", "source", "country", "language", "year", "from", "to"])
def test_an_unknown_value_brings_nothing(name):
    make_item()
    assert read("").qs.count() == 1
    assert read(f"{name}=no-such-value").qs.count() == 0


def test_an_unknown_value_beside_a_known_one_brings_nothing():
    make_item(themes=["reception"])
    assert read("theme=reception").qs.count() == 1
    assert read("theme=reception&theme=no-such-value").qs.count() == 0


def test_undated_items_match_no_date():
    make_item(publication_date=None)
    assert [read(query).qs.count() for query in ("", "from=0001", "to=9999", "year=2026")] == [1, 0, 0, 0]
