"""A table of figures: labels down the first column, a series in each other one. Stored as JSON, read as `Table`.

`{"label": "Month", "columns": [{"name": "Applications", "decimals": 0, "is_percentage": false}, …],
"rows": [{"label": "2024-01", "cells": ["3120", {"mark": ":"}]}, …]}`: numbers are texts that `Decimal` reads, so that
none is rounded, with as many decimals as were written.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from decimal import Decimal
from functools import cached_property
from typing import Any

from items.tables import periods
from items.tables.periods import Period


@dataclass(frozen=True)
class Cell:
    """A number, or the sign that stands for one that is not published ("" for an empty cell)."""

    value: Decimal | None
    mark: str = ""


@dataclass(frozen=True)
class Column:
    """A series. `decimals` is the most that any of its numbers has."""

    name: str
    decimals: int = 0
    is_percentage: bool = False


@dataclass(frozen=True)
class Row:
    """A label with its cells, one for each column."""

    label: str
    cells: tuple[Cell, ...]


@dataclass(frozen=True)
class Series:
    """Cells in the order of time: `points` are (period, cell)."""

    name: str
    points: list[tuple[Period, Cell]]
    decimals: int
    is_percentage: bool


@dataclass(frozen=True)
class Table:
    """`label` stands over the labels of the rows, and may be empty."""

    label: str
    columns: tuple[Column, ...]
    rows: tuple[Row, ...]

    @classmethod
    def from_data(cls, data: dict[str, Any]) -> "Table":
        """The table that was stored; an empty one for `{}`."""
        return cls(
            data.get("label", ""),
            tuple(Column(**column) for column in data.get("columns", [])),
            tuple(Row(row["label"], tuple(map(_cell, row["cells"]))) for row in data.get("rows", [])),
        )

    def as_data(self) -> dict[str, Any]:
        """What is stored."""
        return {
            "label": self.label,
            "columns": [
                {"name": column.name, "decimals": column.decimals, "is_percentage": column.is_percentage}
                for column in self.columns
            ],
            "rows": [{"label": row.label, "cells": [_plain(cell) for cell in row.cells]} for row in self.rows],
        }

    def cells(self) -> Iterator[Cell]:
        """All cells, row by row."""
        for row in self.rows:
            yield from row.cells

    @cached_property
    def row_periods(self) -> list[Period] | None:
        """The periods of the rows, in their order, where every label names one."""
        return periods.read_all([row.label for row in self.rows])

    @cached_property
    def column_periods(self) -> list[Period] | None:
        """The periods of the columns, where every heading names one and the rows are no periods."""
        return None if self.row_periods else periods.read_all([column.name for column in self.columns])

    @cached_property
    def marks(self) -> list[str]:
        """The signs that stand in it for what is not published, each once."""
        return sorted({cell.mark for cell in self.cells() if cell.value is None})

    @cached_property
    def has_numbers(self) -> bool:
        return any(cell.value is not None for cell in self.cells())

    def turned(self) -> "Table":
        """The same figures with rows for its columns: each row is a series, all with equally many decimals."""
        decimals = max((column.decimals for column in self.columns), default=0)
        are_percentages = all(column.is_percentage for column in self.columns)
        return Table(
            "",
            tuple(Column(row.label, decimals, are_percentages) for row in self.rows),
            tuple(
                Row(column.name, tuple(row.cells[at] for row in self.rows)) for at, column in enumerate(self.columns)
            ),
        )

    def in_time(self) -> list[Series]:
        """The series as they go on in time, whichever way the table stands; none where no side is one of periods."""
        if self.row_periods:
            return [
                Series(
                    column.name,
                    sorted(
                        ((p, row.cells[at]) for p, row in zip(self.row_periods, self.rows, strict=True)),
                        key=lambda point: point[0],
                    ),
                    column.decimals,
                    column.is_percentage,
                )
                for at, column in enumerate(self.columns)
            ]
        if self.column_periods:
            return self.turned().in_time()
        return []


def _cell(stored: str | dict[str, str]) -> Cell:
    return Cell(Decimal(stored)) if isinstance(stored, str) else Cell(None, stored["mark"])


def _plain(cell: Cell) -> str | dict[str, str]:
    return {"mark": cell.mark} if cell.value is None else f"{cell.value:f}"
