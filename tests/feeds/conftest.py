"""Feeds fetched and read as readers read them, and checked against their standards."""

import xml.etree.ElementTree as ET

import feedparser
import pytest

ATOM, CONTENT = "{http://www.w3.org/2005/Atom}", "{http://purl.org/rss/1.0/modules/content/}"


@pytest.fixture
def fetch(client, clock, media, db):
    """Fetch a feed, see that it is valid, and read it with feedparser."""

    def fetch(address, **headers):
        response = client.get(address, headers=headers)
        assert response.status_code == 200
        root = ET.fromstring(response.content)
        assert validate_atom(root) == [] if root.tag == f"{ATOM}feed" else validate_rss(root) == []
        parsed = feedparser.parse(response.content, response_headers={"content-type": response["Content-Type"]})
        assert not parsed.bozo, parsed.get("bozo_exception")
        parsed.response, parsed.root = response, root
        return parsed

    return fetch


def _once(element, name, complaints, *, filled=True):
    found = element.findall(name)
    if len(found) != 1 or (filled and not (found[0].text or "").strip()):
        complaints.append(f"{element.tag}: {len(found)} × {name}")


def validate_atom(feed) -> list[str]:
    """What RFC 4287 (sections 4.1.1 and 4.1.2) asks for and is not there."""
    complaints: list[str] = []
    entries = feed.findall(f"{ATOM}entry")
    for element in (feed, *entries):
        for name in ("id", "title", "updated"):
            _once(element, ATOM + name, complaints)
        alternates = [link for link in element.findall(f"{ATOM}link") if link.get("rel", "alternate") == "alternate"]
        if len(alternates) != 1 or not alternates[0].get("href", "").startswith("http"):
            complaints.append(f"{element.tag}: alternate links {len(alternates)}")
        for category in element.findall(f"{ATOM}category"):
            if not category.get("term"):
                complaints.append("a category without term")
    if len([link for link in feed.findall(f"{ATOM}link") if link.get("rel") == "self"]) != 1:
        complaints.append("no link of the feed to itself")
    if not all(element.find(f"{ATOM}author/{ATOM}name") is not None for element in (feed, *entries)):
        complaints.append("no author")
    for entry in entries:
        _once(entry, f"{ATOM}published", complaints)
        _once(entry, f"{ATOM}content", complaints, filled=False)
        for link in entry.findall(f"{ATOM}link"):
            if link.get("rel") == "enclosure" and not (link.get("type") and link.get("length", "").isdigit()):
                complaints.append("an enclosure without type or length")
    ids = [entry.findtext(f"{ATOM}id") for entry in entries]
    return complaints + (["two entries with one id"] if len(set(ids)) != len(ids) else [])


def validate_rss(rss) -> list[str]:
    """What RSS 2.0 asks for and is not there."""
    complaints: list[str] = []
    if rss.tag != "rss" or rss.get("version") != "2.0" or len(rss.findall("channel")) != 1:
        return ["not RSS 2.0 with one channel"]
    channel = rss.find("channel")
    for name in ("title", "link", "description", "lastBuildDate", "language"):
        _once(channel, name, complaints)
    if [link.get("rel") for link in channel.findall(f"{ATOM}link")] != ["self"]:
        complaints.append("no link of the feed to itself")
    for item in channel.findall("item"):
        for name in ("title", "link", "guid", "pubDate"):
            _once(item, name, complaints)
        if item.find("guid").get("isPermaLink") != "false":
            complaints.append("a guid that claims to be an address")
        for enclosure in item.findall("enclosure"):
            if not (enclosure.get("url") and enclosure.get("type") and enclosure.get("length", "").isdigit()):
                complaints.append("an enclosure without url, type or length")
    guids = [item.findtext("guid") for item in channel.findall("item")]
    return complaints + (["two items with one guid"] if len(set(guids)) != len(guids) else [])
