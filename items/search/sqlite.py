"""The index on SQLite: an FTS5 table of our own stems. Its tokenizer only divides them at spaces."""

import json
from collections.abc import Iterator, Sequence
from contextlib import contextmanager

from django.db import connection, transaction
from pyroaring import BitMap

from items.search.document import Document
from items.search.query import All, Any, Node, Words
from items.search.stems import variants

COLUMNS = {"title": "title", "keyword": "keywords"}
WEIGHTS = (100.0, 30.0, 10.0, 1.0, 0.5)
"""Of title, keywords, summary, body, files; bm25 multiplies what it counts by these."""


def expression(node: Node) -> str:
    """A tree without Not as an FTS5 expression.

    security: made of letters and digits from `items.text` in quotes, and of words of this module.
    """
    if isinstance(node, Words):
        phrases = " OR ".join(f'"{" ".join(stems)}"' for stems in variants(node.words))
        return f"{COLUMNS[node.field]} : ({phrases})" if node.field else f"({phrases})"
    if not isinstance(node, All | Any):
        raise TypeError(node)
    return "(" + (" AND " if isinstance(node, All) else " OR ").join(map(expression, node.parts)) + ")"


def find(node: Node) -> BitMap:
    """All items that a tree without Not matches."""
    with connection.cursor() as cursor:
        # One row with one string: fetching a third of a million rows takes ten times as long.
        cursor.execute(
            "SELECT json_group_array(rowid) FROM items_searchdocument WHERE items_searchdocument MATCH %s",
            [expression(node)],
        )
        return BitMap(json.loads(cursor.fetchone()[0]))


def latest(node: Node, *, limit: int) -> list[int]:
    """Some of the items that a tree without Not matches: those with the highest primary keys."""
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT rowid FROM items_searchdocument WHERE items_searchdocument MATCH %s ORDER BY rowid DESC LIMIT %s",
            [expression(node), limit],
        )
        return [pk for (pk,) in cursor.fetchall()]


def scores(node: Node, pks: Sequence[int]) -> dict[int, float]:
    """How well a tree without Not fits each of these items that it matches; more is better."""
    with connection.cursor() as cursor:
        # The plus keeps SQLite from asking the index once for each item: one pass, and scores for these alone.
        cursor.execute(
            "SELECT rowid, -bm25(items_searchdocument, %s, %s, %s, %s, %s) FROM items_searchdocument "
            "WHERE items_searchdocument MATCH %s AND +rowid IN (SELECT value FROM json_each(%s))",
            [*WEIGHTS, expression(node), json.dumps(list(pks))],
        )
        return dict(cursor.fetchall())


def known() -> BitMap:
    """All items that the index holds."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT json_group_array(rowid) FROM items_searchdocument")
        return BitMap(json.loads(cursor.fetchone()[0]))


def replace(pks: Sequence[int], documents: list[Document]) -> None:
    """Put these documents in the place of whatever the index holds of these items."""
    with connection.cursor() as cursor:
        cursor.execute(
            "DELETE FROM items_searchdocument WHERE rowid IN (SELECT value FROM json_each(%s))", [json.dumps(list(pks))]
        )
        cursor.executemany(
            "INSERT INTO items_searchdocument (rowid, title, keywords, summary, body, files) "
            "VALUES (%s, %s, %s, %s, %s, %s)",
            [(document.pk, *map(" ".join, document.fields)) for document in documents],
        )


def optimise() -> None:
    """Merge the parts of the index into one; worth it after much has been indexed."""
    with connection.cursor() as cursor:
        cursor.execute("INSERT INTO items_searchdocument (items_searchdocument) VALUES ('optimize')")


def fire_triggers() -> None:
    """Let the change log hear of what the open transaction did: here it always has."""


@contextmanager
def quick_transaction(milliseconds: int = 100) -> Iterator[None]:
    """A transaction that waits this long for the write lock and no longer, then OperationalError."""
    with connection.cursor() as cursor:
        cursor.execute("PRAGMA busy_timeout")
        (before,) = cursor.fetchone()
        cursor.execute(f"PRAGMA busy_timeout = {int(milliseconds)}")
    try:
        with transaction.atomic():
            yield
    finally:
        with connection.cursor() as cursor:
            cursor.execute(f"PRAGMA busy_timeout = {int(before)}")
