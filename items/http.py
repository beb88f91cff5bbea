"""What the doors share of HTTP: the language of an address, security headers, conditional GET."""

from collections.abc import Callable
from datetime import UTC, datetime
from hashlib import sha256
from typing import TypeVar

from django.conf import settings
from django.db.models import Max, Q
from django.http import HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.urls import get_script_prefix
from django.utils import translation
from django.utils.cache import get_conditional_response
from django.utils.http import http_date
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_safe

from items.models import Item, ItemType, Keyword, Source, Theme

EPOCH = datetime(2000, 1, 1, tzinfo=UTC)
"""Before anything here existed."""


View = TypeVar("View", bound=Callable[..., HttpResponseBase])


def read_only(view: View) -> View:
    """A view that answers GET and HEAD, and any other method with 405."""
    # No form comes here, so the check of its token has no say: it would answer 403 before the view is asked.
    return csrf_exempt(require_safe(view))


def last_changed(at: datetime) -> datetime:
    """When what readers see last changed: an edit, or the passing of a moment from or until which an item is visible.

    It looks at all items, not at the visible ones: an item that is withdrawn must move it on, not back.
    """
    moments = Item.objects.aggregate(
        edited=Max("updated_at"),
        appeared=Max("publish_at", filter=Q(publish_at__lte=at)),
        went=Max("expire_at", filter=Q(expire_at__lte=at)),
    )
    terms = [model.objects.aggregate(at=Max("updated_at"))["at"] for model in (Theme, ItemType, Keyword, Source)]
    return max(moment for moment in (*moments.values(), *terms, EPOCH) if moment)


def conditional(request: HttpRequest, response: HttpResponse, *, changed: datetime) -> HttpResponse:
    """The response with its ETag and Last-Modified, or 304 where the client has it (RFC 9110, section 13)."""
    etag = f'"{sha256(response.content).hexdigest()[:32]}"'
    response["ETag"] = etag
    response["Last-Modified"] = http_date(changed.timestamp())
    return get_conditional_response(request, etag, int(changed.timestamp()), response) or response


def language_of(path: str) -> str:
    """The language that an address names by its first part; without a prefix, the site's first."""
    first = path.removeprefix(get_script_prefix()).partition("/")[0]
    codes = [code for code, _ in settings.LANGUAGES[1:]]
    return first if first in codes else settings.LANGUAGE_CODE


def path_in_language(path: str, code: str) -> str:
    """The same address under the prefix of another language of the site."""
    prefix = get_script_prefix()
    rest = path.removeprefix(prefix)
    if language_of(path) != settings.LANGUAGE_CODE:
        rest = rest.partition("/")[2]
    return prefix + rest if code == settings.LANGUAGE_CODE else f"{prefix}{code}/{rest}"


class LanguageMiddleware:
    """Answers in the language of the address and in no other.

    Django's own also looks at cookies and Accept-Language; then one address would have several answers, and
    no cache could hold it.
    """

    def __init__(self, get_response):
        self.get_response = get_response

    def __call__(self, request):
        request.LANGUAGE_CODE = language_of(request.path)
        with translation.override(request.LANGUAGE_CODE):
            response = self.get_response(request)
        response.headers.setdefault("Content-Language", request.LANGUAGE_CODE)
        return response


class SecurityHeadersMiddleware:
    """Headers that Django has no setting for."""

    def __init__(self, get_response):
        self.get_response = get_response

    def __call__(self, request):
        response = self.get_response(request)
        response.headers.setdefault(
            "Permissions-Policy", "camera=(), geolocation=(), microphone=(), payment=(), usb=(), browsing-topics=()"
        )
        return response
