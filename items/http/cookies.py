"""Who may send a cookie, and where."""

from django.conf import settings
from django.http import HttpRequest
from django.http.response import HttpResponseBase

PRIVATE = ("/admin/", "/accounts/")
"""Addresses that know who asks. All others give everybody the same answer."""


def is_private(path: str) -> bool:
    """Whether a path, without the script's prefix but perhaps with a language's, knows who asks."""
    first, _, rest = path.removeprefix("/").partition("/")
    if first in [code for code, _name in settings.LANGUAGES[1:]]:
        path = f"/{rest}"
    return path.startswith(PRIVATE)


class CookieMiddleware:
    """No public address reads a cookie, so none sets one: a forged one would be answered by a new one."""

    def __init__(self, get_response):
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        if not is_private(request.path_info):
            request.META.pop("HTTP_COOKIE", None)
        return self.get_response(request)
