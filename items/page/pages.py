"""The pages of a listing: which one is shown, and the addresses of the others."""

from typing import Any

from django.core.paginator import Page

from items.listing import Listing


def page_query(listing: Listing, number: int) -> str:
    """The query string of one page of a listing; the first page has no number."""
    return listing.query_with(page=str(number) if number > 1 else None)


def page_links(listing: Listing, number: str) -> dict[str, Any]:
    """What `items/_pagination.html` needs, and the page itself. Raises EmptyPage for a page that does not exist."""
    page: Page = listing.page(number)
    gap = page.paginator.ELLIPSIS
    return {
        "page": page,
        "pages": [
            (None, "") if n == gap else (n, page_query(listing, int(n)))
            for n in page.paginator.get_elided_page_range(page.number, on_each_side=1, on_ends=1)
        ],
        "previous_query": page_query(listing, page.number - 1) if page.has_previous() else None,
        "next_query": page_query(listing, page.number + 1) if page.has_next() else None,
    }
