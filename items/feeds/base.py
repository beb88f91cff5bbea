"""What the feed formats share: which items, and what is said of each."""

import mimetypes
from datetime import datetime

import nh3
from django.conf import settings
from django.http import Http404, HttpRequest, HttpResponse, HttpResponsePermanentRedirect
from django.urls import reverse
from django.utils import timezone
from django.utils.feedgenerator import Enclosure, SyndicationFeed
from django.utils.html import escape
from django.utils.translation import gettext as _

from items.http import conditional, last_changed
from items.listing import Listing
from items.models import Item
from items.models.fields import BODY_ATTRIBUTES, BODY_SCHEMES, BODY_TAGS, clean_text

ENTRIES = 50


class FeedMixin(SyndicationFeed):
    """Ours over Django's generators: the same bytes for the same content."""

    content_type: str

    def latest_post_date(self):
        """When anything here last changed; Django's answers "now" for an empty feed, which is new at every look."""
        return self.feed["updated"]


def absolute(path: str) -> str:
    """A path of this site as an address for readers elsewhere."""
    return settings.SITE_URL + path


def summary(item: Item) -> str:
    """The summary as HTML; empty without one."""
    return f"<p>{escape(clean_text(item.summary))}</p>" if item.summary else ""


def content(item: Item) -> str:
    """The whole item as HTML, links included: summary, then body."""
    # A body's links to this site may be relative; a feed reader has no page to relate them to.
    body = nh3.clean(
        clean_text(item.body),
        tags=BODY_TAGS,
        attributes=BODY_ATTRIBUTES,
        url_schemes=BODY_SCHEMES,
        link_rel=None,
        url_relative=("rewrite_with_base", absolute(item.get_absolute_url())),
    )
    return summary(item) + body


def enclosures(item: Item) -> list[Enclosure]:
    """The lead image, unless its file is lost."""
    image = item.lead_image
    if not image.name or not image.storage.exists(image.name):
        return []
    media_type = mimetypes.guess_type(image.name)[0] or "application/octet-stream"
    return [Enclosure(absolute(image.url), str(image.size), media_type)]


def build(generator: type[FeedMixin], listing: Listing, *, path: str, changed: datetime) -> FeedMixin:
    """A feed of a listing's latest items. `path` is its own address, `changed` when anything on the site last did.

    Text is cleaned on its way out too: one control character that came past the fields would break the whole feed.
    """
    query = f"?{listing.query}" if listing.query else ""
    words = clean_text(listing.words)
    entries = list(listing.items.order_by("-publish_at", "-pk").with_terms()[:ENTRIES])
    feed = generator(
        title=f"{settings.SITE_NAME}: {words}" if words else settings.SITE_NAME,
        link=absolute(reverse("items:listing") + query),
        description=words or _("Everything, latest first."),
        language=listing.language,
        feed_url=absolute(path + query),
        feed_guid=absolute(path + query),
        author_name=settings.SITE_NAME,
        updated=max((max(item.updated_at, item.publish_at) for item in entries), default=changed),
    )
    for item in entries:
        terms = [item.type, *item.themes.all(), *item.keywords.all()]
        feed.add_item(
            title=clean_text(item.title),
            link=absolute(item.get_absolute_url()),
            description=summary(item),
            author_name=clean_text(item.source.label(item.language)) if item.source else settings.SITE_NAME,
            unique_id=item.urn,
            unique_id_is_permalink=False,
            pubdate=item.publish_at,
            updateddate=max(item.updated_at, item.publish_at),
            categories=[clean_text(term.label(item.language)) for term in terms],
            enclosures=enclosures(item),
            content=content(item),
            item_language=item.language,
        )
    return feed


def answer(request: HttpRequest, generator: type[FeedMixin]) -> HttpResponse:
    """The feed of what the query string asks for.

    A question that is not understood is not found: a feed cannot explain itself to a reader, and must not widen.
    """
    at = timezone.now()
    listing = Listing(request.GET, language=request.LANGUAGE_CODE, at=at)
    if not listing.is_valid:
        raise Http404(" ".join(problem.message for problem in listing.problems))
    if listing.has_former_slugs:
        return HttpResponsePermanentRedirect(f"{request.path}?{listing.query}")
    changed = last_changed(at)
    feed = build(generator, listing, path=request.path, changed=changed)
    response = HttpResponse(feed.writeString("utf-8"), content_type=feed.content_type)
    response["Cache-Control"] = "public, max-age=300"
    return conditional(request, response, changed=changed)
