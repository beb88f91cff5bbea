"""What the feed formats share: which items, in which pages, and what is said of each."""

from datetime import datetime
from typing import Any

from django.conf import settings
from django.db.models import prefetch_related_objects
from django.http import Http404, HttpRequest, HttpResponse
from django.urls import reverse
from django.utils import timezone
from django.utils.feedgenerator import SyndicationFeed
from django.utils.html import escape
from django.utils.translation import gettext as _

from items import site
from items.facets import Order
from items.feeds.asked import are_gone, gone, labels_of, listing_of, refusal
from items.feeds.entry import Entry, absolute, draw, entry_of, tell_stories
from items.listing import Listing
from items.models import RemovedTerm
from items.models.fields import clean_text

PAGE_SIZE = 50


def printable(value: Any) -> Any:
    """Text, or texts within lists and dictionaries, without what XML cannot carry, whatever the database holds."""
    if isinstance(value, str):
        return clean_text(value)
    if isinstance(value, list | tuple):
        return [printable(part) for part in value]
    return {key: printable(part) for key, part in value.items()} if isinstance(value, dict) else value


class FeedMixin(SyndicationFeed):
    """Ours over Django's generators: the same bytes for the same content, and pages (RFC 5005, section 3).

    `pages` holds the addresses of other pages by relation: first, last, previous, next.
    """

    content_type: str

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **printable(kwargs))

    def latest_post_date(self):
        """When anything here last changed; Django's answers "now" for an empty feed, which is new at every look."""
        return self.feed["updated"]

    @property
    def relations(self) -> list[tuple[str, str]]:
        """Relations and addresses beside self and alternate."""
        hub = [("hub", self.feed["hub"])] if self.feed["hub"] else []
        return [*self.feed["pages"].items(), *hub]

    def add_entry(self, entry: Entry) -> None:
        """Add an entry. What Django's generators do not know, ours find under `entry`."""
        entry = Entry(**printable(vars(entry)))
        self.add_item(
            title=entry.title,
            link=entry.url,
            description=f"<p>{escape(entry.summary)}</p>" if entry.summary else "",
            author_name=entry.author,
            unique_id=entry.urn,
            unique_id_is_permalink=False,
            pubdate=entry.published_at,
            updateddate=entry.updated_at,
            categories=entry.tags,
            enclosures=self.enclosures(entry),
            entry=entry,
        )

    def enclosures(self, entry: Entry) -> list:
        """The entry's files, as far as the format takes them."""
        return [file.enclosure for file in entry.files]


def page_number(text: str, *, pages: int) -> int:
    """A page by its number as typed; empty is the first. Http404 for any other that does not exist."""
    text = text.strip() or "1"
    # Digits such as "²" or "٣" are numbers to Python and no address that this site makes.
    if text.isascii() and text.isdigit() and len(text) < 8 and not text.startswith("0") and int(text) <= pages:
        return int(text)
    raise Http404(_("This feed has no such page."))


def _addresses(listing: Listing, path: str, number: int, pages: int) -> dict[str, str]:
    """The addresses of this page (`self`) and of others, by relation. A feed has one order, so `sort` says nothing."""

    def at(page: int) -> str:
        query = listing.query_with(sort=None, page=str(page) if page > 1 else None)
        return absolute(f"{path}?{query}" if query else path)

    addresses = {"self": at(number), "first": at(1), "last": at(pages)}
    if number > 1:
        addresses["previous"] = at(number - 1)
    if number < pages:
        addresses["next"] = at(number + 1)
    return addresses


def build(generator: type[FeedMixin], listing: Listing, *, path: str, changed: datetime, number: str = "") -> FeedMixin:
    """A page of the feed of a listing: `path` is its own address, `changed` when anything on the site last did."""
    pages = max(-(-listing.total // PAGE_SIZE), 1)
    page = page_number(number, pages=pages)
    addresses = _addresses(listing, path, page, pages)
    query = f"?{listing.query}" if listing.query else ""
    words = clean_text(listing.words)
    known = site.of_readers()
    name = known.name(listing.language)
    feed = generator(
        title=f"{name}: {words}" if words else name,
        link=absolute(reverse("items:listing") + query),
        description=words or _("Everything, latest first."),
        subtitle=words or _("Everything, latest first."),
        language=listing.language,
        feed_url=addresses.pop("self"),
        feed_guid=addresses["first"],
        author_name=name,
        updated=changed,
        pages=addresses,
        hub=settings.WEBSUB_HUB if page == 1 else "",
    )
    pks = listing.index.ordered(listing.ids, Order.PUBLISHED, offset=(page - 1) * PAGE_SIZE, limit=PAGE_SIZE)
    items = listing.load(pks)
    prefetch_related_objects(items, "attachments", "corrections")
    draw(items, at=listing.at)
    tell_stories(items, at=listing.at)
    for item in items:
        feed.add_entry(entry_of(item, known))
    return feed


def ended(generator: type[FeedMixin], request: HttpRequest, terms: list[RemovedTerm]) -> FeedMixin:
    """The last page of a feed whose terms are no more: one entry that says so."""
    language = request.LANGUAGE_CODE
    last = max(terms, key=lambda term: term.removed_at)
    labels = labels_of(terms, language=language)
    url = absolute(reverse("items:listing"))
    address = absolute(request.get_full_path())
    name = site.of_readers().name(language)
    title = _("This feed has ended: “%(label)s” is no longer used") % {"label": labels}
    text = _("“%(label)s” is no longer a term of this site, so nothing more will come here.") % {"label": labels}
    feed = generator(
        title=f"{name}: {labels}",
        link=url,
        description=text,
        language=language,
        feed_url=address,
        feed_guid=address,
        author_name=name,
        updated=last.removed_at,
        pages={},
        hub="",
    )
    other = escape(_("Other news"))
    feed.add_entry(
        Entry(
            urn=last.uuid.urn,
            url=url,
            title=title,
            summary=text,
            content=f'<p>{escape(text)} <a href="{escape(url)}">{other}</a></p>',
            author=name,
            language=language,
            published_at=last.removed_at,
            updated_at=last.removed_at,
        )
    )
    return feed


def answer(request: HttpRequest, generator: type[FeedMixin]) -> HttpResponse:
    """The feed of what the query string asks for."""
    at = timezone.now()
    listing = listing_of(request, at=at)
    if terms := listing.removed_terms:
        if are_gone(terms, at=at):
            return gone(terms, language=listing.language)
        feed = ended(generator, request, terms)
    elif refused := refusal(request, listing):
        return refused
    else:
        changed = listing.index.last_modified
        feed = build(generator, listing, path=request.path, changed=changed, number=request.GET.get("page", ""))
    return HttpResponse(feed.writeString("utf-8"), content_type=feed.content_type)
