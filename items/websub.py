"""Telling a WebSub hub (W3C Recommendation, 2018) which feeds have changed, so that subscribers need not ask.

A hub fetches the first page of a feed. So it is told of each feed whose first page is not as it was when the hub was
last told: an item came, by an edit or by the clock alone; one that stands there was changed, withdrawn, deleted, or has
expired; the feed has ended, or is gone. This belongs to the periodic tick. A hub is told at least once of each change,
and by one host at a time.
"""

import logging
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import datetime, timedelta
from hashlib import blake2b
from http.client import HTTPConnection, HTTPException, HTTPSConnection
from time import monotonic
from urllib.parse import urlencode, urlsplit

from django.conf import settings
from django.urls import reverse
from django.utils import timezone, translation

from items import facets
from items.facets import Order
from items.models import Change, ContentVersion, HubState, Item, RemovedTerm
from items.models.language import language_codes

logger = logging.getLogger(__name__)

CLAIM = timedelta(minutes=10)
"""For how long one host may be telling before another may."""
LONGEST = 300.0
"""Seconds after which the rest waits for the next tick; less than a claim lasts."""
TIMEOUT = 10.0
"""Seconds for a hub to answer."""
FEEDS = ("items:rss", "items:atom", "items:json")
FIRST_PAGE = 50
"""Entries on the first page of a feed."""
CHUNK = 5_000
ENDED = "ended"
"""What stands for the first page of a removed theme, as long as it says that the feed has ended."""


@dataclass(frozen=True)
class Told:
    """How many topics the hub was told of, and how many are left for the next time."""

    told: int = 0
    left: int = 0


def topics(pages: Iterable[str]) -> Iterator[str]:
    """The addresses of feeds in each format, by language and theme: "fr" is everything, "fr reception" a theme."""
    for page in pages:
        code, _space, theme = page.partition(" ")
        query = f"?{urlencode({'theme': theme})}" if theme else ""
        with translation.override(code):
            paths = [reverse(feed) for feed in FEEDS]
        yield from (settings.SITE_URL + path + query for path in paths)


def first_pages(at: datetime) -> dict[str, str]:
    """How the feeds of everything and of each theme begin, in each language: a digest of items and their versions."""
    index = facets.current(at)
    entries: dict[str, list[int]] = {}
    for code in language_codes():
        everything = index.everything(code)
        entries[code] = index.ordered(everything, Order.PUBLISHED, limit=FIRST_PAGE)
        for pk, theme in index.vocabulary.terms["theme"].items():
            items = everything & index.having("theme", [pk])
            entries[f"{code} {theme.slug}"] = index.ordered(items, Order.PUBLISHED, limit=FIRST_PAGE)
    versions = _versions(sorted({pk for pks in entries.values() for pk in pks}))
    pages = {page: _digest([(pk, versions.get(pk, 0)) for pk in pks]) for page, pks in entries.items()}
    for term in RemovedTerm.objects.filter(facet="theme"):
        if not term.is_gone(at):
            pages |= {key: ENDED for code in language_codes() if (key := f"{code} {term.slug}") not in pages}
    return pages


def _versions(pks: list[int]) -> dict[int, int]:
    """The versions of the last changes of items: of their links, event and files too."""
    items = Change.objects.filter(kind=Change.Kind.ITEM)
    found: dict[int, int] = {}
    for start in range(0, len(pks), CHUNK):
        found.update(items.filter(key__in=pks[start : start + CHUNK]).values_list("key", "version"))
    return found


def _digest(entries: list[tuple[int, int]]) -> str:
    return blake2b(repr(entries).encode(), digest_size=8).hexdigest() if entries else ""


def _changed(pages: dict[str, str], before: dict[str, str]) -> list[str]:
    """The feeds that begin otherwise than before. A theme that is new and has no item is nobody's news."""
    return [page for page in sorted({*pages, *before}) if pages.get(page, "") != before.get(page, "")]


def _may_have_changed(state: HubState, *, version: int, at: datetime) -> bool:
    """Whether anything was written, an item came or went by the clock, or a day began, since the hub was told."""
    approved = Item.objects.filter(status=Item.Status.APPROVED)
    # Two questions and not one with OR: each has an index.
    return (
        state.version != version
        or timezone.localdate(state.seen_at) != timezone.localdate(at)
        or approved.filter(publish_at__gt=state.seen_at, publish_at__lte=at).exists()
        or approved.filter(expire_at__gt=state.seen_at, expire_at__lte=at).exists()
    )


def publish(hub: str, topic: str) -> None:
    """Tell a hub that a topic has news. OSError where there is no answer, HTTPException where it is no.

    Redirects are not followed.
    """
    parts = urlsplit(hub)
    kind = {"http": HTTPConnection, "https": HTTPSConnection}[parts.scheme]
    connection = kind(parts.hostname or "", parts.port, timeout=TIMEOUT)
    target = (parts.path or "/") + (f"?{parts.query}" if parts.query else "")
    # Hubs differ in which of the two names they read.
    body = urlencode({"hub.mode": "publish", "hub.url": topic, "hub.topic": topic})
    headers = {"Content-Type": "application/x-www-form-urlencoded", "User-Agent": "newsroom"}
    try:
        connection.request("POST", target, body, headers)
        status = connection.getresponse().status
    finally:
        connection.close()
    if not 200 <= status < 300:
        raise HTTPException(f"it answered {status}")


def _publish_all(hub: str, pending: list[str]) -> list[str]:
    """Tell a hub of topics; those it was not told of come back."""
    left: list[str] = []
    stop = monotonic() + LONGEST
    for number, topic in enumerate(pending):
        if monotonic() > stop:
            return left + pending[number:]
        try:
            publish(hub, topic)
        except OSError as error:
            logger.warning("The hub %s does not answer: %s", hub, error)
            return left + pending[number:]
        except HTTPException as error:
            # Of this one it will not hear; of the next it may.
            logger.warning("The hub %s was not told of %s: %s", hub, topic, error)
            left.append(topic)
    return left


def tell(hub: str, *, at: datetime) -> Told:
    """Tell a hub of what changed since it was last told. The first time nothing is news."""
    version = ContentVersion.current().version
    state = HubState.objects.filter(hub=hub).first()
    if state is None or not state.pages:
        as_now = {"version": version, "seen_at": at, "pages": first_pages(at)}
        HubState.objects.update_or_create(hub=hub, defaults=as_now)
        return Told()
    if state.claimed_until > at or state.seen_at >= at:
        return Told()
    if not state.topics and not _may_have_changed(state, version=version, at=at):
        return Told()
    # What was read is still so, or another host came first.
    as_read = HubState.objects.filter(pk=state.pk, claimed_until=state.claimed_until, seen_at=state.seen_at)
    claim = at + CLAIM
    if not as_read.update(claimed_until=claim):
        return Told()
    pages = first_pages(at)
    pending = list(dict.fromkeys([*state.topics, *topics(_changed(pages, state.pages))]))
    left = _publish_all(hub, pending)
    HubState.objects.filter(pk=state.pk, claimed_until=claim).update(
        version=version, seen_at=at, topics=left, pages=pages, claimed_until=at
    )
    return Told(len(pending) - len(left), len(left))
