"""A real site for a real browser: the demo newsroom under gunicorn, with its own database and folder."""

import json
import os
import socket
import subprocess
import sys
import time
import urllib.request
from pathlib import Path

import pytest
from playwright.sync_api import sync_playwright

ROOT = Path(__file__).resolve().parent.parent.parent
CHROMIUM = os.environ.get("CHROMIUM", "/usr/bin/chromium")
ARGUMENTS = [
    "--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run", "--disable-background-networking",
    "--disable-component-update", "--disable-sync",
]  # fmt: skip
PASSWORD = "a-long-phrase-of-words"
EDITOR = {"DJANGO_SUPERUSER_USERNAME": "ines", "DJANGO_SUPERUSER_PASSWORD": PASSWORD}

PEOPLE = {"ada": "Author", "eva": "Editor", "olga": "Administrator"}
MAKE_PEOPLE = """
import json
from django.contrib.auth.models import Group, User
for name, role in json.loads('{people}').items():
    person = User.objects.create_user(name, f"{{name}}@example.org", '{password}', is_staff=True)
    person.groups.set([Group.objects.get(name=role)])
"""


def free_port() -> int:
    with socket.socket() as listener:
        listener.bind(("127.0.0.1", 0))
        return listener.getsockname()[1]


@pytest.fixture(scope="session")
def environment(tmp_path_factory):
    """The variables that the running newsroom sees."""
    port, folder = free_port(), tmp_path_factory.mktemp("var")
    return {
        **os.environ,
        **EDITOR,
        "DJANGO_SETTINGS_MODULE": "newsroom.settings",
        "DJANGO_SUPERUSER_EMAIL": "ines@example.org",
        "SECRET_KEY": "browser-tests-only",
        "VAR_DIR": str(folder),
        "SITE_URL": f"http://127.0.0.1:{port}",
        "DATABASE_URL": f"sqlite:///{folder}/newsroom.sqlite3",
        "DEBUG": "0",
    }


@pytest.fixture(scope="session")
def manage(environment):
    """Run a command of the newsroom."""

    def manage(*command):
        subprocess.run([sys.executable, "manage.py", *command], cwd=ROOT, env=environment, check=True)

    return manage


@pytest.fixture(scope="session")
def site(environment, manage):
    """The address of a running demo newsroom, as `make run` starts it."""
    address = environment["SITE_URL"]
    manage("migrate", "--verbosity", "0")
    manage("load_demo")
    manage("collectstatic", "--noinput", "--verbosity", "0")
    manage("createsuperuser", "--noinput", "--verbosity", "0")
    gunicorn = [Path(sys.executable).with_name("gunicorn"), "newsroom.wsgi", "--bind", address.removeprefix("http://")]
    options = ["--worker-class", "gthread", "--workers", "2", "--threads", "4", "--no-control-socket"]
    server = subprocess.Popen([*gunicorn, *options, "--log-level", "warning"], cwd=ROOT, env=environment)
    try:
        for _attempt in range(200):
            try:
                urllib.request.urlopen(f"{address}/readyz", timeout=5)
                break
            except OSError:
                time.sleep(0.1)
        yield address
    finally:
        server.terminate()
        server.wait(timeout=20)


@pytest.fixture(scope="session")
def chromium():
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=CHROMIUM, args=ARGUMENTS)
        yield browser
        browser.close()


@pytest.fixture(scope="session")
def signed_in(chromium, site, manage):
    """What the browser keeps of a person who has signed in, by name: of PEOPLE, and of the one who may do all."""
    making = MAKE_PEOPLE.format(people=json.dumps(PEOPLE), password=PASSWORD)
    manage("shell", "--verbosity", "0", "--command", making)
    states = {}
    for name in [*PEOPLE, EDITOR["DJANGO_SUPERUSER_USERNAME"]]:
        context = chromium.new_context(base_url=site)
        page = context.new_page()
        page.goto("/accounts/login/")
        page.fill("[name=login]", name)
        page.fill("[name=password]", PASSWORD)
        page.press("[name=password]", "Enter")
        page.wait_for_url("**/admin/")
        states[name] = context.storage_state()
        context.close()
    return states


@pytest.fixture
def at_the_desk(open_page, signed_in):
    """`at_the_desk("ada", path)` opens a page as that person, in a profile of their own."""

    def at_the_desk(name, path="/admin/", **options):
        return open_page(path, storage_state=signed_in[name], **options)

    return at_the_desk


@pytest.fixture
def open_page(chromium, site):
    """Open a page of the site in a fresh profile; whatever the browser complains about fails the test."""
    contexts, complaints = [], []

    def complain(page, message):
        # A page that is not there is asked for on purpose.
        if message.type == "error" and "status of 404" not in message.text:
            complaints.append(f"{page.url}: {message.text} ({message.location['url']})")

    def open_page(path="/", **options):
        context = chromium.new_context(**{"base_url": site, "viewport": {"width": 1280, "height": 900}, **options})
        contexts.append(context)
        page = context.new_page()
        page.on("pageerror", lambda error: complaints.append(f"{page.url}: {error}"))
        page.on("console", lambda message: complain(page, message))
        page.goto(path)
        return page

    yield open_page
    for context in contexts:
        context.close()
    assert complaints == []
