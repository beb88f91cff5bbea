"""Item types: the tree of what sort of content an item is."""

from django.db import models
from django.utils.translation import gettext_lazy as _

from items.models.change import Change, Logged
from items.models.term import Alias
from items.models.tree import TreeTerm


class ItemType(TreeTerm):
    """What sort of item: News > Call, Event > Webinar, Publication > Report."""

    class Meta(TreeTerm.Meta):
        verbose_name = _("type")
        verbose_name_plural = _("types")
        constraints = [
            *TreeTerm.Meta.constraints,
            Logged(kind=Change.Kind.TYPE, name="items_itemtype_logged"),
        ]


class ItemTypeAlias(Alias):
    """A slug that a type once had."""

    term = models.ForeignKey(ItemType, on_delete=models.CASCADE, related_name="aliases")

    class Meta:
        verbose_name = _("former slug")
        verbose_name_plural = _("former slugs")
        constraints = [Logged(kind=Change.Kind.TYPE, column="term_id", name="items_itemtypealias_logged")]
