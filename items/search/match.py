"""Which items a query matches, and how well."""

from collections.abc import Callable, Mapping, Sequence

from pyroaring import BitMap

from items.search.backend import backend
from items.search.index import sync_in_passing
from items.search.query import All, Any, Node, Not, Query, Words

Widen = Callable[[BitMap], BitMap]
"""Of items, those that count as found together with them."""


def match(query: Query, *, within: BitMap, widen: Widen = lambda found: found) -> BitMap:
    """The items among `within` that a query matches; a query without words matches none.

    The index holds items of every status: `within` is what a reader may see. It is brought in step first.
    With `widen` words side by side must stand together in one item, and then count as in all that it names; a word
    that must be absent must be so from all of them.
    """
    if query.root is None:
        return BitMap()
    sync_in_passing()
    return _found(query.root, within, widen)


def rank(query: Query, pks: Sequence[int], *, versions: Mapping[int, Sequence[int]] | None = None) -> list[int]:
    """These matching items, given by date, in order of how well they fit; equally good ones stay as they are.

    An item fits as well as the best of its `versions`, where that names any.
    """
    wanted = _positive(query.root) if query.root else None
    if wanted is None:
        return list(pks)
    several = {pk: versions[pk] for pk in pks if pk in versions} if versions else {}
    others = {other for group in several.values() for other in group}.difference(pks)
    scores = backend().scores(wanted, [*pks, *others])
    for pk, group in several.items():
        scores[pk] = max(scores.get(other, 0.0) for other in (pk, *group))
    scores = {pk: score for pk, score in scores.items() if pk not in others}
    # In hundredths of the best, so that a difference nobody sees does not put an old item before a new one. Of the
    # best and not as they are, because all scores are tiny where a word is in more than half of all items.
    best = max(scores.values(), default=0.0) or 1.0
    grades = {pk: -round(score / best, 2) for pk, score in scores.items()}
    return sorted(pks, key=lambda pk: grades.get(pk, 0.0))


def latest(node: Node, *, limit: int) -> list[int]:
    """Some of the items, of whatever status, that a tree without Not matches: the last added first."""
    return backend().latest(node, limit=limit)


def excludes(query: Query) -> bool:
    """Whether a query names what must be absent. One that does not finds an item by what stands in it alone."""
    return query.root is not None and not _is_plain(query.root)


def _is_plain(node: Node) -> bool:
    """Whether the database can answer a tree at once: one without Not."""
    return isinstance(node, Words) or (not isinstance(node, Not) and all(map(_is_plain, node.parts)))


def _found(node: Node, within: BitMap, widen: Widen) -> BitMap:
    # The database answers for what must be there; what must not is taken away here, where "everything but" is known.
    if _is_plain(node):
        return within & widen(within & backend().find(node))
    if isinstance(node, Not):
        return within - _found(node.part, within, widen)
    if isinstance(node, Any):
        return BitMap.union(*(_found(part, within, widen) for part in node.parts))
    plain = [part for part in node.parts if _is_plain(part)]  # type: ignore[union-attr]
    if len(plain) > 1:
        within = _found(All(tuple(plain)), within, widen)
    elif plain:
        within = _found(plain[0], within, widen)
    for part in node.parts:  # type: ignore[union-attr]
        if not _is_plain(part):
            within = _found(part, within, widen)
    return within


def _positive(node: Node) -> Node | None:
    """What of a tree items can fit more or less: the tree without what must be absent."""
    if isinstance(node, Words):
        return node
    if isinstance(node, Not):
        return None
    parts = tuple(part for part in map(_positive, node.parts) if part)
    return type(node)(parts) if len(parts) > 1 else next(iter(parts), None)
