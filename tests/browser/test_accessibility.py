"""No axe violation on any type of page: wide and narrow, light and dark."""

import pytest

from tests.browser.axe import READERS, violations_at_all_sizes

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
    "/events/",
    "/events/?view=month",
    "/events/?when=past",
    "/feeds/",
    "/feeds/?theme=reception&source=fedasil&format=calendar",
    "/news/briefing/?theme=asylum",
    "/pages/accessibility/",
    "/glossary/",
    "/glossary/asylum/",
    "/no-such-page/",
    "first item",
    "first event",
    "first statistics",
    "a withdrawn item",
]
IN_EACH_LANGUAGE = ["/", "/news/?theme=reception", "/events/?view=month", "/glossary/", "/feeds/"]
IN_EACH_LANGUAGE += ["/pages/accessibility/"]
PAGES += [f"/{code}{path}" for code in ("fr", "nl", "de") for path in IN_EACH_LANGUAGE]


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
    listing = "/news/?theme=asylum" if "item" in path else f"/news/?type={path.removeprefix('first ')}"
    page.goto(listing)
    return page.locator("article[data-item] a").first.get_attribute("href")


@pytest.mark.parametrize("path", PAGES)
def test_axe_finds_nothing(open_page, path):
    page = open_page("/robots.txt")
    where = address(page, path)
    assert where, f"the demo has no {path}"
    if path == "/no-such-page/":
        page.goto(where)
        where = ""
    # The other languages have other lengths of words, and the same colours.
    ways = ((1280, "light"), (320, "dark")) if path[:4] in ("/fr/", "/nl/", "/de/") else READERS
    assert violations_at_all_sizes(page, where, ways) == []
    assert page.locator("h1").count() == 1


def test_pages_have_titles_of_their_own(open_page):
    page = open_page("/")
    titles = []
    for path in PAGES[:11]:
        page.goto(path)
        titles.append(page.title())
    assert len(set(titles)) == len(titles)
    assert all(title.strip() for title in titles)


def test_who_asks_for_more_contrast_gets_it(open_page):
    page = open_page("/news/", contrast="more", color_scheme="light")
    soft = "getComputedStyle(document.querySelector('.entry-meta')).color"
    assert page.evaluate(soft) == "rgb(0, 0, 0)"
    page.emulate_media(contrast="more", color_scheme="dark")
    assert page.evaluate(soft) == "rgb(255, 255, 255)"
    assert violations_at_all_sizes(page, ways=READERS[:2]) == []
