"""Which items a query matches, and how well."""

from collections.abc import Sequence

from pyroaring import BitMap

from items.search.backend import backend
from items.search.index import sync_in_passing
from items.search.query import All, Any, Node, Not, Query, Words


def match(query: Query, *, within: BitMap) -> BitMap:
    """The items among `within` that a query matches; a query without words matches none.

    The index holds items of every status: `within` is what a reader may see. It is brought in step first.
    """
    if query.root is None:
        return BitMap()
    sync_in_passing()
    return _found(query.root, within)


def rank(query: Query, pks: Sequence[int]) -> list[int]:
    """These matching items, given by date, in order of how well they fit; equally good ones stay as they are."""
    wanted = _positive(query.root) if query.root else None
    if wanted is None:
        return list(pks)
    scores = backend().scores(wanted, pks)
    # In hundredths of the best, so that a difference nobody sees does not put an old item before a new one. Of the
    # best and not as they are, because all scores are tiny where a word is in more than half of all items.
    best = max(scores.values(), default=0.0) or 1.0
    grades = {pk: -round(score / best, 2) for pk, score in scores.items()}
    return sorted(pks, key=lambda pk: grades.get(pk, 0.0))


def latest(node: Node, *, limit: int) -> list[int]:
    """Some of the items, of whatever status, that a tree without Not matches: the last added first."""
    return backend().latest(node, limit=limit)


def _is_plain(node: Node) -> bool:
    """Whether the database can answer a tree at once: one without Not."""
    return isinstance(node, Words) or (not isinstance(node, Not) and all(map(_is_plain, node.parts)))


def _found(node: Node, within: BitMap) -> BitMap:
    # The database answers for what must be there; what must not is taken away here, where "everything but" is known.
    if _is_plain(node):
        return within & backend().find(node)
    if isinstance(node, Not):
        return within - _found(node.part, within)
    if isinstance(node, Any):
        return BitMap.union(*(_found(part, within) for part in node.parts))
    plain = [part for part in node.parts if _is_plain(part)]  # type: ignore[union-attr]
    if len(plain) > 1:
        within = _found(All(tuple(plain)), within)
    elif plain:
        within = _found(plain[0], within)
    for part in node.parts:  # type: ignore[union-attr]
        if not _is_plain(part):
            within = _found(part, within)
    return within


def _positive(node: Node) -> Node | None:
    """What of a tree items can fit more or less: the tree without what must be absent."""
    if isinstance(node, Words):
        return node
    if isinstance(node, Not):
        return None
    parts = tuple(part for part in map(_positive, node.parts) if part)
    return type(node)(parts) if len(parts) > 1 else next(iter(parts), None)
