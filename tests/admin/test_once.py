"""Keys that a request found once, and looks for in several queries."""

import pytest

from items.admin.once import Keys
from items.models import Item, Theme
from tests.builders import make_item

pytestmark = pytest.mark.django_db


@pytest.fixture
def rows():
    return [make_item(themes=["asylum"]).pk for _number in range(20)]


@pytest.mark.parametrize(
    "places", [[], [0], [19], [0, 19], range(0, 20, 2), range(20)], ids=["none", "first", "last", "few", "half", "all"]
)
def test_rows_are_found_by_their_keys(rows, places):
    wanted = {rows[place] for place in places}
    keys = Keys(iter(wanted))
    assert set(Item.objects.filter(keys.among()).values_list("pk", flat=True)) == wanted
    assert set(Item.objects.exclude(keys.among()).values_list("pk", flat=True)) == set(rows) - wanted
    links = Theme.items.through.objects.filter(keys.among("item"))
    assert set(links.values_list("item", flat=True)) == wanted


def test_few_keys_of_many_are_found_whatever_stands_between(rows):
    wanted = [rows[3], 10_000_000]
    assert list(Item.objects.filter(Keys(wanted).among()).values_list("pk", flat=True)) == wanted[:1]


def test_without_keys_every_row_is_meant(rows):
    assert Item.objects.filter(Keys().among()).count() == len(rows)


def test_a_row_made_since_is_none_of_them(rows):
    keys = Keys(rows)
    later = make_item()
    assert later not in Item.objects.filter(keys.among())
    assert list(Item.objects.exclude(keys.among())) == [later]
