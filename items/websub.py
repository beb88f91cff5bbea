"""Telling a WebSub hub (W3C Recommendation, 2018) which feeds have news, so that subscribers need not ask.

An item may come out with nobody writing anything, at its `publish_at`; so this looks back, from the version and the
instant it came to last time, and belongs to the periodic tick. A hub is told at least once of each change, and by one
host at a time.
"""

import logging
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import datetime, timedelta
from http.client import HTTPConnection, HTTPException, HTTPSConnection
from time import monotonic
from urllib.parse import urlencode, urlsplit

from django.conf import settings
from django.urls import reverse
from django.utils import translation

from items.models import Change, ContentVersion, HubState, Item, Theme

logger = logging.getLogger(__name__)

CLAIM = timedelta(minutes=10)
"""For how long one host may be telling before another may."""
LONGEST = 300.0
"""Seconds after which the rest waits for the next tick; less than a claim lasts."""
TIMEOUT = 10.0
"""Seconds for a hub to answer."""
FEEDS = ("items:rss", "items:atom", "items:json")


@dataclass(frozen=True)
class Told:
    """How many topics the hub was told of, and how many are left for the next time."""

    told: int = 0
    left: int = 0


def topics(themes: Iterable[str]) -> Iterator[str]:
    """Addresses of the feeds of everything and of these themes' slugs, in each format and language of the site."""
    queries = ["", *(f"?{urlencode({'theme': slug})}" for slug in sorted(themes))]
    for code, _name in settings.LANGUAGES:
        with translation.override(code):
            paths = [reverse(feed) for feed in FEEDS]
        yield from (settings.SITE_URL + path + query for path in paths for query in queries)


def _topics_of(state: HubState, *, version: int, at: datetime) -> list[str]:
    """The feeds that show what became visible, or is visible and was changed, since the hub was last told."""
    changed = Change.objects.filter(kind=Change.Kind.ITEM, version__gt=state.version, version__lte=version)
    visible = Item.objects.published(at)
    # Two questions and not one with OR: each has an index.
    news = [visible.filter(pk__in=changed.values("key")), visible.filter(publish_at__gt=state.seen_at)]
    if not any(items.exists() for items in news):
        return []
    direct = {pk for items in news for pk in items.order_by().values_list("themes", flat=True).distinct()}
    tree = Theme.objects.tree()
    return list(topics(node.term.slug for node in tree.nodes() if direct & tree.family(node.term.pk)))


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
    """Tell a hub of what became visible or changed since it was last told. The first time nothing is news."""
    version = ContentVersion.current().version
    state, is_new = HubState.objects.get_or_create(hub=hub, defaults={"version": version, "seen_at": at})
    if is_new or state.claimed_until > at or state.seen_at >= at:
        return Told()
    # What was read is still so, or another host came first.
    as_read = HubState.objects.filter(pk=state.pk, claimed_until=state.claimed_until, seen_at=state.seen_at)
    claim = at + CLAIM
    if not as_read.update(claimed_until=claim):
        return Told()
    pending = list(dict.fromkeys([*state.topics, *_topics_of(state, version=version, at=at)]))
    left = _publish_all(hub, pending)
    HubState.objects.filter(pk=state.pk, claimed_until=claim).update(
        version=version, seen_at=at, topics=left, claimed_until=at
    )
    return Told(len(pending) - len(left), len(left))
