"""Corrections: what readers are told of a major change to an item that they may have read before."""

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from items.models.change import Change, Logged
from items.models.fields import TextField


class Correction(models.Model):
    """One public, dated note. A minor change leaves none."""

    item = models.ForeignKey("items.Item", on_delete=models.CASCADE, related_name="corrections")
    at = models.DateTimeField(_("when"), default=timezone.now)
    note = TextField(_("note"), help_text=_("Shown to readers, with the date."))
    by = models.ForeignKey(
        settings.AUTH_USER_MODEL, verbose_name=_("who"), null=True, blank=True, editable=False,
        on_delete=models.SET_NULL, related_name="+",
    )  # fmt: skip

    class Meta:
        ordering = ["-at", "-pk"]
        verbose_name = _("correction")
        verbose_name_plural = _("corrections")
        constraints = [
            Logged(kind=Change.Kind.ITEM, column="item_id", name="items_correction_logged"),
            models.CheckConstraint(
                condition=~Q(note=""),
                name="items_correction_has_note",
                violation_error_message=_("Say what was corrected; readers are shown the note."),
            ),
        ]

    def __str__(self):
        return self.note
