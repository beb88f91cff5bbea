"""Trees of vocabulary terms: a parent column, a database constraint against cycles, and the tree in memory."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import cast

from django.core.exceptions import ValidationError
from django.db import models
from django.utils.translation import gettext_lazy as _

from items.models.term import Term, TermQuerySet
from items.models.trigger import TriggerConstraint


class NoCycle(TriggerConstraint):
    """No row below itself: a trigger on either database, since a CHECK sees one row only.

    The table refers to itself by a column `parent_id`.
    """

    default_violation_error_message = _("A term cannot stand below itself.")

    _CLIMB = (
        "WITH RECURSIVE above(id) AS (SELECT NEW.parent_id UNION SELECT node.parent_id FROM %(table)s node "
        "JOIN above ON node.id = above.id) SELECT 1 FROM above WHERE id = NEW.id"
    )

    def sqlite(self):
        return [
            f"CREATE TRIGGER %(name)s_{event} AFTER {event} ON %(table)s "
            f"WHEN NEW.parent_id IS NOT NULL AND EXISTS ({self._CLIMB}) BEGIN SELECT RAISE(ABORT, '%(name)s'); END"
            for event in ("INSERT", "UPDATE")
        ]

    def postgresql(self):
        return [
            "CREATE OR REPLACE FUNCTION %(name)s() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN "
            f"IF EXISTS ({self._CLIMB}) THEN RAISE EXCEPTION '%(name)s' USING ERRCODE = 'check_violation'; END IF; "
            "RETURN NEW; END $$",
            "CREATE TRIGGER %(name)s AFTER INSERT OR UPDATE OF parent_id ON %(table)s "
            "FOR EACH ROW WHEN (NEW.parent_id IS NOT NULL) EXECUTE FUNCTION %(name)s()",
        ]

    def validate(self, model, instance, exclude=None, using="default"):
        if instance.pk is None or (exclude and "parent" in exclude):
            return
        above = dict(model._base_manager.using(using).values_list("pk", "parent_id"))
        current, seen = instance.parent_id, set()
        while current is not None and current not in seen:
            if current == instance.pk:
                raise ValidationError({"parent": self.get_violation_error_message()})
            seen.add(current)
            current = above.get(current)


@dataclass(frozen=True)
class Node:
    """A term in its place."""

    term: "TreeTerm"
    depth: int
    children: tuple["Node", ...] = ()

    def walk(self) -> Iterator["Node"]:
        """This node and all below it, depth first, in the tree's order."""
        yield self
        for child in self.children:
            yield from child.walk()


class Tree:
    """A whole vocabulary in memory, read in one query."""

    def __init__(self, terms: Iterable["TreeTerm"]):
        below: dict[int | None, list[TreeTerm]] = {}
        for term in terms:
            below.setdefault(term.parent_id, []).append(term)
        self.roots = tuple(self._node(term, 0, below) for term in below.get(None, []))
        self._nodes = {node.term.pk: node for root in self.roots for node in root.walk()}

    def _node(self, term: "TreeTerm", depth: int, below: dict) -> Node:
        return Node(term, depth, tuple(self._node(child, depth + 1, below) for child in below.get(term.pk, [])))

    def nodes(self) -> Iterator[Node]:
        """Every node, depth first, in order."""
        return iter(self._nodes.values())

    def node(self, pk: int) -> Node:
        """The node of the term with this key."""
        return self._nodes[pk]

    def family(self, pk: int) -> set[int]:
        """The keys of a term and of all below it."""
        return {node.term.pk for node in self._nodes[pk].walk()} if pk in self._nodes else {pk}


class TreeTermQuerySet(TermQuerySet):
    """Terms that stand in a tree."""

    def tree(self) -> Tree:
        """The terms as a tree, siblings by position, then slug."""
        return Tree(cast("Iterable[TreeTerm]", self.order_by("position", "slug")))


class TreeTerm(Term):
    """A term with a parent. Naming it in a filter names all below it."""

    parent = models.ForeignKey(
        "self", verbose_name=_("parent"), null=True, blank=True, on_delete=models.PROTECT, related_name="children"
    )
    parent_id: int | None
    position = models.PositiveIntegerField(_("position"), default=0, help_text=_("Smaller numbers come first."))

    objects = TreeTermQuerySet.as_manager()  # type: ignore[misc]

    class Meta:
        abstract = True
        ordering = ["position", "slug"]
        constraints = [NoCycle(name="%(app_label)s_%(class)s_not_below_itself")]
