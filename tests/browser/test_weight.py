"""What a first visit sends: little, in few requests, and to nobody else."""

import pytest

pytestmark = pytest.mark.browser

BYTES, REQUESTS = 60_000, 6
"""Most that a page sends on a first view, headers included and images left out, and in how many requests."""


def sent(page, path: str) -> list[tuple[str, int]]:
    """Address and bytes of each answer that a page took, as they came over the wire."""
    session, answers = page.context.new_cdp_session(page), {}
    session.send("Network.enable")
    session.on(
        "Network.responseReceived", lambda e: answers.setdefault(e["requestId"], [e["response"]["url"], e["type"], 0])
    )
    session.on(
        "Network.loadingFinished",
        lambda e: answers.get(e["requestId"], [0, 0, 0]).__setitem__(2, e["encodedDataLength"]),
    )
    page.goto(path, wait_until="networkidle")
    # The page before, plain text, has the browser look for an icon.
    rows = [(url, size) for url, kind, size in answers.values() if kind != "Image"]
    return [row for row in rows if not row[0].endswith("/favicon.ico")]


@pytest.mark.parametrize("path", ["/", "/news/", "/fr/news/", "/events/", "/glossary/", "/feeds/", "a release"])
def test_a_first_view_is_light(open_page, site, path):
    page = open_page("/robots.txt")
    if path == "a release":
        page.goto("/news/?type=release")
        path = page.locator("[data-item] h3 a").first.get_attribute("href")
        page = open_page("/robots.txt")  # a profile that has kept nothing
    answers = sent(page, path)
    assert [url for url, _size in answers if not url.startswith(f"{site}/")] == []
    assert len(answers) <= REQUESTS, answers
    assert sum(size for _url, size in answers) < BYTES, answers
