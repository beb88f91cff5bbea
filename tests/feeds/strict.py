"""Strict checks of feeds against their specifications, stricter than readers are."""

import json
import re
from datetime import datetime
from email.utils import parsedate_to_datetime
from xml.etree import ElementTree

ATOM = "{http://www.w3.org/2005/Atom}"
CONTENT = "{http://purl.org/rss/1.0/modules/content/}"
CREATOR = "{http://purl.org/dc/elements/1.1/}creator"
RFC3339 = re.compile(r"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(\.\d+)?([+-]\d\d:\d\d|Z)")
MEDIA_TYPE = re.compile(r"[a-z]+/[-+.a-z0-9]+")


def _once(element, name):
    found = element.findall(name)
    assert len(found) == 1, (element.tag, name, len(found))
    return found[0]


def _absolute(url):
    assert re.match(r"https?://[^/\s]+", url), url
    assert " " not in url


def _moment(text):
    assert RFC3339.fullmatch(text), text
    return datetime.fromisoformat(text)


def _no_markup(text):
    assert text
    assert text == text.strip()
    assert not re.search(r"&(amp|lt|gt|quot|#\d+);|</?[a-z]+>", text), f"escaped twice: {text}"


def check_atom(content: bytes) -> None:
    """RFC 4287: section 4.1.1 for the feed, 4.1.2 for entries, 4.2.7 for links; RFC 5005, section 3."""
    feed = ElementTree.fromstring(content)
    assert feed.tag == f"{ATOM}feed"
    _no_markup(_once(feed, f"{ATOM}title").text)
    _absolute(_once(feed, f"{ATOM}id").text)
    _moment(_once(feed, f"{ATOM}updated").text)
    links = [(link.get("rel"), link.get("type"), link.get("hreflang")) for link in feed.findall(f"{ATOM}link")]
    assert len(set(links)) == len(links)
    assert {"self", "alternate"} <= {rel for rel, _type, _language in links}
    ids = set()
    for entry in feed.findall(f"{ATOM}entry"):
        _no_markup(_once(entry, f"{ATOM}title").text)
        ids.add(_once(entry, f"{ATOM}id").text)
        published, updated = (_moment(_once(entry, f"{ATOM}{name}").text) for name in ("published", "updated"))
        assert published <= updated
        assert _once(_once(entry, f"{ATOM}author"), f"{ATOM}name").text
        assert _once(entry, f"{ATOM}content").get("type") == "html"
        alternates = [link for link in entry.findall(f"{ATOM}link") if link.get("rel") == "alternate"]
        assert len(alternates) == 1
        for link in entry.findall(f"{ATOM}link"):
            _absolute(link.get("href"))
            if link.get("rel") == "enclosure":
                assert MEDIA_TYPE.fullmatch(link.get("type"))
                assert link.get("length").isdigit()
        for category in entry.findall(f"{ATOM}category"):
            assert category.get("term")
    assert len(ids) == len(feed.findall(f"{ATOM}entry"))
    assert all(entry_id.startswith("urn:uuid:") for entry_id in ids)


def check_rss(content: bytes) -> None:
    """RSS 2.0 of the RSS Advisory Board, and its best practices profile."""
    rss = ElementTree.fromstring(content)
    assert (rss.tag, rss.get("version")) == ("rss", "2.0")
    channel = _once(rss, "channel")
    _no_markup(_once(channel, "title").text)
    _no_markup(_once(channel, "description").text)
    _absolute(_once(channel, "link").text)
    assert re.fullmatch("[a-z]{2,3}(-[a-z]+)?", _once(channel, "language").text)
    assert parsedate_to_datetime(_once(channel, "lastBuildDate").text).tzinfo
    selves = [link for link in channel.findall(f"{ATOM}link") if link.get("rel") == "self"]
    assert len(selves) == 1
    guids = []
    for item in channel.findall("item"):
        _no_markup(_once(item, "title").text)
        _absolute(_once(item, "link").text)
        guid = _once(item, "guid")
        assert guid.get("isPermaLink") == "false"
        guids.append(guid.text)
        assert parsedate_to_datetime(_once(item, "pubDate").text).tzinfo
        assert _once(item, CREATOR).text
        assert _once(item, f"{CONTENT}encoded") is not None
        assert len(item.findall("enclosure")) <= 1
        for enclosure in item.findall("enclosure"):
            _absolute(enclosure.get("url"))
            assert enclosure.get("length").isdigit()
            assert MEDIA_TYPE.fullmatch(enclosure.get("type"))
    assert len(set(guids)) == len(guids)


TOP = {
    "version": str, "title": str, "home_page_url": str, "feed_url": str, "description": str, "next_url": str,
    "language": str, "authors": list, "hubs": list, "items": list,
}  # fmt: skip
ITEM = {
    "id": str, "url": str, "external_url": str, "title": str, "content_html": str, "summary": str, "image": str,
    "date_published": str, "date_modified": str, "authors": list, "tags": list, "language": str, "attachments": list,
}  # fmt: skip
ATTACHMENT = {"url": str, "mime_type": str, "title": str, "size_in_bytes": int}


def _fields(found: dict, known: dict, required: set) -> None:
    assert required <= set(found)
    for name, value in found.items():
        assert name in known, f"{name} is no member of JSON Feed 1.1"
        assert type(value) is known[name], (name, value)
        assert value or name in ("content_html", "items"), f"{name} is empty"
        if name.endswith("url") or name == "image":
            _absolute(value)


def check_json(content: bytes) -> None:
    """JSON Feed 1.1: "Top-level", "Items", "Attachments"."""
    assert not content.startswith(b"\xef\xbb\xbf")
    feed = json.loads(content.decode("utf-8"))
    _fields(feed, TOP, {"version", "title", "items", "feed_url", "home_page_url"})
    assert feed["version"] == "https://jsonfeed.org/version/1.1"
    assert feed.get("next_url") != feed["feed_url"]
    for item in feed["items"]:
        _fields(item, ITEM, {"id", "url", "title", "content_html", "date_published", "authors", "language"})
        assert _moment(item["date_published"]) <= _moment(item["date_modified"])
        assert all(set(author) <= {"name", "url", "avatar"} for author in item["authors"])
        for attachment in item.get("attachments", []):
            _fields(attachment, ATTACHMENT, {"url", "mime_type"})
    assert len({item["id"] for item in feed["items"]}) == len(feed["items"])
    for hub in feed.get("hubs", []):
        assert set(hub) == {"type", "url"}


CHECKS = {"rss": check_rss, "atom": check_atom, "json": check_json}
