"""The vocabulary desk in a browser: a merge with its redirect and its undo, new words, the order of themes."""

import pytest

pytestmark = pytest.mark.browser


@pytest.fixture
def desk(at_the_desk):
    """A page of somebody who may do all."""
    return at_the_desk("ines")


def test_a_merge_leads_old_addresses_on_and_is_undone(desk):
    desk.goto("/keywords/solidarity/")
    count = desk.locator("[data-count]").first.get_attribute("data-count")
    desk.goto("/admin/items/keyword/?q=solidarity")
    desk.locator("#result_list .field-name a").first.click()
    desk.get_by_role("link", name="Merge into another").click()
    line = desk.get_by_label("Merge into")
    line.press_sequentially("data sour")
    desk.get_by_role("option", name="data sources").wait_for()
    line.press("ArrowDown")
    line.press("Enter")
    assert line.input_value() == "data sources"
    desk.get_by_role("button", name="Show what it touches").click()
    assert desk.locator(".words-items tbody tr").count() >= int(count)
    desk.get_by_role("button", name="Merge", exact=True).click()
    answer = desk.goto("/news/?keyword=solidarity")
    assert (answer.status, answer.request.redirected_from.url.split("/news/")[1]) == (200, "?keyword=solidarity")
    assert desk.url.endswith("/news/?keyword=data-sources")
    desk.goto("/admin/items/vocabularychange/")
    desk.get_by_role("button", name="Undo: “solidarity” was merged").click()
    desk.goto("/keywords/solidarity/")
    assert desk.url.endswith("/keywords/solidarity/")
    assert desk.locator("[data-count]").first.get_attribute("data-count") == count


def test_a_new_word_is_proposed_by_a_choice_of_its_own(desk):
    desk.goto("/admin/items/item/add/")
    line = desk.get_by_role("combobox", name="Keywords")
    line.press_sequentially("zebroid lanes")
    new = desk.get_by_role("option", name="Propose “zebroid lanes” as a new keyword")
    new.wait_for()
    line.press("ArrowUp")
    line.press("Enter")
    assert line.input_value() == "zebroid lanes, "
    assert desk.locator("input[name=keywords_propose]").input_value() == "zebroid lanes"


def test_a_theme_is_moved_by_keyboard_and_it_is_said(desk):
    desk.goto("/admin/items/theme/")
    labels = desk.locator("#result_list tbody .field-in_tree")
    before = labels.all_inner_texts()
    button = desk.locator("button[name=move][value$=':down']").first
    value = button.get_attribute("value")
    button.press("Enter")
    desk.locator("[data-tree-said]:not(:empty)").wait_for()
    assert "is now number 2" in desk.locator("[data-tree-said]").inner_text()
    assert labels.all_inner_texts() != before
    assert desk.evaluate("document.activeElement.value") == value
    desk.locator(f"button[value='{value.split(':')[0]}:up']").press("Enter")
    desk.locator("[data-tree-said]", has_text="number 1").wait_for()
    assert labels.all_inner_texts() == before
