"""Comments among colleagues, and whom they name."""

import pytest
from django.core.exceptions import PermissionDenied

from items.models.item import Refused
from items.models.item.record import LONGEST_COMMENT, mentions
from tests.admin.forms import make_person
from tests.builders import AT, make_item

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize(
    ("text", "names"),
    [
        ("@ines please look", ["ines"]),
        ("Thanks, @ines. And @tom.vries!", ["ines", "tom.vries"]),
        ("(@ines) @ines", ["ines"]),
        ("mail ines@example.org or https://example.org/@ines", []),
        ("@ @. nothing", []),
        ("@ines@example.org", ["ines@example.org"]),
    ],
)
def test_names_after_an_at_are_mentions(text, names):
    assert mentions(text) == names


def test_a_comment_names_colleagues_and_nobody_else():
    author, ines = make_person("author", "Author"), make_person("Ines", "Editor")
    make_person("gone", "Editor", is_active=False)
    make_person("reader", is_staff=False)
    make_person("stranger")
    item = make_item()
    activity = item.comment(by=author, at=AT, text="@ines @gone @reader @stranger @nobody look")
    assert list(activity.mentioned.all()) == [ines]
    assert item.activities_of_all().get().text.startswith("@ines")


@pytest.mark.parametrize("text", ["", " \n ", "x" * (LONGEST_COMMENT + 1)])
def test_an_empty_or_endless_comment_is_refused(text):
    with pytest.raises(Refused):
        make_item().comment(by=make_person("author", "Author"), at=AT, text=text)


def test_who_may_not_see_items_says_nothing_about_them():
    with pytest.raises(PermissionDenied):
        make_item().comment(by=make_person("stranger"), at=AT, text="Hello")
