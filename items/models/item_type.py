"""Item types: the tree of what sort of content an item is."""

from django.db import models
from django.utils.translation import gettext_lazy as _

from items.models.term import Alias
from items.models.tree import TreeTerm


class ItemType(TreeTerm):
    """What sort of item: News > Call, Event > Webinar, Publication > Report."""

    class Meta(TreeTerm.Meta):
        verbose_name = _("type")
        verbose_name_plural = _("types")


class ItemTypeAlias(Alias):
    """A slug that a type once had."""

    term = models.ForeignKey(ItemType, on_delete=models.CASCADE, related_name="aliases")

    class Meta:
        verbose_name = _("former slug")
        verbose_name_plural = _("former slugs")
