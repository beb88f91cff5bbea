"""The page cache: finished answers, kept in each process and in a store that processes share."""

from items.http.page_cache.cache import PageCache, canonical

__all__ = ["PageCache", "canonical"]
