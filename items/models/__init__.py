"""The ground floor: what is true. Knows Django and itself; no request, template, cache or network."""

from items.models.activity import Activity, Verb
from items.models.attachment import Attachment
from items.models.autosave import Autosave
from items.models.cache_row import CacheRow
from items.models.change import Change, ContentVersion
from items.models.checklist_rule import ChecklistRule
from items.models.concept import Concept, ConceptAlias, ConceptBroader, ConceptRelated
from items.models.correction import Correction
from items.models.country import Country
from items.models.data_table import DataTable
from items.models.event import Event
from items.models.hub_state import HubState
from items.models.image import Image, ImageUse
from items.models.imported_entry import ImportedEntry
from items.models.invitation import Invitation
from items.models.item import Item, ItemCountry, ItemTheme, Relation, StoryEntry, TranslatedFrom, UpdateBase
from items.models.item_type import ItemType, ItemTypeAlias
from items.models.keyword import ItemKeyword, Keyword, KeywordAlias
from items.models.not_twins import NotTwins
from items.models.page import FormerPageSlug, Page, PageImage, PageText
from items.models.presence import Presence
from items.models.removed_term import RemovedTerm
from items.models.review_link import ReviewLink
from items.models.search import AttachmentText, SearchMiss, SearchQueue, SearchState, SearchWord
from items.models.sign_in import SignIn
from items.models.site_settings import FooterLink, SiteSettings
from items.models.source import Source, SourceAlias
from items.models.theme import Theme, ThemeAlias
from items.models.vocabulary_change import VocabularyChange

__all__ = [
    "Activity",
    "Attachment",
    "AttachmentText",
    "Autosave",
    "CacheRow",
    "Change",
    "ChecklistRule",
    "Concept",
    "ConceptAlias",
    "ConceptBroader",
    "ConceptRelated",
    "ContentVersion",
    "Correction",
    "Country",
    "DataTable",
    "Event",
    "FooterLink",
    "FormerPageSlug",
    "HubState",
    "Image",
    "ImageUse",
    "ImportedEntry",
    "Invitation",
    "Item",
    "ItemCountry",
    "ItemKeyword",
    "ItemTheme",
    "ItemType",
    "ItemTypeAlias",
    "Keyword",
    "KeywordAlias",
    "NotTwins",
    "Page",
    "PageImage",
    "PageText",
    "Presence",
    "Relation",
    "RemovedTerm",
    "ReviewLink",
    "SearchMiss",
    "SearchQueue",
    "SearchState",
    "SearchWord",
    "SignIn",
    "SiteSettings",
    "Source",
    "SourceAlias",
    "StoryEntry",
    "Theme",
    "ThemeAlias",
    "TranslatedFrom",
    "UpdateBase",
    "Verb",
    "VocabularyChange",
]
