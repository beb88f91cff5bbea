"""The change log: what readers see, and since which version each piece of it reads as it does.

Triggers write it, so that every path is covered: forms, inlines, many-to-many edits, imports, `QuerySet.update`, a
shell, SQL typed by hand. One row for each thing that ever changed, with the version of its last change: asking for
what is newer than a version gives each changed thing once, however often it changed, and the log never outgrows what
it describes. A deleted thing keeps its row.
"""

from datetime import datetime
from typing import NamedTuple

from django.db import models

from items.models.trigger import TriggerConstraint


class Content(NamedTuple):
    """Which database this is, the version of its content, and when that last changed."""

    archive: str
    version: int
    changed_at: datetime | None


class ContentVersion(models.Model):
    """The version of all content, in one row. Whoever changes content locks it until committing."""

    version = models.BigIntegerField(default=0)
    archive = models.CharField(max_length=32, db_default="", help_text="Tells one database from another.")
    changed_at = models.DateTimeField(null=True)

    def __str__(self):
        return str(self.version)

    @classmethod
    def current(cls) -> Content:
        """What is committed; version 0 before the first change."""
        row = cls.objects.values_list("archive", "version", "changed_at").first()
        return Content(*row) if row else Content("", 0, None)


class Change(models.Model):
    """The last change of one thing."""

    class Kind(models.TextChoices):
        ITEM = "item"
        THEME = "theme"
        TYPE = "type"
        KEYWORD = "keyword"
        SOURCE = "source"
        COUNTRY = "country"
        CONCEPT = "concept"
        SITE = "site"  # the SiteSettings
        PAGE = "page"
        THREAD = "thread"  # a StoryEntry
        REMOVED = "removed"  # a RemovedTerm

    kind = models.CharField(max_length=10, choices=Kind.choices)
    key = models.BigIntegerField()
    version = models.BigIntegerField(unique=True)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["kind", "key"], name="items_change_once")]

    def __str__(self):
        return f"{self.version}: {self.kind} {self.key}"


class Logged(TriggerConstraint):
    """Each committed change of a row is a change of the `kind` whose key stands in `column`."""

    def __init__(self, *, kind: str, column: str = "id", name: str, **kwargs):
        super().__init__(name=name, **kwargs)
        self.kind, self.column = kind, column

    def deconstruct(self):
        path, args, kwargs = super().deconstruct()
        return path, args, {**kwargs, "kind": self.kind, "column": self.column}

    def sqlite(self):
        # The write lock of SQLite is the row lock: one writer at a time, so versions commit in order.
        step = (
            "INSERT INTO items_contentversion (id, version, changed_at) "
            "VALUES (1, 1, strftime('%%Y-%%m-%%d %%H:%%M:%%f', 'now')) "
            "ON CONFLICT (id) DO UPDATE SET version = version + 1, changed_at = excluded.changed_at; "
            "INSERT INTO items_change (kind, key, version) "
            f"SELECT '{self.kind}', {{row}}.{self.column}, version FROM items_contentversion WHERE id = 1 "
            "ON CONFLICT (kind, key) DO UPDATE SET version = excluded.version; "
        )
        rows = {"INSERT": ["NEW"], "UPDATE": ["OLD", "NEW"], "DELETE": ["OLD"]}
        return [
            f"CREATE TRIGGER %(name)s_{event} AFTER {event} ON %(table)s "
            f"BEGIN {''.join(step.format(row=row) for row in ([rows[-1]] if self.column == 'id' else rows))}END"
            for event, rows in rows.items()
        ]

    def postgresql(self):
        # Deferred: the version row is locked at commit and not while other rows are, so two writers who touch the
        # same items in another order do not wait for each other in a circle.
        log = f"PERFORM items_log('{self.kind}', {{row}}.{self.column}); "
        return [
            _LOG,
            "CREATE OR REPLACE FUNCTION %(name)s() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN "
            f"IF TG_OP = 'DELETE' OR (TG_OP = 'UPDATE' AND OLD.{self.column} <> NEW.{self.column}) "
            f"THEN {log.format(row='OLD')}END IF; "
            f"IF TG_OP <> 'DELETE' THEN {log.format(row='NEW')}END IF; "
            "RETURN NULL; END $$",
            "CREATE CONSTRAINT TRIGGER %(name)s AFTER INSERT OR UPDATE OR DELETE ON %(table)s "
            "DEFERRABLE INITIALLY DEFERRED FOR EACH ROW EXECUTE FUNCTION %(name)s()",
        ]


# PostgreSQL keeps every version of a row that one transaction changes, and walks through them all at the next change:
# a version row written for each of a hundred thousand changes would take minutes. So numbers are taken in blocks, ever
# larger ones, and settings of the transaction remember what is left. At most a sixteenth stays unused, none of the
# first few. A block lasts for one statement of the client, be it COMMIT or SET CONSTRAINTS: what a later one of the
# same transaction logs must be newer than the version that may have been read between the two.
_LOG = """
CREATE OR REPLACE FUNCTION items_log(what text, which bigint) RETURNS void LANGUAGE plpgsql AS $$
DECLARE
    batch text := extract(epoch FROM statement_timestamp())::text;
    number bigint;
    last bigint;
    size bigint := 1;
BEGIN
    IF current_setting('newsroom.batch', true) = batch THEN
        number := current_setting('newsroom.number');
        last := current_setting('newsroom.last');
        size := greatest(1, (number - current_setting('newsroom.start')::bigint) / 16);
    END IF;
    IF number IS NULL OR number = last THEN
        INSERT INTO items_contentversion AS it (id, version, changed_at) VALUES (1, size, clock_timestamp())
            ON CONFLICT (id) DO UPDATE SET version = it.version + size, changed_at = excluded.changed_at
            RETURNING version INTO last;
        IF number IS NULL THEN
            PERFORM set_config('newsroom.batch', batch, true), set_config('newsroom.start', (last - size)::text, true);
        END IF;
        number := last - size;
        PERFORM set_config('newsroom.last', last::text, true);
    END IF;
    number := number + 1;
    PERFORM set_config('newsroom.number', number::text, true);
    INSERT INTO items_change (kind, key, version) VALUES (what, which, number)
        ON CONFLICT (kind, key) DO UPDATE SET version = excluded.version;
END $$"""
