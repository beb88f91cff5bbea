"""Themes: the controlled tree of main subjects."""

from django.db import models
from django.utils.translation import gettext_lazy as _

from items.models.change import Change, Logged
from items.models.term import Alias
from items.models.tree import TreeTerm


class Theme(TreeTerm):
    """An EMN main theme. An item has one or several."""

    class Meta(TreeTerm.Meta):
        verbose_name = _("theme")
        verbose_name_plural = _("themes")
        constraints = [
            *TreeTerm.Meta.constraints,
            Logged(kind=Change.Kind.THEME, name="items_theme_logged"),
        ]


class ThemeAlias(Alias):
    """A slug that a theme once had."""

    term = models.ForeignKey(Theme, on_delete=models.CASCADE, related_name="aliases")

    class Meta:
        verbose_name = _("former slug")
        verbose_name_plural = _("former slugs")
        constraints = [Logged(kind=Change.Kind.THEME, column="term_id", name="items_themealias_logged")]
