"""The language of an address."""

from django.conf import settings
from django.urls import get_script_prefix
from django.utils import translation
from django.utils.cache import patch_vary_headers


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
    """Answers in the language of the address and in no other; the desk, in the language that the browser asks for.

    Django's own looks at Accept-Language everywhere; then one address would have several answers, and no cache could
    hold it. Pages of the desk are kept by none, and one address there serves colleagues of several languages.
    """

    def __init__(self, get_response):
        self.get_response = get_response

    def __call__(self, request):
        is_desk = request.path.startswith(f"{get_script_prefix()}admin/")
        request.LANGUAGE_CODE = translation.get_language_from_request(request) if is_desk else language_of(request.path)
        with translation.override(request.LANGUAGE_CODE):
            response = self.get_response(request)
        if is_desk:
            patch_vary_headers(response, ["Accept-Language"])
        response.headers.setdefault("Content-Language", request.LANGUAGE_CODE)
        return response
