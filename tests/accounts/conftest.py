"""People with passwords and addresses, and the mails they get."""

import re

import pytest
from django.conf import settings as site_settings
from django.core import mail as outbox

from items import accounts
from tests.admin.forms import ROLES, make_person

PASSWORD = "a-long-phrase-of-words"


@pytest.fixture
def people(db):
    """One person for each role, with a confirmed address and a password."""
    return {role: make_somebody(role.lower(), role) for role in ROLES}


def make_somebody(name, *groups, **overrides):
    person = make_person(name, *groups, email=f"{name}@example.org", **overrides)
    person.set_password(PASSWORD)
    person.save()
    accounts.set_address(person, person.email)
    return person


@pytest.fixture
def enter(client):
    """`enter("author")` sends the form of signing in, as a browser would; gives the answer."""

    def enter(login, password=PASSWORD, query="", **headers):
        sent = {"login": login, "password": password}
        return client.post(f"/accounts/login/{query}", sent, headers={"User-Agent": FIREFOX, **headers})

    return enter


FIREFOX = "Mozilla/5.0 (X11; Linux x86_64; rv:145.0) Gecko/20100101 Firefox/145.0"


def is_in(client):
    return client.get("/accounts/").status_code == 200


def links_in(text):
    """The addresses of this site in a mail, without the site."""
    return [link.removeprefix(site_settings.SITE_URL) for link in re.findall(r"http://\S+", text)]


@pytest.fixture
def mails(django_capture_on_commit_callbacks):
    """Run a block and give the mails that it sent when it was committed: `mails(lambda: …)`."""

    def mails(act):
        before = len(outbox.outbox)
        with django_capture_on_commit_callbacks(execute=True):
            act()
        return outbox.outbox[before:]

    return mails


@pytest.fixture(autouse=True)
def _the_site_knows_its_address(settings):
    settings.ALLOWED_HOSTS = ["testserver", "elsewhere.example"]
