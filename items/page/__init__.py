"""Public pages as such: what each states about itself, and the page of an item, for readers and for who previews it."""

from items.page.files import Grant, granted, with_grant
from items.page.item import item_page, readable_parts
from items.page.pages import page_links, page_query
from items.page.render import Alternate, front_pages, in_every_language, render_page, with_query

__all__ = [
    "Alternate",
    "Grant",
    "front_pages",
    "granted",
    "in_every_language",
    "item_page",
    "page_links",
    "page_query",
    "readable_parts",
    "render_page",
    "with_grant",
    "with_query",
]
