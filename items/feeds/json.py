"""JSON Feed 1.1 (jsonfeed.org)."""

import json

from django.http import HttpRequest, HttpResponse
from django.utils.feedgenerator import SyndicationFeed, rfc3339_date

from items.feeds.base import FeedMixin, answer
from items.feeds.entry import Entry
from items.http import read_only


def _item(entry: Entry) -> dict:
    item = {
        "id": entry.urn,
        "url": entry.url,
        "external_url": entry.original_url,
        "title": entry.title,
        "content_html": entry.content,
        "summary": entry.summary,
        "image": entry.image.url if entry.image else "",
        "date_published": rfc3339_date(entry.published_at),
        "date_modified": rfc3339_date(entry.updated_at),
        "authors": [{"name": entry.author}],
        "tags": entry.tags,
        "language": entry.language,
        "attachments": [
            {"url": file.url, "mime_type": file.media_type, "title": file.title, "size_in_bytes": file.size}
            for file in entry.attachments
        ],
    }
    # The content may be empty and must be there all the same.
    return {name: value for name, value in item.items() if value or name == "content_html"}


class JsonFeed(FeedMixin, SyndicationFeed):
    """JSON Feed 1.1 with the full content, and each item in its own language."""

    content_type = "application/feed+json; charset=utf-8"

    def write(self, outfile, encoding):
        """Write the feed; the encoding is UTF-8 whatever is asked (section "Suggestions for Publishers")."""
        feed = {
            "version": "https://jsonfeed.org/version/1.1",
            "title": self.feed["title"],
            "home_page_url": self.feed["link"],
            "feed_url": self.feed["feed_url"],
            "description": self.feed["description"],
            "next_url": self.feed["pages"].get("next"),
            "language": self.feed["language"],
            "authors": [{"name": self.feed["author_name"]}],
            "hubs": [{"type": "WebSub", "url": self.feed["hub"]}] if self.feed["hub"] else None,
        }
        feed = {name: value for name, value in feed.items() if value}
        feed["items"] = [_item(item["entry"]) for item in self.items]
        outfile.write(json.dumps(feed, ensure_ascii=False, separators=(",", ":")))


@read_only
def json_feed(request: HttpRequest) -> HttpResponse:
    """`/news/feed.json`."""
    return answer(request, JsonFeed)
