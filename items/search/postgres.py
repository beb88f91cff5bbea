"""The index on PostgreSQL: tsvectors of our own stems, which no text search configuration touches."""

from collections.abc import Iterator, Sequence
from contextlib import contextmanager

from django.db import connection, transaction
from pyroaring import BitMap

from items.search.document import Document
from items.search.query import All, Any, Node, Words
from items.search.stems import variants

LABELS = {"title": "A", "keyword": "B"}
FIELD_LABELS = "ABCDD"
"""Labels of title, keywords, summary, body, files. There are four labels, so the text of files weighs like a body."""

WEIGHTS = [0.01, 0.1, 0.3, 1.0]
"""Of the labels D, C, B, A."""

LAST_PLACE, MOST_PLACES = 16_383, 256
"""What a tsvector holds of one word: places up to here, and so many. Beyond, words are found and phrases are not."""

MOST_BYTES = 600_000
"""A tsvector ends at 1 MB; places take some of it."""


def expression(node: Node) -> str:
    """A tree without Not as a tsquery.

    security: made of letters and digits from `items.text` in quotes, and of signs of this module.
    """
    if isinstance(node, Words):
        label = f":{LABELS[node.field]}" if node.field else ""
        phrases = (" <-> ".join(f"'{stem}'{label}" for stem in stems) for stems in variants(node.words))
        return "(" + " | ".join(f"({phrase})" for phrase in phrases) + ")"
    if not isinstance(node, All | Any):
        raise TypeError(node)
    return "(" + (" & " if isinstance(node, All) else " | ").join(map(expression, node.parts)) + ")"


def vector(document: Document) -> str:
    """A document as the text of a tsvector."""
    places: dict[str, list[str]] = {}
    place = size = 0
    for label, stems in zip(FIELD_LABELS, document.fields, strict=True):
        for stem in stems:
            place += 1
            held = places.get(stem)
            if held is None:
                size += len(stem.encode())
                if size > MOST_BYTES:
                    break
                held = places[stem] = []
            if len(held) < MOST_PLACES:
                held.append(f"{min(place, LAST_PLACE)}{label}")
        place += 1  # no phrase reaches from one field into the next
    return " ".join(f"'{stem}':{','.join(held)}" for stem, held in places.items())


def find(node: Node) -> BitMap:
    """All items that a tree without Not matches."""
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT array_agg(item_id) FROM items_searchdocument WHERE tokens @@ %s::tsquery", [expression(node)]
        )
        return BitMap(cursor.fetchone()[0] or [])


def latest(node: Node, *, limit: int) -> list[int]:
    """Some of the items that a tree without Not matches: those with the highest primary keys."""
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT item_id FROM items_searchdocument WHERE tokens @@ %s::tsquery ORDER BY item_id DESC LIMIT %s",
            [expression(node), limit],
        )
        return [pk for (pk,) in cursor.fetchall()]


def scores(node: Node, pks: Sequence[int]) -> dict[int, float]:
    """How well a tree without Not fits each of these items that it matches; more is better."""
    query = expression(node)
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT item_id, ts_rank_cd(%s::float4[], tokens, %s::tsquery) FROM items_searchdocument "
            "WHERE item_id = ANY(%s) AND tokens @@ %s::tsquery",
            [WEIGHTS, query, list(pks), query],
        )
        return dict(cursor.fetchall())


def known() -> BitMap:
    """All items that the index holds."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT array_agg(item_id) FROM items_searchdocument")
        return BitMap(cursor.fetchone()[0] or [])


def replace(pks: Sequence[int], documents: list[Document]) -> None:
    """Put these documents in the place of whatever the index holds of these items."""
    with connection.cursor() as cursor:
        gone = set(pks) - {document.pk for document in documents}
        if gone:
            cursor.execute("DELETE FROM items_searchdocument WHERE item_id = ANY(%s)", [list(gone)])
        cursor.execute(
            "INSERT INTO items_searchdocument (item_id, tokens) "
            "SELECT pk, tokens::tsvector FROM unnest(%s::bigint[], %s::text[]) AS made (pk, tokens) "
            "ON CONFLICT (item_id) DO UPDATE SET tokens = excluded.tokens",
            [[document.pk for document in documents], [vector(document) for document in documents]],
        )


def optimise() -> None:
    """Tell the planner what the index holds; worth it after much has been indexed."""
    with connection.cursor() as cursor:
        cursor.execute("ANALYZE items_searchdocument")


def fire_triggers() -> None:
    """Let the change log hear now of what the open transaction did; otherwise it hears at the commit."""
    with connection.cursor() as cursor:
        cursor.execute("SET CONSTRAINTS ALL IMMEDIATE")
        cursor.execute("SET CONSTRAINTS ALL DEFERRED")


@contextmanager
def quick_transaction(milliseconds: int = 100) -> Iterator[None]:
    """A transaction that waits this long for each lock and no longer, then OperationalError."""
    with transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(f"SET LOCAL lock_timeout = {int(milliseconds)}")
        yield
        cursor.execute("SET LOCAL lock_timeout = DEFAULT")
