"""Screenshots of every type of public page, to be looked at: wide, tablet, phone, dark, on paper, in each language.

    make screens [SITE=http://127.0.0.1:8000]

Without SITE it starts a demo newsroom of its own. Pictures go to var/screens/; nothing is compared, eyes are what it is
for. Needs Chromium (CHROMIUM names another than /usr/bin/chromium).
"""

import os
import re
import tempfile
from pathlib import Path

from pictures import ARGUMENTS, ROOT, free_port, start
from playwright.sync_api import Browser, sync_playwright

FOLDER = Path(os.environ.get("VAR_DIR", ROOT / "var")) / "screens"
WAYS: dict[str, dict] = {
    "wide": {"viewport": {"width": 1280, "height": 900}},
    "huge": {"viewport": {"width": 2560, "height": 1440}},
    "tablet": {"viewport": {"width": 820, "height": 1180}},
    "phone": {"viewport": {"width": 390, "height": 844}},
    "small": {"viewport": {"width": 320, "height": 640}},
    "dark": {"viewport": {"width": 1280, "height": 900}, "color_scheme": "dark"},
    "phone-dark": {"viewport": {"width": 390, "height": 844}, "color_scheme": "dark"},
    "contrast": {"viewport": {"width": 1280, "height": 900}, "forced_colors": "active"},
    "print": {"viewport": {"width": 794, "height": 1123}},
}
PAGES = {
    "front": "/",
    "listing": "/news/",
    "filtered": "/news/?theme=asylum&theme=integration&q=reception",
    "empty": "/news/?q=no-such-word",
    "refused": "/news/?year=x",
    "facet": "/news/facets/keyword/",
    "themes": "/themes/",
    "theme": "/themes/asylum/",
    "keywords": "/keywords/",
    "events": "/events/",
    "month": "/events/?view=month",
    "glossary": "/glossary/",
    "feeds": "/feeds/",
    "briefing": "/news/briefing/?theme=asylum",
    "missing": "/no-such-page/",
}
FOUND = {
    "item": "/news/?type=news",
    "event": "/events/",
    "statistics": "/news/?type=statistics",
    "publication": "/news/?type=publication",
}
"""Pages whose address is that of the first entry of another."""
LANGUAGES = ("fr", "nl", "de")


def take(browser: Browser, site: str) -> None:
    """All pages in all ways, in the default language; in the others wide and on the phone."""
    pages = dict(PAGES)
    page = browser.new_page(base_url=site)
    for name, listing in FOUND.items():
        page.goto(listing)
        pages[name] = page.locator("[data-item] h3 a").first.get_attribute("href") or ""
    page.goto("/glossary/")
    pages["term"] = page.locator("main a[href^='/glossary/']").first.get_attribute("href") or ""
    page.goto("/")
    standing = page.locator("footer a[href^='/pages/']")
    pages |= {f"page-{i}": standing.nth(i).get_attribute("href") or "" for i in range(standing.count())}
    for way, options in WAYS.items():
        page = browser.new_context(base_url=site, **options).new_page()
        if way == "print":
            page.emulate_media(media="print")
        for name, path in pages.items():
            page.goto(path)
            page.screenshot(path=str(FOLDER / f"{name}-{way}.png"), full_page=True)
            for code in LANGUAGES if way in ("wide", "phone") and not re.match(r"/news/\d", path) else ():
                page.goto(f"/{code}{path}")
                page.screenshot(path=str(FOLDER / f"{name}-{way}-{code}.png"), full_page=True)


def main() -> None:
    FOLDER.mkdir(parents=True, exist_ok=True)
    site = os.environ.get("SITE", "")
    with tempfile.TemporaryDirectory() as folder, sync_playwright() as playwright:
        port = free_port()
        server = None if site else start(folder, port)
        try:
            path = os.environ.get("CHROMIUM", "/usr/bin/chromium")
            take(playwright.chromium.launch(executable_path=path, args=ARGUMENTS), site or f"http://127.0.0.1:{port}")
        finally:
            if server:
                server.terminate()
                server.wait(timeout=20)
    print(f"{len(list(FOLDER.glob('*.png')))} pictures in {FOLDER}")


if __name__ == "__main__":
    main()
