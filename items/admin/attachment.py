"""Attachments, on the form of their item."""

from django.contrib import admin
from django.utils.translation import gettext_lazy as _

from items.admin.inline import NamedRows
from items.admin.item.files import AttachmentForm, file_link
from items.models import Attachment


class AttachmentInline(NamedRows):
    """Files offered as downloads."""

    model = Attachment
    form = AttachmentForm
    extra = 0
    verbose_name_plural = _("attachments (PDF, Office files, CSV, text or ZIP, at most 50 MB each)")

    def get_fields(self, request, obj=None):
        rest = ["title", "language", "position"]
        return ["file", *rest] if obj is None or obj.may_be_changed(request.user) else ["link", *rest]

    def get_readonly_fields(self, request, obj=None):
        return [] if obj is None or obj.may_be_changed(request.user) else ["link"]

    def has_delete_permission(self, request, obj=None):
        # Who may write the item may also take its parts away again.
        return self.has_change_permission(request, obj)

    @admin.display(description=_("file"))
    def link(self, attachment) -> str:
        return file_link(attachment.file)
