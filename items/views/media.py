"""Uploaded files, for as long as their item can be read."""

import mimetypes
import re
from datetime import datetime

from django.db.models import QuerySet
from django.db.models.fields.files import FieldFile
from django.http import FileResponse, Http404, HttpRequest, HttpResponseRedirect
from django.http.response import HttpResponseBase
from django.urls import reverse
from django.utils import timezone
from django.utils.cache import get_conditional_response
from django.utils.translation import gettext as _

from items.http import read_only
from items.images.renditions import MEDIA_TYPES
from items.models import Attachment, Image, Item
from items.page import Grant, granted, with_query
from items.views import gone

SHORT = "public, max-age=3600"
UNSEEN = "private, no-store"
"""For whoever is shown a file before readers have it."""
FOR_EVER = "public, max-age=31536000, immutable"
_RENDITION = re.compile(r"renditions/([0-9]{1,18})/([0-9a-f]{1,16})/((?:whole|card)-[0-9]{1,5}\.(?:avif|webp|jpg|png))")


def _send(file, *, keep: str = SHORT, **kwargs) -> FileResponse:
    """Stream a stored file; a lost one is not found."""
    try:
        response = FileResponse(file.open("rb"), **kwargs)
    except (FileNotFoundError, ValueError):
        raise Http404(_("The file is missing.")) from None
    response["Cache-Control"] = keep
    return response


@read_only
def image(request: HttpRequest, name: str) -> HttpResponseBase:
    """`/media/<name>`: a picture, or a rendition of one, that an item shows which can be read."""
    at = timezone.now()
    grant = granted(request, at)
    if rendition := _RENDITION.fullmatch(name):
        return _rendition(int(rendition[1]), version=rendition[2], name=rendition[3], grant=grant, at=at)
    image = None
    if "\x00" not in name:  # PostgreSQL refuses to look for it, and no file is called so.
        image = _images(grant, at).filter(name=name).first()
    if image is None:
        raise Http404(_("There is no such image."))
    if grant:
        return _send(image.file, keep=UNSEEN, content_type=mimetypes.guess_type(image.file.name or "")[0])
    media_type = mimetypes.guess_type(image.file.name or "")[0] or "application/octet-stream"
    # The file may have been replaced: what a browser holds is known by the version.
    etag = f'"{image.version}.{image.checksum[:16]}"'
    if known := get_conditional_response(request, etag=etag):
        return known
    response = _send(image.file, content_type=media_type)
    response["ETag"] = etag
    return response


def _images(grant: Grant | None, at: datetime) -> QuerySet[Image]:
    """The pictures that may be seen: with a grant just those that it names."""
    return Image.objects.filter(pk__in=grant.images) if grant else Image.objects.public(at)


def _rendition(pk: int, *, version: str, name: str, grant: Grant | None, at: datetime) -> HttpResponseBase:
    image = _images(grant, at).filter(pk=pk).first()
    if image is None:
        raise Http404(_("There is no such image."))
    path = image.rendition_path(name)
    if version != image.version or not image.file.storage.exists(path):
        # A page from before the picture was replaced: the present one, whole.
        response = HttpResponseRedirect(image.url)
        response["Cache-Control"] = SHORT
        return response
    file = FieldFile(image, image._meta.get_field("file"), path)
    return _send(file, keep=UNSEEN if grant else FOR_EVER, content_type=MEDIA_TYPES[name.rpartition(".")[2]])


@read_only
def attachment(request: HttpRequest, item_pk: int, pk: int, name: str) -> HttpResponseBase:
    """`/news/<id>/files/<id>/<name>`: an attachment as a download."""
    at = timezone.now()
    grant = granted(request, at)
    readable = Item.objects.all() if grant and grant.item == item_pk else Item.objects.readable(at)
    readable = readable.filter(pk=item_pk)
    attachment = Attachment.objects.filter(pk=pk, item__in=readable).first()
    if attachment is None:
        return gone.answer(request, item_pk, at=at, message=_("There is no such file."))
    if attachment.name != name:
        # The file has been replaced by one of another name; its address goes on leading to it.
        address = reverse("items:attachment", args=[item_pk, pk, attachment.name])
        return HttpResponseRedirect(with_query(address, request.META.get("QUERY_STRING", "")))
    # security: as a download, so that no browser runs it as a page of this site.
    keep = UNSEEN if grant else SHORT
    return _send(attachment.file, keep=keep, as_attachment=True, filename=name, content_type=attachment.media_type)
