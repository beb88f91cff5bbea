"""The chart of a table: the right sort, round ticks, gaps, and nothing outside its frame."""

import re
from decimal import Decimal
from itertools import pairwise

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from items.tables import parse
from items.tables.chart import chart, default_kind, why_not
from items.tables.chart.drawing import KINDS, MOST_SERIES, Mark
from items.tables.scale import scale
from items.tables.table import Cell, Column, Row, Table

NAMES = "Country;Work;Family\nBelgium;14;26\nFrance;41;:\n"
YEARS = "Year;A;B\n2024;1;5\n2025;:;6\n2026;3;7\n"


def table_of(text):
    return parse(text).table


def drawn(text, **more):
    return chart(table_of(text), language=more.pop("language", "en"), **more)


def words(drawing):
    return [text.text for text in drawing.texts]


def test_time_is_drawn_as_lines_and_names_as_bars():
    assert [default_kind(table_of(text)) for text in (YEARS, NAMES, "Year;A\n2026;5")] == ["line", "bar", "bar"]
    assert drawn(YEARS).kind == "line"
    assert drawn(NAMES).kind == "bar"
    assert drawn(YEARS, kind="stacked").kind == "stacked"
    assert drawn(YEARS, kind="none") is None


def test_time_is_read_from_the_headings_too():
    years = range(2015, 2027)
    head = ";".join(map(str, reversed(years)))
    text = f"Kind;{head}\nFirst;{';'.join(str(year - 2000) for year in reversed(years))}\nAgain;{';'.join('4' * 12)}"
    found = drawn(text)
    assert (found.kind, [name for _mark, name in found.legend]) == ("line", ["First", "Again"])
    assert found.described == "Line chart of First, Again, 2015 to 2026. The table gives the figures."
    rows = "Year;First;Again\n" + "\n".join(f"{year};{year - 2000};4" for year in years)
    for kind in ("line", "bar", "stacked"):
        assert drawn(text, kind=kind).drawings == drawn(rows, kind=kind).drawings
    assert table_of(text).columns[0].name == "2026"


def test_bars_for_one_moment_or_for_many_names_are_by_name():
    one = drawn("Country;2026\nBelgium;3\nFrance;4")
    many = drawn("Country;2025;2026\n" + "\n".join(f"Country {number};1;2" for number in range(13)))
    assert (one.kind, one.described[:36]) == ("bar", "Bar chart of 2026, for Belgium, Fran")
    assert (many.kind, [name for _mark, name in many.legend]) == ("bar", ["2025", "2026"])


def test_a_line_breaks_where_nothing_is_published_and_the_reader_is_told():
    found = drawn(YEARS)
    first, second = found.drawings[0].lines
    assert (first.path.count("M"), second.path.count("M")) == (2, 1)
    assert "The line breaks where no figure is published." in found.notes
    assert drawn("Year;A\n2025;1\n2026;2").notes == []


def test_a_number_between_two_gaps_is_still_seen():
    (line,) = drawn("Year;A\n2024;:\n2025;5\n2026;:\n2027;4\n2028;5").drawings[0].lines
    assert line.path.count("h0") == 1


def test_a_missing_part_stands_as_its_sign_beside_the_bar():
    assert ":" in words(drawn(NAMES).drawings[0])
    assert ":" in words(drawn(NAMES, kind="stacked").drawings[0])


def test_series_are_told_apart_without_colour():
    marks = [Mark(number, "") for number in range(1, MOST_SERIES + 1)]
    assert len({(mark.colour, mark.pattern) for mark in marks}) == MOST_SERIES
    assert len({mark.shape for mark in marks}) == len({mark.hatching for mark in marks}) == KINDS
    for start in (0, KINDS):
        assert len({mark.pattern for mark in marks[start : start + KINDS]}) == KINDS


def test_lines_are_named_at_their_ends_where_there_is_room_and_in_a_legend_elsewhere():
    found = drawn("Year;Alpha;Beta\n2025;1;5\n2026;2;6")
    wide, narrow = found.drawings
    assert {"Alpha", "Beta"} <= set(words(wide))
    assert not {"Alpha", "Beta"} & set(words(narrow))
    assert found.is_labelled
    assert [name for _mark, name in found.legend] == ["Alpha", "Beta"]
    assert not drawn(f"Year;{'long name ' * 5};B\n2025;1;2\n2026;2;3").is_labelled
    assert drawn("Year;A\n2025;1\n2026;2").legend == []


@pytest.mark.parametrize("last", ["<5", ":", ""])
@pytest.mark.parametrize("value", ["13", "0"])
def test_the_number_at_the_end_of_a_line_stands_at_its_last_point(value, last):
    for drawing in drawn(f"Month;A\n2026-08;12\n2026-09;{value}\n2026-10;{last}", kind="line").drawings:
        (label,) = [text for text in drawing.texts if text.css.startswith("chart-name")]
        end = float(re.findall(r"[ML]([0-9.]+)", drawing.lines[0].path)[-1])
        width = drawing.place.measure([label.text])
        assert (label.text, label.anchor, float(label.x)) == (value, "start", pytest.approx(end + 9, abs=0.2))
        assert float(label.x) + width <= drawing.width
        for sign in (text for text in drawing.texts if text.css == "chart-sign"):
            assert float(sign.y) - float(label.y) >= drawing.place.size


def test_a_number_at_the_end_of_a_line_has_room_in_any_place():
    months = [f"{year}-{month:02}" for year in (2025, 2026) for month in range(1, 13)]
    for gaps in range(len(months)):
        values = ["1234567.8"] * (len(months) - gaps) + ["<999999999"] * gaps
        text = "Month;A\n" + "\n".join(f"{month};{value}" for month, value in zip(months, values, strict=True))
        for drawing in drawn(text, kind="line").drawings:
            for one in drawing.texts:
                width = drawing.place.measure([one.text]) * {"start": 1, "middle": 0.5, "end": 0}[one.anchor]
                assert float(one.x) + width <= drawing.width + 0.1, (gaps, one)


def test_names_at_the_ends_of_lines_do_not_cover_each_other():
    series = ";".join(f"Series {number}" for number in range(12))
    found = drawn(f"Year;{series}\n2025;{';'.join('5' * 12)}\n2026;{';'.join('5' * 12)}")
    heights = sorted(float(text.y) for text in found.drawings[0].texts if text.css.startswith("chart-name"))
    assert min(b - a for a, b in pairwise(heights)) > 12


def test_the_description_says_what_is_drawn_over_what():
    found = drawn(YEARS, told=["A came to 3."])
    assert found.described == "Line chart of A, B, 2024 to 2026. A came to 3. The table gives the figures."
    assert "for Belgium, France" in drawn(NAMES).described


@pytest.mark.parametrize(
    ("language", "kind", "said"),
    [
        ("en", "", "Bar chart of A, 2026."),
        ("en", "line", "Line chart of A, 2026."),
        ("en", "stacked", "Stacked bar chart of A, 2026."),
        ("fr", "", "Graphique en barres\u00a0: A, 2026."),
        ("nl", "", "Staafdiagram van A, 2026."),
        ("de", "", "Balkendiagramm: A, 2026."),
    ],
)
def test_a_single_period_is_named_once(language, kind, said):
    assert drawn("Year;A\n2026;5", kind=kind, language=language).described.startswith(said)


def test_an_axis_that_does_not_begin_at_zero_says_so():
    high = "Year;A\n2025;11500000\n2026;11700000"
    assert "The axis does not begin at zero." in drawn(high).notes
    assert drawn(high, kind="bar").notes == []


def test_numbers_on_the_axis_are_those_of_the_language():
    text = "Year;A\n2025;1000\n2026;5000"
    assert "5,000" in words(drawn(text).drawings[0])
    assert "5.000" in words(drawn(text, language="de").drawings[0])


@pytest.mark.parametrize(
    ("language", "wide", "narrow"),
    [
        ("en", "10,000,000,000T", "1.0\u00a0×\u00a010²²"),
        ("fr", "10\u202f000\u202f000\u202f000\u00a0Bn", "1,0\u00a0×\u00a010²²"),
        ("nl", "10.000.000.000\u00a0bln.", "1,0\u00a0×\u00a010²²"),
        ("de", "10.000.000.000\u00a0Bio.", "1,0\u00a0·\u00a010²²"),
    ],
)
@pytest.mark.parametrize("kind", ["line", "bar", "stacked"])
def test_huge_numbers_are_written_as_people_do(language, wide, narrow, kind):
    found = drawn("Year;A\n2025;1\n2026;1" + "0" * 22, language=language, kind=kind)
    for drawing, top in zip(found.drawings, (wide, narrow), strict=True):
        ticks = [text for text in drawing.texts if text.css == "chart-tick" and text.anchor == "end"]
        assert ticks[-1].text == top
        assert not any(re.search("[0-9]E[0-9]", text.text) for text in drawing.texts)
        assert min(float(tick.x) - drawing.place.measure([tick.text]) for tick in ticks) >= 0


def test_the_numbers_of_an_axis_are_exact_and_of_one_sort():
    for low, high, said in (
        ("1000000", "1003000", ["1,000,000", "1,001,000", "1,002,000", "1,003,000"]),
        ("0", "150000", ["0", "50K", "100K", "150K"]),
        ("0", "2000000", ["0", "0.5M", "1.0M", "1.5M", "2.0M"]),
    ):
        for drawing in drawn(f"Year;A\n2025;{low}\n2026;{high}", kind="line").drawings:
            assert [text.text for text in drawing.texts if text.anchor == "end"] == said


def test_the_numbers_below_lying_bars_do_not_touch():
    for digits in range(30):
        found = drawn("Country;A;B\nBelgium;-1{0};7{0}\nFrance;4{0};2{0}".format("0" * digits), kind="stacked")
        for drawing in found.drawings:
            ends = []
            for tick in (text for text in drawing.texts if text.css == "chart-tick"):
                width = drawing.place.measure([tick.text])
                start = float(tick.x) - {"start": 0, "middle": width / 2, "end": width}[tick.anchor]
                ends.append((start, start + width))
            assert all(one[1] < other[0] for one, other in pairwise(ends)), (digits, drawing.place.name)


def test_a_number_at_an_end_is_short_where_it_must_be():
    text = "Country;A\nBelgium;12345678901234567890123456\nFrance;1"
    assert "1.23\u00a0×\u00a010²⁵" in words(drawn(text).drawings[0])
    assert "123,46\u00a0mln." in words(drawn("Land;A\nBelgië;123456789\nX;1", language="nl").drawings[1])


@pytest.mark.parametrize(
    ("text", "kind", "why"),
    [
        ("Year;A\n2025;:\n2026;c", "line", "no number is published"),
        (NAMES, "line", "lines need years, months or quarters in the first column or the first row"),
        ("C;A\n" + "\n".join(f"n{i};1" for i in range(61)), "bar", "61 bars are too many to be told apart"),
        ("C;" + ";".join(f"s{i}" for i in range(13)) + "\nx" + ";1" * 13, "bar", "a chart has 12 series at most"),
        ("C;2025;2026\n" + "\n".join(f"n{i};1;2" for i in range(13)), "line", "a chart has 12 series at most"),
        ("C;2025;2026\nBelgium;1;2", "line", ""),
        (YEARS, "line", ""),
        (YEARS, "stacked", ""),
    ],
)
def test_what_cannot_be_drawn_says_why(text, kind, why):
    table = table_of(text)
    assert why_not(table, kind) == why
    assert (chart(table, kind=kind, language="en") is None) == bool(why)


# --- Anything at all -----------------------------------------------------------------------------------------------

CELLS = st.one_of(
    st.just(Cell(None, ":")),
    st.decimals(min_value=-(10**60), max_value=10**60, allow_nan=False, allow_infinity=False).map(Cell),
    st.integers(-1000, 1000).map(lambda value: Cell(Decimal(value))),
)


@st.composite
def tables(draw):
    columns, rows = draw(st.integers(1, 12)), draw(st.integers(1, 20))
    in_time = draw(st.booleans())
    return Table(
        "",
        tuple(Column(f"Series {number}") for number in range(columns)),
        tuple(
            Row(
                str(2000 + number) if in_time else f"Row {number}",
                tuple(draw(st.lists(CELLS, min_size=columns, max_size=columns))),
            )
            for number in range(rows)
        ),
    )


@settings(max_examples=60, deadline=None)
@given(tables(), st.sampled_from(["line", "bar", "stacked"]))
def test_whatever_the_figures_everything_is_drawn_inside_the_frame(table, kind):
    found = chart(table, kind=kind, language="en")
    assert (found is None) == bool(why_not(table, kind))
    for drawing in found.drawings if found else []:
        for path in [*(mark.path for mark in drawing.lines), drawing.grid, drawing.axis]:
            assert re.fullmatch(r"(?:[MLHVh]-?[0-9.]+(?: -?[0-9.]+)?)*", path), path
            for x, y in re.findall(r"[ML](-?[0-9.]+) (-?[0-9.]+)", path):
                assert -3 <= float(x) <= drawing.width + 1
                assert -3 <= float(y) <= drawing.height + 1
        for mark in drawing.bars:
            assert "nan" not in mark.path
            assert "inf" not in mark.path


@settings(deadline=None)
@given(st.floats(-1e60, 1e60), st.floats(-1e60, 1e60), st.booleans(), st.booleans())
def test_a_scale_holds_its_numbers_between_round_ticks(one, two, from_zero, whole):
    low, high = sorted((one, two))
    made = scale(low, high, from_zero=from_zero, whole=whole)
    slack = (made.high - made.low) * 1e-6
    assert made.low - slack <= low <= high <= made.high + slack
    assert made.ticks == sorted(set(made.ticks))
    assert 2 <= len(made.ticks) <= 9
