"""Changes of the vocabularies: what was done, by whom and when, with all that is needed to undo it."""

from django.conf import settings
from django.core.serializers.json import DjangoJSONEncoder
from django.db import models
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, pgettext_lazy

from items.models.fields import LineField, TextField


class VocabularyChange(models.Model):
    """One change. `items.vocabulary` makes it and undoes it; `data` is its own affair."""

    class Verb(models.TextChoices):
        MERGE = "merge", pgettext_lazy("done to a term", "merged")
        RENAME = "rename", pgettext_lazy("done to a term", "renamed")
        SPLIT = "split", pgettext_lazy("done to a term", "split")
        RETAG = "retag", pgettext_lazy("done to items", "retagged")
        APPROVE = "approve", pgettext_lazy("done to a term", "approved")
        REFUSE = "refuse", pgettext_lazy("done to a term", "refused")
        MOVE = "move", pgettext_lazy("done to a term", "moved")

    facet = models.CharField(max_length=10)
    verb = models.CharField(gettext_lazy("what"), max_length=10, choices=Verb.choices)
    before = TextField(blank=True)
    after = TextField(blank=True)
    items = models.PositiveIntegerField(gettext_lazy("items"), default=0)
    data = models.JSONField(default=dict, encoder=DjangoJSONEncoder)
    by = models.ForeignKey(
        settings.AUTH_USER_MODEL, verbose_name=gettext_lazy("who"), null=True, on_delete=models.SET_NULL,
        related_name="+",
    )  # fmt: skip
    by_name = LineField(max_length=150, blank=True)  # stays when the account goes
    at = models.DateTimeField(gettext_lazy("when"), default=timezone.now, db_index=True)
    undone_by_name = LineField(max_length=150, blank=True)
    undone_at = models.DateTimeField(gettext_lazy("undone"), null=True)

    class Meta:
        ordering = ["-at", "-pk"]
        verbose_name = gettext_lazy("change of the vocabulary")
        verbose_name_plural = gettext_lazy("changes of the vocabulary")
        default_permissions = ("view",)

    def __str__(self):
        return self.sentence

    @property
    def sentence(self) -> str:
        """What was done, in a sentence."""
        return {
            "merge": _("“%(before)s” was merged into “%(after)s”."),
            "rename": _("“%(before)s” was renamed to “%(after)s”."),
            "split": _("“%(before)s” was split into %(after)s."),
            "retag": _("Items of %(before)s: %(after)s."),
            "approve": _("“%(before)s” was approved."),
            "refuse": _("“%(before)s” was refused."),
            "move": _("“%(before)s” was moved in the tree."),
        }[self.verb] % {"before": self.before, "after": self.after}
