"""The counts beside the filters of the list of items, its dates and its pages, which few queries work out."""

import re
from datetime import UTC, datetime, timedelta
from urllib.parse import parse_qs, urlencode

import pytest
from django.contrib import admin
from django.db import connection
from django.test import RequestFactory
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from items.admin.item.counting import ListedItems
from items.models import Item, ItemType, Theme
from tests.builders import make_event, make_item, make_keyword, make_term

pytestmark = pytest.mark.django_db
LIST = "/admin/items/item/"


@pytest.fixture
def archive(editor):
    """Items that differ in whatever a filter asks for."""
    above = make_term(Theme, "asylum")
    for slug in ("reception", "procedure"):
        make_term(Theme, slug)
        Theme.objects.filter(slug=slug).update(parent=above)
    news = make_term(ItemType, "news")
    make_term(ItemType, "news-item")
    ItemType.objects.filter(slug="news-item").update(parent=news)
    now = timezone.now()
    make_item(title="Both", themes=["reception", "procedure"], keywords=["okapi"], source="one", publish_at=now)
    make_item(
        title="One", themes=["reception"], keywords=["okapi", "zebra"], source="two", language="fr", publish_at=now
    )
    make_item(title="Above", themes=["asylum"], publication_date=None, publish_at=now)
    make_item(title="Draft", status="draft", publish_at=None, created_by=editor.person, title_is_derived=True)
    make_item(title="Soon", source="one", publish_at=now + timedelta(days=2), themes=["integration"])
    make_event(title="Past event", starts_at=now - timedelta(days=9), body="", publish_at=now)
    return editor


def list_of(client, query):
    """The list with this query, not drawn."""
    request = RequestFactory().get(f"{LIST}?{query}")
    request.user = client.person
    return admin.site.get_model_admin(Item).get_changelist_instance(request)


def choices(client, query):
    """(filter, label without its count, count, query of the choice) for each choice that has a count."""
    found = []
    changelist = list_of(client, f"{query}&_facets=True")
    for spec in changelist.filter_specs:
        for choice in spec.choices(changelist):
            if match := re.search(r"(.*) \((\d+)\)$", str(choice["display"])):
                found.append((str(spec.title), match[1], int(match[2]), choice["query_string"].removeprefix("?")))
    return found


@pytest.mark.parametrize(
    "query",
    [
        "",
        "q=o",
        "status__exact=approved",
        "missing=keyword",
        "missing=language",
        "by=me",
        "source=none",
        "desk=appearing",
    ],
)
def test_a_count_is_the_number_of_items_that_the_filter_would_list(archive, query):
    found = choices(archive, query)
    assert len(found) > 20
    for title, label, count, chosen in found:
        assert list_of(archive, chosen).result_count == count, (title, label)


@pytest.mark.parametrize(("facet", "slug"), [("theme", "asylum"), ("theme", "reception"), ("type", "news")])
def test_counts_hold_where_a_term_is_chosen(archive, facet, slug):
    model = {"theme": Theme, "type": ItemType}[facet]
    for title, label, count, chosen in choices(archive, urlencode({facet: model.objects.get(slug=slug).pk})):
        assert list_of(archive, chosen).result_count == count, (title, label)


def test_an_item_with_two_themes_of_a_family_counts_once_in_it(archive):
    counts = {label.strip(): count for title, label, count, _query in choices(archive, "") if title == "theme"}
    assert counts["Asylum"] == 3
    assert counts["Reception"] == 2


def test_counts_follow_an_edit_at_once(archive):
    before = {label: count for title, label, count, _query in choices(archive, "") if title == "what is missing"}
    Item.objects.get(title="Draft").themes.add(make_term(Theme, "asylum"))
    after = {label: count for title, label, count, _query in choices(archive, "") if title == "what is missing"}
    assert after["No theme"] == before["No theme"] - 1


def test_all_words_must_be_there_and_quotes_hold_words_together(archive):
    make_item(title="Striped horse", summary="A zebra is meant.", keywords=["black white"])

    def listed(words):
        return {item.title for item in archive.get(f"{LIST}?{urlencode({'q': words})}").context["cl"].result_list}

    assert listed("zebra") == {"One", "Striped horse"}
    assert listed("zebra striped") == {"Striped horse"}
    assert listed("white horse") == {"Striped horse"}
    assert listed('"striped horse"') == {"Striped horse"}
    assert listed('"horse striped"') == set()


@pytest.mark.parametrize("kind", ["year", "month", "day"])
@pytest.mark.parametrize("order", ["ASC", "DESC"])
def test_years_months_and_days_are_those_of_this_place(kind, order, settings):
    settings.TIME_ZONE = "Europe/Brussels"
    for moment in (
        datetime(2024, 12, 31, 23, 30, tzinfo=UTC),  # a new year here
        datetime(2023, 12, 31, 22, 30, tzinfo=UTC),  # the old one here
        datetime(2024, 7, 31, 22, 30, tzinfo=UTC),
        datetime(2024, 7, 31, 21, 30, tzinfo=UTC),
        datetime(2024, 2, 29, 12, 0, 0, 5, tzinfo=UTC),
        datetime(2022, 5, 10, 12, 0, tzinfo=UTC),
    ):
        make_item(publish_at=moment)
    make_item(status="draft", publish_at=None)
    expected = list(Item.objects.datetimes("publish_at", kind, order))
    assert len(expected) >= 4
    assert ListedItems(Item).datetimes("publish_at", kind, order) == expected


def test_a_late_page_is_in_order_and_holds_what_the_first_does_not(editor):
    for number in range(120):
        make_item(title=f"Item {number:03}", publication_date=f"20{number % 26:02}-01-01")
    pages = [editor.get(f"{LIST}?p={page}&o=1").context["cl"].result_list for page in (1, 2, 3)]
    titles = [item.title for page in pages for item in page]
    assert titles == sorted(titles)
    assert len(titles) == 120


def test_a_choice_keeps_the_rest_of_the_question(archive):
    for _title, _label, _count, chosen in choices(archive, "q=o"):
        assert parse_qs(chosen)["q"] == ["o"]


def test_counts_cost_no_more_queries_with_more_terms(archive):
    def queries():
        with CaptureQueriesContext(connection) as seen:
            assert archive.get(f"{LIST}?_facets=True&q=item").status_code == 200
        return len(seen)

    for _number in range(51):  # from the second page on, the keys of a page are asked for first
        make_item()
    few = queries()
    for number in range(30):
        make_item(source=f"source-{number}", themes=[f"theme-{number}"], keywords=[make_keyword(f"word {number}")])
    assert queries() == few <= 30
