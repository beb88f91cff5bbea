"""The editors' desk: the stock Django admin, fitted to items and their vocabularies.

It may know the models and what stands above them, never another door. Every form states in the editor's words what
the database would refuse.
"""

from items.admin import country, item_type, keyword, search, site, source, theme, user
from items.admin.item import desk as item

__all__ = ["country", "item", "item_type", "keyword", "search", "site", "source", "theme", "user"]
