"""The agenda, the page that makes addresses, and a briefing, in a browser: by keyboard, without scripts, on paper."""

import re
from io import BytesIO

import pytest
from playwright.sync_api import expect
from pypdf import PdfReader

pytestmark = pytest.mark.browser

MONTH = "/events/?view=month"


def test_months_are_turned_by_keyboard_and_the_focus_stays(open_page):
    page = open_page(MONTH)
    link = page.locator("[data-key=month-next]")
    name = link.inner_text().replace("→", "").strip()
    link.focus()
    page.keyboard.press("Enter")
    expect(page.locator("caption")).to_have_text(name)
    expect(page.locator("#heading")).to_contain_text(name)
    expect(page.locator("[data-key=month-next]")).to_be_focused()
    expect(page.locator("[data-announce]")).to_contain_text(name)
    page.go_back()
    expect(page.locator("[data-key=month-present]")).to_have_attribute("aria-current", "date")


def test_every_event_of_a_month_can_be_reached_by_tab(open_page):
    page = open_page(MONTH)
    wanted = set(page.locator(".month a").evaluate_all("links => links.map(link => link.href)"))
    page.locator("[data-key=month-next]").focus()
    reached = set()
    for _ in range(len(page.locator(".month a").all())):
        page.keyboard.press("Tab")
        reached.add(page.evaluate("document.activeElement.href"))
    assert wanted
    assert reached == wanted


def test_the_month_is_a_grid_where_there_is_room_and_a_list_where_there_is_none(open_page):
    page = open_page(MONTH)
    cells = page.locator("td.month-day")
    assert cells.first.evaluate("cell => getComputedStyle(cell).display") == "table-cell"
    page.set_viewport_size({"width": 320, "height": 800})
    busy = page.locator("td.month-day:not(.month-free)")
    assert busy.first.evaluate("cell => getComputedStyle(cell).display") == "block"
    expect(busy.first.locator(".month-weekday")).to_be_visible()
    assert page.locator("td.month-free").first.is_hidden()
    assert page.evaluate("document.documentElement.scrollWidth") <= 320


@pytest.mark.parametrize("prefix", ["", "/fr", "/nl", "/de"])
def test_on_a_phone_the_months_before_and_after_stand_on_one_line(open_page, prefix):
    page = open_page(f"{prefix}/events/?view=month&month=2026-10", viewport={"width": 320, "height": 800})
    present, previous, following = (
        page.locator(f"[data-key=month-{name}]").bounding_box() for name in ("present", "previous", "next")
    )
    assert present["y"] < previous["y"] == following["y"]
    assert previous["x"] < present["x"] < following["x"]


def test_the_agenda_works_without_scripts(open_page):
    page = open_page("/events/", java_script_enabled=False)
    total = int(page.locator("#heading").get_attribute("data-count"))
    page.locator("[data-facet=type]").nth(1).click()
    assert int(page.locator("#heading").get_attribute("data-count")) <= total
    page.locator("[data-key=view-month]").click()
    assert "type=" in page.url
    assert "view=month" in page.url
    page.locator("[data-key=view-past]").click()
    assert "when=past" in page.url


def test_an_address_is_made_and_copied(open_page):
    page = open_page("/feeds/", permissions=["clipboard-read", "clipboard-write"])
    page.get_by_label("Reception", exact=True).check()
    page.get_by_label("Calendar of the events").check()
    page.locator(".follow-form button[type=submit]").click()
    field = page.locator("#address")
    expect(field).to_have_value(re.compile(r"/news/calendar\.ics\?theme=reception$"))
    button = page.locator("[data-copy]")
    button.click()
    expect(button).to_have_text("Copied")
    expect(page.locator("[data-announce]")).to_have_text("Copied")
    assert page.evaluate("navigator.clipboard.readText()") == field.input_value()
    page.evaluate("navigator.clipboard.writeText('')")
    field.focus()
    page.keyboard.press("Tab")
    page.keyboard.press("Enter")
    page.wait_for_function("navigator.clipboard.readText().then(text => text.includes('theme=reception'))")


@pytest.mark.parametrize("width", [320, 768, 1280])
def test_all_of_an_address_is_to_be_seen(open_page, width):
    page = open_page(
        "/feeds/?theme=reception&theme=asylum&keyword=solidarity&language=en&format=calendar",
        viewport={"width": width, "height": 800},
    )
    field = page.locator("#address")
    assert field.evaluate("field => field.scrollHeight <= field.clientHeight && field.scrollWidth <= field.clientWidth")
    assert page.evaluate("document.documentElement.scrollWidth") <= width


def test_without_scripts_the_address_is_there_to_be_marked(open_page):
    page = open_page("/feeds/?theme=reception", java_script_enabled=False)
    expect(page.locator("#address")).to_have_value(re.compile("theme=reception"))
    assert page.locator("[data-copy]").is_hidden()


def test_a_briefing_prints_without_the_site_around_it(open_page):
    page = open_page("/news/briefing/?theme=asylum")
    page.emulate_media(media="print")
    for part in (".site-header", ".site-footer", ".briefing-ways", ".trail"):
        assert page.locator(part).is_hidden(), part
    text = " ".join(sheet.extract_text() for sheet in PdfReader(BytesIO(page.pdf(format="A4"))).pages)
    assert "Briefing: Asylum" in text
    assert "Sources" in text
