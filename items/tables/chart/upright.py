"""Charts over time: lines, and bars that stand on a time axis. What is not published leaves a gap."""

from collections import defaultdict
from dataclasses import dataclass
from decimal import Decimal

from babel import Locale

from items.tables import formats
from items.tables.chart.drawing import Drawing, Mark, Place, box, n, shortened
from items.tables.periods import MONTH, QUARTER, YEAR, Period
from items.tables.scale import Scale, scale
from items.tables.table import Series

MANY_POINTS = 36
"""Points on a line up to which each has its marker."""
_STEPS = {
    MONTH: (1, 2, 3, 6, 12, 24, 60, 120, 240, 600, 1200),
    QUARTER: (1, 2, 4, 8, 20, 40, 80, 200, 400),
    YEAR: (1, 2, 5, 10, 20, 50, 100, 200, 500),
}
_IN_A_YEAR = {MONTH: 12, QUARTER: 4, YEAR: 1}
LABEL = 24
"""Letters of a series' name at the end of its line."""


@dataclass(frozen=True)
class Frame:
    """The plot within a drawing, and the scale of its upright axis."""

    left: float
    top: float
    right: float
    bottom: float
    scale: Scale

    def y(self, value: Decimal | float) -> float:
        """Where a number stands."""
        return self.bottom - self.scale.at(float(value)) * (self.bottom - self.top)


def _values(series: list[Series]) -> list[float]:
    return [float(cell.value) for one in series for _period, cell in one.points if cell.value is not None]


def _totals(series: list[Series]) -> list[float]:
    """How far the stacks reach, up and down."""
    up: dict[Period, float] = defaultdict(float)
    down: dict[Period, float] = defaultdict(float)
    for one in series:
        for period, cell in one.points:
            if cell.value is not None:
                (up if cell.value > 0 else down)[period] += float(cell.value)
    return [*up.values(), *down.values()]


def axis_of(series: list[Series], kind: str) -> Scale:
    """The upright axis; that of bars always holds zero."""
    values = _totals(series) if kind == "stacked" else _values(series)
    whole = not any(one.decimals or one.is_percentage for one in series)
    return scale(min(values), max(values), from_zero=kind != "line", whole=whole)


def draw(series: list[Series], kind: str, place: Place, locale: Locale) -> tuple[Drawing, bool]:
    """One view of a chart ("line", "bar" or "stacked"), and whether it names all its series in full."""
    drawing = Drawing(place, place.width, place.height)
    axis = axis_of(series, kind)
    are_percentages = all(one.is_percentage for one in series)
    ticks = formats.ticks(
        axis.ticks, locale, longest=place.letters, decimals=axis.decimals, is_percentage=are_percentages
    )
    names, is_labelled = _end_labels(series, kind, place, locale)
    left, size = place.measure(ticks) + 10, place.size
    periods = sorted({period for one in series for period, _cell in one.points})
    first, last = periods[0].number, periods[-1].number
    right = place.width - (_beyond(series, names, place, left) if kind == "line" else 4)
    frame = Frame(left, size * 0.7, right, place.height - size * 2.7, axis)
    _upright_axis(drawing, frame, ticks)
    band = (frame.right - frame.left) / (last - first + 1)
    half = band / 2 if kind != "line" or first == last else 0
    step = (frame.right - frame.left - 2 * half) / max(last - first, 1)
    where = {period: frame.left + half + (period.number - first) * step for period in periods}
    _time_axis(drawing, frame, where, locale)
    if kind == "line":
        _lines(drawing, frame, series, where)
        if names and len(series) == 1:
            _write_last(drawing, frame, series[0], names[0], where)
        elif names:
            _write_ends(drawing, frame, series, names)
    else:
        _bars(drawing, frame, series, where, band, is_stacked=kind == "stacked")
    return drawing, is_labelled


def _end_labels(series: list[Series], kind: str, place: Place, locale: Locale) -> tuple[list[str], bool]:
    """What is written at the ends of lines: the names of several, the last number of a single one."""
    if kind != "line":
        return [], False
    if len(series) == 1:
        if (end := _last_point(series[0])) is None:
            return [], False
        decimals, is_percentage = series[0].decimals, series[0].is_percentage
        text = formats.fitting(end[1], locale, longest=place.letters, decimals=decimals, is_percentage=is_percentage)
        return [text], False
    if not place.is_wide:
        return [], False
    names = [shortened(one.name, LABEL) for one in series]
    return names, names == [one.name for one in series]


def _last_point(one: Series) -> tuple[Period, Decimal] | None:
    """The last point of a line, which need not be that of the last period."""
    return next(((period, cell.value) for period, cell in reversed(one.points) if cell.value is not None), None)


def _beyond(series: list[Series], names: list[str], place: Place, left: float) -> float:
    """How much stands beyond the plot of lines: what is written at their ends, or half of what is below them."""
    label = place.measure(names) + 12 if names else 0.0
    # Half a year's number stands out beyond the last period; half of a sign may.
    half = max(place.size * 1.2, place.measure(one.points[-1][1].mark for one in series[:1]) / 2 + 2)
    if len(series) == 1 and (end := _last_point(series[0])):
        points = series[0].points
        first, last = points[0][0].number, points[-1][0].number
        share = (end[0].number - first) / (last - first) if last > first else 0.5
        # A line that ends early may leave room for its number within the plot.
        if left + share * (place.width - half - left) + label <= place.width:
            return half
    return max(label, half)


def _upright_axis(drawing: Drawing, frame: Frame, ticks: list[str]) -> None:
    for tick, text in zip(frame.scale.ticks, ticks, strict=True):
        y = frame.y(tick)
        line = f"M{n(frame.left)} {n(y)}H{n(frame.right)}"
        if tick == 0 or (tick == frame.scale.ticks[0] and not frame.scale.has_zero):
            drawing.axis += line
        else:
            drawing.grid += line
        drawing.write(frame.left - 8, y + drawing.place.size * 0.35, text, "end", "chart-tick")


def _time_axis(drawing: Drawing, frame: Frame, where: dict[Period, float], locale: Locale) -> None:
    periods, size = list(where), drawing.place.size
    kind, a_year = periods[0].kind, _IN_A_YEAR[periods[0].kind]
    room = (frame.right - frame.left) / (size * (2.9 if kind != QUARTER else 2.5))
    length = periods[-1].number - periods[0].number + 1
    step = next((step for step in _STEPS[kind] if length / step <= room), _STEPS[kind][-1])
    shown = [period for period in periods if period.number % step == 0]
    if len(shown) < 2:
        shown = [periods[0], *periods[-1:]] if len(periods) > 1 else periods
        step = 1
    year = None
    for period in shown:
        x, lines = where[period], []
        if step < a_year:
            lines.append(period.short(locale))
        if period.year != year:
            lines.append(str(period.year))
        year = period.year
        for place, line in enumerate(lines):
            drawing.write(x, frame.bottom + size * (1.3 + 1.2 * place), line, "middle", "chart-tick")


def _lines(drawing: Drawing, frame: Frame, series: list[Series], where: dict[Period, float]) -> None:
    for number, one in enumerate(series, start=1):
        path, pen, drawn = "", False, 0
        for place, (period, cell) in enumerate(one.points):
            if cell.value is None:
                if len(series) == 1 and len(one.points) <= MANY_POINTS and cell.mark:
                    drawing.write(where[period], frame.bottom - 6, cell.mark, "middle", "chart-sign")
                pen = False
                continue
            point = f"{n(where[period])} {n(frame.y(cell.value))}"
            follows = place + 1 < len(one.points) and one.points[place + 1][1].value is not None
            # A number between two gaps is a point, which takes a line of no length to be seen.
            path += f"L{point}" if pen else f"M{point}" + ("" if follows else "h0")
            pen, drawn = True, drawn + 1
        if path:
            drawing.lines.append(Mark(number, path, "all" if drawn <= MANY_POINTS else "ends"))


def _write_last(drawing: Drawing, frame: Frame, one: Series, text: str, where: dict[Period, float]) -> None:
    """The last number of a line, to the right of its point: it belongs to that period, and there is no line there."""
    end = _last_point(one)
    if end is None:
        return
    size = drawing.place.size
    y = frame.y(end[1]) + size * 0.35
    if any(cell.mark for period, cell in one.points if period > end[0]):
        # Signs of later periods stand on the ground.
        y = min(y, frame.bottom - 6 - size)
    drawing.write(where[end[0]] + 9, y, text, "start", "chart-name ink-1")


def _write_ends(drawing: Drawing, frame: Frame, series: list[Series], names: list[str]) -> None:
    """Names beside the ends of lines, apart from each other."""
    ends: list[tuple[float, int, str]] = []
    for number, (one, name) in enumerate(zip(series, names, strict=True), start=1):
        if end := _last_point(one):
            ends.append((frame.y(end[1]), number, name))
    ends.sort()
    size = drawing.place.size
    gap = min(size * 1.15, (frame.bottom - frame.top) / max(len(ends) - 1, 1))
    heights = [y for y, _number, _name in ends]
    for place in range(1, len(heights)):
        heights[place] = max(heights[place], heights[place - 1] + gap)
    limit = frame.bottom
    for place in reversed(range(len(heights))):
        heights[place] = min(heights[place], limit)
        limit = heights[place] - gap
    for y, (_end, number, name) in zip(heights, ends, strict=True):
        colour = Mark(number, "").colour
        drawing.write(frame.right + 9, y + size * 0.35, name, "start", f"chart-name ink-{colour}")


def _bars(
    drawing: Drawing, frame: Frame, series: list[Series], where: dict[Period, float], band: float, *, is_stacked: bool
) -> None:
    inner = min(band * (0.72 if band > 8 else 0.9), drawing.place.width / 5)
    width = inner if is_stacked else inner / len(series)
    ground = frame.y(0)
    tops: dict[Period, list[float]] = {period: [0.0, 0.0] for period in where}
    few = len(where) * (1 if is_stacked else len(series)) <= (30 if drawing.place.is_wide else 14)
    for number, one in enumerate(series, start=1):
        path = ""
        for period, cell in one.points:
            x = where[period] - inner / 2 + (0 if is_stacked else (number - 1) * width)
            if cell.value is None:
                if few and cell.mark and not is_stacked:
                    drawing.write(x + width / 2, ground - 5, cell.mark, "middle", "chart-sign")
                continue
            value = float(cell.value)
            side = 0 if value >= 0 else 1
            foot = tops[period][side] if is_stacked else 0.0
            if is_stacked:
                tops[period][side] += value
            ends = sorted((frame.y(foot), frame.y(foot + value)))
            if ends[1] - ends[0] > 0:
                path += box(x, ends[0], width, ends[1] - ends[0])
        if path:
            drawing.bars.append(Mark(number, path))
    if is_stacked:
        _write_signs(drawing, frame, series, where, tops)


def _write_signs(
    drawing: Drawing, frame: Frame, series: list[Series], where: dict[Period, float], tops: dict[Period, list[float]]
) -> None:
    """Above a stack that lacks a part, the sign of that part."""
    if len(where) > (30 if drawing.place.is_wide else 14):
        return
    lacking: dict[Period, list[str]] = defaultdict(list)
    for one in series:
        for period, cell in one.points:
            if cell.value is None and cell.mark and cell.mark not in lacking[period]:
                lacking[period].append(cell.mark)
    for period, marks in lacking.items():
        if marks:
            y = frame.y(tops[period][0]) - 5
            drawing.write(where[period], y, " ".join(marks), "middle", "chart-sign")
