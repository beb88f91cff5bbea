"""The desk of themes."""

from django.contrib import admin

from items.admin.term import FormerSlugs, TreeTermAdmin
from items.models import Theme, ThemeAlias


class FormerThemeSlugs(FormerSlugs):
    model = ThemeAlias


@admin.register(Theme)
class ThemeAdmin(TreeTermAdmin):
    """Themes, as the tree they are."""

    items_filter = "theme"
    items_lookup = "themes"
    inlines = [FormerThemeSlugs]
