"""Every type of public page is valid HTML, as html-validate reads the standard."""

import json
import re
import subprocess
import sys
from collections import Counter
from html import unescape
from pathlib import Path

import pytest
from django.urls import resolve
from django.utils import timezone, translation

from items.demo.load import load

pytestmark = [pytest.mark.django_db, pytest.mark.any_database]

HERE = Path(__file__).parent
CHECKER = HERE / "node_modules" / "html-validate" / "bin" / "html-validate.mjs"
OF_A_KIND = 5
"""Pages of one view in one language that are looked at."""
STATES = [
    "/news/?theme=asylum&theme=reception&q=reception", "/news/?q=no-such-word-anywhere", "/news/?year=x",
    "/fr/news/?page=2", "/news/facets/keyword/?find=re", "/no-such-page/", "/de/no-such-page/", "/news/999999/gone/",
    "/accounts/login/", "/review/no-such-link/",
    "/events/", "/events/?view=month", "/events/?when=past", "/de/events/?month=2026-01", "/events/?month=x",
    "/feeds/", "/feeds/?theme=asylum&source=fedasil&format=calendar", "/news/briefing/", "/fr/news/briefing/?theme=x",
]  # fmt: skip
"""Pages that no link leads to, in the states that pages have."""


def links(page: str) -> list[str]:
    """Addresses of this site that a page links to, without query strings."""
    return [unescape(path) for path in re.findall(r'<a\b[^>]*\bhref="(/[^"?#]*)', page)]


def kind_of(path: str) -> tuple[str, str]:
    """The name of a page's view, and its language."""
    found = re.match(r"/(fr|nl|de)(?=/)", path)
    with translation.override("en"):
        return resolve(path.removeprefix(found[0]) if found else path).url_name or "", found[1] if found else "en"


def crawl(client) -> dict[str, str]:
    """Pages by address: a few of each view and language, from the front on."""
    waiting, seen, kinds, pages = ["/"], {"/"}, Counter(), {}
    while waiting:
        path = waiting.pop(0)
        answer = client.get(path)
        if answer.status_code != 200 or not answer["Content-Type"].startswith("text/html"):
            continue
        pages[path] = answer.content.decode()
        for link in links(pages[path]):
            kind = kind_of(link)
            if link not in seen and kinds[kind] < OF_A_KIND and not link.startswith("/admin/"):
                seen.add(link)
                kinds[kind] += 1
                waiting.append(link)
    return pages


def complaints(folder: Path) -> list[str]:
    """What html-validate says of the files of a folder."""
    node = Path(sys.executable).with_name("node")
    command = [
        str(node),
        str(CHECKER),
        "--config",
        str(HERE / ".htmlvalidate.json"),
        "--formatter",
        f"json={folder}.json",
        "*.html",
    ]
    done = subprocess.run(command, cwd=folder, capture_output=True, text=True, check=False, timeout=300)
    assert done.returncode in (0, 1), done.stderr[:500]
    return [
        f"{Path(file['filePath']).name}:{m['line']} {m['ruleId']}: {m['message']}"
        for file in json.loads(Path(f"{folder}.json").read_text(encoding="utf-8"))
        for m in file["messages"]
    ]


def test_every_kind_of_page_is_valid_html(client, settings, tmp_path):
    settings.MEDIA_ROOT = tmp_path / "media"
    load(at=timezone.now())
    pages = crawl(client)
    assert {kind_of(path)[0] for path in pages} >= {"front", "listing", "item", "themes", "theme", "keyword"}
    pages |= {path: client.get(path).content.decode() for path in STATES}
    folder = tmp_path / "pages"
    folder.mkdir()
    for path, page in pages.items():
        (folder / (re.sub(r"\W+", "_", path).strip("_")[:80] + ".html")).write_text(page, encoding="utf-8")
    assert complaints(folder)[:20] == []


def test_the_checker_sees_what_is_wrong(tmp_path):
    (tmp_path / "page.html").write_text("<!DOCTYPE html>\n<html lang=en><title>A</title><p><div>B</div></p></html>")
    assert any("close-order" in complaint for complaint in complaints(tmp_path))
