"""Atom 1.0 (RFC 4287)."""

from django.http import HttpRequest, HttpResponse
from django.utils.feedgenerator import Atom1Feed
from django.views.decorators.http import require_safe

from items.feeds.base import FeedMixin, answer


class AtomFeed(FeedMixin, Atom1Feed):
    """Atom 1.0 with the full content, and each entry in its own language."""

    def item_attributes(self, item):
        return {**super().item_attributes(item), "xml:lang": item["item_language"]}

    def add_item_elements(self, handler, item):
        super().add_item_elements(handler, item)
        handler.addQuickElement("content", item["content"], {"type": "html"})


@require_safe
def atom(request: HttpRequest) -> HttpResponse:
    """`/news/feed.atom`."""
    return answer(request, AtomFeed)
