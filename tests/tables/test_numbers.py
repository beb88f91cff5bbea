"""Numbers in cells: every way of writing one, and the signs that stand for none."""

from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from items.tables.numbers import COMMA, LONGEST, POINT, STYLES, mark, meaning, read, written

SPACES = [" ", "\u00a0", "\u2007", "\u2009", "\u202f"]
NUMBERS = st.decimals(allow_nan=False, allow_infinity=False, min_value=-(10**40), max_value=10**40, places=None).map(
    lambda value: Decimal(f"{value:f}")
)


@given(NUMBERS, st.sampled_from([POINT, COMMA]), st.sampled_from(["", "'", "’", *SPACES, "other"]))
def test_what_is_written_in_a_style_is_read_back_as_the_same_number(value, style, group):
    text = written(value, style, group=STYLES[style][1] if group == "other" else group)
    if len(text) <= LONGEST:
        number = read(text, style)
        assert number is not None, text
        assert number.value == value
        assert number.value.as_tuple().exponent == value.as_tuple().exponent


@given(NUMBERS.filter(lambda value: len(f"{value:f}") < 60), st.sampled_from(["\u2212", "-", "\u2011"]))
def test_any_minus_and_a_percent_sign_are_understood(value, minus):
    text = written(value, POINT).replace("-", minus)
    number = read(f"{text} %", POINT)
    assert (number.value, number.is_percentage) == (value, True)


@pytest.mark.parametrize("style", [POINT, COMMA])
@given(text=st.text(max_size=30))
def test_any_text_is_a_number_or_none_and_never_an_error(style, text):
    number = read(text, style)
    assert number is None or number.value.is_finite()
    assert mark(text) is None or meaning(mark(text))


@pytest.mark.parametrize(
    ("text", "point", "comma"),
    [
        ("1.234", "1.234", "1234"),
        ("1,234", "1234", "1.234"),
        ("1.234,5", None, "1234.5"),
        ("1,234.50", "1234.50", None),
        ("0.125", "0.125", None),
        ("1 234 567", "1234567", "1234567"),
        ("1'234.5", "1234.5", None),
        ("1,23,456", None, None),
        ("12.34.56", None, None),
        (".5", "0.5", None),
        ("5.", None, None),
        ("-", None, None),
        ("", None, None),
        ("1e5", None, None),
        ("٣", None, None),
        ("+7", "7", "7"),
        ("-0", "0", "0"),
        ("007", "7", "7"),
        ("9" * 60, "9" * 60, "9" * 60),
        ("-" + "9" * 60, "-" + "9" * 60, "-" + "9" * 60),
        ("9" * 81, None, None),
    ],
)
def test_a_cell_is_read_in_either_style(text, point, comma):
    assert [number and number.text for number in (read(text, POINT), read(text, COMMA))] == [point, comma]


@pytest.mark.parametrize(
    "sign", [":", "-", "–", "..", "…", "...", "c", "C", ":c", ": c", "n/a", "N.A.", "<5", "< 10", "≤3", ""]
)
def test_a_sign_for_what_is_not_published_is_kept_and_has_a_meaning(sign):
    assert mark(f" {sign} ") == sign
    assert meaning(sign)


@pytest.mark.parametrize("text", ["x", "p", "0", "<", "<5,5", ">5", "5", "ca. 5", "::"])
def test_nothing_else_is_a_sign(text):
    assert mark(text) is None


def test_fewer_than_says_than_how_many():
    assert meaning("<5") == "fewer than 5, not published"
