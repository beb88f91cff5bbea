"""Nothing that was written is lost, in a real browser: two people at one item, a killed tab, no network, signed out."""

import pytest

from tests.browser.axe import violations_at_all_sizes
from tests.browser.conftest import EDITOR

pytestmark = pytest.mark.browser
PASSWORD = EDITOR["DJANGO_SUPERUSER_PASSWORD"]
ADD = "/admin/items/item/add/"


@pytest.fixture(scope="session")
def two_people(site, manage):
    """The user names of two editors."""
    for name in ("anna", "boris"):
        manage("createsuperuser", "--noinput", "--username", name, "--email", f"{name}@example.org", "--verbosity", "0")
    return "anna", "boris"


def sign_in(page, name):
    """Sign in, and come to the desk."""
    page.goto("/admin/login/?next=/admin/")
    page.locator("[name=login]").fill(name)
    page.locator("[name=password]").fill(PASSWORD)
    page.keyboard.press("Enter")
    page.wait_for_url("**/admin/")


@pytest.fixture
def desk_of(open_page):
    """`desk_of("anna")` is a page in a profile of her own, where she is signed in."""

    def desk_of(name, **options):
        page = open_page("/robots.txt", **options)
        sign_in(page, name)
        return page

    return desk_of


def new_item(page, title):
    """Make a draft; its form is open then."""
    page.goto(ADD)
    page.locator("[name=title]").fill(title)
    page.locator("[name=summary]").fill("The fund opens in June.")
    page.locator("[name=type]").select_option(index=1)
    save(page)
    assert page.url.endswith("/change/")
    return page.url


def save(page):
    with page.expect_navigation():
        page.get_by_role("button", name="Save and continue editing").click()


def type_(page, name, text):
    """Type into a field as a person does."""
    field = page.locator(f"[name={name}]")
    field.click()
    field.fill("")
    field.press_sequentially(text)


def type_until_kept(page, **fields):
    """Type, and wait until the desk has the last word of it."""
    text = list(fields.values())[-1]

    def is_it(response):
        return "/autosave/" in response.url and text in (response.request.post_data or "")

    with page.expect_response(is_it) as kept:
        for field, words in fields.items():
            type_(page, field, words)
    assert kept.value.ok


@pytest.mark.parametrize("has_scripts", [True, False])
def test_two_editors_in_conflict_lose_nothing(desk_of, two_people, has_scripts):
    boris = desk_of(two_people[1])
    address = new_item(boris, "A fund for reception")
    anna = desk_of(two_people[0], java_script_enabled=has_scripts)
    anna.goto(address)
    boris.goto(address)
    boris.locator("[name=title]").fill("Boris: a fund for reception")
    boris.locator("[name=keywords]").fill("reception centre")
    save(boris)
    anna.locator("[name=title]").fill("Anna: a fund for reception")
    anna.locator("[name=summary]").fill("The fund opens in July, says Anna.")
    save(anna)

    conflict = anna.locator(".desk-conflict")
    assert "boris saved this" in conflict.inner_text()
    assert anna.locator("[name=title]").input_value() == "Anna: a fund for reception"
    parts = conflict.locator("fieldset")
    assert parts.first.get_attribute("data-field") == "title"
    assert parts.first.locator("input:checked").count() == 0
    assert conflict.locator("[name=keep-keywords]:checked").input_value() == "theirs"
    assert conflict.locator("[name=keep-summary]:checked").input_value() == "mine"
    assert parts.first.locator("del").first.text_content() == "[deleted: Boris]"
    if has_scripts:
        assert violations_at_all_sizes(anna) == []

    with anna.expect_navigation():
        conflict.get_by_role("button", name="Save with what I chose").click()
    assert anna.locator(".desk-conflict").count() == 1  # the title was not chosen
    conflict = anna.locator(".desk-conflict")
    conflict.locator("[name=keep-title][value=theirs]").check()
    with anna.expect_navigation():
        conflict.get_by_role("button", name="Save with what I chose").click()
    assert anna.locator(".desk-conflict").count() == 0
    anna.goto(address)
    assert anna.locator("[name=title]").input_value() == "Boris: a fund for reception"
    assert anna.locator("[name=summary]").input_value() == "The fund opens in July, says Anna."
    assert anna.locator("[name=keywords]").input_value() == "reception centre"


def test_what_was_typed_survives_a_killed_tab(desk_of, two_people):
    first = desk_of(two_people[0])
    page = first.context.new_page()
    page.goto(ADD)
    type_until_kept(page, summary="A summary that nobody saved.", title="Typed and killed")
    page.close(run_before_unload=False)

    page = first.context.new_page()
    page.goto(ADD)
    notice = page.locator("[data-unsaved]").first
    assert "Typed and killed" in notice.inner_text()
    assert page.locator("[name=title]").input_value() == ""
    seen = desk_of(two_people[0])
    seen.goto(ADD)
    assert violations_at_all_sizes(seen) == []
    notice.get_by_role("link", name="Show").click()
    assert "A summary that nobody saved." in page.locator("[data-field=summary]").inner_text()
    seen.goto(page.url)
    assert violations_at_all_sizes(seen) == []
    with page.expect_navigation():
        page.get_by_role("button", name="Take it back").click()
    assert page.locator("[name=title]").input_value() == "Typed and killed"
    assert page.locator("[name=summary]").input_value() == "A summary that nobody saved."
    page.locator("[name=type]").select_option(index=1)
    save(page)
    assert page.url.endswith("/change/")
    page.goto(ADD)
    assert page.locator("[data-unsaved]").count() == 0


def test_rows_of_the_form_are_kept_as_well(desk_of, two_people):
    first = desk_of(two_people[1])
    address = new_item(first, "With an event")
    page = first.context.new_page()
    page.goto(address)
    if not page.locator("[name=event-0-place]").is_visible():
        page.locator("#event-group summary").first.click()
    type_until_kept(page, **{"event-0-place": "Schuman roundabout"})
    page.close()
    page = first.context.new_page()
    page.goto(address)
    with page.expect_navigation():
        page.get_by_role("button", name="Take it back").click()
    assert page.locator("[name=event-0-place]").input_value() == "Schuman roundabout"


KEPT_HERE = "Object.keys(localStorage).filter((key) => key.startsWith('desk-autosave:')).length"


def test_without_a_network_it_is_kept_in_the_browser_and_offered_later(desk_of, two_people):
    first = desk_of(two_people[0])
    address = new_item(first, "Before the tunnel")
    page = first.context.new_page()
    page.goto(address)
    page.context.set_offline(True)
    type_(page, "title", "Typed in the tunnel")
    page.locator("[data-kept-status][data-warns]").wait_for()
    assert page.evaluate(KEPT_HERE) == 1
    page.close()
    first.context.set_offline(False)
    first.goto(address)
    first.locator("[data-unsaved]").wait_for()
    with first.expect_navigation():
        first.get_by_role("button", name="Take it back").click()
    assert first.evaluate(KEPT_HERE) == 0
    assert first.locator("[name=title]").input_value() == "Typed in the tunnel"


def test_what_is_typed_after_the_session_has_ended_is_offered_after_signing_in(desk_of, two_people):
    page = desk_of(two_people[0])
    address = new_item(page, "Before the end")
    page.context.clear_cookies(name="sessionid")
    type_(page, "title", "Typed after the end")
    page.get_by_role("link", name="Sign in again").wait_for()
    assert page.evaluate(KEPT_HERE) == 1
    other = page.context.new_page()
    page.close()
    sign_in(other, two_people[0])
    other.goto(address)
    other.locator("[data-unsaved]").wait_for()
    with other.expect_navigation():
        other.get_by_role("button", name="Take it back").click()
    assert other.evaluate(KEPT_HERE) == 0
    assert other.locator("[name=title]").input_value() == "Typed after the end"


def test_nobody_is_offered_what_somebody_else_typed_in_this_browser(desk_of, two_people):
    page = desk_of(two_people[0])
    address = new_item(page, "Shared computer")
    page.context.clear_cookies(name="sessionid")
    type_(page, "title", "A secret of Anna")
    page.get_by_role("link", name="Sign in again").wait_for()
    other = page.context.new_page()
    page.close()
    sign_in(other, two_people[1])
    other.goto(address)
    other.wait_for_load_state("networkidle")
    assert "A secret of Anna" not in other.content()
    assert other.locator("[data-unsaved]").count() == 0


def test_a_notice_tells_who_else_has_the_form_open(desk_of, two_people):
    anna, boris = (desk_of(name) for name in two_people)
    address = new_item(anna, "Open twice")
    with boris.expect_response("**/presence/"):
        boris.goto(address)
    with anna.expect_response("**/presence/"):
        anna.reload()
    assert "boris has just opened this too" in anna.locator("[data-others]").inner_text()
    boris.goto("/admin/")
    for _look in range(20):  # what Boris's browser says on leaving needs a moment to arrive
        with anna.expect_response("**/presence/"):
            anna.reload()
        if not anna.locator("[data-others] li").count():
            break
    assert anna.locator("[data-others] li").count() == 0


def test_versions_are_compared_and_one_is_restored(desk_of, two_people):
    page = desk_of(two_people[0])
    address = new_item(page, "The first title")
    page.locator("[name=title]").fill("The second title")
    page.locator("[name=keywords]").fill("reception centre")
    save(page)
    page.goto(address.replace("/change/", "/history/"))
    assert page.locator(".desk-versions tbody tr").count() == 2
    assert violations_at_all_sizes(page) == []
    page.get_by_role("button", name="Compare the two").click()
    assert page.locator("[data-field=title] del").text_content() == "[deleted: first]"
    assert page.locator("[data-field=title] ins").text_content() == "[added: second]"
    assert violations_at_all_sizes(page) == []
    with page.expect_navigation():
        page.get_by_role("button", name="Restore this version").first.click()
    assert page.url == address
    assert page.locator("[name=title]").input_value() == "The first title"
    assert page.locator("[name=keywords]").input_value() == ""
