"""Items: one piece of content in one language, who may see it when, and what may be done with it by whom."""

from items.models.item.item import Item, ItemCountry, ItemTheme
from items.models.item.queryset import ItemQuerySet
from items.models.item.record import Refused, colleagues, performed
from items.models.item.status import UNDECIDED, Status
from items.models.item.story import Relation, StoryEntry
from items.models.item.translation import TranslatedFrom
from items.models.item.workflow import RULES, Rule, about_to_appear
from items.models.item.working_copy import Difference, LiveChanged, UpdateBase

__all__ = [
    "RULES",
    "UNDECIDED",
    "Difference",
    "Item",
    "ItemCountry",
    "ItemQuerySet",
    "ItemTheme",
    "LiveChanged",
    "Refused",
    "Relation",
    "Rule",
    "Status",
    "StoryEntry",
    "TranslatedFrom",
    "UpdateBase",
    "about_to_appear",
    "colleagues",
    "performed",
]
