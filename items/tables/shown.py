"""A table as readers get it: words, numbers and a chart in the language of its item."""

from collections.abc import Iterable
from dataclasses import dataclass
from decimal import Decimal

from django.utils import translation
from django.utils.text import slugify

from items.models import DataTable
from items.tables import formats
from items.tables.chart import Chart, chart
from items.tables.numbers import meaning
from items.tables.sentence import sentences
from items.tables.stored import table_of
from items.tables.table import Column, Table


@dataclass(frozen=True)
class ShownCell:
    """A number as it is written, or a sign with what it means."""

    text: str
    meaning: str = ""


@dataclass(frozen=True)
class ShownTable:
    """`rows` are (label, cells). `signs` are the signs that stand in it for what is not published, with meanings."""

    stored: DataTable
    label: str
    columns: list[str]
    rows: list[tuple[str, list[ShownCell]]]
    signs: list[tuple[str, str]]
    sentences: list[str]
    chart: Chart | None
    is_in_time: bool = False

    @property
    def name(self) -> str:
        """The file that it is offered as."""
        return file_name(self.stored)


def file_name(stored: DataTable) -> str:
    """What the download of a table is called."""
    return f"{slugify(stored.caption)[:80].strip('-') or 'table'}.csv"


def shown(tables: Iterable[DataTable], *, language: str) -> list[ShownTable]:
    """Tables as a page of this language shows them; those without any figure are left out."""
    return [_shown(stored, table, language) for stored in tables if (table := table_of(stored)).rows]


def _shown(stored: DataTable, table: Table, language: str) -> ShownTable:
    told = sentences(table, language=language)
    locale = formats.locale_of(language)
    with translation.override(language):
        meanings = {mark: meaning(mark) for mark in table.marks}
        periods = table.row_periods
        labels = [period.name(locale) for period in periods] if periods else [row.label for row in table.rows]
        rows = [
            (
                label,
                [
                    ShownCell(cell.mark, meanings[cell.mark])
                    if cell.value is None
                    else ShownCell(
                        formats.number(cell.value, locale, decimals=column.decimals, is_percentage=column.is_percentage)
                    )
                    for column, cell in zip(table.columns, row.cells, strict=True)
                ],
            )
            for label, row in zip(labels, table.rows, strict=True)
        ]
    return ShownTable(
        stored,
        table.label,
        [column.name for column in table.columns],
        rows,
        [(mark, said) for mark, said in meanings.items() if mark],
        told,
        chart(table, kind=stored.chart, language=language, told=told),
        bool(periods),
    )


def plain_rows(table: Table, *, unit: str = "") -> list[list[str | Decimal]]:
    """A table for programs: headings, then rows of a label with numbers, unrounded, and signs for what is none.

    What the numbers are stands in the heading of each column, whatever the language: "Applications (persons)".
    """
    return [
        [table.label, *(_heading(column, table, unit) for column in table.columns)],
        *([row.label, *(cell.mark if cell.value is None else cell.value for cell in row.cells)] for row in table.rows),
    ]


def _heading(column: Column, table: Table, unit: str) -> str:
    """A heading with its unit. The unit of a table with some percentages is that of its other columns, or of these."""
    if not column.is_percentage:
        said = "" if unit.startswith("%") and any(other.is_percentage for other in table.columns) else unit
    elif unit.startswith("%"):
        said = unit
    else:
        said = f"%, {unit}" if unit and all(other.is_percentage for other in table.columns) else "%"
    is_said = not said or column.name.endswith((f"({said})", f" {said}"))
    return column.name if is_said else f"{column.name} ({said})"
