"""What every template knows."""

from collections.abc import Callable
from typing import Any

from django.conf import settings
from django.http import HttpRequest
from django.utils.functional import SimpleLazyObject

from items import site as sites
from items.http import is_private


def of(language: str, read: Callable[[], sites.Site]) -> dict[str, Any]:
    """The site in a language, read when a template first asks."""
    known = SimpleLazyObject(read)
    return {
        "site": known,
        "site_name": SimpleLazyObject(lambda: known.name(language)),
        "site_tagline": SimpleLazyObject(lambda: known.settings.tagline(language)),
        "site_pages": SimpleLazyObject(lambda: known.pages(language)),
        "site_links": SimpleLazyObject(lambda: known.footer_links(language)),
    }


def site(request: HttpRequest) -> dict[str, Any]:
    """The site with its name, its address, and the language of the page."""
    language = getattr(request, "LANGUAGE_CODE", settings.LANGUAGE_CODE)
    # The desk shows what has just been saved, whichever process saved it.
    read = sites.read if is_private(request.path_info) else sites.of_readers
    return {**of(language, read), "site_url": settings.SITE_URL, "LANGUAGE_CODE": language}
