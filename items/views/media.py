"""Uploaded files, for as long as their item can be read."""

import mimetypes

from django.http import FileResponse, Http404, HttpRequest
from django.utils import timezone
from django.utils.translation import gettext as _

from items.http import read_only
from items.models import Attachment, Item


def _send(file, **kwargs) -> FileResponse:
    """Stream a stored file; a lost one is not found."""
    try:
        response = FileResponse(file.open("rb"), **kwargs)
    except FileNotFoundError:
        raise Http404(_("The file is missing.")) from None
    response["Cache-Control"] = "public, max-age=3600"
    return response


@read_only
def image(request: HttpRequest, name: str) -> FileResponse:
    """`/media/<name>`: the lead image of an item that can be read."""
    item = None
    if "\x00" not in name:  # PostgreSQL refuses to look for it, and no file is called so.
        item = Item.objects.readable(timezone.now()).filter(lead_image=name).first()
    if item is None:
        raise Http404(_("There is no such image."))
    return _send(item.lead_image, content_type=mimetypes.guess_type(name)[0] or "application/octet-stream")


@read_only
def attachment(request: HttpRequest, item_pk: int, pk: int, name: str) -> FileResponse:
    """`/news/<id>/files/<id>/<name>`: an attachment as a download."""
    readable = Item.objects.readable(timezone.now()).filter(pk=item_pk)
    attachment = Attachment.objects.filter(pk=pk, item__in=readable).first()
    if attachment is None or attachment.name != name:
        raise Http404(_("There is no such file."))
    # security: as a download, so that no browser runs it as a page of this site.
    return _send(attachment.file, as_attachment=True, filename=name, content_type=attachment.media_type)
