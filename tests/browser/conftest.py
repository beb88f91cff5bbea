"""A real site for a real browser: the demo newsroom under gunicorn, with its own database and folder."""

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
EDITOR = {"DJANGO_SUPERUSER_USERNAME": "ines", "DJANGO_SUPERUSER_PASSWORD": "a-long-phrase-of-words"}


def free_port() -> int:
    with socket.socket() as listener:
        listener.bind(("127.0.0.1", 0))
        return listener.getsockname()[1]


@pytest.fixture(scope="session")
def site(tmp_path_factory):
    """The address of a running demo newsroom, as `make run` starts it."""
    port, folder = free_port(), tmp_path_factory.mktemp("var")
    environment = {
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

    def manage(*command):
        subprocess.run([sys.executable, "manage.py", *command], cwd=ROOT, env=environment, check=True)

    manage("migrate", "--verbosity", "0")
    manage("load_demo")
    manage("collectstatic", "--noinput", "--verbosity", "0")
    manage("createsuperuser", "--noinput", "--verbosity", "0")
    gunicorn = [Path(sys.executable).with_name("gunicorn"), "newsroom.wsgi", "--bind", f"127.0.0.1:{port}"]
    options = ["--worker-class", "gthread", "--workers", "2", "--threads", "4", "--no-control-socket"]
    server = subprocess.Popen([*gunicorn, *options, "--log-level", "warning"], cwd=ROOT, env=environment)
    try:
        for _attempt in range(200):
            try:
                urllib.request.urlopen(f"http://127.0.0.1:{port}/readyz", timeout=5)
                break
            except OSError:
                time.sleep(0.1)
        yield f"http://127.0.0.1:{port}"
    finally:
        server.terminate()
        server.wait(timeout=20)


@pytest.fixture(scope="session")
def chromium():
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=CHROMIUM, args=ARGUMENTS)
        yield browser
        browser.close()


@pytest.fixture
def open_page(chromium, site):
    """Open a page of the site in a fresh profile; whatever the browser complains about fails the test."""
    contexts, complaints = [], []

    def complain(page, message):
        # A page that is not there is asked for on purpose.
        if message.type == "error" and "status of 404" not in message.text:
            complaints.append(f"{page.url}: {message.text}")

    def open_page(path="/", **options):
        context = chromium.new_context(base_url=site, **{"viewport": {"width": 1280, "height": 900}, **options})
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
