"""The preview beside the form: shown, kept up to date, and out of the way."""

import pytest
from playwright.sync_api import expect

pytestmark = pytest.mark.browser

WIDE = {"viewport": {"width": 1440, "height": 900}}


@pytest.fixture
def form(at_the_desk):
    """The form of the first item of the list, or another page, come to from the list."""

    def open_form(path="", **options):
        page = at_the_desk("eva", "/admin/items/item/", **options)
        page.goto(path or page.locator("#result_list .field-name a").first.get_attribute("href"))
        return page

    return open_form


def test_the_preview_follows_what_is_typed_at_both_widths(form):
    page = form(**WIDE)
    toggle = page.get_by_role("button", name="Preview beside")
    toggle.click()
    assert toggle.get_attribute("aria-pressed") == "true"
    seen = page.frame_locator(".desk-beside-page iframe:not([data-coming])")
    seen.get_by_role("heading", level=1).wait_for()
    page.locator("#id_title").fill("A title that nobody has saved")
    seen.get_by_role("heading", level=1, name="A title that nobody has saved").wait_for()
    frame = page.locator(".desk-beside-page iframe:not([data-coming])")
    assert frame.evaluate("frame => frame.clientWidth") == 390
    page.get_by_role("button", name="Desk", exact=True).click()
    expect(frame).to_have_js_property("clientWidth", 1200)
    assert frame.bounding_box()["width"] < 800
    # It is as it was chosen when the form is opened again, and gone when it is put away.
    page.reload()
    page.locator("#item_form[data-preview-width=desk]").wait_for()
    toggle.click()
    assert not page.locator("#desk-beside").is_visible()


def test_the_browser_s_way_back_leads_out_of_the_form(form):
    page = form("/admin/items/item/add/", **WIDE)
    page.get_by_role("button", name="Preview beside").click()
    page.locator("#id_title").fill("One")
    page.frame_locator(".desk-beside-page iframe:not([data-coming])").get_by_role("heading", name="One").wait_for()
    page.locator("#id_title").fill("Two")
    page.frame_locator(".desk-beside-page iframe:not([data-coming])").get_by_role("heading", name="Two").wait_for()
    page.go_back()
    assert page.url.endswith("/admin/items/item/")


def test_small_screens_have_one_low_bar_and_no_preview_beside(form):
    page = form(viewport={"width": 400, "height": 800})
    assert not page.get_by_role("button", name="Preview beside").is_visible()
    assert page.locator("#item_form .submit-row").bounding_box()["height"] < 64
    assert not page.get_by_role("button", name="Save and continue editing").is_visible()
    page.locator(".desk-folded summary").click()
    page.get_by_role("button", name="Save and continue editing").click()
    page.locator(".messagelist .success").wait_for()
