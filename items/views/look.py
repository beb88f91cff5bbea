"""The site's look, as files: its colours as a style sheet, its icons, and the cards that shared links show."""

from collections.abc import Callable
from hashlib import blake2b

from django.conf import settings
from django.core.cache import caches
from django.http import Http404, HttpRequest, HttpResponse, HttpResponsePermanentRedirect
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone, translation
from django.utils.translation import gettext as _

from items import share, site
from items.http import read_only
from items.models import Item
from items.page import with_query
from items.page.shared import item_card, site_card
from items.share import Card
from items.views import gone

KEPT = 30 * 86_400
"""Seconds for which a drawn picture is kept, whatever else changes meanwhile."""
LONG = "public, max-age=86400, stale-while-revalidate=604800"
FOR_EVER = "public, max-age=31536000, immutable"
ICONS = {"192": (192, False), "512": (512, False), "maskable-512": (512, True)}
"""Icons of the web manifest by name: pixels, and whether the system cuts their shape."""
TOUCH = 180


def _kept(name: str, said: object, make: Callable[[], bytes]) -> bytes:
    """What `make` draws of `said`, drawn once for all processes as long as the pages' cache serves."""
    key = f"drawn.{name}.{blake2b(repr((settings.RELEASE, said)).encode(), digest_size=16).hexdigest()}"
    try:
        drawn = caches["pages"].get(key)
    except Exception:  # Redis away: then it is drawn again
        return make()
    if not isinstance(drawn, bytes):
        drawn = make()
        try:
            caches["pages"].set(key, drawn, KEPT)
        except Exception:
            return drawn
    return drawn


def _picture(content: bytes, *, media_type: str = "image/png", keep: str = LONG) -> HttpResponse:
    return HttpResponse(content, content_type=media_type, headers={"Cache-Control": keep})


def _colour() -> str:
    return site.of_readers().settings.light.accent


@read_only
def colours(request: HttpRequest) -> HttpResponse:
    """`/site.css?v=<digest>`: the chosen colour in all its shades. The address changes with it."""
    known = site.of_readers()
    response = render(request, "items/site.css", {"light": known.settings.light, "dark": known.settings.dark})
    response["Content-Type"] = "text/css; charset=utf-8"
    response["Cache-Control"] = FOR_EVER if request.GET.get("v") == known.digest else LONG
    return response


# --- Icons ---------------------------------------------------------------------------------------------------------


@read_only
def icon(request: HttpRequest, name: str) -> HttpResponse:
    """`/icon-<name>.png`."""
    if name not in ICONS:
        raise Http404(_("There is no such image."))
    size, is_full = ICONS[name]
    colour = _colour()
    return _picture(_kept("icon", (size, is_full, colour), lambda: share.icon(size, colour, is_full=is_full)))


@read_only
def touch_icon(request: HttpRequest) -> HttpResponse:
    """`/apple-touch-icon.png`: opaque, since what shines through is drawn black."""
    colour = _colour()
    return _picture(_kept("icon", (TOUCH, True, colour), lambda: share.icon(TOUCH, colour, is_full=True)))


@read_only
def favicon(request: HttpRequest) -> HttpResponse:
    """`/favicon.ico`."""
    colour = _colour()
    return _picture(_kept("ico", colour, lambda: share.favicon(colour)), media_type="image/x-icon")


@read_only
def icon_svg(request: HttpRequest) -> HttpResponse:
    """`/icon.svg`."""
    return _picture(share.icon_svg(_colour()).encode(), media_type="image/svg+xml")


# --- Cards ---------------------------------------------------------------------------------------------------------


def _card(card: Card) -> HttpResponse:
    return _picture(_kept("card", card, lambda: share.draw(card)))


@read_only
def site_share(request: HttpRequest) -> HttpResponse:
    """`/share.png`: the card of whatever page has none of its own."""
    return _card(site_card(site.of_readers(), request.LANGUAGE_CODE))


@read_only
def item_share(request: HttpRequest, pk: int) -> HttpResponse:
    """`/news/<id>/share.png`: the card of an item, under the prefix of its language."""
    at = timezone.now()
    item = Item.objects.readable(at).select_related("type").prefetch_related("themes").filter(pk=pk).first()
    if item is None:
        return gone.answer(request, pk, at=at, message=_("There is no such image."))
    with translation.override(item.language):
        address = reverse("items:share", args=[pk])
    if request.path != address:
        return HttpResponsePermanentRedirect(with_query(address, request.META.get("QUERY_STRING", "")))
    return _card(item_card(item, site.of_readers()))
