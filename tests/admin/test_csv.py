"""The list of items as a table for spreadsheets."""

import csv
import io
from datetime import timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from items import spreadsheet
from items.admin.item import csv as door
from items.models import Item
from tests.builders import make_item, make_keyword

pytestmark = pytest.mark.django_db
TABLE = "/admin/items/item/csv/"
PAST = timedelta(days=-3)


def rows(client, query=""):
    response = client.get(f"{TABLE}?{query}")
    assert response.status_code == 200
    text = response.getvalue().decode("utf-8-sig")
    return list(csv.DictReader(io.StringIO(text, newline=""), strict=True))


def titles(client, query=""):
    return [row["title"] for row in rows(client, query)]


def test_an_item_comes_with_all_that_the_desk_knows_of_it(editor, settings):
    settings.TIME_ZONE = "Europe/Brussels"
    editor.person.first_name, editor.person.last_name = "Ada", "Editor"
    editor.person.save()
    item = make_item(
        title="Places", themes=["reception", "integration"], keywords=["b", "a"], source="fedasil",
        source_url="https://example.org/1", publish_at=timezone.now() + PAST, created_by=editor.person,
    )  # fmt: skip
    (row,) = rows(editor)
    assert row.pop("publish_at") == timezone.localtime(item.publish_at).isoformat(timespec="seconds")
    assert row.pop("updated_at") == timezone.localtime(item.updated_at).isoformat(timespec="seconds")
    assert row == {
        "status": "approved",
        "title": "Places",
        "language": "en",
        "themes": "Integration; Reception",
        "type": "News item",
        "keywords": "a; b",
        "source": str(item.source),
        "source_url": "https://example.org/1",
        "expire_at": "",
        "created_by": "Ada Editor",
        "url": settings.SITE_URL + item.get_absolute_url(),
        "publication_date": item.publication_date.isoformat(),
        "id": str(item.pk),
        "update_of": "",
    }


def test_every_status_is_there_and_only_what_has_a_public_page_has_its_address(editor):
    now = timezone.now()
    live = make_item(title="approved", publish_at=now + PAST)
    copy = live.prepare_update(by=editor.person, at=now)
    Item.objects.filter(pk=copy.pk).update(title="update")
    make_item(title="withdrawn", publish_at=now + PAST, status="withdrawn", withdrawal_reason="Wrong.")
    make_item(title="draft", status="draft", publish_at=None)
    make_item(title="in review", status="in_review", publish_at=None)
    make_item(title="scheduled", publish_at=now - PAST)
    make_item(title="expired", publish_at=now + 2 * PAST, expire_at=now + PAST)
    make_item(title="removed", publish_at=now + PAST, status="removed")
    found = {row["title"]: row for row in rows(editor)}
    assert {name: row["status"] for name, row in found.items()} == {
        **{name: name for name in found if name != "update"},
        "update": "draft",
    }
    assert len(found) == 8
    assert {name for name, row in found.items() if row["url"]} == {"approved", "withdrawn"}
    assert found["update"]["update_of"] == str(live.pk)


def test_it_holds_what_the_list_with_the_same_query_holds_in_its_order(editor):
    for number in range(60):
        make_item(title=f"Item {number:02}", themes=["reception"] if number % 2 else [], source="iom")
    keyword = make_keyword("rare")
    Item.objects.get(title="Item 07").keywords.add(keyword)
    assert len(titles(editor)) == 60  # however many stand on a page
    assert titles(editor, "o=1") == [f"Item {number:02}" for number in range(60)]
    assert titles(editor, 'q="Item 07"') == ["Item 07"]
    assert titles(editor, f"keyword={keyword.pk}") == ["Item 07"]
    assert len(titles(editor, "missing=theme")) == 30
    assert titles(editor, "status__exact=draft") == []


def test_a_question_that_the_list_does_not_understand_leads_back_to_it(editor):
    response = editor.get(f"{TABLE}?publication_date__year=never")
    assert (response.status_code, response["Location"]) == (302, "/admin/items/item/?e=1")


def test_formulas_are_defused(editor):
    make_item(title="=HYPERLINK(1)", keywords=["+1"])
    (row,) = rows(editor)
    assert (row["title"], row["keywords"]) == ("'=HYPERLINK(1)", "'+1")


def test_it_is_sent_as_it_is_read_and_asks_the_same_however_many_rows_it_has(editor, monkeypatch):
    make_item(keywords=["one"], themes=["reception"], created_by=editor.person)
    rows(editor)
    with CaptureQueriesContext(connection) as few:
        rows(editor)
    for _ in range(20):
        make_item(keywords=["one", "two"], themes=["reception"], created_by=editor.person)
    with CaptureQueriesContext(connection) as many:
        rows(editor)
    assert len(many) == len(few)
    monkeypatch.setattr(spreadsheet, "ROWS", 4)
    response = editor.get(TABLE)
    assert response.streaming
    assert [chunk.count(b"\r\n") for chunk in response] == [1, 4, 4, 4, 4, 4, 1]


def test_a_head_reads_nothing_and_names_the_file(editor, monkeypatch):
    monkeypatch.setattr(door, "lines", lambda *args, **kwargs: pytest.fail("read"))
    response = editor.head(TABLE)
    assert response["Content-Disposition"] == 'attachment; filename="items.csv"'
    assert "no-store" in response["Cache-Control"]
