"""Bars of categories: they lie, so that their labels can be read in a narrow place too, and end in their numbers."""

from math import ceil

from babel import Locale

from items.tables import formats
from items.tables.chart.drawing import Drawing, Mark, Place, box, n, wrapped
from items.tables.scale import Scale, scale
from items.tables.table import Cell, Table

BESIDE = 26
"""Letters of a label that stands beside its bar; a longer one stands above."""


def axis_of(table: Table, kind: str) -> Scale:
    """The axis of the bars, which holds zero."""
    rows = [[float(cell.value) for cell in row.cells if cell.value is not None] for row in table.rows]
    if kind == "stacked":
        ends = [sum(value for value in row if (value > 0) is up) for row in rows for up in (True, False)]
    else:
        ends = [value for row in rows for value in row]
    whole = not any(column.decimals or column.is_percentage for column in table.columns)
    return scale(min(ends, default=0.0), max(ends, default=0.0), whole=whole)


def _said(table: Table, at: int, cell: Cell, locale: Locale, *, longest: int) -> str:
    if cell.value is None:
        return cell.mark
    column = table.columns[at]
    return formats.fitting(
        cell.value, locale, longest=longest, decimals=column.decimals, is_percentage=column.is_percentage
    )


def draw(table: Table, kind: str, place: Place, locale: Locale) -> Drawing:
    """One view of a chart ("bar" or "stacked") of the rows of a table."""
    size, axis, is_stacked = place.size, axis_of(table, kind), kind == "stacked"
    longest = place.letters
    said = [
        [_said(table, at, cell, locale, longest=longest) for at, cell in enumerate(row.cells)] for row in table.rows
    ]
    labels = [row.label for row in table.rows]
    is_beside = place.is_wide and max(map(len, labels)) <= BESIDE * 2
    letters = BESIDE if is_beside else int(place.width / (size * 0.56))
    texts = [wrapped(label, letters) for label in labels]
    left = place.measure(line for lines in texts for line in lines) + 12 if is_beside else 4.0
    room = 8.0 if is_stacked else place.measure(text for line in said for text in line) + 10
    has_negative = axis.low < 0
    right = place.width - room
    if has_negative and not is_stacked:
        left += room
    count = 1 if is_stacked else len(table.columns)
    thick = size * (1.35 if count == 1 else 1.15)
    drawing = Drawing(place, place.width, 0)

    def x(value: float) -> float:
        return left + axis.at(value) * (right - left)

    y = size * 0.4
    tops: dict[int, str] = {}
    for row, lines, words in zip(table.rows, texts, said, strict=True):
        block = max(thick * count, size * 1.2 * len(lines)) if is_beside else thick * count
        if is_beside:
            begin = y + block / 2 - size * 1.2 * len(lines) / 2
            for place_of, line in enumerate(lines):
                drawing.write(_beside(left, room, has_negative, is_stacked), begin + size * (0.95 + 1.2 * place_of),
                              line, "end", "chart-label")  # fmt: skip
        else:
            for line in lines:
                drawing.write(4, y + size, line, "start", "chart-label")
                y += size * 1.3
        top = y + (block - thick * count) / 2
        drawing.axis += f"M{n(x(0.0))} {n(top - 2)}V{n(top + thick * count + 2)}"
        ends = [0.0, 0.0]
        for at, (cell, text) in enumerate(zip(row.cells, words, strict=True)):
            value = float(cell.value) if cell.value is not None else None
            if not is_stacked:
                _end(drawing, x(value or 0.0), top + thick / 2 + size * 0.35, text, is_left=(value or 0) < 0)
            if value:
                side = 0 if value > 0 else 1
                foot = ends[side] if is_stacked else 0.0
                ends[side] += value if is_stacked else 0.0
                one, two = sorted((x(foot), x(foot + value)))
                tops[at] = tops.get(at, "") + box(one, top + 1, two - one, thick - 2)
            if not is_stacked:
                top += thick
        if is_stacked and (missing := " ".join(dict.fromkeys(c.mark for c in row.cells if c.value is None and c.mark))):
            drawing.write(x(ends[0]) + 6, top + thick / 2 + size * 0.35, missing, "start", "chart-sign")
        y += block + size * 0.7
    drawing.bars = [Mark(at + 1, path) for at, path in sorted(tops.items())]
    if is_stacked:
        _ticks(drawing, axis, x, y, locale, is_percentage=all(column.is_percentage for column in table.columns))
        y += size * 1.8
    drawing.height = int(y) + 1
    return drawing


def _beside(left: float, room: float, has_negative: bool, is_stacked: bool) -> float:
    return left - 12 - (room if has_negative and not is_stacked else 0)


def _end(drawing: Drawing, x: float, y: float, text: str, *, is_left: bool) -> None:
    """The number at the end of a bar, or the sign where there is none."""
    if text:
        drawing.write(x - 6 if is_left else x + 6, y, text, "end" if is_left else "start", "chart-value")


def _ticks(drawing: Drawing, axis: Scale, x, bottom: float, locale: Locale, *, is_percentage: bool) -> None:
    size, last = drawing.place.size, len(axis.ticks) - 1
    texts = formats.ticks(
        axis.ticks, locale, longest=drawing.place.letters, decimals=axis.decimals, is_percentage=is_percentage
    )
    # As many as do not touch; the last one ends where it stands.
    apart = (x(axis.high) - x(axis.low)) / max(last, 1)
    every = ceil((drawing.place.measure(texts) * 1.5 + size / 2) / apart)
    for place, (tick, text) in enumerate(zip(axis.ticks, texts, strict=True)):
        at = x(float(tick))
        drawing.grid += f"M{n(at)} 0V{n(bottom)}"
        if place % every == 0:
            anchor = "end" if place == last else "start" if at < size else "middle"
            drawing.write(at, bottom + size * 1.3, text, anchor, "chart-tick")
