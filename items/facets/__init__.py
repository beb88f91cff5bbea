"""The facet index: which items have which value, as compressed bitmaps; counts for any selection in milliseconds.

Truth stays in the database. A process holds a copy (`current`), keeps it in step by the change log before each use,
and never keeps what is not committed.
"""

from items.facets.current import current, forget, seen
from items.facets.index import FACETS, FacetIndex, Order

__all__ = ["FACETS", "FacetIndex", "Order", "current", "forget", "seen"]
