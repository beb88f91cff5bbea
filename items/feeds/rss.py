"""RSS 2.0, with the full content by the content module."""

from django.http import HttpRequest, HttpResponse
from django.utils.feedgenerator import Rss201rev2Feed

from items.feeds.base import FeedMixin, answer
from items.http import read_only


class RssFeed(FeedMixin, Rss201rev2Feed):
    """RSS 2.0 (RSS Advisory Board) with `content:encoded` and `atom:updated`."""

    def rss_attributes(self):
        return {**super().rss_attributes(), "xmlns:content": "http://purl.org/rss/1.0/modules/content/"}

    def enclosures(self, entry):
        # An item has one enclosure at most; many readers take no second.
        return super().enclosures(entry)[:1]

    def add_root_elements(self, handler):
        super().add_root_elements(handler)
        for relation, url in self.relations:
            handler.addQuickElement("atom:link", None, {"rel": relation, "href": url})

    def add_item_elements(self, handler, item):
        super().add_item_elements(handler, item)
        handler.addQuickElement("atom:updated", item["updateddate"].isoformat())
        handler.addQuickElement("content:encoded", item["entry"].content)
        for url in item["entry"].related_urls:
            handler.addQuickElement("atom:link", None, {"rel": "related", "href": url})


@read_only
def rss(request: HttpRequest) -> HttpResponse:
    """`/news/feed.rss`."""
    return answer(request, RssFeed)
