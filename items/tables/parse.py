"""What an editor uploaded or pasted, read as a table; where it is none, what is wrong, by row and column.

Pure: nothing is guessed and nothing is dropped. A cell is a number, a sign that stands for one, or a problem.
"""

from collections.abc import Iterator
from dataclasses import dataclass

from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _

from items.tables import numbers, periods, source
from items.tables.numbers import COMMA, POINT, Number
from items.tables.table import Cell, Column, Row, Table

MOST_ROWS = 500
MOST_COLUMNS = 30
LONGEST_LABEL = 200
"""Characters of a heading or label."""


@dataclass(frozen=True)
class Problem:
    """What is wrong, in words that say where."""

    text: str

    def __str__(self) -> str:
        return self.text


@dataclass(frozen=True)
class Parsed:
    """The table, or what is wrong with the text. `style` is the decimal sign that was found, "" where none matters."""

    table: Table | None
    problems: list[Problem]
    style: str = ""


def letter(column: int) -> str:
    """A column's letter in a spreadsheet, from 0: A, B, … Z, AA."""
    return letter(column // 26 - 1) + letter(column % 26) if column >= 26 else chr(ord("A") + column)


def parse(text: str, *, style: str = "") -> Parsed:
    """The table of a text. `style` (`POINT` or `COMMA`) says how decimals begin; "" finds out from the numbers."""
    try:
        rows = source.rows(text)
    except ValidationError as error:
        return Parsed(None, [Problem(message) for message in error.messages])
    problems = list(_shape(rows))
    if problems:
        return Parsed(None, problems)
    heading, body = rows[0], rows[1:]
    found, problems = (style, []) if style else _style(body)
    if problems:
        cells = ((row, at, cell) for row in body for at, cell in enumerate(row.cells[1:], start=1))
        unread = [where for where in cells if not any(_cell(where[2], one) for one in (POINT, COMMA))]
        return Parsed(None, problems + [_no_number(row, at, heading, cell, "") for row, at, cell in unread])
    grid: list[list[Cell | Number]] = []
    for row in body:
        line: list[Cell | Number] = []
        for at, cell in enumerate(row.cells[1:], start=1):
            one = _cell(cell, found)
            if one is None:
                problems.append(_no_number(row, at, heading, cell, style))
                one = Cell(None)
            line.append(one)
        grid.append(line)
    problems += _mixed(body, heading, grid)
    if problems:
        return Parsed(None, problems)
    columns = tuple(_column(name, [line[at] for line in grid]) for at, name in enumerate(heading.cells[1:]))
    made = tuple(
        Row(row.cells[0], tuple(Cell(one.value) if isinstance(one, Number) else one for one in line))
        for row, line in zip(body, grid, strict=True)
    )
    return Parsed(Table(heading.cells[0], columns, made), [], found)


def _cell(text: str, style: str) -> Cell | Number | None:
    sign = numbers.mark(text)
    return Cell(None, sign) if sign is not None else numbers.read(text, style or POINT)


def _column(name: str, cells: list[Cell | Number]) -> Column:
    found = [cell for cell in cells if isinstance(cell, Number)]
    decimals = max((-int(number.value.as_tuple().exponent) for number in found), default=0)
    return Column(name, max(decimals, 0), any(number.is_percentage for number in found))


# --- What is wrong -------------------------------------------------------------------------------------------------


def _shape(rows: list[source.Row]) -> Iterator[Problem]:
    heading, body = rows[0], rows[1:]
    width = len(heading.cells)
    if not body:
        yield Problem(_("There are headings only: put at least one row of figures below them."))
        return
    if len(body) > MOST_ROWS or width - 1 > MOST_COLUMNS:
        yield Problem(
            _(
                "The table has %(rows)d rows and %(columns)d columns of figures; "
                "%(most_rows)d and %(most)d are the most."
            )
            % {"rows": len(body), "columns": width - 1, "most_rows": MOST_ROWS, "most": MOST_COLUMNS}
        )
        return
    if periods.read(heading.cells[0]) and all(numbers.read(cell, POINT) for cell in heading.cells[1:]):
        yield Problem(_("The first row holds figures: put a row with the names of the columns above it."))
        return
    for row in body:
        if len(row.cells) != width:
            yield Problem(
                _("Row %(row)d has %(cells)d cells, and the headings are %(width)d.")
                % {"row": row.number, "cells": len(row.cells), "width": width}
            )
        elif not row.cells[0]:
            yield Problem(_("Row %(row)d, column A: the label is missing.") % {"row": row.number})
    yield from _names(heading, body)


def _names(heading: source.Row, body: list[source.Row]) -> Iterator[Problem]:
    seen: dict[str, int] = {}
    for at, name in enumerate(heading.cells[1:], start=1):
        if not name:
            yield Problem(
                _("Row %(row)d, column %(column)s: the heading is missing.")
                % {"row": heading.number, "column": letter(at)}
            )
        elif name in seen:
            yield Problem(
                _("Columns %(first)s and %(second)s have the same heading, “%(name)s”.")
                % {"first": letter(seen[name]), "second": letter(at), "name": name}
            )
        seen.setdefault(name, at)
    when: dict[object, int] = {}
    for row in [heading, *body]:
        for at, cell in enumerate(row.cells if row is heading else row.cells[:1]):
            if len(cell) > LONGEST_LABEL:
                yield Problem(
                    _("Row %(row)d, column %(column)s: the text is longer than %(most)d characters.")
                    % {"row": row.number, "column": letter(at), "most": LONGEST_LABEL}
                )
        if row is heading or (period := periods.read(row.cells[0] if row.cells else "")) is None:
            continue
        if period in when:
            yield Problem(
                _("Rows %(first)d and %(second)d are both for “%(name)s”.")
                % {"first": when[period], "second": row.number, "name": row.cells[0]}
            )
        when.setdefault(period, row.number)


def _style(body: list[source.Row]) -> tuple[str, list[Problem]]:
    """How decimals begin in the whole table, or why that cannot be told."""
    only: dict[str, tuple[source.Row, int, str]] = {}
    doubtful: tuple[source.Row, int, str] | None = None
    for row in body:
        for at, cell in enumerate(row.cells[1:], start=1):
            if numbers.mark(cell) is not None:
                continue
            point, comma = numbers.read(cell, POINT), numbers.read(cell, COMMA)
            if point and not comma:
                only.setdefault(POINT, (row, at, cell))
            elif comma and not point:
                only.setdefault(COMMA, (row, at, cell))
            elif point and comma and point.value != comma.value and doubtful is None:
                doubtful = (row, at, cell)
    if len(only) == 2:
        (one, one_at, one_cell), (two, two_at, two_cell) = only[POINT], only[COMMA]
        return "", [
            Problem(
                _(
                    "Row %(row)d, column %(column)s: “%(cell)s” is written with a decimal point, and “%(other)s” in "
                    "row %(other_row)d, column %(other_column)s with a decimal comma. Write all numbers alike."
                )
                % {
                    "row": one.number, "column": letter(one_at), "cell": one_cell,
                    "other": two_cell, "other_row": two.number, "other_column": letter(two_at),
                }
            )
        ]  # fmt: skip
    if doubtful is None or only:
        return next(iter(only), ""), []
    row, at, cell = doubtful
    readings = [numbers.read(cell, style) for style in (POINT, COMMA)]
    return "", [
        Problem(
            _(
                "Row %(row)d, column %(column)s: “%(cell)s” may be %(point)s or %(comma)s. Say which sign begins the "
                "decimals."
            )
            % {
                "row": row.number, "column": letter(at), "cell": cell,
                "point": readings[0].text if readings[0] else "", "comma": readings[1].text if readings[1] else "",
            }
        )
    ]  # fmt: skip


def _no_number(row: source.Row, at: int, heading: source.Row, cell: str, style: str) -> Problem:
    where = {"row": row.number, "column": letter(at), "name": heading.cells[at], "cell": cell[:100]}
    other = COMMA if style == POINT else POINT
    if len(cell) > numbers.LONGEST and cell[:1].isdigit():
        text = _("Row %(row)d, column %(column)s (%(name)s): “%(cell)s” is longer than any number that is shown.")
    elif style and numbers.read(cell, other):
        text = _("Row %(row)d, column %(column)s (%(name)s): “%(cell)s” does not fit the decimal sign that was chosen.")
    else:
        text = _(
            "Row %(row)d, column %(column)s (%(name)s): “%(cell)s” is no number, and none of the signs for one that is "
            "not published."
        )
    return Problem(text % where)


def _mixed(body: list[source.Row], heading: source.Row, grid: list[list[Cell | Number]]) -> Iterator[Problem]:
    """Columns in which some numbers are percentages and some are not."""
    for at, name in enumerate(heading.cells[1:]):
        found = [(row.number, one) for row, line in zip(body, grid, strict=True) if isinstance(one := line[at], Number)]
        if len({one.is_percentage for _row, one in found}) > 1:
            first = found[0][1].is_percentage
            other = next(number for number, one in found if one.is_percentage != first)
            yield Problem(
                _(
                    "Row %(row)d, column %(column)s (%(name)s): some numbers of this column are percentages, "
                    "some are not."
                )
                % {"row": other, "column": letter(at + 1), "name": name}
            )
