"""An item's files on the desk, where they can be seen before the public sees them."""

from pathlib import PurePath
from typing import Any

from django import forms
from django.contrib import admin
from django.contrib.admin.widgets import AdminFileWidget
from django.core.exceptions import PermissionDenied, ValidationError
from django.core.files.uploadedfile import UploadedFile
from django.db.models.fields.files import FieldFile
from django.http import FileResponse, Http404, HttpRequest
from django.shortcuts import get_object_or_404
from django.urls import path, reverse
from django.utils.html import format_html
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_safe

from items.admin.image.fields import thumbnail_url
from items.models import Attachment, Image, Item
from items.models.attachment import refuse_disguised
from items.models.language import default_language


def file_url(file: FieldFile) -> str:
    """Where the desk serves a stored attachment; "" while it is not stored."""
    owner: Any = file.instance
    if not owner.pk or not file:
        return ""
    return reverse("admin:items_item_attachment", args=[owner.item_id, owner.pk])


def file_link(file: FieldFile) -> str:
    """A link to a stored attachment."""
    shown = ShownFile(file)
    return format_html('<a href="{}">{}</a>', shown.url, str(shown)) if shown.url else "–"


def picture_link(image: Image | None) -> str:
    """A picture, leading to its page in the library."""
    if image is None:
        return "–"
    page = reverse("admin:items_image_change", args=[image.pk])
    return format_html(
        '<a href="{}"><img class="desk-thumbnail" src="{}" alt="{}"></a>',
        page, thumbnail_url(image), image.alt(default_language()) or image.title,
    )  # fmt: skip


class ShownFile:
    """A stored file as Django's widget draws it: a link to `url` with the text of the object itself."""

    def __init__(self, file: FieldFile):
        self.url = file_url(file)
        self.file = file

    def __str__(self) -> str:
        owner: Any = self.file.instance
        return owner.name


class DeskFileWidget(AdminFileWidget):
    """Links to the desk's own address of a file, for the public one is closed until the item is published."""

    def get_context(self, name, value, attrs):
        context = super().get_context(name, value, attrs)
        if isinstance(value, FieldFile) and context["widget"]["is_initial"]:
            context["widget"]["value"] = ShownFile(value)
        return context


def refuse_lost(value) -> None:
    """Complain when a stored file that is to stay has gone from the storage; else saving would fail."""
    if isinstance(value, FieldFile) and value and not value.storage.exists(value.name or ""):
        raise ValidationError(_("The stored file has been lost. Choose it again, or clear the field."))


class AttachmentForm(forms.ModelForm):
    """One attachment."""

    class Meta:
        widgets = {"file": DeskFileWidget}

    def clean_file(self):
        file = self.cleaned_data.get("file")
        refuse_lost(file)
        if isinstance(file, UploadedFile):
            refuse_disguised(file, PurePath(file.name or "").suffix.lstrip(".").lower())
        return file


class FileViews(admin.ModelAdmin):
    """Mixed into the desk of items: its addresses that stream files to who may see the item."""

    def get_urls(self):
        view = self.admin_site.admin_view
        return [
            path(
                "<int:pk>/attachment/<int:attachment_pk>/",
                view(require_safe(self.attachment_view)),
                name="items_item_attachment",
            ),
            *super().get_urls(),
        ]

    def _item(self, request: HttpRequest, pk: int) -> Item:
        item = get_object_or_404(Item, pk=pk)
        if not self.has_view_permission(request, item):
            raise PermissionDenied
        return item

    def attachment_view(self, request: HttpRequest, pk: int, attachment_pk: int) -> FileResponse:
        """An attachment, as a download."""
        attachment = get_object_or_404(Attachment, pk=attachment_pk, item=self._item(request, pk))
        return _send(attachment.file, as_attachment=True, filename=attachment.name, content_type=attachment.media_type)


def _send(file: FieldFile, **kwargs) -> FileResponse:
    try:
        response = FileResponse(file.open("rb"), **kwargs)
    except (FileNotFoundError, ValueError):
        raise Http404(_("The file is missing.")) from None
    # security: an upload is never taken for a page of this site.
    response["X-Content-Type-Options"] = "nosniff"
    return response
