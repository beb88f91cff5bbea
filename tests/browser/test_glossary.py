"""Terms in a text, read without leaving it: by keyboard, pointer, touch and screen reader, and without scripts."""

import pytest
from axe_playwright_python.sync_playwright import Axe

from tests.browser.axe import violations_at_all_sizes

pytestmark = pytest.mark.browser

ITEM = "/news/?q=%22entry+bans%22"


def open_item(page):
    """Go to an item of the demo that mentions a term."""
    page.goto(ITEM)
    page.locator("article[data-item] h3 a").first.click()
    page.wait_for_selector("a.term")
    return page.locator("button.term-open").first, page.locator(".term-note").first


@pytest.mark.parametrize("scripts", [True, False])
def test_a_term_is_read_by_keyboard_and_focus_comes_back(open_page, scripts):
    page = open_page("/", java_script_enabled=scripts)
    _button, note = open_item(page)
    assert note.is_hidden()
    page.locator("a.term").first.focus()
    page.keyboard.press("Tab")
    page.keyboard.press("Enter")
    assert note.is_visible()
    page.keyboard.press("Tab")
    page.keyboard.press("Escape")
    assert note.is_hidden()
    # Without scripts the page cannot be asked; what has the focus opens again.
    page.keyboard.press("Enter")
    assert note.is_visible()


@pytest.mark.parametrize("scripts", [True, False])
def test_a_term_is_read_by_touch_and_closed_beside_it(open_page, scripts):
    viewport = {"width": 320, "height": 640}
    page = open_page("/", has_touch=True, is_mobile=True, viewport=viewport, java_script_enabled=scripts)
    button, note = open_item(page)
    button.scroll_into_view_if_needed()
    button.tap()
    box = note.bounding_box()
    assert box["x"] >= 0
    assert box["x"] + box["width"] <= 320
    assert box["y"] + box["height"] <= 640
    note.locator(".term-close").tap()
    assert note.is_hidden()
    button.tap()
    page.touchscreen.tap(160, 20)
    assert note.is_hidden()


def test_a_button_is_large_enough_and_has_a_name(open_page):
    page = open_page("/")
    button, _note = open_item(page)
    box = button.bounding_box()
    assert min(box["width"], box["height"]) >= 24
    assert page.get_by_role("button", name="What “return” means").count() == 1
    described = page.locator("a.term").first.get_attribute("aria-describedby")
    assert page.locator(f"#{described}").text_content().strip()
    button.click()
    assert page.get_by_role("dialog", name="Return").is_visible()


def test_a_term_stands_beside_its_word_where_there_is_room(open_page):
    page = open_page("/")
    button, note = open_item(page)
    button.click()
    at, box = button.bounding_box(), note.bounding_box()
    assert abs(box["y"] - (at["y"] + at["height"])) < 40 or abs(box["y"] + box["height"] - at["y"]) < 40


def test_terms_are_a_list_on_paper(open_page):
    page = open_page("/")
    button, note = open_item(page)
    page.emulate_media(media="print")
    assert note.is_visible()
    assert button.is_hidden()


@pytest.mark.parametrize("path", ["/glossary/", "/fr/glossary/", "/glossary/return/", "/de/glossary/refugee/", "open"])
def test_axe_finds_nothing(open_page, path):
    page = open_page("/robots.txt")
    found = []
    for width in (1280, 320):
        for scheme in ("light", "dark"):
            page.set_viewport_size({"width": width, "height": 800})
            page.emulate_media(color_scheme=scheme, reduced_motion="reduce")
            if path == "open":
                button, _note = open_item(page)
                button.click()
            else:
                page.goto(path)
            results = Axe().run(page)
            found += [
                f"{width} {scheme} {violation['id']}: {violation['nodes'][0]['html'][:150]}"
                for violation in results.response["violations"]
            ]
            assert page.evaluate("document.documentElement.scrollWidth") <= width
    assert found == []


def test_the_index_narrows_as_one_types(open_page):
    page = open_page("/glossary/")
    page.fill("[name=find]", "voluntary ret")
    assert page.locator("[data-options] > li:visible").count() == 2  # the term, and a synonym that leads to it


def test_axe_finds_nothing_at_the_desk_of_the_glossary(at_the_desk):
    page = at_the_desk("eva", "/admin/items/concept/?q=voluntary")
    form = page.locator("#result_list tbody th a").first.get_attribute("href")
    for path in ("/admin/items/concept/", "/admin/items/concept/import/", "/admin/items/concept/add/", form):
        assert violations_at_all_sizes(page, path) == []


def test_a_file_is_read_on_trial_at_the_desk(at_the_desk):
    page = at_the_desk("eva", "/admin/items/concept/import/")
    content = b"slug,label_en\nreturn,return\n,\n"
    page.set_input_files("[name=file]", {"name": "terms.csv", "mimeType": "text/csv", "buffer": content})
    page.click("input[type=submit]")
    assert page.get_by_role("status").filter(has_text="Unchanged: 1, Refused: 0").count() == 1
    assert page.locator(".import-report tbody tr").count() == 1
