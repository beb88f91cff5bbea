"""The editors' desk: the stock Django admin, fitted to items and their vocabularies.

It may know the models and what stands above them, never another door. Every form states in the editor's words what
the database would refuse.
"""

from items.admin import (
    checklist,
    country,
    invitation,
    item_type,
    keyword,
    page,
    search,
    sign_in,
    site,
    site_settings,
    source,
    theme,
    user,
)
from items.admin.concept import desk as concept
from items.admin.image import desk as image
from items.admin.item import desk as item
from items.admin.vocabulary import changes as vocabulary_change

__all__ = [
    "checklist",
    "concept",
    "country",
    "image",
    "invitation",
    "item",
    "item_type",
    "keyword",
    "page",
    "search",
    "sign_in",
    "site",
    "site_settings",
    "source",
    "theme",
    "user",
    "vocabulary_change",
]
