"""Rendering a page: what every public page states about itself."""

from collections.abc import Sequence
from dataclasses import dataclass

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse

from items import site
from items.http import path_in_language
from items.page import json_ld
from items.page.shared import Shared, of_page


@dataclass(frozen=True)
class Alternate:
    """Where a language of the site leads to: the same page, or where there is none, a page that does for it."""

    code: str
    name: str
    url: str
    is_current: bool
    is_version: bool = True
    query: str = ""  # what the switch carries on; the address itself is bare

    @property
    def switch(self) -> str:
        """Where the language switcher leads."""
        return with_query(self.url, self.query)


def with_query(path: str, query: str) -> str:
    """An address from a path and a query string that may be empty."""
    return f"{path}?{query}" if query else path


def in_every_language(request: HttpRequest, query: str, *, path: str = "") -> list[Alternate]:
    """This address, or that of a path, under each language's prefix."""
    path = path or request.path
    return [
        Alternate(code, name, with_query(path_in_language(path, code), query), code == request.LANGUAGE_CODE)
        for code, name in settings.LANGUAGES
    ]


def front_pages(language: str) -> list[Alternate]:
    """The front page in each language, for a page that there is in none but the reader's."""
    front = reverse("items:front")
    return [
        Alternate(code, name, path_in_language(front, code), code == language, is_version=False)
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
    trail: Sequence[tuple[str, str]] = (),
    things: Sequence[json_ld.Node] = (),
    shared: Shared | None = None,
) -> HttpResponse:
    """Render a public page.

    `query` is the canonical query string of its address, `feed_query` that of the feeds it announces. Addresses are
    built from the configured site, never from the request's Host. `path` is its address where that is not the one asked
    for; "" for a page that states none.

    `trail` is the way to it from the front page, (name, path) pairs with itself last; `things` are what it is about,
    for programs; `shared` is what is said of it where it is shared, if that is more than of any page.
    """
    path = request.path if path is None else path
    canonical = settings.SITE_URL + with_query(path, query) if path else ""
    if alternates is None:
        alternates = in_every_language(request, query, path=path)
    context |= {
        "canonical": canonical,
        "alternates": alternates,
        "versions": [alternate for alternate in alternates if alternate.is_version],
        "noindex": noindex,
        "feed_query": feed_query,
    }
    if canonical and not noindex and status == 200:
        codes = [alternate.code for alternate in alternates if alternate.is_version]
        context["shared"] = shared or of_page(request.LANGUAGE_CODE, codes)
        context["json_ld"] = json_ld.script(_nodes(request.LANGUAGE_CODE, trail, things))
    return render(request, template, context, status=status)


def _nodes(language: str, trail: Sequence[tuple[str, str]], things: Sequence[json_ld.Node]) -> list[json_ld.Node]:
    """Who runs the site, the way to the page, and what it is about; on the front page the site itself."""
    known = site.of_readers()
    way = [(known.name(language), reverse("items:front")), *trail]
    here = json_ld.breadcrumbs(way) if trail else json_ld.website(known, language)
    return [json_ld.organization(known, language), here, *things]
