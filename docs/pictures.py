"""The pictures of the guide for editors: starts a demo newsroom of its own, signs in, and takes them.

    make pictures

Needs Chromium (CHROMIUM names another than /usr/bin/chromium). Pictures go to docs/images/.
"""

import os
import socket
import subprocess
import sys
import tempfile
import time
import urllib.request
from pathlib import Path

from playwright.sync_api import Page, sync_playwright

ROOT = Path(__file__).resolve().parent.parent
IMAGES = ROOT / "docs" / "images"
PERSON, PASSWORD = "ines", "a-long-phrase-of-words"
ARGUMENTS = [
    "--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run", "--disable-background-networking",
    "--disable-component-update", "--disable-sync",
]  # fmt: skip
SIZE = {"width": 1280, "height": 900}
# A working week at the desk: somebody else's item waits for review, one was returned, words wait for approval.
SCENE = """
from django.contrib.auth.models import Group, User
from django.utils import timezone
from items.models import Item, Keyword
now = timezone.now()
author = User.objects.create_user("tom", password=None, first_name="Tom", last_name="Peeters", is_staff=True)
author.groups.add(Group.objects.get(name="Author"))
ines = User.objects.get(username="ines")
ines.first_name, ines.last_name = "Ines", "Maes"
ines.save()
drafts = list(Item.objects.filter(status="draft", language="en"))
for item in drafts[:2]:
    Item.objects.filter(pk=item.pk).update(created_by=author)
    item.refresh_from_db()
    item.submit(by=author, at=now)
for item in Item.objects.filter(status="in_review", created_by=author)[:1]:
    item.return_to_author(by=ines, at=now, comment="Please name the months that the figures are of.")
for name in ("reception centres", "family re-unification", "seasonal worker"):
    Keyword.objects.get_or_create(name=name, defaults={"slug": name.replace(" ", "-"), "status": "proposed"})
"""


def free_port() -> int:
    with socket.socket() as listener:
        listener.bind(("127.0.0.1", 0))
        return listener.getsockname()[1]


def start(folder: str, port: int) -> subprocess.Popen:
    """A demo newsroom under gunicorn, ready to answer."""
    environment = {
        **os.environ,
        "DJANGO_SUPERUSER_USERNAME": PERSON,
        "DJANGO_SUPERUSER_PASSWORD": PASSWORD,
        "DJANGO_SUPERUSER_EMAIL": "ines@example.org",
        "SECRET_KEY": "only-for-pictures",
        "VAR_DIR": folder,
        "SITE_URL": f"http://127.0.0.1:{port}",
        "DATABASE_URL": f"sqlite:///{folder}/newsroom.sqlite3",
        "DEBUG": "0",
    }

    def manage(*command: str) -> None:
        subprocess.run([sys.executable, "manage.py", *command], cwd=ROOT, env=environment, check=True)

    manage("migrate", "--verbosity", "0")
    manage("load_demo")
    manage("collectstatic", "--noinput", "--verbosity", "0")
    manage("createsuperuser", "--noinput", "--verbosity", "0")
    manage("shell", "-c", SCENE)
    gunicorn = [str(Path(sys.executable).with_name("gunicorn")), "newsroom.wsgi", "--bind", f"127.0.0.1:{port}"]
    options = ["--worker-class", "gthread", "--threads", "4", "--no-control-socket", "--log-level", "warning"]
    server = subprocess.Popen([*gunicorn, *options], cwd=ROOT, env=environment)
    for _attempt in range(200):
        try:
            urllib.request.urlopen(f"http://127.0.0.1:{port}/readyz", timeout=5)
            break
        except OSError:
            time.sleep(0.1)
    return server


def take(page: Page) -> None:
    """All pictures, in the order of the guide."""

    def picture(name: str, address: str, *, whole: bool = False) -> None:
        page.goto(address)
        page.wait_for_timeout(700)
        page.screenshot(path=str(IMAGES / f"{name}.png"), full_page=whole)

    page.goto("/admin/")
    page.fill("[name=login]", PERSON)
    page.fill("[name=password]", PASSWORD)
    page.screenshot(path=str(IMAGES / "desk-sign-in.png"))
    page.press("[name=password]", "Enter")
    page.wait_for_url("**/admin/")
    picture("desk", "/admin/", whole=True)
    picture("desk-quick", "/admin/items/item/quick/")
    picture("desk-list", "/admin/items/item/")
    picture("desk-review", "/admin/items/item/?status__exact=in_review")
    page.goto("/admin/items/item/?status__exact=draft")
    item = page.locator("#result_list a[href*=change]").first.get_attribute("href") or ""
    item = item.partition("?")[0]
    picture("desk-item", item)
    page.goto("/admin/items/item/?missing_in=de&q=three+hundred")
    page.locator("#result_list .field-name a").first.click()
    page.get_by_role("button", name="Translate into German").click()
    page.wait_for_url("**/change/")
    picture("desk-translate", page.url)
    picture("desk-preview", item.replace("change/", "preview/"))
    picture("desk-history", item.replace("change/", "history/"))
    picture("desk-calendar", "/admin/calendar/")
    picture("desk-images", "/admin/items/image/")
    picture("desk-keywords", "/admin/items/keyword/proposals/")
    picture("desk-twins", "/admin/items/keyword/twins/")
    picture("desk-themes", "/admin/items/theme/")
    picture("desk-checklist", "/admin/items/checklistrule/")


def main() -> None:
    port = free_port()
    with tempfile.TemporaryDirectory() as folder:
        server = start(folder, port)
        try:
            with sync_playwright() as playwright:
                path = os.environ.get("CHROMIUM", "/usr/bin/chromium")
                browser = playwright.chromium.launch(executable_path=path, args=ARGUMENTS)
                page = browser.new_context(base_url=f"http://127.0.0.1:{port}", viewport=SIZE).new_page()
                take(page)
                browser.close()
        finally:
            server.terminate()
            server.wait(timeout=20)


if __name__ == "__main__":
    main()
