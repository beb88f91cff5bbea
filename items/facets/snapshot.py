"""An index on disk, so that a new process of a large archive need not read the whole database.

A snapshot may be old: the change log brings it up to date like any other index. One of another database, of other
languages, or that cannot be read, is not used.
"""

import logging
import os
import pickle
from dataclasses import fields

from django.conf import settings

from items.facets.index import FacetIndex
from items.facets.vocabulary import read
from items.models.change import Content
from items.models.language import language_codes

logger = logging.getLogger(__name__)

WORTH = 50_000
"""From this many items on a snapshot is quicker than reading the database."""

_FORMAT = 2
_KEPT = [field.name for field in fields(FacetIndex) if field.name not in ("vocabulary", "orders")]


def save(index: FacetIndex) -> bool:
    """Keep an index; whether it was kept. Whatever goes wrong costs the next process time and nobody anything else."""
    if len(index.days) < WORTH:
        return False
    path = settings.FACET_SNAPSHOT
    draft = path.with_name(f"{path.name}.{os.getpid()}")
    try:
        with draft.open("wb") as file:
            pickle.dump((_FORMAT, {name: getattr(index, name) for name in _KEPT}), file, pickle.HIGHEST_PROTOCOL)
        draft.replace(path)
    except OSError:
        logger.warning("The facet index could not be kept.", exc_info=True)
        draft.unlink(missing_ok=True)
        return False
    return True


def load(content: Content) -> FacetIndex | None:
    """The kept index of this database, as of then; None where there is none that fits."""
    path = settings.FACET_SNAPSHOT
    if not path.is_file():
        return None
    try:
        # security: the file is written by this program, in the folder that also holds the database.
        with path.open("rb") as file:
            kind, kept = pickle.load(file)  # noqa: S301
        if kind != _FORMAT:
            return None
        index = FacetIndex(vocabulary=read(), **kept)
    except Exception:
        logger.warning("The kept facet index cannot be read.", exc_info=True)
        return None
    fits = (
        index.archive == content.archive
        and (index.version < content.version or (index.version, index.changed_at) == content[1:])
        and index.languages == tuple(language_codes())
    )
    return index if fits else None
