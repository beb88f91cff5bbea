"""Sitemaps: well-formed by the protocol's rules, and they say of each page what the page says of itself."""

import re
from datetime import timedelta
from xml.etree import ElementTree

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from items.models import Concept
from items.views import sitemap
from tests.builders import AT, make_item, make_page
from tests.page.test_shared import alternates
from tests.views.page import Page

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("clock")]

SITE = "http://testserver"
NS = {
    "s": "http://www.sitemaps.org/schemas/sitemap/0.9",
    "x": "http://www.w3.org/1999/xhtml",
    "n": "http://www.google.com/schemas/sitemap-news/0.9",
}
# W3C Datetime, which the protocol asks for.
WHEN = re.compile(r"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d[+-]\d\d:\d\d")
ORDER = {"loc": 0, "lastmod": 1, "changefreq": 2, "priority": 3, "link": 4, "news": 4}


def read(client, path):
    """A sitemap's root, once it has been held against the protocol's rules."""
    response = client.get(path)
    assert response.status_code == 200
    assert response["Content-Type"] == "application/xml; charset=utf-8"
    assert len(response.content) < 1024 * 1024  # what the page cache keeps; the protocol allows 50 MB
    root = ElementTree.fromstring(response.content)
    kind = root.tag.rpartition("}")[2]
    assert root.tag == f"{{{NS['s']}}}{kind}"
    for entry in root:
        assert entry.tag == f"{{{NS['s']}}}{'sitemap' if kind == 'sitemapindex' else 'url'}"
        names = [child.tag.rpartition("}")[2] for child in entry]
        assert names.count("loc") == 1
        assert [ORDER[name] for name in names] == sorted(ORDER[name] for name in names)
        assert entry.find("s:loc", NS).text.startswith(f"{SITE}/")
        assert len(entry.find("s:loc", NS).text) < 2048
        for changed in entry.findall("s:lastmod", NS):
            assert WHEN.fullmatch(changed.text)
    found = locations(root)
    assert len(found) == len(set(found)) <= 50_000
    return root


def locations(root):
    return [element.text for element in root.iterfind("*/s:loc", NS)]


def test_the_index_names_the_news_the_pages_and_each_year(client):
    for days in (0, 1, 400, 800):
        make_item(publish_at=AT - timedelta(days=days))
    root = read(client, "/sitemap.xml")
    names = ["sitemap-news.xml", "sitemap-pages.xml", "sitemap-2026-1.xml", "sitemap-2025-1.xml", "sitemap-2024-1.xml"]
    assert locations(root) == [f"{SITE}/{name}" for name in names]
    for address in locations(root):
        read(client, address.removeprefix(SITE))


def test_every_visible_item_is_in_its_year_and_no_other(client):
    shown = [make_item(publish_at=AT - timedelta(days=days)) for days in (0, 1, 400)]
    make_item(status="draft")
    make_item(publish_at=AT + timedelta(hours=1))
    make_item(expire_at=AT)
    make_item(status="withdrawn", withdrawal_reason="Wrong.")
    found = {year: locations(read(client, f"/sitemap-{year}-1.xml")) for year in (2026, 2025)}
    assert found == {
        2026: [SITE + item.get_absolute_url() for item in shown[:2]],
        2025: [SITE + shown[2].get_absolute_url()],
    }


def test_the_year_is_that_of_the_sites_clock(client):
    item = make_item(publish_at="2025-12-31T23:30:00Z")
    assert locations(read(client, "/sitemap-2026-1.xml")) == [SITE + item.get_absolute_url()]


def test_a_large_year_stands_in_parts(client, monkeypatch):
    monkeypatch.setattr(sitemap, "PART", 2)
    items = [make_item() for _number in range(5)]
    assert [a for a in locations(read(client, "/sitemap.xml")) if "2026" in a] == [
        f"{SITE}/sitemap-2026-{part}.xml" for part in (1, 2, 3)
    ]
    parts = [locations(read(client, f"/sitemap-2026-{part}.xml")) for part in (1, 2, 3)]
    assert [len(part) for part in parts] == [2, 2, 1]
    assert [address for part in parts for address in part] == [SITE + item.get_absolute_url() for item in items]


@pytest.mark.parametrize("name", ["2026-2", "2026-0", "1999-1", "99999999-1", "0-1", "2026-99999999999999999999"])
def test_there_is_no_part_without_items(client, name):
    make_item()
    assert client.get(f"/sitemap-{name}.xml").status_code == 404


@pytest.mark.usefixtures("media")
def test_a_sitemap_says_of_each_page_what_the_page_says(client):
    item = make_item(themes=["reception"], keywords=["one"])
    make_item(language="fr", translation_group=item.translation_group)
    make_item(language="de")
    make_page(en="Rules", nl="Regels")
    make_page(kind="legal", en="Hidden", is_published=False)
    Concept.objects.create(slug="asylum", labels={"en": "Asylum", "fr": "Asile"}, definitions={"en": "Shelter."})
    seen = []
    for path in ("/sitemap-pages.xml", "/sitemap-2026-1.xml"):
        for entry in read(client, path):
            address = entry.find("s:loc", NS).text
            if "/themes/" in address and "reception" not in address and not address.endswith("/themes/"):
                continue  # one theme will do
            response = client.get(address.removeprefix(SITE))
            assert response.status_code == 200, address
            page = Page(response)
            assert not page.is_noindex, address
            assert page.links("canonical") == [address]
            assert {link.get("hreflang"): link.get("href") for link in entry.findall("x:link", NS)} == alternates(page)
            seen.append(address.removeprefix(SITE))
    wanted = {"/", "/fr/", "/news/", "/de/events/", "/themes/reception/", "/nl/keywords/one/", "/fr/glossary/asylum/",
              "/pages/rules/", "/nl/pages/regels/", item.get_absolute_url()}  # fmt: skip
    assert wanted <= set(seen)
    assert not [address for address in seen if "hidden" in address]


def test_the_news_are_those_of_today_and_yesterday(client):
    today, yesterday = make_item(title="A & B"), make_item(publish_at=AT - timedelta(hours=35), language="fr")
    make_item(publish_at=AT - timedelta(hours=39))
    entries = read(client, "/sitemap-news.xml")
    assert locations(entries) == [SITE + item.get_absolute_url() for item in (today, yesterday)]
    news = entries[0].find("n:news", NS)
    assert news.find("n:title", NS).text == "A & B"
    assert news.find("n:publication/n:name", NS).text == "Migration Newsroom"
    assert [e.find("n:news/n:publication/n:language", NS).text for e in entries] == ["en", "fr"]
    assert news.find("n:publication_date", NS).text == timezone.localtime(today.publish_at).isoformat()


def test_a_site_without_items_has_sitemaps(client):
    assert len(read(client, "/sitemap.xml")) == 2
    assert len(read(client, "/sitemap-news.xml")) == 0
    assert "http://testserver/news/" in locations(read(client, "/sitemap-pages.xml"))


def test_robots_are_told_where_the_sitemaps_are(client):
    lines = client.get("/robots.txt").content.decode().splitlines()
    named = [line.removeprefix("Sitemap: ") for line in lines if line.startswith("Sitemap: ")]
    assert named == [f"{SITE}/sitemap.xml", f"{SITE}/sitemap-news.xml"]
    for address in named:
        read(client, address.removeprefix(SITE))


def test_sitemaps_ask_no_more_of_many_items_than_of_few(client):
    def count():
        with CaptureQueriesContext(connection) as queries:
            for path in ("/sitemap.xml", "/sitemap-2026-1.xml", "/sitemap-pages.xml", "/sitemap-news.xml"):
                assert client.get(path).status_code == 200
        return len(queries)

    for number in range(20):
        make_item(keywords=[f"word {number % 4}"], language=("en", "fr")[number % 2])
        if number == 3:
            few = count()
    assert count() == few
