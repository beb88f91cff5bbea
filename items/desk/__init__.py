"""What the front of the desk tells: figures, each a set of items that the list can show too, and what goes out when."""

from items.desk import agenda
from items.desk.chart import Chart, chart
from items.desk.figures import (
    FIGURES,
    GAPS,
    LISTED_FIGURES,
    LISTED_GAPS,
    Figure,
    condition_of,
    gap_counts,
    of_figure,
    untranslated_into,
)

__all__ = [
    "FIGURES",
    "GAPS",
    "LISTED_FIGURES",
    "LISTED_GAPS",
    "Chart",
    "Figure",
    "agenda",
    "chart",
    "condition_of",
    "gap_counts",
    "of_figure",
    "untranslated_into",
]
