"""Trees of vocabulary terms: a parent column, a database constraint against cycles, and the tree in memory."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import cast

from django.core.exceptions import ValidationError
from django.db import models
from django.db.backends.ddl_references import Statement, Table
from django.utils.translation import gettext_lazy as _

from items.models.term import Term, TermQuerySet


class NoCycle(models.BaseConstraint):
    """No row below itself: a trigger on either database, since a CHECK sees one row only.

    `parent` names the column of the foreign key to the same table.
    """

    default_violation_error_message = _("A term cannot stand below itself.")

    def __init__(self, *, parent: str = "parent_id", name: str, **kwargs):
        super().__init__(name=name, **kwargs)
        self.parent = parent

    def deconstruct(self):
        path, args, kwargs = super().deconstruct()
        return path, args, {**kwargs, "parent": self.parent}

    def _statements(self, model, schema_editor) -> list[Statement]:
        quote = schema_editor.quote_name
        # Statements, because SQLite builds a changed table under another name and renames what refers to it.
        parts = {
            "table": Table(model._meta.db_table, quote),
            "parent": quote(self.parent),
            "name": self.name,
        }
        climb = (
            "WITH RECURSIVE above(id) AS (SELECT NEW.%(parent)s UNION SELECT node.%(parent)s FROM %(table)s node "
            "JOIN above ON node.id = above.id) SELECT 1 FROM above WHERE id = NEW.id"
        )
        if schema_editor.connection.vendor == "sqlite":
            templates = [
                f"CREATE TRIGGER %(name)s_{event} AFTER {event} ON %(table)s "
                f"WHEN NEW.%(parent)s IS NOT NULL AND EXISTS ({climb}) "
                "BEGIN SELECT RAISE(ABORT, '%(name)s'); END"
                for event in ("INSERT", "UPDATE")
            ]
        else:
            templates = [
                "CREATE OR REPLACE FUNCTION %(name)s() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN "
                f"IF EXISTS ({climb}) THEN RAISE EXCEPTION '%(name)s' USING ERRCODE = 'check_violation'; END IF; "
                "RETURN NEW; END $$",
                "CREATE TRIGGER %(name)s AFTER INSERT OR UPDATE OF %(parent)s ON %(table)s "
                "FOR EACH ROW WHEN (NEW.%(parent)s IS NOT NULL) EXECUTE FUNCTION %(name)s()",
            ]
        return [Statement(template, **parts) for template in templates]

    def constraint_sql(self, model, schema_editor):
        # Nothing stands inside CREATE TABLE; the triggers follow it. SQLite rebuilds a table to alter it and
        # comes through here again, so the triggers outlive every later migration.
        schema_editor.deferred_sql.extend(self._statements(model, schema_editor))

    def create_sql(self, model, schema_editor):
        *first, last = self._statements(model, schema_editor)
        for statement in first:
            schema_editor.execute(statement, params=None)
        return last

    def remove_sql(self, model, schema_editor):
        quote = schema_editor.quote_name
        return f"DROP TRIGGER IF EXISTS {quote(self.name)} ON {quote(model._meta.db_table)}"

    def validate(self, model, instance, exclude=None, using="default"):
        if instance.pk is None or (exclude and "parent" in exclude):
            return
        above = dict(model._base_manager.using(using).values_list("pk", "parent_id"))
        current, seen = getattr(instance, self.parent), set()
        while current is not None and current not in seen:
            if current == instance.pk:
                raise ValidationError({"parent": self.get_violation_error_message()})
            seen.add(current)
            current = above.get(current)

    def __eq__(self, other):
        return isinstance(other, NoCycle) and (self.name, self.parent) == (other.name, other.parent)

    def __hash__(self):
        return hash((self.name, self.parent))


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
