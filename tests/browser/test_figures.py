"""Figures of an item in a browser: legible in any width, operable by keyboard, nothing for axe to find."""

import pytest

from tests.browser.axe import violations_at_all_sizes

pytestmark = pytest.mark.browser

FIND = """async () => {
    const answer = await fetch("/api/v1/items/?per_page=100&fields=url,language,tables&language=en");
    const items = (await answer.json()).results.filter((item) => item.tables.length);
    return items.map((item) => new URL(item.url).pathname);
}"""


@pytest.fixture
def page(open_page):
    return open_page("/robots.txt")


def test_axe_finds_nothing_on_pages_with_figures(page):
    addresses = page.evaluate(FIND)
    assert len(addresses) >= 3
    for address in addresses:
        page.goto(address)
        page.evaluate("document.querySelectorAll('.figures details').forEach((part) => (part.open = true))")
        assert violations_at_all_sizes(page) == []


def test_the_view_that_fits_is_shown_and_the_other_not_read(page):
    page.goto(page.evaluate(FIND)[0])
    shown = []
    for width in (1280, 320):
        page.set_viewport_size({"width": width, "height": 800})
        shown.append([page.locator(f".chart-{view}").first.is_visible() for view in ("wide", "narrow")])
    assert shown == [[True, False], [False, True]]


def test_the_table_opens_and_scrolls_by_keyboard(page):
    page.goto(page.evaluate(FIND)[0])
    page.set_viewport_size({"width": 320, "height": 800})
    assert not page.locator(".figures table").first.is_visible()
    page.locator(".figures summary").first.focus()
    page.keyboard.press("Enter")
    assert page.locator(".figures table").first.is_visible()
    page.keyboard.press("Tab")
    assert page.evaluate("document.activeElement.className") == "table-scroll"


def test_paper_shows_the_figures_that_the_screen_folds_away(page):
    page.goto(page.evaluate(FIND)[0])
    page.emulate_media(media="print")
    heights = page.evaluate("[...document.querySelectorAll('.figures table')].map((one) => one.offsetHeight)")
    assert heights
    assert min(heights) > 40
    assert not page.locator(".figures summary").first.is_visible()
