"""The life of an item at the desk, in a real browser: through all roles to withdrawal, and an update of it."""

import re

import pytest

from tests.browser.axe import violations

pytestmark = pytest.mark.browser


def panel(page):
    return page.locator("#desk-verbs")


def go(page, link_or_button):
    """Click, and wait for the page that it leads to."""
    with page.expect_navigation():
        link_or_button.click()


def press(page, label):
    go(page, panel(page).get_by_role("button", name=label, exact=True))


def reads(page, address, words):
    """Look at a public page until it has these words; the site keeps pages for a second, and the browser longer."""
    page.goto(address)
    for _attempt in range(40):
        page.reload()
        if words in (text := page.locator("main").inner_text()):
            return text
        page.wait_for_timeout(100)
    raise AssertionError(f"{words!r} is not in: {text}")


def fold_out(page, summary):
    panel(page).locator("summary", has_text=summary).click()


def form_of(page, title):
    page.goto(f"/admin/items/item/?q={title.split()[0]}")
    go(page, page.get_by_role("link", name=title, exact=True).first)


def write_quickly(page, title):
    page.goto("/admin/items/item/quick/")
    page.fill("[name=title]", title)
    page.fill(
        "[name=summary]", "What is new in one paragraph, long enough for lists and feeds to show something of it."
    )
    page.locator("[name=themes]").nth(1).check()
    page.select_option("[name=source]", index=1)


def test_the_life_of_an_item_through_all_roles_to_withdrawal(at_the_desk, open_page):
    title = "Zircon permits are handed out at the counter again"
    ada = at_the_desk("ada")
    write_quickly(ada, title)
    assert violations(ada) == []
    go(ada, ada.get_by_role("button", name="Save and submit"))
    assert "waits for review" in ada.locator(".messagelist").inner_text()

    eva = at_the_desk("eva")
    form_of(eva, title)
    assert violations(eva) == []
    fold_out(eva, "Return to its author")
    eva.fill("[name=return_text]", "Say where, please.")
    press(eva, "Return to its author")

    form_of(ada, title)
    assert "Say where, please." in ada.locator("#desk-record").inner_text()
    ada.fill(
        "[name=summary]", "Zircon permits are handed out at the counter in Ghent again, after two years by post only."
    )
    press(ada, "Submit for review")

    form_of(eva, title)
    press(eva, "Approve")
    reader = open_page("/robots.txt")
    reads(reader, "/news/?q=zircon", title)
    go(reader, reader.get_by_role("link", name=title).first)
    address = reader.url
    assert "in Ghent again" in reader.locator("main").inner_text()

    # An update: readers see the old until it is approved, and then the note.
    form_of(ada, title)
    assert ada.locator("[name=title]").count() == 0  # read-only
    press(ada, "Prepare an update")
    ada.fill(
        "[name=summary]",
        "Zircon permits are handed out at the counter in Ghent and Liège again, after two years by post.",
    )
    press(ada, "Submit for review")
    reader.goto(address)
    reader.reload()
    assert "Liège" not in reader.locator("main").inner_text()

    eva.goto("/admin/items/item/?q=Zircon")
    copy = eva.locator("#result_list tbody tr", has=eva.locator("[data-state=copy]"))
    go(eva, copy.get_by_role("link", name=title, exact=True).first)
    eva.locator("[name=correction][value=major]").check()
    eva.fill("[name=correction_note]", "The counter in Liège was missing.")
    press(eva, "Approve and replace what is published")
    text = reads(reader, address, "Liège again")
    assert "The counter in Liège was missing." in text
    assert reader.url == address

    fold_out(eva, "Withdraw")
    eva.fill("[name=withdraw_text]", "The permits do not exist.")
    press(eva, "Withdraw")
    reads(reader, address.partition("?")[0], "The permits do not exist.")
    reads(reader, "/news/?q=zircon", "No items")

    form_of(eva, title)
    lines = eva.locator("#desk-record .desk-lines li").all_inner_texts()
    verbs = [re.split(r"\n", line)[0] for line in lines]
    assert [verb.split(maxsplit=1)[1] for verb in verbs] == [
        "withdrawn", "updated", "submitted for review", "update begun", "approved", "submitted for review", "returned",
        "submitted for review", "begun",
    ]  # fmt: skip


def test_the_enter_key_in_a_field_saves_and_does_nothing_else(at_the_desk):
    eva = at_the_desk("eva")
    write_quickly(eva, "Yttrium counters open on Saturdays from now on")
    with eva.expect_navigation():
        eva.press("[name=title]", "Enter")
    form_of(eva, "Yttrium counters open on Saturdays from now on")
    with eva.expect_navigation():
        eva.press("[name=title]", "Enter")
    form_of(eva, "Yttrium counters open on Saturdays from now on")
    assert "a draft" in panel(eva).inner_text()


def test_a_comment_is_sent_without_leaving_what_is_typed_and_names_are_offered(at_the_desk):
    eva = at_the_desk("eva")
    write_quickly(eva, "Xenon lamps light the waiting rooms")
    go(eva, eva.get_by_role("button", name="Save draft"))
    form_of(eva, "Xenon lamps light the waiting rooms")
    eva.fill("[name=summary]", "Typed and not yet saved, while a comment is sent about it to a colleague of the desk.")
    comment = eva.locator("#id_comment")
    comment.press_sequentially("Please look, @ad")
    offered = eva.locator(".desk-people [role=option]")
    offered.first.wait_for()
    comment.press("Enter")
    assert comment.input_value() == "Please look, @ada "
    eva.get_by_role("button", name="Comment", exact=True).click()
    eva.locator("#desk-record blockquote", has_text="Please look, @ada").wait_for()
    assert eva.locator("[name=summary]").input_value().startswith("Typed and not yet saved")
    assert comment.input_value() == ""


def test_keys_go_places_are_listed_and_can_be_turned_off(at_the_desk):
    eva = at_the_desk("eva", "/admin/items/item/")
    eva.locator("h1").first.click()
    eva.keyboard.press("?")
    dialog = eva.locator("dialog[data-shortcuts]")
    dialog.wait_for()
    assert violations(eva) == []
    eva.keyboard.press("q")  # nothing happens under the dialog
    eva.keyboard.press("Escape")
    eva.keyboard.press("/")
    assert eva.evaluate("document.activeElement.id") == "searchbar"
    eva.keyboard.type("gdnq?s")  # typed, not obeyed
    assert eva.input_value("#searchbar") == "gdnq?s"
    eva.locator("h1").first.click()
    eva.keyboard.press("q")
    eva.wait_for_url("**/items/item/quick/")
    eva.locator("h1").first.click()
    eva.keyboard.press("g")
    eva.keyboard.press("i")
    eva.wait_for_url("**/admin/items/item/")
    eva.locator("h1").first.click()
    eva.keyboard.press("?")
    eva.locator("[data-shortcuts-switch]").uncheck()
    eva.keyboard.press("Escape")
    eva.reload()
    eva.locator("h1").first.click()
    eva.keyboard.press("q")
    eva.keyboard.press("?")  # still lists them, for turning them on again
    dialog.wait_for()
    assert eva.url.endswith("/admin/items/item/")
    assert not eva.locator("[data-shortcuts-switch]").is_checked()
