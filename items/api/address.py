"""Addresses in answers: always of the configured site, never of the Host that a request names."""

from urllib.parse import urljoin

from django.conf import settings


def absolute(path: str) -> str:
    """A path of this site, or an address elsewhere, as an address for programs."""
    return urljoin(settings.SITE_URL + "/", path)


def with_query(path: str, query: str) -> str:
    """An absolute address from a path and a query string that may be empty."""
    return absolute(f"{path}?{query}" if query else path)
