"""Published items by month and main theme, as bars with a table."""

from collections import defaultdict
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from django.utils import timezone

from items.desk.kept import kept
from items.models import ItemTheme, Theme
from items.models.item import Status

MONTHS = 12
COLOURS = 5
"""Themes with a colour of their own; all others share one."""
WIDTH, HEIGHT, GAP = 720, 200, 8


@dataclass(frozen=True)
class Bar:
    """A part of a month's bar: `series` is 1 to COLOURS, 0 for the other themes."""

    series: int
    x: int
    y: float
    width: int
    height: float


@dataclass(frozen=True)
class Month:
    """A month: the middle of its bar, and how many items each theme has, in the order of `Chart.themes`."""

    first: date
    middle: int
    counts: list[tuple[Any, int]]


@dataclass(frozen=True)
class Chart:
    """`themes` are (series, theme), the most frequent first. An item with two main themes counts in both."""

    themes: list[tuple[int, Any]]
    months: list[Month]
    bars: list[Bar]
    highest: int


def _months(at: datetime) -> list[date]:
    today = timezone.localdate(at)
    last = today.year * 12 + today.month - 1
    return [date(number // 12, number % 12 + 1, 1) for number in range(last - MONTHS + 1, last + 1)]


def _counts(at: datetime) -> dict[tuple[int, int, int], int]:
    """Approved items by year, month and main theme."""
    first = _months(at)[0]
    tree = Theme.objects.tree()
    main = {key: node.term.pk for node in tree.nodes() if not node.depth for key in tree.family(node.term.pk)}
    found: dict[tuple[int, int, int], set[int]] = defaultdict(set)
    links = ItemTheme.objects.filter(item__status=Status.APPROVED, item__publication_date__gte=first)
    for item, theme, day in links.values_list("item", "theme", "item__publication_date").iterator():
        if day is not None:
            found[day.year, day.month, main[theme]].add(item)
    return {key: len(items) for key, items in found.items()}


def chart(at: datetime) -> Chart:
    """The last months up to this one."""
    counts = kept("chart", at, lambda: _counts(at))
    months = _months(at)
    wanted = {(month.year, month.month) for month in months}
    counts = {key: count for key, count in counts.items() if key[:2] in wanted}  # some are dated ahead
    totals: dict[int, int] = defaultdict(int)
    for (_year, _month, theme), count in counts.items():
        totals[theme] += count
    terms = Theme.objects.in_bulk(totals)
    ranked = sorted(terms.values(), key=lambda term: (-totals[term.pk], term.pk))
    themes = [(number if number <= COLOURS else 0, term) for number, term in enumerate(ranked, start=1)]
    heights = [sum(counts.get((month.year, month.month, term.pk), 0) for term in ranked) for month in months]
    highest = max(heights, default=0)
    step = WIDTH // MONTHS
    rows, bars = [], []
    for place, month in enumerate(months):
        top = float(HEIGHT)
        cells = []
        for series, term in themes:
            count = counts.get((month.year, month.month, term.pk), 0)
            cells.append((term, count))
            if count:
                height = round(HEIGHT * count / highest, 1)
                top = round(top - height, 1)
                bars.append(Bar(series, place * step + GAP // 2, top, step - GAP, height))
        rows.append(Month(month, place * step + step // 2, cells))
    return Chart(themes, rows, bars, highest)
