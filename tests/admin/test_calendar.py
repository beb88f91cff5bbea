"""The editorial calendar."""

from datetime import UTC, datetime, timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from tests.admin.forms import ROLES, change_url
from tests.builders import make_event, make_item

pytestmark = pytest.mark.django_db
NOW = datetime(2026, 11, 15, 12, tzinfo=UTC)
ADDRESS = "/admin/calendar/"


@pytest.fixture(autouse=True)
def today(clock):
    clock.now = NOW


def shown(page):
    """(day, kind, title) of each entry."""
    days = [day for week in page.context["weeks"] for day in week]
    return [(day.date.day, entry.kind, entry.item.title) for day in days for entry in day.entries]


@pytest.mark.parametrize("view", ["grid", "list"])
@pytest.mark.parametrize("role", ROLES)
def test_the_month_shows_what_appears_expires_and_takes_place(sign_in, role, view):
    items = [
        make_item(title="Out", publish_at=datetime(2026, 11, 2, 9, tzinfo=UTC)),
        make_item(title="Coming", publish_at=datetime(2026, 11, 20, 8, tzinfo=UTC)),
        make_item(
            title="Going", publish_at=datetime(2026, 1, 1, tzinfo=UTC), expire_at=datetime(2026, 11, 25, 8, tzinfo=UTC)
        ),
        make_event(
            title="Meeting",
            publish_at=datetime(2026, 1, 1, tzinfo=UTC),
            starts_at=datetime(2026, 11, 26, 8, tzinfo=UTC),
        ),
    ]
    make_item(title="Other month", publish_at=datetime(2026, 10, 2, 9, tzinfo=UTC))
    make_item(title="Draft", status="draft", publish_at=datetime(2026, 11, 2, 9, tzinfo=UTC))
    page = sign_in(role).get(ADDRESS, {"view": view})
    assert shown(page) == [
        (2, "published", "Out"), (20, "scheduled", "Coming"), (25, "expires", "Going"), (26, "event", "Meeting"),
    ]  # fmt: skip
    html = page.content.decode()
    for item in items:
        assert f'href="{change_url(item)}"' in html
    assert "10:00 CET" in html
    assert "Europe/Brussels" in html


def test_a_day_is_that_of_the_desk_s_zone_and_the_zone_changes_with_the_clocks(editor):
    make_item(title="Late", publish_at=datetime(2026, 10, 31, 23, 30, tzinfo=UTC))
    make_item(title="Summer", publish_at=datetime(2026, 10, 24, 22, 30, tzinfo=UTC))
    assert shown(editor.get(ADDRESS)) == [(1, "published", "Late")]
    page = editor.get(ADDRESS, {"month": "2026-10"})
    assert shown(page) == [(25, "published", "Summer")]
    assert "00:30 CEST" in page.content.decode()


def test_months_lead_to_their_neighbours_and_keep_the_filters(editor):
    html = editor.get(ADDRESS, {"month": "2026-12", "view": "list", "language": "fr"}).content.decode()
    assert "month=2026-11&amp;view=list&amp;language=fr" in html
    assert "month=2027-01&amp;view=list&amp;language=fr" in html


def test_type_and_language_narrow_it(editor):
    make_item(title="English", publish_at=NOW)
    make_item(title="French", language="fr", publish_at=NOW)
    event = make_event(title="Event", publish_at=NOW, starts_at=NOW + timedelta(days=400))
    assert [title for _day, _kind, title in shown(editor.get(ADDRESS, {"language": "fr"}))] == ["French"]
    assert [title for _day, _kind, title in shown(editor.get(ADDRESS, {"type": event.type_id}))] == ["Event"]


@pytest.mark.parametrize(
    "query", ["month=2026-13", "month=x", "month=9999-01", "type=x", "language=x", "view=x", "month=%00"]
)
def test_what_makes_no_sense_is_passed_over(editor, query):
    page = editor.get(f"{ADDRESS}?{query}")
    assert page.status_code == 200
    assert page.context["month"].month == 11


def test_a_full_day_shows_a_few_and_leads_to_the_list_of_all(editor):
    for number in range(9):
        make_item(publish_at=NOW + timedelta(minutes=number))
        make_event(publish_at=NOW - timedelta(days=90), starts_at=NOW + timedelta(minutes=number))
        make_item(publish_at=NOW - timedelta(days=90), expire_at=NOW + timedelta(minutes=number), language="fr")
    page = editor.get(ADDRESS)
    day = next(day for week in page.context["weeks"] for day in week if day.date.day == 15 and day.in_month)
    assert len(day.entries) == 12
    assert sorted(day.more.items()) == [("appears", 5), ("event", 5), ("expires", 5)]
    for count, _kind, address in day.lists:
        assert editor.get(address).context["cl"].result_count == count + 4
    narrowed = editor.get(ADDRESS, {"language": "fr"})
    day = next(day for week in narrowed.context["weeks"] for day in week if day.date.day == 15 and day.in_month)
    assert editor.get(day.lists[0][2]).context["cl"].result_count == 9


def test_it_asks_the_same_number_of_queries_however_full_it_is(editor):
    def queries():
        with CaptureQueriesContext(connection) as seen:
            editor.get(ADDRESS)
        return len(seen)

    def fill(count):
        for number in range(count):
            make_event(publish_at=NOW, expire_at=NOW + timedelta(hours=number + 1), starts_at=NOW + timedelta(days=1))

    fill(1)
    few = queries()
    fill(20)
    assert queries() == few < 20
