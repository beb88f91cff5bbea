"""Rules that the database keeps by triggers, declared in `Meta.constraints` like any other.

Ordinary migrations make them, and SQLite, which rebuilds a table to alter it, makes them again with the new table.
"""

from django.db import models
from django.db.backends.ddl_references import Statement, Table


class TriggerConstraint(models.BaseConstraint):
    """Triggers on a model's table. Subclasses give the SQL for either database, with `%(table)s` and `%(name)s`."""

    def sqlite(self) -> list[str]:
        """CREATE TRIGGER statements; their names begin with `%(name)s_`."""
        raise NotImplementedError

    def postgresql(self) -> list[str]:
        """A function `%(name)s` and a trigger `%(name)s`."""
        raise NotImplementedError

    def _statements(self, model, schema_editor) -> list[Statement]:
        # Statements, because SQLite builds a changed table under another name and renames what refers to it.
        parts = {"table": Table(model._meta.db_table, schema_editor.quote_name), "name": self.name}
        templates = self.sqlite() if schema_editor.connection.vendor == "sqlite" else self.postgresql()
        return [Statement(template, **parts) for template in templates]

    def constraint_sql(self, model, schema_editor):
        # Nothing stands inside CREATE TABLE; the triggers follow it.
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
        """Nothing to say to a form, unless a subclass has."""

    def __eq__(self, other):
        return type(self) is type(other) and self.deconstruct() == other.deconstruct()

    def __hash__(self):
        return hash((type(self), self.name))
