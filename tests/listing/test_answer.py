"""The answer: pages, chips, words, facets that are cut, translations, places of items."""

from datetime import date, timedelta

import pytest
from django.core.paginator import EmptyPage
from django.utils import translation

from items.models import Theme
from tests.builders import AT, make_item, make_keyword, make_term

DAY = timedelta(days=1)


def test_pages_hold_twenty_items_newest_first(ask):
    items = [make_item(publication_date=date(2024, 1, 1) + n * DAY) for n in range(41)]
    pages = [[item.pk for item in ask().page(number).object_list] for number in ("", "2", "3")]
    assert [len(page) for page in pages] == [20, 20, 1]
    assert [pk for page in pages for pk in page] == [item.pk for item in reversed(items)]


@pytest.mark.parametrize(
    "number", ["0", "-1", "2", "²", "1_0", "١", "99999999999999999999", "1.0", "one", "\x00", "01", "last", "1e0"]
)
def test_a_page_that_does_not_exist_is_refused(ask, number):
    make_item()
    with pytest.raises(EmptyPage):
        ask().page(number)


@pytest.mark.parametrize(("sort", "expected"), [("newest", ["new", "old", None]), ("oldest", ["old", "new", None])])
def test_undated_items_stand_last_whatever_the_order(ask, sort, expected):
    by_name = {
        None: make_item(publication_date=None),
        "new": make_item(publication_date=date(2024, 1, 1)),
        "old": make_item(publication_date=date(2020, 1, 1)),
    }
    pks = [item.pk for item in ask(f"sort={sort}").page("").object_list]
    assert pks == [by_name[name].pk for name in expected]


def items_of(listing):
    return set(listing.load(list(listing.ids)))


def test_a_translation_group_counts_once_in_the_readers_language(ask):
    english = make_item(language="en")
    french = make_item(language="fr", translation_group=english.translation_group)
    dutch_only = make_item(language="nl")
    assert items_of(ask(language="en")) == {english, dutch_only}
    assert items_of(ask(language="fr")) == {french, dutch_only}
    assert items_of(ask(language="de")) == {english, dutch_only}
    assert items_of(ask("language=fr", language="en")) == {french}
    assert ask("language=en&language=fr", language="en").total == 2
    counts = {option.value: option.count for option in ask(language="en").facet("language").options}
    assert counts == {"en": 1, "fr": 1, "nl": 1}


def test_a_version_that_is_not_published_hides_no_other(ask):
    english = make_item(language="en", status="draft")
    french = make_item(language="fr", translation_group=english.translation_group)
    assert items_of(ask(language="en")) == {french}


def test_a_parent_counts_an_item_of_two_of_its_children_once(ask):
    parent = make_term(Theme, "above")
    for slug in ("below-one", "below-two"):
        make_term(Theme, slug, parent=parent)
    make_item(themes=["above", "below-one", "below-two"])
    options = {option.value: (option.count, option.depth) for option in ask().facet("theme").options}
    assert options == {"above": (1, 0), "below-one": (1, 1), "below-two": (1, 1)}
    assert ask("theme=above").total == 1


def test_a_long_facet_shows_the_fifteen_most_used_and_what_is_chosen(ask):
    words = [f"word {n:02}" for n in range(20)]
    for _ in range(2):
        make_item(keywords=words[5:])
    make_item(keywords=words[:5])
    facet = next(facet for facet in ask("keyword=word-00").facets if facet.name == "keyword")
    assert (len(facet.options), facet.hidden, facet.selected) == (16, 4, 1)
    assert [option.value for option in facet.options if option.selected] == ["word-00"]
    assert [option.count for option in facet.options] == [2] * 15 + [1]
    whole = ask("keyword=word-00").facet("keyword")
    assert (len(whole.options), whole.hidden) == (20, 0)


def test_the_values_of_a_facet_are_found_by_part_of_their_label(ask):
    make_item(keywords=["Zsolnay tiles", "zsoldier", "housing"])
    assert [option.value for option in ask().facet("keyword", find="ZSOL").options] == ["zsoldier", "zsolnay-tiles"]


def test_chips_stand_in_canonical_order_with_their_labels(ask):
    make_term(Theme, "reception", labels={"en": "Reception"})
    make_item(themes=["reception"], keywords=["solidarity"], publication_date=date(2023, 4, 11))
    chips = ask("to=2024&from=2023&keyword=solidarity&theme=reception&sort=oldest").chips
    assert [(chip.name, chip.value, chip.label) for chip in chips] == [
        ("theme", "reception", "Reception"),
        ("keyword", "solidarity", "solidarity"),
        ("from", "2023", "2023"),
        ("to", "2024", "2024"),
    ]
    assert chips[0].query == "keyword=solidarity&from=2023&to=2024&sort=oldest"
    assert chips[2].query == "theme=reception&keyword=solidarity&to=2024&sort=oldest"


def test_an_empty_listing_says_what_comes_back_without_a_filter_and_nothing_that_does_not(ask):
    make_item(themes=["reception"], keywords=["housing"])
    make_item(themes=["integration"], keywords=["solidarity"])
    make_item(themes=["integration"], keywords=["solidarity"])
    listing = ask("theme=reception&keyword=solidarity")
    assert listing.total == 0
    assert [(way.chip.value, way.total) for way in listing.without_one] == [("reception", 2), ("solidarity", 1)]
    listing = ask("theme=reception&keyword=solidarity&q=zebra")
    assert listing.without_one == ()
    ways = [("reception", "theme=reception", 1), ("solidarity", "keyword=solidarity", 2)]
    assert [(way.chip.value, way.query, way.total) for way in listing.with_one] == ways


@pytest.mark.parametrize(
    ("query", "words", "heading"),
    [
        ("", "", "1 item"),
        ("theme=reception", "Reception", "1 item in Reception"),
        (
            "theme=reception&keyword=solidarity&from=2023",
            "Reception, keyword solidarity, since 2023",
            "1 item in Reception, keyword solidarity, since 2023",
        ),
        ("keyword=solidarity&to=2027", "keyword solidarity, until 2027", "1 item with keyword solidarity, until 2027"),
        ("from=2023&to=2027-04", "from 2023 to April 2027", "1 item from 2023 to April 2027"),
        ("from=2023-02-01", "since 1 February 2023", "1 item since 1 February 2023"),
        ("from=2023-02-01&to=2027-02-28", "from 1 February 2023 to 28 February 2027", None),
        ("keyword=solidarity&keyword=housing", "keywords housing or solidarity", None),
        ("theme=reception&theme=quiet", "Quiet or Reception", "1 item in Quiet or Reception"),
        ("language=en&year=2026", "in English, 2026", "1 item in English, 2026"),
        ("theme=quiet", "Quiet", "No items in Quiet"),
        ("from=1999&to=2000", "from 1999 to 2000", "No items from 1999 to 2000"),
    ],
)
def test_a_listing_says_in_words_what_was_asked(ask, query, words, heading):
    make_term(Theme, "quiet", labels={"en": "Quiet"})
    make_term(Theme, "reception", labels={"en": "Reception"})
    make_item(themes=["reception"], keywords=["solidarity", make_keyword("housing")])
    listing = ask(query)
    assert listing.words == words
    assert heading is None or listing.heading == heading


def test_many_items_are_counted_in_the_plural(ask):
    make_item()
    make_item()
    assert ask().heading == "2 items"


def test_labels_follow_the_readers_language(ask):
    Theme.objects.filter(slug="reception").delete()
    make_item(themes=[make_term(Theme, "reception", labels={"en": "Reception", "fr": "Accueil"})])
    with translation.override("fr"):
        assert "Accueil" in ask("theme=reception", language="fr").heading


def test_an_item_outside_a_listing_has_no_place_in_it(ask):
    inside, outside = make_item(themes=["reception"]), make_item()
    listing = ask("theme=reception")
    assert listing.neighbours(outside) is None
    place = listing.neighbours(inside)
    assert (place.position, place.previous, place.next) == (1, None, None)
    assert ask("theme=nonsense").neighbours(inside) is None


def test_items_appear_and_go_by_the_instant_alone(ask):
    item = make_item(publish_at=AT + DAY, expire_at=AT + 2 * DAY)
    seen = [items_of(ask(at=AT + hours * DAY / 24)) for hours in (23, 24, 47, 48)]
    assert seen == [set(), {item}, {item}, set()]
