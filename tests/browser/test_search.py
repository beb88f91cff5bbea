"""The search box as readers use it: typing, by keyboard, without JavaScript."""

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import expect

pytestmark = pytest.mark.browser


def box(page):
    return page.get_by_label("Search the news")


def test_typing_suggests_and_enter_goes_where_the_arrow_points(open_page):
    page = open_page("/news/")
    box(page).press_sequentially("recept")
    options = page.get_by_role("option")
    expect(options.first).to_be_visible()
    expect(box(page)).to_have_attribute("aria-expanded", "true")
    box(page).press("ArrowDown")
    expect(options.first).to_have_attribute("aria-selected", "true")
    assert box(page).get_attribute("aria-activedescendant") == options.first.get_attribute("id")
    assert not Axe().run(page).response["violations"]
    target = options.first.get_attribute("data-url")
    box(page).press("Enter")
    page.wait_for_url(f"**{target}")


def test_escape_closes_the_suggestions_and_keeps_the_words(open_page):
    page = open_page("/news/")
    box(page).press_sequentially("recept")
    expect(page.get_by_role("listbox")).to_be_visible()
    box(page).press("Escape")
    expect(page.get_by_role("listbox")).to_be_hidden()
    expect(box(page)).to_have_value("recept")


def test_enter_without_a_choice_searches_and_marks_what_was_found(open_page):
    page = open_page("/news/")
    box(page).fill("reception")
    box(page).press("Enter")
    expect(page.locator('[data-filter="q:reception"]')).to_be_visible()
    expect(page.locator("article mark").first).to_be_visible()
    assert "q=reception" in page.url


def test_without_scripts_it_is_a_search_box(open_page):
    page = open_page("/news/?theme=reception", java_script_enabled=False)
    box(page).fill("asylum")
    box(page).press("Enter")
    page.wait_for_url("**q=asylum**")
    assert "theme=reception" in page.url
    assert box(page).get_attribute("role") is None
