"""No axe violation on any type of page: wide and narrow, light and dark."""

import pytest
from axe_playwright_python.sync_playwright import Axe

pytestmark = pytest.mark.browser

PAGES = [
    "/",
    "/news/",
    "/news/?theme=reception&year=2026",
    "/news/?theme=no-such-theme&from=2023-02-30",
    "/news/?theme=reception&country=aq",
    "/news/?page=2",
    "/news/facets/keyword/",
    "/themes/",
    "/themes/reception/",
    "/keywords/",
    "/no-such-page/",
    "/fr/news/",
    "first item",
    "first event",
    "a withdrawn item",
]


def address(page, path):
    """Names of items instead of their addresses, since numbers differ from load to load."""
    if path.startswith("/"):
        return path
    if path == "a withdrawn item":
        return page.evaluate(
            """async () => {
                for (let id = 1; id < 90; id++) {
                    const answer = await fetch(`/news/${id}/`);
                    if (answer.ok && (await answer.text()).includes('notice-withdrawn')) return answer.url;
                }
            }"""
        )
    listing = "/news/?type=event" if "event" in path else "/news/?theme=asylum"
    page.goto(listing)
    return page.locator("article[data-item] a").first.get_attribute("href")


@pytest.mark.parametrize("path", PAGES)
def test_axe_finds_nothing(open_page, path):
    page = open_page("/robots.txt")
    where = address(page, path)
    assert where, f"the demo has no {path}"
    found = []
    for width in (1280, 320):
        for scheme in ("light", "dark"):
            page.set_viewport_size({"width": width, "height": 800})
            page.emulate_media(color_scheme=scheme, reduced_motion="reduce")
            page.goto(where)
            results = Axe().run(page)
            found += [
                f"{width} {scheme} {violation['id']}: {violation['nodes'][0]['html'][:150]}"
                for violation in results.response["violations"]
            ]
            assert page.evaluate("document.documentElement.scrollWidth") <= width
            assert page.locator("h1").count() == 1
    assert found == []


def test_pages_have_titles_of_their_own(open_page):
    page = open_page("/")
    titles = []
    for path in PAGES[:11]:
        page.goto(path)
        titles.append(page.title())
    assert len(set(titles)) == len(titles)
    assert all(title.strip() for title in titles)
