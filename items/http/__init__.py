"""What the doors share of HTTP: the language of an address, headers, conditional GET, the page cache."""

from items.http.charset import CharsetGuard, CharsetMiddleware
from items.http.conditional import conditional, content_state
from items.http.cookies import CookieMiddleware, is_private
from items.http.headers import HeadersMiddleware
from items.http.language import LanguageMiddleware, language_of, path_in_language
from items.http.methods import read_only
from items.http.page_cache import PageCache

__all__ = [
    "CharsetGuard",
    "CharsetMiddleware",
    "CookieMiddleware",
    "HeadersMiddleware",
    "LanguageMiddleware",
    "PageCache",
    "conditional",
    "content_state",
    "is_private",
    "language_of",
    "path_in_language",
    "read_only",
]
