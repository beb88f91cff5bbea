"""The ground floor: what is true. Knows Django and itself; no request, template, cache or network."""

from items.models.attachment import Attachment
from items.models.change import Change, ContentVersion
from items.models.country import Country
from items.models.event import Event
from items.models.hub_state import HubState
from items.models.imported_entry import ImportedEntry
from items.models.item import Item, ItemCountry, ItemTheme
from items.models.item_type import ItemType, ItemTypeAlias
from items.models.keyword import ItemKeyword, Keyword, KeywordAlias
from items.models.removed_term import RemovedTerm
from items.models.search import AttachmentText, SearchMiss, SearchQueue, SearchState, SearchWord
from items.models.source import Source, SourceAlias
from items.models.theme import Theme, ThemeAlias

__all__ = [
    "Attachment",
    "AttachmentText",
    "Change",
    "ContentVersion",
    "Country",
    "Event",
    "HubState",
    "ImportedEntry",
    "Item",
    "ItemCountry",
    "ItemKeyword",
    "ItemTheme",
    "ItemType",
    "ItemTypeAlias",
    "Keyword",
    "KeywordAlias",
    "RemovedTerm",
    "SearchMiss",
    "SearchQueue",
    "SearchState",
    "SearchWord",
    "Source",
    "SourceAlias",
    "Theme",
    "ThemeAlias",
]
