"""How much each rule of the checklist counts here: what an Administrator has set against the shipped default."""

from django.db import models
from django.utils.translation import gettext_lazy as _


class Level(models.TextChoices):
    """How much a rule counts."""

    OFF = "off", _("off")
    RECOMMENDED = "recommended", _("recommended")
    REQUIRED = "required", _("required")


class ChecklistRule(models.Model):
    """The level that an Administrator has given to a rule; the rules themselves are code, in `items/checklist`."""

    code = models.SlugField(max_length=40, unique=True, editable=False)
    level = models.CharField(_("level"), max_length=12, choices=Level.choices)

    class Meta:
        verbose_name = _("rule of the checklist")
        verbose_name_plural = _("checklist")

    def __str__(self):
        return self.code

    @classmethod
    def levels(cls) -> dict[str, str]:
        """The levels that have been set, by the rule's code."""
        return dict(cls.objects.values_list("code", "level"))
