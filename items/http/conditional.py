"""Conditional GET: validators from the version of the content, so that a 304 renders nothing (RFC 9110, section 13).

What a public answer says depends on four things: the address, the committed content, which items have come or gone by
the clock alone, and the release of this software. Their digest is the ETag.
"""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime, time
from functools import wraps
from hashlib import blake2b

from django.conf import settings
from django.http import HttpRequest
from django.http.response import HttpResponseBase
from django.utils import timezone
from django.utils.cache import get_conditional_response
from django.utils.http import http_date

from items import facets, search

CACHE_CONTROL = "public, max-age=60, s-maxage=60, stale-while-revalidate=300, stale-if-error=86400"


@dataclass(frozen=True)
class ContentState:
    """What readers see, as a text that differs whenever that may differ, and when it last changed."""

    token: str
    last_modified: datetime


def content_state(at: datetime) -> ContentState:
    """The state at an instant. At most one small query when nothing has been written."""
    index = facets.current(at)
    today = timezone.localdate(at)
    token = f"{settings.RELEASE}.{index.archive}.{index.version}.{index.last_boundary}.{today.isoformat()}"
    # Pages tell coming events from past ones, so midnight changes them too.
    midnight = timezone.make_aware(datetime.combine(today, time.min))
    return ContentState(token, max(index.last_modified, midnight))


def etag_of(token: str, address: str) -> str:
    """The ETag of an address at a content token. Weak: the page cache may send the same content compressed."""
    return f'W/"{blake2b(f"{token} {address}".encode(), digest_size=16).hexdigest()}"'


def conditional(view: Callable[..., HttpResponseBase]) -> Callable[..., HttpResponseBase]:
    """A view whose answer is validated by ETag and may be kept by any cache.

    For views that show content and nothing about the reader. Only a 200 gets the headers.
    """

    if settings.DEBUG:
        # A template may have been edited, and nothing here would know.
        return view

    @wraps(view)
    def answer(request: HttpRequest, *args, **kwargs) -> HttpResponseBase:
        state = content_state(timezone.now())
        etag = etag_of(state.token, request.get_full_path())
        changed = int(state.last_modified.timestamp())
        known = None
        if request.headers.get("If-None-Match", "").strip() != "*":  # which asks whether there is anything at all
            known = get_conditional_response(request, etag=etag, last_modified=changed)
        response: HttpResponseBase = view(request, *args, **kwargs) if known is None else known
        if response.status_code == 200 and "q" in request.GET and not search.is_in_step():
            response["Cache-Control"] = "no-store"  # made while the search index was catching up
        elif response.status_code in (200, 304):
            response["ETag"] = etag
            response["Last-Modified"] = http_date(changed)
            response.headers.setdefault("Cache-Control", CACHE_CONTROL)
        return response

    return answer
