"""The desk of types."""

from django.contrib import admin

from items.admin.term import FormerSlugs, TreeTermAdmin
from items.models import ItemType, ItemTypeAlias


class FormerItemTypeSlugs(FormerSlugs):
    model = ItemTypeAlias


@admin.register(ItemType)
class ItemTypeAdmin(TreeTermAdmin):
    """Types, as the tree they are."""

    items_filter = "type"
    items_lookup = "type"
    inlines = [FormerItemTypeSlugs]
