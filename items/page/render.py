"""Rendering a page: what every public page states about itself."""

from dataclasses import dataclass

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from items.http import path_in_language


@dataclass(frozen=True)
class Alternate:
    """Where a language of the site leads to: the same page, or where there is none, a page that does for it."""

    code: str
    name: str
    url: str
    is_current: bool
    is_version: bool = True


def with_query(path: str, query: str) -> str:
    """An address from a path and a query string that may be empty."""
    return f"{path}?{query}" if query else path


def in_every_language(request: HttpRequest, query: str) -> list[Alternate]:
    """This address under each language's prefix."""
    return [
        Alternate(code, name, with_query(path_in_language(request.path, code), query), code == request.LANGUAGE_CODE)
        for code, name in settings.LANGUAGES
    ]


def render_page(
    request: HttpRequest,
    template: str,
    context: dict,
    *,
    query: str = "",
    feed_query: str = "",
    alternates: list[Alternate] | None = None,
    noindex: bool = False,
    status: int = 200,
    path: str | None = None,
) -> HttpResponse:
    """Render a public page.

    `query` is the canonical query string of its address, `feed_query` that of the feeds it announces. Addresses are
    built from the configured site, never from the request's Host. `path` is its address where that is not the one asked
    for; "" for a page that states none.
    """
    path = request.path if path is None else path
    canonical = settings.SITE_URL + with_query(path, query) if path else ""
    if alternates is None:
        alternates = in_every_language(request, query)
    context |= {
        "canonical": canonical,
        "alternates": alternates,
        "versions": [alternate for alternate in alternates if alternate.is_version],
        "noindex": noindex,
        "feed_query": feed_query,
    }
    return render(request, template, context, status=status)
