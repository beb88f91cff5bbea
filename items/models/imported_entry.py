"""Imported entries: what an import once wrote, so that a later one recognises it and leaves editors' work alone."""

from django.db import models
from django.utils.translation import gettext_lazy as _

from items.models.item import Item


class ImportedEntry(models.Model):
    """One entry of an outside listing and the item made of it.

    `fingerprint` identifies the entry whatever its spacing, quotes and punctuation. `written` holds, by field, the
    values that imports have put in: a field that now reads otherwise has been edited and is left alone.
    """

    fingerprint = models.CharField(_("fingerprint"), max_length=64, unique=True)
    item = models.ForeignKey(Item, on_delete=models.CASCADE, related_name="imported_entries")
    written = models.JSONField(_("written by imports"), default=dict)
    imported_at = models.DateTimeField(_("imported"), auto_now_add=True)

    class Meta:
        verbose_name = _("imported entry")
        verbose_name_plural = _("imported entries")

    def __str__(self):
        return self.fingerprint[:12]
