"""Who has the form of an item open: each open window says so now and then, and what has fallen silent is gone."""

from datetime import datetime, timedelta

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _

HERE = timedelta(seconds=75)
"""A form from which nothing has been heard for longer is hidden, closed or cut off."""
FORGOTTEN = timedelta(hours=1)


class PresenceQuerySet(models.QuerySet):
    """Open forms."""

    def others(self, *, item, user, at: datetime) -> models.QuerySet:
        """The forms of an item that other people have open, or had open a short while ago."""
        open_forms = self.filter(item=item, seen_at__gt=at - FORGOTTEN).exclude(user=user)
        return open_forms.select_related("user").order_by("opened_at", "pk")

    def touch(self, *, item, user, at: datetime) -> None:
        """Note that a person has the form open."""
        silent = self.filter(item=item, user=user, seen_at__lte=at - HERE * 4)
        silent.delete()  # whoever comes back has opened it anew
        self.update_or_create(item=item, user=user, defaults={"seen_at": at}, create_defaults={
            "seen_at": at, "opened_at": at,
        })  # fmt: skip

    def prune(self, at: datetime) -> None:
        """Forget what nobody asks for any more."""
        self.filter(seen_at__lte=at - FORGOTTEN).delete()


class Presence(models.Model):
    """One person at the form of one item."""

    item = models.ForeignKey("items.Item", on_delete=models.CASCADE, related_name="+")
    user = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="+")
    opened_at = models.DateTimeField()
    seen_at = models.DateTimeField(db_index=True)

    objects = PresenceQuerySet.as_manager()

    class Meta:
        verbose_name = _("open form")
        verbose_name_plural = _("open forms")
        constraints = [models.UniqueConstraint(fields=["item", "user"], name="items_presence_once")]

    def __str__(self):
        return f"{self.user_id}: {self.item_id}"

    def is_here(self, at: datetime) -> bool:
        """Whether the form has been heard of just now."""
        return self.seen_at > at - HERE
