"""Atom 1.0 (RFC 4287)."""

from django.http import HttpRequest, HttpResponse
from django.utils.feedgenerator import Atom1Feed

from items.feeds.base import FeedMixin, answer
from items.http import read_only


class AtomFeed(FeedMixin, Atom1Feed):
    """Atom 1.0 with the full content, and each entry in its own language."""

    def add_root_elements(self, handler):
        super().add_root_elements(handler)
        for relation, url in self.relations:
            handler.addQuickElement("link", None, {"rel": relation, "href": url})

    def item_attributes(self, item):
        return {**super().item_attributes(item), "xml:lang": item["entry"].language}

    def add_item_elements(self, handler, item):
        super().add_item_elements(handler, item)
        handler.addQuickElement("content", item["entry"].content, {"type": "html"})
        if item["entry"].original_url:
            handler.addQuickElement("link", None, {"rel": "via", "href": item["entry"].original_url})
        for url in item["entry"].related_urls:
            handler.addQuickElement("link", None, {"rel": "related", "href": url})


@read_only
def atom(request: HttpRequest) -> HttpResponse:
    """`/news/feed.atom`."""
    return answer(request, AtomFeed)
