"""Query strings: read, checked and turned into a selection of items."""

from items.filters.facet import FacetFilter, NotAnswered, TooMuchAsked, TreeFilter
from items.filters.item_filter import ItemFilter

__all__ = ["FacetFilter", "ItemFilter", "NotAnswered", "TooMuchAsked", "TreeFilter"]
