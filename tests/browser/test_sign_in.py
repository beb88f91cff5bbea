"""Signing in, in a real browser: with a passkey from a virtual authenticator, and pages that axe finds nothing on."""

import re
from email import message_from_bytes
from email.policy import default
from pathlib import Path

import pytest

from tests.browser.axe import violations_at_all_sizes
from tests.browser.conftest import PASSWORD

pytestmark = pytest.mark.browser
DEVICE = {
    "protocol": "ctap2",
    "transport": "internal",
    "hasResidentKey": True,
    "hasUserVerification": True,
    "isUserVerified": True,
    "automaticPresenceSimulation": True,
}


@pytest.fixture
def somebody(site, manage, request):
    """The name of an account of this test's own."""
    name = request.node.name.removeprefix("test_")[:30]
    manage("createsuperuser", "--noinput", "--username", name, "--email", f"{name}@example.org", "--verbosity", "0")
    return name


@pytest.fixture
def device_page(open_page, site):
    """A page of the site on `localhost`, where browsers allow passkeys without https, with a device that makes them."""

    def device_page(path):
        page = open_page("/robots.txt", base_url=site.replace("127.0.0.1", "localhost"))
        devtools = page.context.new_cdp_session(page)
        devtools.send("WebAuthn.enable")
        devtools.send("WebAuthn.addVirtualAuthenticator", {"options": DEVICE})
        page.goto(path)
        return page

    return device_page


def type_password(page, name, password=PASSWORD):
    page.get_by_label("User name or mail address").fill(name)
    page.get_by_label("Password", exact=True).fill(password)
    page.get_by_role("button", name="Sign in", exact=True).click()


def add_passkey(page):
    page.goto("/accounts/2fa/keys/add/")
    page.get_by_label("Password").fill(PASSWORD)
    page.get_by_role("button", name="Confirm").click()
    page.get_by_role("button", name="Add a passkey").click()
    page.wait_for_url("**/accounts/2fa/codes/")


def test_a_passkey_is_made_and_opens_the_desk_without_a_password(device_page, somebody):
    page = device_page("/admin/")
    type_password(page, somebody)
    page.wait_for_url("**/admin/")
    add_passkey(page)
    assert len(page.get_by_label("Unused codes").input_value().split()) == 10
    page.get_by_role("button", name="Sign out").click()
    page.goto("/admin/items/item/")
    page.get_by_role("button", name="Sign in with a passkey").click()
    page.wait_for_url("**/admin/**")
    assert page.locator("#user-tools").is_visible()
    page.goto("/accounts/")
    assert page.locator("tbody tr").first.get_by_text("Passkey").is_visible()


def test_after_the_password_the_key_is_asked_for(device_page, somebody):
    page = device_page("/accounts/login/")
    type_password(page, somebody)
    page.wait_for_url("**/admin/")
    add_passkey(page)
    page.get_by_role("button", name="Sign out").click()
    type_password(page, somebody)
    page.wait_for_url("**/accounts/2fa/authenticate/")
    page.goto("/admin/")  # the password alone opens nothing
    assert page.url.endswith("/accounts/2fa/authenticate/")
    page.get_by_role("button", name="Use a security key").click()
    page.wait_for_url("**/admin/")


def test_one_signs_in_by_keyboard_and_without_scripts(open_page, somebody):
    page = open_page("/accounts/login/", java_script_enabled=False)
    page.get_by_label("User name or mail address").focus()
    page.keyboard.type(somebody)
    page.keyboard.press("Tab")
    page.keyboard.type(PASSWORD)
    page.keyboard.press("Enter")
    page.wait_for_url("**/admin/")


OPEN = ["/accounts/login/", "/accounts/password/reset/", "/fr/accounts/login/"]
OWN = [
    "/accounts/", "/accounts/2fa/", "/accounts/2fa/keys/", "/accounts/2fa/codes/", "/accounts/2fa/app/add/",
    "/accounts/2fa/keys/add/", "/accounts/password/change/", "/accounts/email/", "/accounts/sessions/",
    "/accounts/logout/", "/accounts/reauthenticate/",
]  # fmt: skip


def violations(page, paths):
    return [violation for path in paths for violation in violations_at_all_sizes(page, path)]


def mails_in(environment):
    """The mails that the newsroom has written into its folder, the latest first."""
    folder = Path(environment["VAR_DIR"]) / "mail"
    return sorted(folder.iterdir(), key=lambda path: path.stat().st_mtime, reverse=True)


def test_axe_finds_nothing_on_the_way_in(open_page):
    page = open_page("/robots.txt")
    assert violations(page, OPEN) == []
    page.goto("/accounts/invitation/")  # there is none
    assert violations_at_all_sizes(page) == []


def test_an_invitation_by_mail_leads_to_the_desk(at_the_desk, open_page, environment):
    olga = at_the_desk("olga", "/admin/items/invitation/add/")
    olga.locator("[name=email]").fill("nadia@example.org")
    olga.locator("[name=role]").select_option(label="Author")
    with olga.expect_navigation():
        olga.get_by_role("button", name="Save", exact=True).click()
    mails = [message_from_bytes(path.read_bytes(), policy=default) for path in mails_in(environment)]
    text = next(mail.get_content() for mail in mails if "nadia@example.org" in mail["To"])
    page = open_page(re.search(r"http\S+/invitation/\S+", text)[0])
    assert violations_at_all_sizes(page) == []
    page.get_by_label("First name").fill("Nadia")
    page.get_by_label("Last name").fill("Osman")
    page.get_by_label("User name").fill("nadia")
    page.get_by_label("Password", exact=True).fill("seven-tall-green-houses")
    page.get_by_role("button", name="Make my account").click()
    page.get_by_role("link", name="Not now: go to the desk").click()
    page.wait_for_url("**/admin/")
    assert "Nadia" in page.locator("#user-tools").text_content()


def test_axe_finds_nothing_on_ones_own_account(device_page, somebody):
    page = device_page("/accounts/login/")
    type_password(page, somebody)
    page.wait_for_url("**/admin/")
    add_passkey(page)
    assert violations(page, OWN) == []
