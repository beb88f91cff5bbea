"""The list of items: what it shows, finds and filters, and what it costs."""

import re
from datetime import UTC, datetime, timedelta

import pytest
from django.conf import settings
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from items.models import Country, ItemType, Theme
from tests.builders import make_item, make_term

pytestmark = pytest.mark.django_db
LIST = "/admin/items/item/"
PAST = timedelta(days=-3)


@pytest.fixture
def editor(sign_in):
    return sign_in("Editor")


def listed(client, query=""):
    """Titles in the list, in order."""
    return [item.title for item in client.get(f"{LIST}?{query}").context["cl"].result_list]


def rich(number, **overrides):
    """An item that has something in every column."""
    return make_item(
        title=f"Item number {number}",
        themes=["reception", "integration"],
        keywords=["solidarity", f"word {number}"],
        source="fedasil",
        countries=Country.objects.filter(code="be"),
        publish_at=timezone.now() + PAST,
        **overrides,
    )


def queries(client, path):
    with CaptureQueriesContext(
        connection,
    ) as seen:
        assert client.get(path).status_code == 200
    return len(seen)


@pytest.mark.parametrize("query", ["", "_facets=True"])
def test_the_number_of_queries_does_not_grow_with_the_rows(editor, query):
    for number in range(2):
        rich(number)
    few = queries(editor, f"{LIST}?{query}")
    for number in range(2, 20):
        rich(number)
    assert queries(editor, f"{LIST}?{query}") == few
    assert few <= 30


def test_a_public_item_has_a_way_to_its_page_and_others_have_none(editor):
    now = timezone.now()
    items = {
        "published": make_item(publish_at=now + PAST),
        "withdrawn": make_item(publish_at=now + PAST, status="withdrawn", withdrawal_reason="Wrong."),
        "draft": make_item(status="draft", publish_at=None),
        "scheduled": make_item(publish_at=now - PAST),
        "expired": make_item(publish_at=now + 2 * PAST, expire_at=now + PAST),
    }
    page = editor.get(LIST).content.decode()
    linked = {name for name, item in items.items() if f'href="{item.get_absolute_url()}"' in page}
    assert linked == {"published", "withdrawn"}
    for name, item in items.items():
        form = editor.get(f"{LIST}{item.pk}/change/").content.decode()
        assert ("View on site" in form) is (name in linked)
    assert "scheduled" in page
    assert "expired" in page


def test_filters_find_what_is_missing(editor):
    full = rich(1)
    bare = make_item(title="Bare", publication_date=None, title_is_derived=True)
    for gap in ("title", "theme", "keyword", "date"):
        assert listed(editor, f"missing={gap}") == ["Bare"], gap
    assert set(listed(editor, "missing=nonsense")) == {full.title, bare.title}


def test_a_term_finds_what_stands_below_it_and_each_item_once(editor):
    rich(1)
    make_item(title="Other")
    above = make_term(Theme, "asylum")
    Theme.objects.filter(slug="reception").update(parent=above)
    assert listed(editor, f"theme={above.pk}") == ["Item number 1"]
    news, event = make_term(ItemType, "news"), make_term(ItemType, "event")
    ItemType.objects.filter(slug="news-item").update(parent=news)
    assert len(listed(editor, f"type={news.pk}")) == 2
    assert listed(editor, f"type={event.pk}") == []


@pytest.mark.parametrize("query", ["theme=x", "theme=999999", "type=%00", "by=x", "theme=" + "9" * 30])
def test_filters_that_nobody_offers_do_not_break_the_list(editor, query):
    rich(1)
    assert editor.get(f"{LIST}?{query}").status_code == 200


def test_search_finds_title_summary_and_keyword_once(editor):
    rich(1)
    make_item(title="Nothing", summary="A rare zebra")
    assert listed(editor, "q=number") == ["Item number 1"]
    assert listed(editor, "q=zebra") == ["Nothing"]
    assert listed(editor, "q=solidarity") == ["Item number 1"]
    assert listed(editor, "q=word") == ["Item number 1"]
    assert editor.get(f"{LIST}?q=%00").status_code == 200


def test_one_s_own_items_are_one_click_away(sign_in):
    author = sign_in("Author")
    make_item(title="Mine", created_by=author.person)
    make_item(title="Theirs")
    assert listed(author, "by=me") == ["Mine"]


def test_the_undated_come_first_then_the_newest(editor):
    make_item(title="Old", publication_date="2020-01-01")
    make_item(title="New", publication_date="2026-01-01")
    make_item(title="Undated", publication_date=None)
    assert listed(editor) == ["Undated", "New", "Old"]


def test_the_desk_lists_what_is_used_daily_first_and_bears_the_site_s_name(sign_in, settings):
    page = sign_in("Administrator").get("/admin/")
    assert [section["name"] for section in page.context["app_list"]] == ["Items", "Vocabulary", "Site", "People"]
    assert settings.SITE_NAME in page.content.decode()


@pytest.mark.parametrize("path", ["", "items/item/", "items/item/add/", "items/theme/add/", "items/keyword/add/"])
def test_pages_of_the_desk_hold_nothing_inline(admin_client, path):
    page = admin_client.get(f"/admin/{path}").content.decode()
    assert " style=" not in page
    assert "<style" not in page
    assert " onclick=" not in page
    scripts = [tag.split(">")[0] for tag in page.split("<script")[1:]]
    assert all(" src=" in tag or "application/json" in tag for tag in scripts)


def shown(client, query=""):
    """What the date hierarchy offers."""
    page = client.get(f"{LIST}?{query}").content.decode()
    hierarchy = re.search(r'<nav class="toplinks">(.*?)</nav>', page, re.DOTALL)
    return re.findall(r"<a href[^>]*>\s*([^<]*?)\s*</a>", hierarchy[1]) if hierarchy else []


def test_years_months_and_days_are_those_of_the_desk_s_clock(editor):
    assert settings.TIME_ZONE == "Europe/Brussels"
    for moment in (
        datetime(2020, 12, 31, 23, 30, tzinfo=UTC),  # already 2021 in Brussels
        datetime(2023, 6, 30, 21, 59, tzinfo=UTC),  # still June
        datetime(2023, 6, 30, 22, 0, tzinfo=UTC),  # already July
        datetime(2023, 12, 31, 22, 59, tzinfo=UTC),  # still 2023
    ):
        make_item(title=f"{moment:%Y-%m-%d %H:%M}", publish_at=moment)
    make_item(title="Draft", status="draft", publish_at=None)
    assert shown(editor) == ["2021", "2023"]
    assert shown(editor, "publish_at__year=2023")[1:] == ["June 2023", "July 2023", "December 2023"]
    assert shown(editor, "publish_at__year=2023&publish_at__month=7")[1:] == ["1 July"]
    assert shown(editor, "publish_at__year=2023&publish_at__month=12")[1:] == ["31 December"]
    assert listed(editor, "publish_at__year=2021") == ["2020-12-31 23:30"]


def test_the_month_of_publication_is_a_filter_for_who_is_led_there(editor):
    make_item(title="May", publication_date="2026-05-31")
    make_item(title="June", publication_date="2026-06-01")
    assert "month of publication" not in editor.get(LIST).content.decode()
    assert listed(editor, "month=2026-05") == ["May"]
    assert listed(editor, "month=2026-05&_facets=True") == ["May"]
    assert "May 2026" in editor.get(f"{LIST}?month=2026-05").content.decode()
    assert len(listed(editor, "month=2026-99")) == 2
