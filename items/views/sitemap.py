"""Sitemaps (sitemaps.org 0.9): an index, the items by the year in which they appeared, every other page, and the news.

A year's items stand in parts of a thousand, so that each answer is small enough to be kept. An address names the same
page in the other languages as `xhtml:link`, itself among them, just as the pages do.
"""

from collections import defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import datetime, time, timedelta
from typing import Any

from django.conf import settings
from django.db.models import Count, Max, QuerySet
from django.db.models.functions import ExtractYear, Greatest
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone, translation
from django.utils.translation import gettext as _

from items import site
from items.http import read_only
from items.models import Concept, Item, Keyword, PageText, Theme
from items.models.language import language_codes

PART = 1000
"""Items in one file; the protocol allows 50,000 addresses."""
YEARS, MOST_PARTS = range(1970, 2200), 100_000
NEWS_LIMIT = 1000
"""What a news sitemap may hold."""
CONTENT_TYPE = "application/xml; charset=utf-8"
PLACES = ["front", "listing", "events", "themes", "keywords", "follow"]
"""Pages that there are in every language."""


@dataclass(frozen=True)
class Address:
    """A page: its absolute address, when it last changed (ISO 8601, may be empty), and its versions by language."""

    url: str
    changed: str = ""
    versions: tuple[tuple[str, str], ...] = ()


def _stamp(at: datetime | None) -> str:
    return timezone.localtime(at).isoformat(timespec="seconds") if at else ""


def _with_default(versions: Iterable[tuple[str, str]]) -> tuple[tuple[str, str], ...]:
    """Versions in the site's order, the first also for whoever reads none of its languages."""
    by_language = dict(versions)
    found = [(code, by_language[code]) for code in language_codes() if code in by_language]
    return (*found, ("x-default", found[0][1])) if found else ()


def _answer(request: HttpRequest, template: str, context: dict) -> HttpResponse:
    response = render(request, f"items/{template}.xml", context)
    response["Content-Type"] = CONTENT_TYPE
    return response


# --- The index -----------------------------------------------------------------------------------------------------


@read_only
def index(request: HttpRequest) -> HttpResponse:
    """`/sitemap.xml`."""
    files = [(reverse("sitemap_news"), ""), (reverse("sitemap_pages"), "")]
    published = Item.objects.published(timezone.now())
    years: QuerySet[Any] = published.annotate(
        year=ExtractYear("publish_at"), changed=Greatest("updated_at", "publish_at")
    ).values("year")
    for row in years.annotate(items=Count("pk"), last=Max("changed")).order_by("-year"):
        for part in range(1, -(-row["items"] // PART) + 1):
            files.append((reverse("sitemap_year", args=[row["year"], part]), _stamp(row["last"])))
    context = {"files": [Address(settings.SITE_URL + path, changed) for path, changed in files]}
    return _answer(request, "sitemap_index", context)


# --- Items ---------------------------------------------------------------------------------------------------------


def _addresses(items: list[Item], at: datetime) -> Iterator[Address]:
    groups: dict[object, list[Item]] = defaultdict(list)
    wanted = {item.translation_group for item in items}
    others = Item.objects.published(at).filter(translation_group__in=wanted)
    for version in others.only("pk", "slug", "language", "translation_group"):
        groups[version.translation_group].append(version)
    for item in items:
        versions = [(v.language, settings.SITE_URL + v.get_absolute_url()) for v in groups[item.translation_group]]
        changed = max(item.updated_at, item.publish_at or item.updated_at)
        url = settings.SITE_URL + item.get_absolute_url()
        yield Address(url, _stamp(changed), _with_default(versions))


@read_only
def year(request: HttpRequest, year: int, part: int) -> HttpResponse:
    """`/sitemap-<year>-<part>.xml`: what appeared in a year and is still there, the earliest first."""
    at = timezone.now()
    fields = ("pk", "slug", "language", "translation_group", "updated_at", "publish_at")
    found: list[Item] = []
    if year in YEARS and 0 < part < MOST_PARTS:
        items = Item.objects.published(at).filter(publish_at__year=year).order_by("pk").only(*fields)
        found = list(items[(part - 1) * PART : part * PART])
    if not found:
        raise Http404(_("There is no such sitemap."))
    return _answer(request, "sitemap", {"addresses": _addresses(found, at)})


# --- Other pages ---------------------------------------------------------------------------------------------------


def _in_each_language(
    name: str, *args: str, languages: Iterable[str], changed_at: datetime | None = None
) -> Iterator[Address]:
    paths = {}
    for code in languages:
        with translation.override(code):
            paths[code] = settings.SITE_URL + reverse(f"items:{name}", args=args)
    for url in paths.values():
        yield Address(url, _stamp(changed_at), _with_default(paths.items()))


def _standing(texts: Iterable[PageText]) -> Iterator[Address]:
    groups: dict[int, list[PageText]] = defaultdict(list)
    for text in texts:
        groups[text.page_id].append(text)
    for group in groups.values():
        versions = _with_default((text.language, settings.SITE_URL + text.get_absolute_url()) for text in group)
        for text in group:
            yield Address(settings.SITE_URL + text.get_absolute_url(), _stamp(text.changed_at), versions)


@read_only
def pages(request: HttpRequest) -> HttpResponse:
    """`/sitemap-pages.xml`: everything but items: indexes, themes, keywords that are used, glossary, standing pages."""
    at, codes = timezone.now(), language_codes()
    visible = Item.objects.published(at)
    keywords = Keyword.objects.filter(pk__in=visible.values("keywords")).order_by("slug")
    named = [("theme", slug) for slug in Theme.objects.values_list("slug", flat=True)]
    named += [("keyword", slug) for slug in keywords.values_list("slug", flat=True)]
    addresses = [
        *(address for name in PLACES for address in _in_each_language(name, languages=codes)),
        *(address for name, slug in named for address in _in_each_language(name, slug, languages=codes)),
        *_glossary(codes),
        *_standing(site.of_readers().texts),
    ]
    return _answer(request, "sitemap", {"addresses": addresses})


def _glossary(codes: list[str]) -> Iterator[Address]:
    """The glossary and its terms, in the languages that they are in."""
    concepts = list(Concept.objects.order_by("slug").values_list("slug", "labels", "updated_at"))
    spoken = [code for code in codes if any(code in labels for _slug, labels, _at in concepts)]
    yield from _in_each_language("glossary", languages=spoken)
    for slug, labels, at in concepts:
        spoken = [code for code in codes if code in labels]
        yield from _in_each_language("term", slug, languages=spoken, changed_at=at)


# --- News ----------------------------------------------------------------------------------------------------------


@read_only
def news(request: HttpRequest) -> HttpResponse:
    """`/sitemap-news.xml`: what appeared yesterday and today, which is never longer ago than two days."""
    at = timezone.now()
    # By whole days: caches hold an answer until content changes or a day begins.
    since = timezone.make_aware(datetime.combine(timezone.localdate(at) - timedelta(days=1), time.min))
    items = Item.objects.published(at).filter(publish_at__gte=since).order_by("-publish_at", "-pk")
    known = site.of_readers()
    entries = [
        {
            "url": settings.SITE_URL + item.get_absolute_url(),
            "title": item.title,
            "language": item.language,
            "site_name": known.name(item.language),
            "published": _stamp(item.publish_at),
        }
        for item in items.only("pk", "slug", "language", "title", "publish_at")[:NEWS_LIMIT]
    ]
    return _answer(request, "sitemap_news", {"entries": entries})
