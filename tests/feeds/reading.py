"""Reading feeds as readers do, and paging through them."""

import json
from urllib.parse import urlsplit

import feedparser

TYPES = {"rss": "application/rss+xml", "atom": "application/atom+xml", "json": "application/feed+json"}
FORMATS = list(TYPES)


def address(url: str) -> str:
    """An absolute address of this site as the path that the test client asks for."""
    parts = urlsplit(url)
    assert parts.scheme, url
    assert parts.netloc == "testserver", url
    return parts.path + (f"?{parts.query}" if parts.query else "")


def parsed(response):
    """A feed read by feedparser, which must find nothing amiss; a JSON feed in feedparser's words."""
    assert response.status_code == 200, response.status_code
    if response["Content-Type"].startswith(TYPES["json"]):
        feed = json.loads(response.content)
        links = {"self": feed["feed_url"], "alternate": feed["home_page_url"], "next": feed.get("next_url")}
        return {
            "title": feed["title"],
            "language": feed["language"],
            "links": {relation: url for relation, url in links.items() if url},
            "ids": [item["id"] for item in feed["items"]],
            "titles": [item["title"] for item in feed["items"]],
            "hubs": [hub["url"] for hub in feed.get("hubs", [])],
            "updated": [item["date_modified"] for item in feed["items"]],
        }
    read = feedparser.parse(response.content, response_headers={"content-type": response["Content-Type"]})
    assert not read.bozo, read.get("bozo_exception")
    return {
        "title": read.feed.title,
        "language": read.feed.language,
        "links": {link["rel"]: link["href"] for link in read.feed.links},
        "ids": [entry.id for entry in read.entries],
        "titles": [entry.title for entry in read.entries],
        "hubs": [link["href"] for link in read.feed.links if link["rel"] == "hub"],
        "updated": [entry.updated for entry in read.entries],
    }


def pages(client, path: str):
    """All pages of a feed, by following `next`."""
    url: str | None = path
    while url:
        feed = parsed(client.get(url))
        yield feed
        url = address(feed["links"]["next"]) if "next" in feed["links"] else None
