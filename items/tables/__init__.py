"""Tables of figures in an item: read from CSV, checked, drawn as a chart, told in a sentence.

Knows the models and nothing of doors: no request, no admin. Numbers are decimals from end to end.
"""

from items.tables.parse import Parsed, Problem, parse
from items.tables.shown import ShownTable, file_name, plain_rows, shown
from items.tables.source import decoded
from items.tables.stored import table_of, take_in

__all__ = [
    "Parsed",
    "Problem",
    "ShownTable",
    "decoded",
    "file_name",
    "parse",
    "plain_rows",
    "shown",
    "table_of",
    "take_in",
]
