"""Sources: the organisations whose information items relay."""

from django.db import models
from django.utils.translation import gettext_lazy as _

from items.models.change import Change, Logged
from items.models.term import Alias, Term


class Source(Term):
    """An organisation, with its names by language."""

    website = models.URLField(_("website"), blank=True, max_length=500)

    class Meta:
        ordering = ["slug"]
        verbose_name = _("source")
        verbose_name_plural = _("sources")
        constraints = [Logged(kind=Change.Kind.SOURCE, name="items_source_logged")]


class SourceAlias(Alias):
    """A slug that a source once had."""

    term = models.ForeignKey(Source, on_delete=models.CASCADE, related_name="aliases")

    class Meta:
        verbose_name = _("former slug")
        verbose_name_plural = _("former slugs")
        constraints = [Logged(kind=Change.Kind.SOURCE, column="term_id", name="items_sourcealias_logged")]
