"""What was done with an item, by whom and when, and what people said about it: the record that the desk shows."""

from django.conf import settings
from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from items.models.fields import LineField, TextField


class Verb(models.TextChoices):
    """What can be done with an item."""

    BEGIN = "begin", _("begun")
    SUBMIT = "submit", _("submitted for review")
    RETURN = "return", _("returned")
    APPROVE = "approve", _("approved")
    SEND_BACK = "send_back", _("sent back to review")
    WITHDRAW = "withdraw", _("withdrawn")
    REINSTATE = "reinstate", _("reinstated")
    REMOVE = "remove", _("removed")
    PREPARE_UPDATE = "prepare_update", _("update begun")
    UPDATE = "update", _("updated")
    DISCARD = "discard", _("update thrown away")
    CORRECT = "correct", _("corrected")
    RESTORE = "restore", _("earlier version restored")
    COMMENT = "comment", _("comment")
    LINK = "link", _("review link made")
    REVOKE = "revoke", _("review link revoked")
    TRANSLATE = "translate", _("translation begun")
    TRANSLATED = "translated", _("brought up to date with its original")
    THREAD = "thread", _("place in its story changed")


class Activity(models.Model):
    """One line of an item's record. Nothing in it is shown to the public."""

    item = models.ForeignKey("items.Item", on_delete=models.CASCADE, related_name="activities")
    verb = models.CharField(_("what"), max_length=20, choices=Verb.choices)
    by = models.ForeignKey(
        settings.AUTH_USER_MODEL, verbose_name=_("who"), null=True, blank=True,
        on_delete=models.SET_NULL, related_name="+",
    )  # fmt: skip
    by_name = LineField(_("name"), max_length=150, blank=True)  # of people without an account, or whose account went
    at = models.DateTimeField(_("when"), default=timezone.now, db_index=True)
    text = TextField(_("text"), blank=True)
    mentioned = models.ManyToManyField(settings.AUTH_USER_MODEL, blank=True, related_name="+")

    class Meta:
        ordering = ["-at", "-pk"]
        verbose_name = _("activity")
        verbose_name_plural = _("activities")
        indexes = [models.Index(fields=["item", "-at"], name="items_activity_of_item")]

    def __str__(self):
        return f"{self.who}: {self.get_verb_display()}"

    @property
    def who(self) -> str:
        """The person's name as colleagues read it; empty for an import or a program."""
        return (self.by.get_full_name() or self.by.get_username()) if self.by else self.by_name
