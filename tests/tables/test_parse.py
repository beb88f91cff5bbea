"""What is uploaded or pasted, as a table or as messages that say where something is wrong."""

from decimal import Decimal

import pytest
from django.core.exceptions import ValidationError

from items.tables import Parsed, decoded, parse
from items.tables.numbers import COMMA, POINT
from items.tables.parse import MOST_COLUMNS, MOST_ROWS, letter
from items.tables.source import LARGEST
from items.tables.table import Table

MONTHS = "Month;Applications;Decisions\n2026-01;3 120;:\n2026-02;2 940;<5\n"


def table_of(text, **more) -> Table:
    parsed = parse(text, **more)
    assert parsed.problems == []
    return parsed.table


def problems_of(text, **more) -> list[str]:
    parsed: Parsed = parse(text, **more)
    assert parsed.table is None
    return [str(problem) for problem in parsed.problems]


def values(table):
    return [[cell.mark if cell.value is None else f"{cell.value:f}" for cell in row.cells] for row in table.rows]


def test_labels_headings_numbers_and_signs_are_kept_in_their_places():
    table = table_of(MONTHS)
    assert (table.label, [column.name for column in table.columns]) == ("Month", ["Applications", "Decisions"])
    assert [row.label for row in table.rows] == ["2026-01", "2026-02"]
    assert values(table) == [["3120", ":"], ["2940", "<5"]]
    assert Table.from_data(table.as_data()) == table


@pytest.mark.parametrize("separator", ["\t", ";", ","])
def test_cells_are_parted_by_tabs_semicolons_or_commas(separator):
    assert values(table_of("Year;A;B\n2025;1;2\n2026;3;4".replace(";", separator))) == [["1", "2"], ["3", "4"]]


def test_commas_within_cells_do_not_part_them():
    assert values(table_of("Year;A;B\n2025;1,5;2,5\n2026;3,5;4,5")) == [["1.5", "2.5"], ["3.5", "4.5"]]
    assert values(table_of('Year,A\n2025,"1,5"\n2026,"2,25"')) == [["1.5"], ["2.25"]]


def test_an_empty_corner_and_empty_rows_and_columns_are_no_trouble():
    table = table_of("\t2024\t2025\t\t\n\nBelgium\t1\t2\t\t\n\t\t\t\t\nFrance\t\t4\t\t\n")
    assert (table.label, values(table)) == ("", [["1", "2"], ["", "4"]])


def test_a_label_may_hold_a_line_break_and_quotation_marks():
    table = table_of('Country;A\n"Bosnia and\nHerzegovina";1\n"The ""rest""";2')
    assert [row.label for row in table.rows] == ["Bosnia and Herzegovina", 'The "rest"']


@pytest.mark.parametrize(
    ("text", "style", "first"),
    [
        ("Y;A\n2025;1.234\n2026;0.5", POINT, "1.234"),
        ("Y;A\n2025;1.234\n2026;0,5", COMMA, "1234"),
        ("Y;A;B\n2025;1.234;7,5\n2026;5.678;1", COMMA, "1234"),
        ("Y;A\n2025;1.234.567\n2026;5.678", COMMA, "1234567"),
        ("Y;A\n2025;1 234\n2026;5 678", "", "1234"),
    ],
)
def test_one_clear_number_decides_for_the_whole_table(text, style, first):
    parsed = parse(text)
    assert (parsed.style, values(parsed.table)[0][0]) == (style, first)


def test_what_nothing_decides_is_asked_and_the_answer_is_taken():
    text = "Y;A\n2025;1.234\n2026;5.678"
    assert problems_of(text) == ["Row 2, column B: “1.234” may be 1.234 or 1234. Say which sign begins the decimals."]
    assert values(table_of(text, style=POINT)) == [["1.234"], ["5.678"]]
    assert values(table_of(text, style=COMMA)) == [["1234"], ["5678"]]


def test_two_styles_in_one_table_are_refused_with_both_places():
    (problem,) = problems_of("Y;A;B\n2025;1,234.5;:\n2026;7;1.234,5")
    assert "“1,234.5”" in problem
    assert "“1.234,5” in row 3, column C" in problem


def test_every_wrong_cell_is_named_by_row_and_column():
    problems = problems_of("Y;A;B\n\n2025;many;2\n2026;3;4 p")
    assert [problem.split(":")[0] for problem in problems] == ["Row 3, column B (A)", "Row 4, column C (B)"]
    assert "“many” is no number" in problems[0]


def test_a_number_that_does_not_fit_the_chosen_style_says_so():
    (problem,) = problems_of("Y;A\n2025;1,5\n2026;2", style=POINT)
    assert problem == "Row 2, column B (A): “1,5” does not fit the decimal sign that was chosen."


def test_a_doubtful_number_hides_no_wrong_one():
    problems = problems_of("Y;A\n2025;many\n2026;1.234")
    assert [problem[:18] for problem in problems] == ["Row 3, column B: “", "Row 2, column B (A"]


def test_percentages_are_a_matter_of_the_whole_column():
    table = table_of("Y;Rate;Persons\n2025;45,5 %;10\n2026;47%;11")
    assert [(column.is_percentage, column.decimals) for column in table.columns] == [(True, 1), (False, 0)]
    (problem,) = problems_of("Y;Rate\n2025;45 %\n2026;47")
    assert problem.startswith("Row 3, column B (Rate): some numbers of this column are percentages")


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("", "No columns were found"),
        ("just words", "No columns were found"),
        (";;;\n;;;", "No columns were found"),
        ("Y;A", "There are headings only"),
        ("Y;A;B\n2025;1", "Row 2 has 2 cells, and the headings are 3."),
        ("Y;A\n2025;1;2\n2026;1\n2027;1", "Row 2 has 3 cells"),
        ("Y;A;A\n2025;1;2", "Columns B and C have the same heading, “A”."),
        ("Y;;A\n2025;1;2", "Row 1, column B: the heading is missing."),
        ("Y;A\n;1", "Row 2, column A: the label is missing."),
        ("Y;A\n2025;1\n2025;2", "Rows 2 and 3 are both for “2025”."),
        ("2024;5\n2025;6", "The first row holds figures"),
        ('Y;A\n"2025;1', "Quotation marks do not match"),
        ("Y;A\n" + "x" * 300 + ";1", "Row 2, column A: the text is longer than 200 characters."),
        ("Y;A\n2025;" + "9" * 81, "is longer than any number that is shown"),
    ],
)
def test_what_is_no_table_says_why(text, said):
    assert any(said in problem for problem in problems_of(text))


def test_there_is_a_limit_to_rows_columns_and_characters():
    rows = "Y;A\n" + "\n".join(f"row {number};1" for number in range(MOST_ROWS))
    assert len(table_of(rows).rows) == MOST_ROWS
    assert "501 rows" in problems_of(rows + "\nlast;1")[0]
    wide = ";".join(f"c{number}" for number in range(MOST_COLUMNS + 2))
    assert "31 columns" in problems_of(f"{wide}\n" + ";".join("1" * (MOST_COLUMNS + 2)))[0]
    assert "too long" in problems_of("Y;A\n" + "2025;1\n" * LARGEST)[0]


def test_numbers_of_sixty_digits_are_kept_to_the_last():
    digits = "123456789012345678901234567890" * 2
    table = table_of(f"Y;A\n2025;-{digits}\n2026;{digits}")
    assert values(table) == [[f"-{digits}"], [digits]]
    assert Table.from_data(table.as_data()).rows[0].cells[0].value == Decimal(f"-{digits}")


def test_columns_are_named_as_spreadsheets_name_them():
    assert [letter(number) for number in (0, 25, 26, 51, 52)] == ["A", "Z", "AA", "AZ", "BA"]


# --- Bytes ---------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "utf-16-le", "utf-16-be", "cp1252"])
def test_a_file_is_read_in_whichever_encoding_spreadsheets_write(encoding):
    text = "Année;Élèves\n2025;1\n2026;2\n"
    assert decoded(text.encode(encoding)) == text


def test_line_ends_of_any_system_are_understood():
    assert values(table_of(decoded(b"Y;A\r\n2025;1\r\n2026;2\r\n"))) == [["1"], ["2"]]
    assert values(table_of(decoded(b"Y;A\r2025;1\r2026;2\r"))) == [["1"], ["2"]]


@pytest.mark.parametrize("content", [b"PK\x03\x04\0\0\0", b"\x81\x8d\x8f", b"\0" * 50, b"x" * (LARGEST + 1)])
def test_what_is_no_text_or_too_large_is_refused(content):
    with pytest.raises(ValidationError):
        decoded(content)


def test_an_empty_file_is_an_empty_text():
    assert decoded(b"") == ""
