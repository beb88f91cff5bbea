"""What every table for spreadsheets keeps to, whatever it holds."""

import csv
import io

import pytest
from django.test import RequestFactory

from items import spreadsheet


@pytest.mark.parametrize("text", ["=1", "+1", "-1", "@A1", "\t=1", "\r=1", "\n=1"])
def test_what_a_spreadsheet_would_run_begins_with_an_apostrophe(text):
    assert spreadsheet.defused(text) == f"'{text}"


def test_other_text_is_left_as_it_is():
    assert spreadsheet.defused("a=1 - b") == "a=1 - b"


def test_every_value_of_every_row_is_defused_and_quoted():
    file = b"".join(spreadsheet.lines(["a", "b"], [1, 2], lambda pks: [["=1", f'{pk}, "x"'] for pk in pks]))
    assert file.startswith(b"\xef\xbb\xbfa,b\r\n")
    rows = list(csv.reader(io.StringIO(file.decode("utf-8-sig"), newline=""), strict=True))
    assert rows == [["a", "b"], ["'=1", '1, "x"'], ["'=1", '2, "x"']]


def test_rows_are_asked_for_a_few_at_a_time(monkeypatch):
    monkeypatch.setattr(spreadsheet, "ROWS", 4)
    asked = []
    lines = spreadsheet.lines(["a"], iter(range(10)), lambda pks: asked.append(pks) or [[str(pk)] for pk in pks])
    next(lines)
    assert asked == []
    assert len(list(lines)) == 3
    assert asked == [[0, 1, 2, 3], [4, 5, 6, 7], [8, 9]]


def test_a_head_reads_nothing_and_names_the_file():
    response = spreadsheet.answer(RequestFactory().head("/"), "x.csv", lambda: pytest.fail("read"))
    assert response["Content-Type"].startswith("text/csv; charset=utf-8")
    assert response["Content-Disposition"] == 'attachment; filename="x.csv"'
