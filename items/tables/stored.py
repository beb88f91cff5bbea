"""A table that is stored, and the figures in it."""

from items.models import DataTable
from items.tables.parse import Problem, parse
from items.tables.table import Table


def take_in(stored: DataTable) -> list[Problem]:
    """Read what stands in `text` into `data`; where it is no table, say why and change nothing."""
    parsed = parse(stored.text, style=stored.decimals)
    if parsed.table is not None:
        stored.data = parsed.table.as_data()
    return parsed.problems


def table_of(stored: DataTable) -> Table:
    """The figures of a stored table."""
    return Table.from_data(stored.data or {})
