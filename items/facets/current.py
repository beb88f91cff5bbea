"""The index of this process: made at first use, in step with the database at each."""

import ctypes
from contextlib import suppress
from datetime import datetime
from threading import Lock

from django.db import connection

from items.facets import snapshot
from items.facets.build import build, updated
from items.facets.index import FacetIndex, instant
from items.models import Change, ContentVersion
from items.models.change import Content

FEW = 5_000
"""Changes that are made good one by one, whatever the size of the archive."""

_lock = Lock()
_shared: FacetIndex | None = None


def current(at: datetime) -> FacetIndex:
    """The index of the content as committed, seen at an instant. One small query when nothing has changed."""
    global _shared
    content = ContentVersion.current()
    index = _shared
    if index is None or (index.archive, index.version) != content[:2]:
        if connection.in_atomic_block:
            # What a transaction sees may never be committed: an index of it serves this answer and is not kept.
            return _in_step(index, content, at).at(at)
        with _lock:
            index = _shared = _in_step(_shared, content, at)
    later = index.at(at)
    if later is not index and later.now > index.now and not connection.in_atomic_block:
        with _lock:
            if _shared is index:
                _shared = later
    return later


def _in_step(index: FacetIndex | None, content: Content, at: datetime) -> FacetIndex:
    if index is None and not connection.in_atomic_block:
        index = _kept(content)
    if index is None or index.archive != content.archive or index.version > content.version or _is_far(index, content):
        index = _made(at)
    return index if index.version >= content.version else updated(index, content)


def _is_far(index: FacetIndex, content: Content) -> bool:
    """Whether so much has changed since that an index is sooner made anew, which keeps it for other processes too."""
    if content.version - index.version < FEW:
        return False
    changed = Change.objects.filter(kind=Change.Kind.ITEM, version__gt=index.version).count()
    return changed > sum(map(len, index.values["language"].values())) / 4


def _made(at: datetime) -> FacetIndex:
    """An index made from the database; it may be of later content than was asked for."""
    made = build().seen_at(instant(at))
    if connection.in_atomic_block:
        return made
    if snapshot.save(made):
        # Dropped, and read back: what is made piece by piece lies scattered among all that making it took, and needs
        # half as much memory again.
        del made
        connection.close()  # with SQLite's cache, which is full of what nobody will ask for
        _give_back_memory()
        made = _kept(ContentVersion.current()) or build().seen_at(instant(at))
    return made


def _kept(content: Content) -> FacetIndex | None:
    index = snapshot.load(content)
    if index:
        _give_back_memory()
    return index


def _give_back_memory() -> None:
    """Return to the system what reading an index took besides what it is."""
    with suppress(AttributeError, OSError):  # the C library is not glibc
        ctypes.CDLL(None).malloc_trim(0)


def seen() -> tuple[str, int] | None:
    """Archive and version of the content that this process has seen committed, without asking; None if it keeps none.

    For whatever else a process keeps of the content: what was read when this was said, or later, is as new as any
    page that is made under it.
    """
    index = _shared
    return None if index is None or connection.in_atomic_block else (index.archive, index.version)


def forget() -> None:
    """Make the index anew at its next use."""
    global _shared
    _shared = None
