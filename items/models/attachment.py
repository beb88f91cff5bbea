"""Attachments: files that belong to an item."""

import zipfile
from pathlib import PurePath
from uuid import uuid4

from django.core.exceptions import ValidationError
from django.core.validators import FileExtensionValidator
from django.db import models
from django.utils.text import get_valid_filename
from django.utils.translation import gettext_lazy as _

from items.models.change import Change, Logged
from items.models.fields import LineField
from items.models.item import Item
from items.models.language import languages

# Served as downloads; none of these runs in a browser of this site.
MEDIA_TYPES = {
    "csv": "text/csv",
    "docx": "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
    "ods": "application/vnd.oasis.opendocument.spreadsheet",
    "odt": "application/vnd.oasis.opendocument.text",
    "pdf": "application/pdf",
    "pptx": "application/vnd.openxmlformats-officedocument.presentationml.presentation",
    "txt": "text/plain",
    "xlsx": "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
    "zip": "application/zip",
}
# Zip archives, by a file that each kind holds.
_MARKS = {
    "docx": "[Content_Types].xml", "xlsx": "[Content_Types].xml", "pptx": "[Content_Types].xml",
    "odt": "mimetype", "ods": "mimetype", "zip": "",
}  # fmt: skip
MAX_BYTES = 50 * 1024 * 1024


def attachment_path(attachment: "Attachment", filename: str) -> str:
    """Where a file is kept: its own name in a folder nobody can guess."""
    return f"attachments/{uuid4().hex}/{get_valid_filename(PurePath(filename).name)[-100:]}"


def validate_file_size(file) -> None:
    """Refuse a file too large to send by hand."""
    if file.size > MAX_BYTES:
        raise ValidationError(_("The file is larger than 50 MB."))


def refuse_disguised(file, extension: str) -> None:
    """Raise ValidationError where an uploaded file does not begin as its extension says, as far as that can be told."""
    file.seek(0)
    start = file.read(65536)
    file.seek(0)
    if extension == "pdf":
        is_such = b"%PDF-" in start[:1024]
    elif extension in _MARKS:
        is_such = zipfile.is_zipfile(file)
        if is_such and (mark := _MARKS[extension]):
            file.seek(0)
            with zipfile.ZipFile(file) as archive:
                is_such = mark in archive.namelist()
        file.seek(0)
    else:
        is_such = b"\0" not in start or start[:2] in (b"\xff\xfe", b"\xfe\xff")
    if not is_such:
        raise ValidationError(
            _("This is no %(kind)s file, whatever its name says."), params={"kind": extension.upper()}
        )


class Attachment(models.Model):
    """A file of an item, offered as a download."""

    item = models.ForeignKey(Item, on_delete=models.CASCADE, related_name="attachments")
    file = models.FileField(
        _("file"), upload_to=attachment_path, max_length=250,
        validators=[FileExtensionValidator(sorted(MEDIA_TYPES)), validate_file_size],
    )  # fmt: skip
    title = LineField(_("title"), max_length=250)
    language = models.CharField(_("language"), max_length=10, choices=languages, blank=True)
    size = models.PositiveBigIntegerField(_("size in bytes"), editable=False)
    position = models.PositiveIntegerField(_("position"), default=0)
    # On a working copy: the published attachment that this one will change, so that its address stays.
    original = models.ForeignKey(
        "self", null=True, blank=True, editable=False, on_delete=models.SET_NULL, related_name="+"
    )

    class Meta:
        ordering = ["position", "pk"]
        constraints = [Logged(kind=Change.Kind.ITEM, column="item_id", name="items_attachment_logged")]
        verbose_name = _("attachment")
        verbose_name_plural = _("attachments")

    def __str__(self):
        return self.title

    def save(self, *args, **kwargs):
        # A file that is stored already keeps its size, even when it has been lost since.
        if self.size is None or not getattr(self.file, "_committed", False):
            self.size = self.file.size
        super().save(*args, **kwargs)

    @property
    def name(self) -> str:
        """The file's own name, as readers save it."""
        return PurePath(self.file.name or "").name

    @property
    def extension(self) -> str:
        """The file's extension in lower case, without a dot."""
        return PurePath(self.name).suffix.lstrip(".").lower()

    @property
    def media_type(self) -> str:
        """The media type that its extension stands for."""
        return MEDIA_TYPES.get(self.extension, "application/octet-stream")
