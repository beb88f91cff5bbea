"""Charts of tables, as SVG that needs no script: what is drawn, and the words for who does not see it."""

from django.utils import translation
from django.utils.translation import gettext as _

from items.tables import formats
from items.tables.chart import lying, upright
from items.tables.chart.drawing import MOST_SERIES, NARROW, WIDE, Chart, Mark
from items.tables.table import Table

MOST_LYING = 60
"""Bars that lie: more are a table, not a chart."""
MOST_UPRIGHT = 240


def default_kind(table: Table) -> str:
    """What suits the figures: lines over time, bars for the rest; bars too for a single moment."""
    found = as_drawn(table).row_periods
    return "line" if found and len(found) > 1 else "bar"


def as_drawn(table: Table, kind: str = "") -> Table:
    """The table as a chart reads it: with its rows going on in time, where either side of it does.

    Bars for one moment, or for more names than a chart has series, stay as they are: a bar for each name.
    """
    if table.column_periods is None:
        return table
    are_names = len(table.column_periods) == 1 or len(table.rows) > MOST_SERIES
    return table if are_names and kind not in ("line", "stacked") else table.turned()


def why_not(table: Table, kind: str) -> str:
    """Why a table cannot be drawn so, in the active language; "" where it can."""
    table = as_drawn(table, kind)
    if not table.has_numbers:
        return _("no number is published")
    if len(table.columns) > MOST_SERIES:
        return _("a chart has %(most)d series at most") % {"most": MOST_SERIES}
    if kind == "line" and not table.row_periods:
        return _("lines need years, months or quarters in the first column or the first row")
    bars = len(table.rows) * (1 if kind == "stacked" else len(table.columns))
    if kind != "line" and bars > (MOST_UPRIGHT if table.row_periods else MOST_LYING):
        return _("%(bars)d bars are too many to be told apart") % {"bars": bars}
    return ""


def chart(table: Table, *, kind: str = "", language: str, told: list[str] | None = None) -> Chart | None:
    """The chart of a table; None where there is none to draw.

    `kind` is "line", "bar" or "stacked", "" for what suits the figures. `told` are the sentences that its description
    ends with.
    """
    kind = kind or default_kind(table)
    if kind == "none" or why_not(table, kind):
        return None
    table = as_drawn(table, kind)
    locale = formats.locale_of(language)
    is_labelled = False
    with translation.override(language):
        if table.row_periods:
            series = table.in_time()
            (wide, is_labelled), (narrow, _no) = (upright.draw(series, kind, place, locale) for place in (WIDE, NARROW))
            drawings = [wide, narrow]
            from_zero = upright.axis_of(series, kind).has_zero
        else:
            drawings = [lying.draw(table, kind, place, locale) for place in (WIDE, NARROW)]
            from_zero = True
        notes = [] if from_zero else [_("The axis does not begin at zero.")]
        if any(cell.value is None for cell in table.cells()):
            notes.append(_gaps(kind))
        legend = [(Mark(number, ""), column.name) for number, column in enumerate(table.columns, start=1)]
        described = " ".join([_described(table, kind, locale), *(told or []), _("The table gives the figures.")])
    marks = [mark for mark, _name in legend]
    return Chart(kind, marks, drawings, legend if len(legend) > 1 else [], is_labelled, described, notes)


def _gaps(kind: str) -> str:
    """What stands where nothing is published."""
    if kind == "line":
        return _("The line breaks where no figure is published.")
    if kind == "stacked":
        return _("Where a part is not published, the bar lacks it.")
    return _("Where no figure is published, no bar is drawn.")


def _described(table: Table, kind: str, locale) -> str:
    """The first words for who does not see a chart: of what sort it is, and what it covers."""
    names = ", ".join(column.name for column in table.columns)
    if table.row_periods:
        first, last = min(table.row_periods), max(table.row_periods)
        said = {"names": names, "first": first.name(locale), "last": last.name(locale)}
        if first == last:
            if kind == "line":
                return _("Line chart of %(names)s, %(first)s.") % said
            if kind == "stacked":
                return _("Stacked bar chart of %(names)s, %(first)s.") % said
            return _("Bar chart of %(names)s, %(first)s.") % said
        if kind == "line":
            return _("Line chart of %(names)s, %(first)s to %(last)s.") % said
        if kind == "stacked":
            return _("Stacked bar chart of %(names)s, %(first)s to %(last)s.") % said
        return _("Bar chart of %(names)s, %(first)s to %(last)s.") % said
    labels = ", ".join(row.label for row in table.rows[:12]) + (" …" if len(table.rows) > 12 else "")
    if kind == "stacked":
        return _("Stacked bar chart of %(names)s, for %(labels)s.") % {"names": names, "labels": labels}
    return _("Bar chart of %(names)s, for %(labels)s.") % {"names": names, "labels": labels}
