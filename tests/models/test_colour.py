"""Colours: contrast as WCAG has it, and shades that can be read whatever colour is chosen."""

import re
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from items.models import colour
from items.models.site_settings import ACCENT, DARK_ACCENT

CSS = Path(__file__).parent.parent.parent / "static/css/tokens.css"
colours = st.integers(0, 0xFFFFFF).map(lambda number: f"#{number:06x}")


@pytest.mark.parametrize(
    ("one", "other", "ratio"),
    [
        ("#000000", "#ffffff", 21),
        ("#ffffff", "#ffffff", 1),
        ("#777777", "#ffffff", 4.478),
        ("#595959", "#ffffff", 7.004),
        ("#ff0000", "#ffffff", 3.998),
    ],
)
def test_contrast_is_that_of_wcag(one, other, ratio):
    assert colour.contrast(one, other) == pytest.approx(ratio, abs=0.001)
    assert colour.contrast(other, one) == colour.contrast(one, other)


def token(name):
    """The two values of a token, light and dark."""
    found = re.search(rf"--{name}: light-dark\((#[0-9a-f]+), (#[0-9a-f]+)\)", CSS.read_text())
    return tuple("#" + value[1:] * (2 if len(value) == 4 else 1) for value in found.groups())


def test_the_surfaces_and_the_colour_are_those_of_the_style_sheet():
    assert [token("paper"), token("paper-tint")] == list(zip(colour.LIGHT, colour.DARK, strict=True))
    assert token("accent") == (ACCENT, DARK_ACCENT)


@given(colours, st.booleans())
def test_the_nearest_shade_of_any_colour_can_be_read_wherever_it_stands(chosen, dark):
    found = colour.nearest(chosen, dark=dark)
    shades = colour.shades(found, dark=dark)
    surfaces = [*(colour.DARK if dark else colour.LIGHT), shades.accent_tint, shades.on_accent]
    assert all(colour.contrast(found, surface) >= colour.AAA for surface in surfaces)


@pytest.mark.parametrize("chosen", ["#7a1836", "#003399", "#000000"])
def test_a_colour_that_can_be_read_is_left_alone(chosen):
    assert colour.nearest(chosen, dark=False) == chosen


@pytest.mark.parametrize("text", ["", "red", "#fff", "#12345g", "#1234567"])
def test_what_is_no_colour_raises(text):
    with pytest.raises(ValueError, match=re.escape(text)):
        colour.channels(text)
