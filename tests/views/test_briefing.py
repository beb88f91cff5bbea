"""The page of a briefing, and its PDF."""

from datetime import date
from io import BytesIO

import pytest
from pypdf import PdfReader

from items.briefing import Busy, is_available
from items.briefing import briefing as parts
from items.views import briefing as view
from tests.builders import make_item
from tests.views.page import Page

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("clock")]

needs_library = pytest.mark.skipif(not is_available(), reason="WeasyPrint, or what it needs, is not here")


def text(response):
    return " ".join(response.content.decode().split())


@pytest.fixture
def item():
    return make_item(
        title="Zebras <seen>",
        summary="They are back & striped.",
        themes=["asylum"],
        source="fedasil",
        source_url="https://example.org/zebras",
        publication_date=date(2026, 6, 1),
    )


def test_the_page_says_what_it_is_of_and_as_of_when(client, item):
    make_item(publication_date=date(2026, 5, 1))
    response = client.get("/news/briefing/?theme=asylum")
    html = text(response)
    page = Page(response)
    assert "Briefing: Asylum" in html
    assert "as of 15 June 2026" in html
    assert "Published on 1 June 2026" in html
    assert page.items == [item.pk]
    assert "Zebras &lt;seen&gt;" in html
    assert "They are back &amp; striped." in html
    assert 'href="https://example.org/zebras"' in html
    assert page.is_noindex
    assert page.links("canonical") == ["http://testserver/news/briefing/?theme=asylum"]


def test_each_number_leads_to_its_source(client, item):
    page = Page(client.get("/news/briefing/"))
    targets = {attrs["id"] for attrs in page.having("id")}
    numbers = [attrs["href"] for attrs in page.having("href") if attrs["href"].startswith("#source-")]
    assert numbers == ["#source-1"]
    assert {number[1:] for number in numbers} <= targets


def test_what_is_in_another_language_is_marked(client):
    make_item(language="fr", title="Zèbres")
    assert '<h3 lang="fr">' in text(client.get("/news/briefing/"))


def test_a_cut_briefing_says_so(client, monkeypatch):
    monkeypatch.setattr(parts, "MOST", 2)
    for _ in range(3):
        make_item()
    assert "These are the first 2 of 3 items." in text(client.get("/news/briefing/"))


def test_a_listing_leads_to_its_briefing(client, item):
    assert 'href="/news/briefing/?theme=asylum"' in text(client.get("/news/?theme=asylum"))


def test_an_unknown_filter_is_said_and_nothing_is_shown(client, item):
    response = client.get("/news/briefing/?theme=no-such-theme")
    assert response.status_code == 200
    assert "no-such-theme" in text(response)
    assert Page(response).items == []


@needs_library
def test_the_pdf_has_the_text_of_the_page(client, item):
    response = client.get("/news/briefing.pdf?theme=asylum")
    assert response["Content-Type"] == "application/pdf"
    assert response["X-Robots-Tag"] == "noindex"
    assert response["ETag"]
    reader = PdfReader(BytesIO(response.content))
    found = " ".join(" ".join(page.extract_text() for page in reader.pages).split())
    for words in ("Briefing: Asylum", "Zebras <seen>", "They are back & striped.", "[1]", "https://example.org/zebras"):
        assert words in found
    addresses = {
        note.get_object()["/A"]["/URI"]
        for page in reader.pages
        for note in page.get("/Annots", [])
        if "/A" in note.get_object() and "/URI" in note.get_object()["/A"]
    }
    assert {"https://example.org/zebras", f"http://testserver{item.get_absolute_url()}"} <= addresses


@needs_library
def test_a_pdf_of_what_is_not_understood_is_not_found(client):
    response = client.get("/news/briefing.pdf?theme=no-such-theme")
    assert response.status_code == 404
    assert "no-such-theme" in response.content.decode()


def test_where_no_pdf_can_be_made_nothing_leads_there_and_the_address_says_why(client, item, monkeypatch):
    monkeypatch.setattr(view, "is_available", lambda: False)
    assert "briefing.pdf" not in text(client.get("/news/briefing/"))
    response = client.get("/news/briefing.pdf")
    assert response.status_code == 404
    assert "makes no PDF" in response.content.decode()


def test_while_others_have_theirs_made_one_is_asked_to_come_back(client, item, monkeypatch):
    def busy(html):
        raise Busy

    monkeypatch.setattr(view, "is_available", lambda: True)
    monkeypatch.setattr(view, "typeset", busy)
    response = client.get("/news/briefing.pdf")
    assert (response.status_code, response["Retry-After"]) == (503, "60")
