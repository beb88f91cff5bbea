"""The front of the desk: each figure leads to exactly what it counts."""

import re
from datetime import timedelta

import pytest
from django.core.files.base import ContentFile
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from items.models import Attachment, Event, Item, Theme
from tests.admin.forms import ROLES, make_person
from tests.builders import make_event, make_item, make_keyword, make_term

pytestmark = pytest.mark.django_db
DAY = timedelta(days=1)


@pytest.fixture
def archive(people):
    """Something for every figure, of everybody, and what looks like it and does not count."""
    now = timezone.now()
    full = {"themes": ["reception"], "keywords": ["housing"], "source": "iom"}
    for person in people.values():
        make_item(status="draft", publish_at=None, created_by=person, **full)
        make_item(status="draft", publish_at=None, created_by=person, is_returned=True)
        make_item(status="in_review", publish_at=None, created_by=person)
    make_item(status="approved", publish_at=now + 2 * DAY, **full)
    make_item(status="approved", publish_at=now + 9 * DAY, **full)
    make_item(status="approved", publish_at=now - DAY, expire_at=now + 3 * DAY, title_is_derived=True)
    make_item(status="approved", publish_at=now - DAY, publication_date=timezone.localdate(), **full)
    make_item(status="removed", publish_at=now - DAY, publication_date=None)
    make_event(starts_at=now + DAY, publish_at=now - DAY)
    make_event(starts_at=now - 5 * DAY, publish_at=now - 9 * DAY)
    make_event(starts_at=now - 5 * DAY, publish_at=now - 9 * DAY, body="<p>It was good.</p>")
    one = make_item(publish_at=now - DAY, language="en", publication_date=None)
    other = make_item(publish_at=now - DAY, language="fr", translation_group=one.translation_group)
    other.translates(one, by=None, at=now)
    one.summary = "It says more now."
    one.save()
    one.complete_version(by=people["Editor"], at=now)
    one.prepare_update(by=people["Editor"], at=now)
    make_keyword("proposed word")
    make_keyword("housing")
    return now


def figures(page):
    """(name, number, address) of each figure on the front page."""
    html = page.content.decode()
    found = []
    for name, part in re.findall(r'<li data-figure="(\w+)"(.*?)</li>', html, re.DOTALL):
        address = re.search(r'href="([^"]+)"', part)[1].replace("&amp;", "&")
        found.append((name, int(re.search(r"<strong>(\d+)</strong>", part)[1]), address))
    return found


@pytest.mark.parametrize("role", ROLES)
def test_each_figure_is_the_number_of_rows_of_the_list_that_it_leads_to(sign_in, archive, role):
    client = sign_in(role)
    found = figures(client.get("/admin/"))
    assert {name for name, _count, _address in found} == {
        "returned", "mine", "waiting", "appearing", "expiring", "events",
        "title", "theme", "keyword", "date", "source", "language", "outdated", "report", "keywords",
    }  # fmt: skip
    for name, count, address in found:
        assert client.get(address).context["cl"].result_count == count, name
        assert count, name


def test_the_figures_count_what_they_say(sign_in, archive):
    found = {name: count for name, count, _address in figures(sign_in("Author").get("/admin/"))}
    expected = {"returned": 1, "mine": 2, "waiting": 3, "appearing": 1, "expiring": 1, "events": 1, "title": 1}
    assert {name: found[name] for name in expected} == expected
    # A removed item and a working copy want nothing.
    assert found["date"] == 1
    assert found["report"] == 1
    assert found["language"] == Item.objects.exclude(status="removed").filter(update_of=None).count() - 2


def test_a_document_is_a_report_too(sign_in, media):
    item = make_event(starts_at=timezone.now() - 5 * DAY, publish_at=timezone.now() - 9 * DAY)
    client = sign_in("Editor")
    assert {n: c for n, c, _a in figures(client.get("/admin/"))}["report"] == 1
    Attachment.objects.create(item=item, title="Report", file=ContentFile(b"%PDF", name="report.pdf"))
    assert {n: c for n, c, _a in figures(client.get("/admin/"))}["report"] == 0


def test_an_event_of_today_wants_no_report_yet_and_a_cancelled_one_never(sign_in):
    now = timezone.now()
    make_event(starts_at=now - timedelta(minutes=1), ends_at=now, publish_at=now - DAY)
    gone = make_event(starts_at=now - 5 * DAY, publish_at=now - 9 * DAY)
    Event.objects.filter(pk=gone.pk).update(is_cancelled=True)
    assert {n: c for n, c, _a in figures(sign_in("Editor").get("/admin/"))}["report"] == 0


def test_each_number_of_the_chart_s_table_is_the_list_behind_it(sign_in):
    now = timezone.now()
    today = timezone.localdate(now)
    below = make_term(Theme, "below-reception", parent=make_term(Theme, "reception"))
    for day in (today, today.replace(day=1), today.replace(day=1) - DAY):
        make_item(publication_date=day, publish_at=now - DAY, themes=["reception", below, "integration"])
    make_item(publication_date=today, status="draft", publish_at=None, themes=["reception"])
    client = sign_in("Author")
    html = client.get("/admin/").content.decode()
    cells = re.findall(r'<td><a href="([^"]+)">(\d+)</a></td>', html)
    assert sum(int(number) for _address, number in cells) == 6
    for address, number in cells:
        assert client.get(address.replace("&amp;", "&")).context["cl"].result_count == int(number)
    assert 'role="img"' in html
    assert html.count("<rect") == len(cells)


def test_the_app_list_is_still_there_and_a_newcomer_sees_no_figures(client, sign_in, archive):
    assert "/admin/items/theme/" in sign_in("Editor").get("/admin/").content.decode()
    client.force_login(make_person("newcomer"))
    page = client.get("/admin/")
    assert page.status_code == 200
    assert "desk-figures" not in page.content.decode()


def test_the_front_page_asks_little_however_full_the_archive(sign_in, archive):
    client = sign_in("Editor")
    for number in range(30):
        make_item(status="in_review", publish_at=None, title=f"More {number}")
    with CaptureQueriesContext(connection) as seen:
        assert client.get("/admin/").status_code == 200
    assert len(seen) < 30


def test_latest_activity_names_who_did_what_and_leads_to_the_item(sign_in):
    client = sign_in("Author")
    item = make_item(status="draft", publish_at=None, created_by=client.person, title="Fresh")
    item.submit(by=client.person, at=timezone.now())
    html = client.get("/admin/").content.decode()
    latest = html[html.index("desk-latest") :]
    assert f"/admin/items/item/{item.pk}/change/" in latest
    assert "submitted for review, author" in latest
