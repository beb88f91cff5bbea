"""The checklist in a browser: it follows what is typed, and what is required stands in the way of approving."""

import pytest
from playwright.sync_api import expect

pytestmark = pytest.mark.browser

SETTINGS = "/admin/items/checklistrule/"
SUMMARY = "What is new in one paragraph, long enough for lists and feeds to show something of it to readers."


def weigh(page, code, level):
    """Say how much a rule counts."""
    page.goto(SETTINGS)
    page.locator(f"[name='{code}'][value='{level}']").check()
    with page.expect_navigation():
        page.locator(".submit-row [type=submit]").click()


@pytest.fixture
def keywords_are_required(at_the_desk):
    olga = at_the_desk("olga", SETTINGS)
    weigh(olga, "keywords", "required")
    yield
    weigh(olga, "keywords", "recommended")


def press(page, name):
    with page.expect_navigation():
        page.locator("#desk-verbs").get_by_role("button", name=name, exact=True).click()


def again(page, form):
    """The form anew. What the last look at it typed is kept by the desk, which loads the form again to offer it."""
    page.goto(form)
    page.wait_for_load_state("networkidle")


def test_what_is_required_blocks_approving_and_scheduling_until_it_is_there(at_the_desk, keywords_are_required):
    page = at_the_desk("eva", "/admin/items/item/add/")
    findings = page.locator("#desk-checklist [data-findings]")
    page.locator("#id_title").press_sequentially("TUNGSTEN PERMITS ARE HANDED OUT AGAIN")
    expect(findings).to_contain_text("The title is in capitals")
    page.locator("#id_title").fill("Tungsten permits are handed out at the counter again")
    expect(findings).not_to_contain_text("in capitals")
    page.locator("#id_summary").fill(SUMMARY)
    page.locator("#id_source_url").fill("https://example.org/tungsten")
    page.locator("#id_type").select_option(index=1)
    page.locator("[name=themes]").nth(1).check()
    expect(findings.locator("[data-required] a[href='#id_keywords']")).to_be_visible()
    page.get_by_role("button", name="Save and continue editing").click()
    page.wait_for_url("**/change/")
    form = page.url

    press(page, "Approve")
    errors = page.locator(".errornote, .errorlist")
    expect(errors.first).to_be_visible()
    expect(findings.locator("[data-required]").first).to_be_visible()
    again(page, form)
    expect(page.locator("#desk-verbs .desk-says")).to_contain_text("Not public: a draft")

    tomorrow = page.evaluate("new Date(Date.now() + 864e5).toISOString().slice(0, 10)")
    page.locator("[name=publish_at_0]").fill(tomorrow)
    page.locator("[name=publish_at_1]").fill("09:00")
    press(page, "Approve")
    expect(errors.first).to_be_visible()
    again(page, form)
    expect(page.locator("#desk-verbs .desk-says")).to_contain_text("Not public: a draft")

    for label in findings.locator("[data-required]").all_inner_texts():
        assert "whose information" in label or "keyword" in label, label
    page.locator("[name=source]").select_option(index=1)
    page.locator("[name=keywords]").fill("reception centre, solidarity")
    expect(findings.locator("[data-required]")).to_have_count(0)
    page.locator("[name=publish_at_0]").fill(tomorrow)
    page.locator("[name=publish_at_1]").fill("09:00")
    press(page, "Approve")
    again(page, form)
    expect(page.locator("#desk-verbs .desk-says")).to_contain_text("Not public yet: appears on")

    # An edit that breaks what is required takes the scheduled item back to review.
    page.locator("[name=keywords]").fill("")
    with page.expect_navigation():
        page.get_by_role("button", name="Save", exact=True).click()
    expect(page.locator(".messagelist")).to_contain_text("went back to review")
    again(page, form)
    expect(page.locator("#desk-verbs .desk-says")).to_contain_text("Not public: waits for approval")
