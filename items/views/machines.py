"""What machines ask: is it alive, is it ready, what may be crawled, how is it searched, whom to tell of a hole."""

from datetime import UTC, datetime, time, timedelta

from django.conf import settings
from django.db import DatabaseError
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache

from items import site
from items.http import read_only
from items.models import Item

SHORT_NAME = 16
"""Letters that OpenSearch allows for the name of a search engine."""
SECURITY_DAYS = 180
"""For how long security.txt says that it holds; RFC 9116, 2.5.5, asks for less than a year."""
THEME_COLOUR, BACKGROUND = "#ffffff", "#ffffff"


@read_only
def robots(request: HttpRequest) -> HttpResponse:
    """`/robots.txt`."""
    lines = ["User-agent: *", "Disallow: /admin/", "Disallow: /*/facets/", "Disallow: /news/facets/", ""]
    lines += [f"Sitemap: {settings.SITE_URL}{reverse(name)}" for name in ("sitemap", "sitemap_news")]
    return HttpResponse("\n".join(lines) + "\n", content_type="text/plain; charset=utf-8")


@read_only
@never_cache
def healthz(request: HttpRequest) -> HttpResponse:
    """`/healthz`: the process answers."""
    return HttpResponse("ok\n", content_type="text/plain; charset=utf-8")


@read_only
@never_cache
def readyz(request: HttpRequest) -> HttpResponse:
    """`/readyz`: the process answers and its database holds the tables; else 503."""
    try:
        Item.objects.exists()
    except DatabaseError:
        return HttpResponse("database unavailable\n", status=503, content_type="text/plain; charset=utf-8")
    return HttpResponse("ok\n", content_type="text/plain; charset=utf-8")


def short(name: str) -> str:
    """A name in as many letters as OpenSearch allows: its first words, or what fits of the first."""
    words = name.split()
    while len(words) > 1 and len(" ".join(words)) > SHORT_NAME:
        words.pop()
    return " ".join(words)[:SHORT_NAME].strip()


@read_only
def opensearch(request: HttpRequest) -> HttpResponse:
    """`/opensearch.xml`: how browsers search here (OpenSearch 1.1, draft 6)."""
    name = site.of_readers().name(request.LANGUAGE_CODE)
    context = {
        "short_name": short(name),
        "long_name": name[:48],
        "description": _("Search %(name)s") % {"name": name},
    }
    response = render(request, "items/opensearch.xml", context)
    response["Content-Type"] = "application/opensearchdescription+xml; charset=utf-8"
    return response


@read_only
def manifest(request: HttpRequest) -> JsonResponse:
    """`/site.webmanifest`: the site as something to put on a phone's front (W3C Web App Manifest)."""
    known, language = site.of_readers(), request.LANGUAGE_CODE
    icons = [
        {"src": reverse("icon", args=[name]), "sizes": f"{side}x{side}", "type": "image/png", "purpose": purpose}
        for name, side, purpose in (("192", 192, "any"), ("512", 512, "any"), ("maskable-512", 512, "maskable"))
    ]
    said = {
        "name": known.name(language),
        "short_name": short(known.name(language)),
        "description": known.settings.tagline(language),
        "lang": language,
        "dir": "auto",
        "id": reverse("items:front"),
        "start_url": reverse("items:front"),
        "scope": "/",
        "display": "minimal-ui",
        "theme_color": THEME_COLOUR,
        "background_color": BACKGROUND,
        "icons": icons,
    }
    # No line on the installed app's card is better than an empty one.
    return JsonResponse({k: v for k, v in said.items() if v}, content_type="application/manifest+json")


@read_only
def security(request: HttpRequest) -> HttpResponse:
    """`/.well-known/security.txt` (RFC 9116)."""
    day = timezone.localdate() + timedelta(days=SECURITY_DAYS)
    expires = datetime.combine(day, time.min, tzinfo=UTC)
    lines = [
        f"Contact: {site.of_readers().settings.security_address}",
        f"Expires: {expires:%Y-%m-%dT%H:%M:%SZ}",
        f"Preferred-Languages: {', '.join(code for code, _name in settings.LANGUAGES)}",
        f"Canonical: {settings.SITE_URL}{reverse('security')}",
    ]
    return HttpResponse("\n".join(lines) + "\n", content_type="text/plain; charset=utf-8")
