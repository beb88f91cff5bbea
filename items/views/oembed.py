"""An item for those who show links to it as cards (oEmbed 1.0): what it is, in JSON or XML, without a script."""

from typing import Any
from urllib.parse import urlsplit
from xml.sax.saxutils import escape

from django.conf import settings
from django.core.exceptions import BadRequest
from django.http import Http404, HttpRequest, HttpResponse, JsonResponse
from django.urls import Resolver404, resolve
from django.utils import timezone, translation
from django.utils.translation import gettext as _

from items import site
from items.http import language_of, read_only
from items.models import Item
from items.page.shared import HEIGHT, WIDTH, item_share_url

HOUR = 3600
LONGEST = 2000
KEEP = "public, max-age=300"
FORMATS = ("json", "xml")


def _item(url: str) -> Item:
    """The item whose page this address is. Http404 for any other, also one of this site's."""
    # Not urlsplit(url) against SITE_URL: what comes before the path must be written just so.
    if not url.startswith(f"{settings.SITE_URL}/"):
        raise Http404(_("This address is not of this site."))
    path = urlsplit(url.removeprefix(settings.SITE_URL)).path
    # security: the resolver knows more than items; only the names of their page count.
    try:
        with translation.override(language_of(path)):
            found = resolve(path)
    except Resolver404:
        found = None
    item = None
    if found and found.view_name in ("items:item", "items:item_by_number"):
        # Whatever its slug or language prefix: the page leads from there to its one address.
        item = Item.objects.published(timezone.now()).select_related("source").filter(pk=found.kwargs["pk"]).first()
    if item is None:
        raise Http404(_("There is no such item."))
    return item


def _largest(request: HttpRequest, name: str) -> int | None:
    """A limit in pixels that was asked for. BadRequest for what is no number."""
    text = request.GET.get(name, "")
    if not text:
        return None
    if not (text.isascii() and text.isdecimal() and len(text) < 8 and int(text)):
        raise BadRequest(f"{name} is a number of pixels.")
    return int(text)


def _said(item: Item, *, width: int | None, height: int | None) -> dict[str, Any]:
    known = site.of_readers()
    said: dict[str, Any] = {
        "version": "1.0",
        "type": "link",
        "title": item.title,
        "author_name": item.source.label(item.language) if item.source else known.name(item.language),
        "provider_name": known.name(item.language),
        "provider_url": f"{settings.SITE_URL}/",
        "cache_age": HOUR,
        "description": item.summary,
        "url": settings.SITE_URL + item.get_absolute_url(),
    }
    # A picture larger than asked for must not be offered (section 2.3.4).
    if (width or WIDTH) >= WIDTH and (height or HEIGHT) >= HEIGHT:
        said |= {"thumbnail_url": item_share_url(item), "thumbnail_width": WIDTH, "thumbnail_height": HEIGHT}
    return {name: value for name, value in said.items() if value != ""}


def _xml(said: dict[str, Any]) -> str:
    lines = "".join(f"  <{name}>{escape(str(value))}</{name}>\n" for name, value in said.items())
    return f'<?xml version="1.0" encoding="utf-8" standalone="yes"?>\n<oembed>\n{lines}</oembed>\n'


@read_only
def oembed(request: HttpRequest) -> HttpResponse:
    """`/oembed?url=…&format=json`: 404 for what is no published item here, 501 for another format (section 2.3.3)."""
    url, form = request.GET.get("url", ""), request.GET.get("format", "json")
    if not url or len(url) > LONGEST:
        raise BadRequest("url is missing.")
    if form not in FORMATS:
        return HttpResponse(f"{' or '.join(FORMATS)}\n", status=501, content_type="text/plain; charset=utf-8")
    said = _said(_item(url), width=_largest(request, "maxwidth"), height=_largest(request, "maxheight"))
    if form == "xml":
        response: HttpResponse = HttpResponse(_xml(said), content_type="text/xml; charset=utf-8")
    else:
        response = JsonResponse(said, json_dumps_params={"ensure_ascii": False})
    response["Cache-Control"] = KEEP
    # Anybody may know what anybody may read.
    response["Access-Control-Allow-Origin"] = "*"
    return response
