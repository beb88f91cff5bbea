"""Requests are in UTF-8. One that says otherwise is refused.

Django would read even the query string in the charset that the content type names: the page cache would keep one
answer for two questions, and some charsets end in an exception, before any middleware is asked.
"""

import codecs
from collections.abc import Callable, Iterable

from django.core.exceptions import BadRequest
from django.http import HttpRequest
from django.http.response import HttpResponseBase
from django.utils.http import parse_header_parameters

REFUSED = "newsroom.charset_refused"
"""The key in the environment of a request that said another charset."""


def is_utf8(content_type: str) -> bool:
    """Whether a content type names UTF-8 or no charset."""
    try:
        _type, parameters = parse_header_parameters(content_type)
        return codecs.lookup(parameters.get("charset", "utf-8")).name == "utf-8"
    except (LookupError, ValueError):
        return False


class CharsetGuard:
    """A WSGI application that takes a foreign charset away from another, and leaves word of it."""

    def __init__(self, application: Callable):
        self._application = application

    def __call__(self, environ: dict, start_response: Callable) -> Iterable[bytes]:
        content_type = environ.get("CONTENT_TYPE")
        if content_type and not is_utf8(content_type):
            environ = {**environ, "CONTENT_TYPE": "", REFUSED: True}
        return self._application(environ, start_response)


class CharsetMiddleware:
    """Answers 400, as the site does."""

    def __init__(self, get_response):
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        if request.META.get(REFUSED) or not is_utf8(request.META.get("CONTENT_TYPE", "")):
            raise BadRequest("Requests are in UTF-8.")
        return self.get_response(request)
