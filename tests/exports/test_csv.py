"""CSV as spreadsheets and programs read it."""

import csv
import io
from datetime import UTC, date, datetime, timedelta

import pytest
from django.db import connection
from django.http import QueryDict
from django.test.utils import CaptureQueriesContext

from items import spreadsheet
from items.feeds import csv as door
from items.listing import Listing
from items.models import Country, Source, Theme
from tests.builders import AT, make_event, make_item, make_term

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("clock")]

EXPORT = "/news/export.csv"


def sent(client, url=EXPORT) -> bytes:
    response = client.get(url)
    assert response.status_code == 200
    return response.getvalue()


def rows(client, url=EXPORT) -> list[dict[str, str]]:
    text = sent(client, url).decode("utf-8-sig")
    return list(csv.DictReader(io.StringIO(text, newline=""), strict=True))


def test_a_listing_comes_with_all_its_columns(client):
    item = make_item(
        title="Places", summary="18 390 places.",
        source=make_term(Source, "fresh", labels={"en": "Fresh", "fr": "Frais"}),
        source_url="https://iom.int/1", themes=[make_term(Theme, "fresh-theme", labels={"en": "Theme", "fr": "Thème"})],
        keywords=["fresh b", "fresh a"], countries=[Country.objects.get_or_create(code="be")[0]],
        publication_date=date(2026, 5, 4), publish_at=datetime(2026, 5, 4, 7, 30, tzinfo=UTC),
    )  # fmt: skip
    (row,) = rows(client, f"/fr{EXPORT}")
    assert row == {
        "id": str(item.pk),
        "uuid": str(item.uuid),
        "language": "en",
        "type": "Actualité",
        "title": "Places",
        "summary": "18 390 places.",
        "publication_date": "2026-05-04",
        "publish_at": "2026-05-04T07:30:00+00:00",
        "updated_at": item.updated_at.isoformat(),
        "source": "Frais",
        "source_url": "https://iom.int/1",
        "themes": "Thème",
        "keywords": "fresh a; fresh b",
        "countries": "Belgique",
        "event_starts_at": "",
        "event_ends_at": "",
        "event_all_day": "",
        "event_place": "",
        "event_cancelled": "",
        "url": f"http://testserver/news/{item.pk}/{item.slug}/",
        "revised_at": "",
        "event_moved_from": "",
    }


def test_an_event_has_its_time_and_place(client):
    make_event(starts_at=datetime(2026, 7, 1, 12, tzinfo=UTC), place="Ghent")
    make_event(starts_at=datetime(2026, 7, 1, 12, tzinfo=UTC), all_day=True)
    found = {row["event_all_day"]: row for row in rows(client)}
    assert found["false"]["event_starts_at"] == "2026-07-01T12:00:00+00:00"
    assert found["false"]["event_place"] == "Ghent"
    assert (found["true"]["event_starts_at"], found["true"]["event_ends_at"]) == ("2026-07-01", "2026-07-01")


def test_an_event_that_was_moved_says_from_when(client):
    for all_day in (False, True):
        event = make_event(starts_at=datetime(2026, 7, 1, 12, tzinfo=UTC), all_day=all_day).event
        event.starts_at = datetime(2026, 7, 2, 12, tzinfo=UTC)
        event.save()
    told = {row["event_all_day"]: row["event_moved_from"] for row in rows(client)}
    assert told == {"false": "2026-07-01T12:00:00+00:00", "true": "2026-07-01"}


def test_the_file_is_rfc_4180_in_utf_8_with_a_byte_order_mark(client):
    make_item(title='He said "yes", twice', summary="One\nTwo, été")
    content = sent(client)
    assert content.startswith(b"\xef\xbb\xbfid,uuid,language,")
    assert content.endswith(b"\r\n")
    assert b'"He said ""yes"", twice"' in content
    # Line ends within a value stay as they are; those of records are CRLF.
    assert content.count(b"\r\n") == 2
    assert rows(client)[0]["summary"] == "One\nTwo, été"


@pytest.mark.parametrize("start", ["=", "+", "-", "@"])
def test_what_a_spreadsheet_would_run_is_defused(client, start):
    make_item(title=f"{start}HYPERLINK(1)", summary=f"{start}1+1", keywords=[f"{start}word"])
    (row,) = rows(client)
    assert row["title"] == f"'{start}HYPERLINK(1)"
    assert row["summary"] == f"'{start}1+1"
    assert row["keywords"] == f"'{start}word"


def test_the_order_is_that_of_the_listing(client):
    items = [make_item(publication_date=date(2026, 1, n)) for n in (3, 1, 2)]
    newest = [int(row["id"]) for row in rows(client)]
    assert newest == [items[0].pk, items[2].pk, items[1].pk]
    assert [int(row["id"]) for row in rows(client, f"{EXPORT}?sort=oldest")] == newest[::-1]


def test_no_more_rows_are_in_memory_however_long_the_listing(client, monkeypatch):
    monkeypatch.setattr(spreadsheet, "ROWS", 4)
    monkeypatch.setattr(door, "KEYS", 10)
    items = [make_item() for _ in range(23)]
    loaded, ordered = [], []
    load, slice_ = door.load, Listing.slice
    monkeypatch.setattr(door, "load", lambda listing, pks: loaded.append(len(pks)) or load(listing, pks))
    monkeypatch.setattr(Listing, "slice", lambda self, *args: ordered.append(args) or slice_(self, *args))
    lines = door.lines(Listing(QueryDict(), language="en", at=AT))
    next(lines)
    assert loaded == []
    next(lines)
    assert loaded == [4]
    assert len(list(lines)) == 5
    assert loaded == [4, 4, 4, 4, 4, 3]
    assert ordered == [(0, 10), (10, 10), (20, 10)]
    assert {int(row["id"]) for row in rows(client)} == {item.pk for item in items}


def test_a_chunk_asks_the_same_however_many_rows_it_has(client):
    make_event(keywords=["one"], themes=["return"])
    sent(client)
    with CaptureQueriesContext(connection) as few:
        sent(client)
    for _ in range(30):
        make_event(keywords=["one", "two"], themes=["return"])
    with CaptureQueriesContext(connection) as many:
        sent(client)
    assert len(many) == len(few)


def test_an_item_withdrawn_meanwhile_is_left_out():
    items = [make_item() for _ in range(3)]
    lines = door.lines(Listing(QueryDict(), language="en", at=AT))
    next(lines)
    items[1].withdraw(by=None, at=AT, reason="No.")
    assert next(lines).count(b"\r\n") == 2


def test_a_head_reads_nothing(client, monkeypatch):
    make_item()
    monkeypatch.setattr(door, "lines", lambda listing: pytest.fail("read"))
    response = client.head(EXPORT)
    assert response["Content-Type"].startswith("text/csv; charset=utf-8")
    assert response["Content-Disposition"] == 'attachment; filename="news.csv"'
    assert not response.has_header("Content-Length")  # which a GET does not know either


def test_unknown_former_and_removed_terms(client):
    theme = make_term(Theme, "fresh-theme")
    theme.slug = "fresher-theme"
    theme.save()
    make_term(Theme, "old-theme").delete()
    assert client.get(f"{EXPORT}?theme=nothing").status_code == 404
    assert client.get(f"{EXPORT}?theme=fresh-theme")["Location"] == f"{EXPORT}?theme=fresher-theme"
    assert client.get(f"{EXPORT}?theme=old-theme").status_code == 410
    assert client.post(EXPORT).status_code == 405


def test_who_has_the_file_is_told_so(client):
    make_item(publish_at=AT - timedelta(days=2))
    first = client.get(EXPORT)
    first.getvalue()
    assert first["ETag"].startswith("W/")
    assert not first.cookies
    assert client.get(EXPORT, headers={"If-None-Match": first["ETag"]}).status_code == 304
