"""A review link: made at the desk, opened in a profile that knows nothing of it, commented on, revoked."""

import pytest

from tests.browser.axe import violations_at_all_sizes

pytestmark = pytest.mark.browser


def test_a_link_in_a_fresh_profile_shows_the_draft_and_brings_a_comment_until_it_is_revoked(at_the_desk, open_page):
    desk = at_the_desk("eva", "/admin/items/item/add/")
    desk.locator("#id_title").fill("A draft for outside eyes")
    desk.locator("#id_summary").fill("What the draft says.")
    desk.locator("#id_type").select_option(index=1)
    desk.get_by_role("button", name="Save and continue editing").click()
    desk.wait_for_url("**/change/")
    form = desk.url
    desk.locator("#id_link_name").fill("Ana")
    desk.get_by_role("button", name="Make a link").click()
    address = desk.locator("#link").input_value()
    assert violations_at_all_sizes(desk) == []

    visitor = open_page(address)
    assert visitor.get_by_role("heading", level=1).inner_text() == "A draft for outside eyes"
    assert violations_at_all_sizes(visitor) == []
    visitor.get_by_label("Your name").fill("Ana")
    visitor.get_by_label("Comment", exact=True).fill("A word on the second line.")
    visitor.wait_for_timeout(2100)  # who answers sooner is taken for a program
    visitor.get_by_role("button", name="Send to the editors").click()
    visitor.get_by_text("Your comment has reached the editors").wait_for()
    assert visitor.context.cookies() == []

    desk.goto(form)
    assert "A word on the second line." in desk.locator("#desk-record").inner_text()
    desk.get_by_role("button", name="Revoke the link: Ana").click()
    desk.wait_for_url("**/change/*")
    assert visitor.request.get(address).status == 410
