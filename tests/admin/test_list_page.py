"""What the list of items offers beside its rows: daily views, marks, people, and the way to a spreadsheet."""

import re
from datetime import UTC, datetime, timedelta

import pytest
from django.utils import timezone

from items.admin.item.list import VIEWS
from tests.builders import make_event, make_item

pytestmark = pytest.mark.django_db
LIST = "/admin/items/item/"
PAST = timedelta(days=-3)


def page(client, query=""):
    return client.get(f"{LIST}?{query}").content.decode()


def titles(client, query=""):
    return {item.title for item in client.get(f"{LIST}?{query}").context["cl"].result_list}


def current(html):
    """The view that is marked."""
    return re.findall(r'aria-current="page">([^<]*)<', html)


def cell(html, name):
    return re.search(rf'<td class="field-{name}[^>]*>(.*?)</td>', html, re.DOTALL)[1]


def test_each_daily_view_is_a_link_and_marked_where_one_is(editor):
    make_item()
    names = [str(name) for name, _query in VIEWS]
    html = page(editor)
    for name, address, _is_current in editor.get(LIST).context["cl"].views():
        html = page(editor, address.removeprefix("?"))
        assert current(html) == [str(name)], address
        assert [f">{name}</a>" in html for name in names] == [True] * len(names)
    assert current(page(editor, "o=2&desk=mine&_facets=True")) == ["My drafts"]
    assert current(page(editor, "desk=mine&language__exact=fr")) == []
    assert current(page(editor, "q=word")) == []


def test_the_daily_views_hold_what_they_say(sign_in):
    author, now = sign_in("Author"), timezone.now()
    whole = {"themes": ["reception"], "keywords": ["word"], "source": "iom"}
    make_item(title="Mine", status="draft", publish_at=None, created_by=author.person, **whole)
    make_item(title="Waiting", status="in_review", publish_at=None, **whole)
    make_item(title="Next year", publish_at=now + timedelta(days=400), **whole)
    make_item(title="Withdrawn", publish_at=now + PAST, status="withdrawn", withdrawal_reason="Wrong.", **whole)
    make_item(title="Live", publish_at=now + PAST, **whole)
    for gap in ("themes", "keywords"):
        make_item(title=f"No {gap}", publish_at=now + PAST, **{**whole, gap: ()})
    make_item(title="No source", publish_at=now + PAST, **{**whole, "source": None})
    make_item(title="No date", publish_at=now + PAST, publication_date=None, **whole)
    make_event(title="Past event", starts_at=now + PAST, publish_at=now + 2 * PAST, **whole)
    make_item(title="Removed", publish_at=now + PAST, status="removed")  # wants nothing any more
    assert titles(author, "desk=mine") == {"Mine"}
    assert titles(author, "desk=waiting") == {"Waiting"}
    assert titles(author, "desk=scheduled") == {"Next year"}
    assert titles(author, "status__exact=withdrawn") == {"Withdrawn"}
    assert titles(author, "missing=any") == {
        "No themes", "No keywords", "No source", "No date", "Past event",
    }  # fmt: skip


@pytest.mark.parametrize("query", ["desk=mine&_facets=True", "missing=any&_facets=True"])
def test_counts_can_be_shown_in_a_daily_view(editor, query):
    make_item(title="Bare")
    assert editor.get(f"{LIST}?{query}").status_code == 200


def test_all_items_of_the_list_are_one_click_from_a_spreadsheet(editor):
    for _number in range(2):
        make_item(title="A word", publication_date=datetime(2026, 5, 4).date())
    html = page(editor, "q=word&publication_date__year=2026&p=1&_facets=True&o=-1")
    (address,) = re.findall(r'href="([^"]*/csv/[^"]*)"', html)
    assert address.replace("&amp;", "&") == f"{LIST}csv/?q=word&publication_date__year=2026&o=-1"
    assert "These 2 items as CSV" in html
    assert editor.get(address.replace("&amp;", "&")).status_code == 200
    assert "/csv/" not in page(editor, "q=nothing-of-this")


def test_a_picker_offers_no_views(editor):
    make_item()
    html = page(editor, "_popup=1")
    assert "desk-views" not in html
    assert "/csv/" not in html


def test_a_row_tells_of_comments_and_of_the_update_being_made(editor):
    now = timezone.now()
    item = make_item(title="Live", publish_at=now + PAST)
    for _number in range(2):
        item.comment(by=editor.person, at=now, text="Look.")
    copy = item.prepare_update(by=editor.person, at=now)
    state = cell(page(editor, f"id__exact={item.pk}"), "state")
    assert f'href="{LIST}{item.pk}/change/#desk-record">2 comments</a>' in state
    assert f'href="{LIST}{copy.pk}/change/">Update: draft</a>' in state
    other = make_item(title="Other", publish_at=now + PAST)
    state = cell(page(editor, f"id__exact={other.pk}"), "state")
    assert "comment" not in state
    assert "Update" not in state


def test_a_row_names_who_began_it_and_the_zone_of_its_moment(editor):
    editor.person.first_name, editor.person.last_name = "Ada", "Editor"
    editor.person.save()
    make_item(publish_at=datetime(2026, 1, 5, 8, 30, tzinfo=UTC), created_by=editor.person)
    html = page(editor)
    assert cell(html, "people") == "Ada Editor"
    moment = re.sub(r"<[^>]*>", "", cell(html, "visible_from"))
    assert moment == f"5 Jan 2026 {timezone.localtime(datetime(2026, 1, 5, 8, 30, tzinfo=UTC)):%H:%M %Z}"
    make_item(title="Imported")
    assert cell(page(editor, "q=Imported"), "people") == "–"
