"""What people have typed into the form of an item and not saved, kept in case they lose it."""

from datetime import datetime, timedelta
from typing import Any

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _

KEPT = timedelta(days=30)
MOST = 20
"""Forms kept for one person; older ones make room."""
LARGEST = 1_000_000
"""Characters of one form, as JSON."""


class AutosaveQuerySet(models.QuerySet):
    """Kept forms."""

    def offered(self, *, user, item) -> models.QuerySet:
        """What a person typed into an item's form and did not save; `item=None` stands for new items."""
        return self.filter(user=user, item=item, is_done=False).order_by("-at", "-pk")

    def keep(self, *, user, key: str, item, data: dict[str, list[str]], at: datetime) -> bool:
        """Keep a form. False when that form has been saved or thrown away already: then there is nothing to keep."""
        kept: Any
        kept, is_new = self.get_or_create(user=user, key=key, defaults={"item": item, "data": data, "at": at})
        if kept.is_done:
            return False
        if is_new:
            rest = self.filter(user=user, is_done=False).order_by("-at", "-pk").values("pk")[MOST:]
            self.filter(pk__in=list(rest.values_list("pk", flat=True))).delete()
        else:
            self.filter(pk=kept.pk, is_done=False).update(data=data, at=at)
        return True

    def done(self, *, user, key: str, at: datetime) -> None:
        """Forget what was typed. The key is remembered, for a copy of it may still come in from a browser."""
        if key:
            values = {"data": {}, "is_done": True, "at": at}
            self.update_or_create(user=user, key=key, defaults=values)

    def is_done(self, *, user, key: str) -> bool:
        """Whether the form of that key was saved or thrown away."""
        return self.filter(user=user, key=key, is_done=True).exists()

    def prune(self, at: datetime) -> None:
        """Forget what nobody has come back for."""
        self.filter(at__lte=at - KEPT).delete()


class Autosave(models.Model):
    """One form as it was typed: `data` is what a browser would send, `{name: [value, …]}`, without files."""

    user = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="+")
    key = models.CharField(max_length=40)  # of the one form that was opened
    # Of an item that has gone meanwhile, such as a working copy that was approved, a new item can be made.
    item = models.ForeignKey("items.Item", null=True, on_delete=models.SET_NULL, related_name="+")
    data = models.JSONField(default=dict)
    at = models.DateTimeField()
    is_done = models.BooleanField(default=False)

    objects = AutosaveQuerySet.as_manager()

    class Meta:
        verbose_name = _("unsaved form")
        verbose_name_plural = _("unsaved forms")
        constraints = [models.UniqueConstraint(fields=["user", "key"], name="items_autosave_once")]
        indexes = [models.Index(fields=["user", "item", "-at"], name="items_autosave_offered")]

    def __str__(self):
        return self.title

    @property
    def title(self) -> str:
        """The title that was typed, which may be empty."""
        return (self.data.get("title") or [""])[0].strip()
