"""Searches that found nothing, counted for editors: by day and words, with nothing about who asked."""

import logging
from datetime import date, timedelta

from django.db import DatabaseError, connection

from items.models import SearchMiss
from items.search.backend import backend
from items.search.query import Query

MOST_A_DAY = 500
"""Different searches that are kept of one day. Whoever types at random fills no disk."""

KEPT = timedelta(days=365)

logger = logging.getLogger(__name__)


def note_miss(query: Query, *, day: date) -> None:
    """Count a search that found nothing. Where that cannot be written at once, it is not."""
    words = " ".join(query.words)[:100].strip()
    if not words:
        return
    try:
        with backend().quick_transaction(), connection.cursor() as cursor:
            if not SearchMiss.objects.filter(day=day).exists():
                SearchMiss.objects.filter(day__lt=day - KEPT).delete()
            cursor.execute(
                "INSERT INTO items_searchmiss (day, words, count) SELECT %s, %s, 1 "
                "WHERE (SELECT count(*) FROM items_searchmiss WHERE day = %s) < %s "
                "OR EXISTS (SELECT 1 FROM items_searchmiss WHERE day = %s AND words = %s) "
                "ON CONFLICT (day, words) DO UPDATE SET count = items_searchmiss.count + 1",
                [day, words, day, MOST_A_DAY, day, words],
            )
    except DatabaseError as error:  # locked by another, or read only
        logger.info("A search without results was not counted: %s", error)
