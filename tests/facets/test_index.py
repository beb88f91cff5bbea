"""The facet index against the database: after any edits and steps of the clock it says what SQL says."""

from datetime import date, timedelta

import pytest
from django.db import connection
from django.http import QueryDict
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from hypothesis.extra.django import TestCase

from items.facets.build import build, updated
from items.facets.index import FACETS, FacetIndex, Order, instant
from items.filters import ItemFilter
from items.models import ContentVersion, Country, Item, ItemType, Keyword, Source, Theme
from tests.builders import AT, make_item, make_keyword, make_term

FIELDS = ("values", "families", "months", "published_months", "expire", "groups", "visible", "demoted", "coming")
LANGUAGES = ("en", "fr", "nl")


def settle() -> None:
    """Fire what PostgreSQL defers to the commit."""
    connection.check_constraints()


def later(index: FacetIndex, at) -> FacetIndex:
    settle()
    content = ContentVersion.current()
    if content.version != index.version:
        index = updated(index, content)
    return index.at(at)


def fresh(at) -> FacetIndex:
    settle()
    return build().seen_at(instant(at))


def assert_same(index: FacetIndex, at) -> None:
    other = fresh(at)
    for name in FIELDS:
        assert getattr(index, name) == getattr(other, name), name
    for pk in index.visible:
        assert (index.days[pk], index.publish[pk]) == (other.days[pk], other.publish[pk])
    for order in Order:
        # All but one, so that months are gone through; twice, so that what was kept of the first is met.
        for _ in range(2):
            found = index.ordered(index.visible, order, limit=max(len(index.visible) - 1, 1))
            assert found == other.ordered(other.visible, order, limit=max(len(other.visible) - 1, 1))


def assert_says_what_sql_says(index: FacetIndex, at, query: str, language: str) -> None:
    filter = ItemFilter(QueryDict(query), language=language, at=at)
    chosen = filter.form.cleaned_data if filter.is_valid() else {}
    ids = index.everything(None if chosen.get("language") else language)
    for name, facet in filter.facets.items():
        if chosen.get(name):
            ids &= index.having(name, {facet.key(value) for value in chosen[name]})
    assert set(ids) == set(filter.qs.values_list("pk", flat=True))
    for order, rows in ((Order.NEWEST, filter.qs.newest()), (Order.OLDEST, filter.qs.oldest())):
        expected = list(rows.values_list("pk", flat=True))
        assert index.ordered(ids, order, limit=1000) == expected
        assert index.ordered(ids, order, offset=3, limit=4) == expected[3:7]
        assert [index.position(ids, pk, order) for pk in expected] == list(range(len(expected)))
    published = list(filter.qs.order_by("-publish_at", "-pk").values_list("pk", flat=True))
    assert index.ordered(ids, Order.PUBLISHED, limit=1000) == published


hours = st.integers(-72, 72).map(lambda n: timedelta(hours=n))
places = st.integers(0, 30)
OPERATIONS = st.one_of(
    st.tuples(st.just("create"), hours, st.sampled_from(LANGUAGES)),
    st.tuples(st.just("translate"), places, st.sampled_from(LANGUAGES)),
    st.tuples(st.just("ungroup"), places),
    st.tuples(st.just("withdraw"), places),
    st.tuples(st.just("draft"), places),
    st.tuples(st.just("reschedule"), places, hours),
    st.tuples(st.just("expire"), places, hours),
    st.tuples(st.just("redate"), places, st.one_of(st.none(), st.dates(date(2019, 1, 1), date(2026, 12, 31)))),
    st.tuples(st.just("retheme"), places, st.sets(st.sampled_from(["t-a", "t-b", "t-c"]))),
    st.tuples(st.just("retag"), places, st.sets(st.sampled_from(["k one", "k two", "k three"]))),
    st.tuples(st.just("merge"), st.sampled_from(["k one", "k two"])),
    st.tuples(st.just("move theme"), st.sampled_from(["t-b", "t-c"]), st.sampled_from(["t-a", None])),
    st.tuples(st.just("source"), places, st.sampled_from(["s-one", None])),
    st.tuples(st.just("country"), places, st.sampled_from(["be", "fr"])),
    st.tuples(st.just("delete"), places),
    st.tuples(st.just("clock"), hours),
)


class Archive:
    """An archive that operations change, and the clock."""

    def __init__(self):
        self.at = AT

    def item(self, place: int) -> Item | None:
        pks = list(Item.objects.order_by("pk").values_list("pk", flat=True))
        return Item.objects.get(pk=pks[place % len(pks)]) if pks else None

    def do(self, name, *arguments) -> None:
        if name == "clock":
            self.at += arguments[0]
        elif name == "create":
            make_item(language=arguments[1], publish_at=AT + arguments[0], themes=["t-a"], keywords=["k one"])
        elif name == "merge":
            keyword = Keyword.objects.filter(name=arguments[0]).first()
            for item in Item.objects.filter(keywords=keyword) if keyword else ():
                item.keywords.add(make_keyword("k three"))
            Keyword.objects.filter(name=arguments[0]).delete()
        elif name == "move theme":
            parent = make_term(Theme, arguments[1]) if arguments[1] else None
            make_term(Theme, arguments[0])
            Theme.objects.filter(slug=arguments[0]).update(parent=parent)
        elif item := self.item(arguments[0]):
            getattr(self, name)(item, *arguments[1:])

    def translate(self, item, language):
        if not Item.objects.filter(translation_group=item.translation_group, language=language).exists():
            make_item(language=language, translation_group=item.translation_group, publish_at=item.publish_at)

    def ungroup(self, item):
        Item.objects.filter(pk=item.pk).update(translation_group=item.uuid)

    def withdraw(self, item):
        Item.objects.filter(pk=item.pk).update(status="withdrawn", withdrawal_reason="Withdrawn in a test.")

    def draft(self, item):
        Item.objects.filter(pk=item.pk).update(status="draft")

    def reschedule(self, item, offset):
        Item.objects.filter(pk=item.pk).update(publish_at=AT + offset, expire_at=None)

    def expire(self, item, offset):
        moment = max(AT + offset, item.publish_at + timedelta(minutes=1))
        Item.objects.filter(pk=item.pk).update(expire_at=moment)

    def redate(self, item, day):
        item.publication_date = day
        item.save()

    def retheme(self, item, slugs):
        item.themes.set(make_term(Theme, slug) for slug in slugs)

    def retag(self, item, names):
        item.keywords.set([make_keyword(name) for name in names])

    def source(self, item, slug):
        item.source = make_term(Source, slug) if slug else None
        item.save()

    def country(self, item, code):
        item.countries.add(Country.objects.get_or_create(code=code)[0])

    def delete(self, item):
        item.delete()


@pytest.fixture(autouse=True)
def every_order_is_kept(monkeypatch):
    """As in an archive where every month is large."""
    monkeypatch.setattr("items.facets.index.MANY", 1)


class AnyEdits(TestCase):
    @settings(max_examples=60, deadline=None, suppress_health_check=list(HealthCheck))
    @given(
        operations=st.lists(OPERATIONS, min_size=3, max_size=14),
        query=st.sampled_from(["", "theme=t-a", "keyword=k-three&theme=t-a", "language=fr", "language=fr&language=nl",
                               "source=s-one", "country=be&country=fr", "year=2026", "type=news-item"]),
        language=st.sampled_from([*LANGUAGES, "de"]),
    )  # fmt: skip
    def test_an_index_kept_up_to_date_is_one_made_anew_and_both_are_right(self, operations, query, language):
        make_term(ItemType, "news-item")
        make_term(Theme, "t-a")
        make_keyword("k three")
        make_term(Source, "s-one")
        for code in ("be", "fr"):
            Country.objects.get_or_create(code=code)
        archive = Archive()
        for number in range(3):
            archive.do("create", timedelta(hours=number), LANGUAGES[number])
        index = fresh(archive.at)
        for operation in operations:
            archive.do(*operation)
            index = later(index, archive.at)
            assert_same(index, archive.at)
        assert_says_what_sql_says(index, archive.at, query, language)


@pytest.mark.django_db
def test_a_parent_counts_an_item_once(at):
    parent = make_term(Theme, "t-parent")
    children = [make_term(Theme, f"t-child-{n}", parent=parent) for n in range(2)]
    make_item(themes=children)
    index = fresh(at)
    assert index.count("theme", index.visible) == {parent.pk: 1, children[0].pk: 1, children[1].pk: 1}


@pytest.mark.django_db
def test_an_index_in_use_does_not_change_under_its_reader(at):
    item = make_item(themes=["t-a"])
    before = fresh(at)
    seen = {facet: {key: set(pks) for key, pks in before.bitmaps(facet).items()} for facet in FACETS}
    item.themes.clear()
    item.withdraw(by=None, at=AT, reason="Withdrawn in a test.")
    after = later(before, at)
    assert item.pk in before.visible
    assert item.pk not in after.visible
    assert seen == {facet: {key: set(pks) for key, pks in before.bitmaps(facet).items()} for facet in FACETS}


@pytest.mark.django_db
def test_an_item_that_moves_within_a_month_stands_where_it_belongs_at_once(at):
    first, second = (make_item(publication_date=None, publish_at=AT - timedelta(hours=n)) for n in (1, 2))
    third = make_item(publication_date=None, publish_at=AT - timedelta(hours=3))
    before = fresh(at)
    assert before.ordered(before.visible, Order.NEWEST, limit=2) == [first.pk, second.pk]
    assert before.orders, "the order of undated items is kept"
    Item.objects.filter(pk=third.pk).update(publish_at=AT - timedelta(minutes=1))
    after = later(before, at)
    assert after.ordered(after.visible, Order.NEWEST, limit=2) == [third.pk, first.pk]
    assert before.ordered(before.visible, Order.NEWEST, limit=2) == [first.pk, second.pk]
