"""What a page shows, read by its hooks."""

import json
from html.parser import HTMLParser

VOID = {"meta", "link", "input", "img", "br", "hr", "path", "source", "wbr", "col"}


class Page(HTMLParser):
    """A page taken apart: `count`, `items`, `options`, `chips`, `links`, `tags`, `data` (what it tells programs)."""

    def __init__(self, response):
        super().__init__()
        self.tags: list[tuple[str, dict]] = []
        self.scripts_with_text: list[str] = []
        self.data: list[dict] = []
        self._open: list[str] = []
        self._is_data = False
        self.title = ""
        self.feed(response.content.decode())

    def handle_starttag(self, tag, attrs):
        self.tags.append((tag, dict(attrs)))
        self._is_data = tag == "script" and dict(attrs).get("type") == "application/ld+json"
        if tag not in VOID:
            self._open.append(tag)

    def handle_endtag(self, tag):
        if tag in self._open:
            while self._open.pop() != tag:
                pass

    def handle_data(self, data):
        if self._is_data and self._open and self._open[-1] == "script":
            self.data.append(json.loads(data))  # a data block: no browser runs it
        elif self._open and self._open[-1] in ("script", "style") and data.strip():
            self.scripts_with_text.append(data)
        if self._open and self._open[-1] == "title" and "svg" not in self._open:
            self.title += data

    def having(self, name):
        """The attributes of every element that has this one."""
        return [attrs for _, attrs in self.tags if name in attrs]

    @property
    def count(self):
        """The total that the listing names."""
        return next(int(attrs["data-count"]) for attrs in self.having("data-count") if "data-value" not in attrs)

    @property
    def items(self):
        return [int(attrs["data-item"]) for attrs in self.having("data-item")]

    @property
    def options(self):
        """Counts by (facet, value)."""
        return {(a["data-facet"], a["data-value"]): int(a["data-count"]) for a in self.having("data-facet")}

    @property
    def values(self):
        """Counts by value, wherever a value stands."""
        return {a["data-value"]: int(a["data-count"]) for a in self.having("data-value")}

    @property
    def chips(self):
        return [attrs["data-filter"] for attrs in self.having("data-filter")]

    @property
    def is_noindex(self):
        return any("noindex" in attrs.get("content", "") for attrs in self.having("name") if attrs["name"] == "robots")

    def metas(self, name):
        """The contents of metadata of this name or property, such as "og:title"."""
        metas = [attrs for tag, attrs in self.tags if tag == "meta"]
        return [attrs.get("content") for attrs in metas if name in (attrs.get("name"), attrs.get("property"))]

    @property
    def nodes(self):
        """What the page tells programs, node by node."""
        return [node for block in self.data for node in block["@graph"]]

    def links(self, rel, **wanted):
        """The addresses of links and anchors of this relation and with these attributes."""
        return [
            attrs["href"]
            for attrs in self.having("rel")
            if rel in attrs["rel"].split() and all(attrs.get(name) == value for name, value in wanted.items())
        ]
