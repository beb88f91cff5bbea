"""The listing as readers use it: with a mouse, by keyboard, without JavaScript, with the Back button."""

import re

import pytest
from playwright.sync_api import expect

pytestmark = pytest.mark.browser


def total(page) -> int:
    return int(page.locator("[data-count]:not([data-facet])").first.get_attribute("data-count"))


def option(page, facet, value):
    return page.locator(f'[data-facet="{facet}"][data-value="{value}"]').first


def test_an_option_says_how_many_items_it_gives(open_page):
    page = open_page("/news/")
    reception = option(page, "theme", "reception")
    promised = int(reception.get_attribute("data-count"))
    before = total(page)
    reception.click()
    expect(page.locator('[data-filter="theme:reception"]')).to_be_visible()
    assert total(page) == promised < before
    assert "theme=reception" in page.url


def test_filtering_keeps_the_document_and_the_focus_and_says_the_new_total(open_page):
    page = open_page("/news/")
    page.evaluate("window.sameDocument = true")
    reception = option(page, "theme", "reception")
    reception.focus()
    page.keyboard.press("Enter")
    expect(page.locator('[data-filter="theme:reception"]')).to_be_visible()
    assert page.evaluate("window.sameDocument") is True
    assert page.evaluate("document.activeElement.closest('[data-facet]').dataset.value") == "reception"
    expect(page.locator("[aria-live=polite], [role=status]").first).to_contain_text(re.compile(str(total(page))))
    assert "Reception" in page.title()


def test_back_and_forward_work(open_page):
    page = open_page("/news/")
    everything = total(page)
    option(page, "theme", "reception").click()
    expect(page.locator('[data-filter="theme:reception"]')).to_be_visible()
    fewer = total(page)
    page.go_back()
    expect(page.locator('[data-filter="theme:reception"]')).to_have_count(0)
    assert total(page) == everything
    page.go_forward()
    expect(page.locator('[data-filter="theme:reception"]')).to_be_visible()
    assert total(page) == fewer


def test_everything_works_without_javascript(open_page):
    page = open_page("/news/", java_script_enabled=False)
    option(page, "theme", "reception").click()
    assert "theme=reception" in page.url
    page.locator('[data-filter="theme:reception"]').click()
    assert "theme" not in page.url
    page.locator('[name="from"]').fill("2025")
    page.locator('[name="from"]').press("Enter")
    assert "from=2025" in page.url
    page.goto("/news/")
    page.locator('a[href*="/facets/keyword/"]').first.click()
    page.locator('[name="find"]').fill("solid")
    page.locator('[name="find"]').press("Enter")
    option(page, "keyword", "solidarity").click()
    assert "keyword=solidarity" in page.url


def test_a_date_that_does_not_exist_is_explained_at_its_field(open_page):
    page = open_page("/news/?from=2023-02-30")
    field = page.locator('[name="from"]')
    assert field.get_attribute("aria-invalid") == "true"
    described = [page.locator(f"#{i}") for i in field.get_attribute("aria-describedby").split()]
    assert any("2023-02-30" in element.inner_text() for element in described)
    assert total(page) == 0


def test_an_item_opened_from_a_listing_leads_back_and_on(open_page):
    page = open_page("/news/?theme=asylum")
    first, second = (page.locator("article[data-item]").nth(n).get_attribute("data-item") for n in (0, 1))
    page.locator(f'article[data-item="{first}"] a').first.click()
    assert "theme=asylum" in page.url
    page.locator("a[rel=next]").first.click()
    assert f"/{second}/" in page.url
    page.locator('a[href*="/news/?theme=asylum"]').first.click()
    assert page.url.endswith("/news/?theme=asylum")


def test_the_phone_has_no_sideways_scrolling_and_a_sheet_of_filters(open_page):
    page = open_page("/news/?theme=asylum", viewport={"width": 320, "height": 640})
    assert page.evaluate("document.documentElement.scrollWidth") <= 320
    assert not option(page, "theme", "reception").is_visible()
    page.locator("summary").filter(has_text=re.compile("Filter")).first.click()
    expect(option(page, "theme", "reception")).to_be_visible()


LONG = "Rindfleischetikettierungsüberwachungsaufgabenübertragungsgesetz"
POST = f"""
from datetime import timedelta
from django.utils import timezone
from items.models import Event, Item, ItemType, Source, Theme
now, word = timezone.now(), "{LONG}"
values = dict(status="approved", publish_at=now - timedelta(hours=1), publication_date=timezone.localdate())
source = Source.objects.create(slug="long", labels={{"de": word}})
values |= dict(type=ItemType.objects.get(slug="event"), source=source)
theme = Theme.objects.create(slug="long", labels={{"de": word}})
for language in ("en", "de"):
    item = Item.objects.create(title=word, summary=word, language=language, source_url="https://example.org/", **values)
    item.themes.add(theme)
    Event.objects.create(item=item, starts_at=now + timedelta(days=3), place=word)
"""
REMOVE = f"""
from items.models import Item, Source, Theme
Item.objects.filter(title="{LONG}").delete()
for model in (Source, Theme):
    model.objects.filter(slug="long").delete()
"""


def test_a_word_longer_than_the_screen_widens_no_page(open_page, manage):
    manage("shell", "--verbosity", "0", "--command", POST)
    try:
        page = open_page("/", viewport={"width": 320, "height": 640})
        page.goto(f"/news/?q={LONG}")
        item = page.locator("article[data-item] a").first.get_attribute("href").partition("?")[0]
        for path in ("/", "/news/", "/de/news/", "/events/", "/events/?view=month", "/de/news/briefing/", item):
            page.goto(path)
            assert LONG in page.content(), path
            assert page.evaluate("document.documentElement.scrollWidth") <= 320, path
    finally:
        manage("shell", "--verbosity", "0", "--command", REMOVE)
