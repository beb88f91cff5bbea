"""Translating at the desk and the story on its page, in a real browser."""

import pytest

from tests.browser.axe import violations_at_all_sizes

pytestmark = pytest.mark.browser
ITEMS = "/admin/items/item/"


def open_first(page, query):
    page.goto(f"{ITEMS}?{query}")
    page.locator("#result_list .field-name a").first.click()
    page.wait_for_load_state()
    return page


def test_a_translation_is_begun_and_a_text_taken_over_and_put_back(at_the_desk):
    page = open_first(at_the_desk("ines", "/robots.txt"), "missing_in=de&q=hotel+by")
    page.get_by_role("button", name="Translate into German").click()
    page.wait_for_selector("[data-take-over]:visible")
    summary = page.locator("#id_summary")
    button = page.locator(".desk-passage:visible [data-take-over=id_summary]")
    assert button.inner_text().startswith("Take over")
    button.press("Enter")
    assert "305 people" in summary.input_value()
    assert button.inner_text().startswith("Put back")
    button.press("Enter")
    assert summary.input_value() == ""
    page.locator(".desk-passage:visible [data-take-over=id_body]").click()
    assert "hospital" in page.locator(".body-page").inner_text()
    page.locator("[data-beside-version=fr]").click()
    assert "trois cents" in page.locator(".desk-passage-text:visible").first.inner_text()
    assert "hospital" in page.locator(".body-page").inner_text()
    assert violations_at_all_sizes(page) == []


def test_axe_finds_nothing_where_the_original_has_changed(at_the_desk):
    page = open_first(at_the_desk("ines", "/robots.txt"), "missing=outdated")
    assert page.locator(".desk-lag ins").count()
    assert violations_at_all_sizes(page) == []
    page.goto(f"{ITEMS}?missing=outdated")
    assert violations_at_all_sizes(page) == []


def test_axe_finds_nothing_in_a_story(at_the_desk):
    page = at_the_desk("ines", "/robots.txt")
    page.goto("/news/")
    page.get_by_role("link", name="Waiting list for reception: the last").click()
    assert page.locator(".thread li").count() == 4
    assert violations_at_all_sizes(page) == []
    page.locator(".story-step").click()
    assert page.url.endswith("#thread")
