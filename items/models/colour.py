"""Colour as the site's settings need it: contrast, and the other shades that one chosen colour asks for.

Colours are texts such as "#7a1836" (sRGB). Contrast is that of WCAG 2.2, from 1 to 21.
"""

import colorsys
import re
from dataclasses import dataclass

AAA = 7.0
"""The contrast that text needs (WCAG 2.2, success criterion 1.4.6)."""
LIGHT = ("#ffffff", "#f3f5f5")
DARK = ("#14171b", "#1d2227")
"""What text in the colour stands on, by scheme: `--paper` and `--paper-tint` of static/css/tokens.css."""
_HEX = re.compile(r"#[0-9a-f]{6}")
_STEPS = 256


def is_colour(text: str) -> bool:
    """Whether a text is a colour as it is written here."""
    return bool(_HEX.fullmatch(text))


def channels(colour: str) -> tuple[int, int, int]:
    """Red, green and blue from 0 to 255. Raises ValueError for another text."""
    if not is_colour(colour):
        raise ValueError(colour)
    return int(colour[1:3], 16), int(colour[3:5], 16), int(colour[5:7], 16)


def _written(red: float, green: float, blue: float) -> str:
    return "#" + "".join(f"{round(min(max(value, 0), 255)):02x}" for value in (red, green, blue))


def luminance(colour: str) -> float:
    """Relative luminance, from 0 (black) to 1 (white)."""

    def linear(value: int) -> float:
        share = value / 255
        return share / 12.92 if share <= 0.04045 else ((share + 0.055) / 1.055) ** 2.4

    red, green, blue = map(linear, channels(colour))
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def contrast(one: str, other: str) -> float:
    """The contrast ratio of two colours, whichever is the lighter."""
    darker, lighter = sorted((luminance(one), luminance(other)))
    return (lighter + 0.05) / (darker + 0.05)


def mixed(colour: str, other: str, share: float) -> str:
    """So much of `colour` (0 to 1) in `other`."""
    pairs = zip(channels(colour), channels(other), strict=True)
    return _written(*(one * share + two * (1 - share) for one, two in pairs))


def least_contrast(colour: str, surfaces: tuple[str, ...]) -> float:
    """The contrast on the worst of some surfaces."""
    return min(contrast(colour, surface) for surface in surfaces)


def _tint(colour: str, surface: str) -> str:
    """The surface with a breath of the colour."""
    return mixed(colour, surface, 0.07 if luminance(surface) > 0.5 else 0.14)


def surfaces(colour: str, *, dark: bool) -> tuple[str, ...]:
    """All that text in this colour stands on in a scheme, its own tint among them."""
    known = DARK if dark else LIGHT
    return (*known, _tint(colour, known[0]))


def nearest(colour: str, *, dark: bool) -> str:
    """The colour itself where it can be read in a scheme, else the nearest shade of it that can."""
    hue, lightness, saturation = colorsys.rgb_to_hls(*(value / 255 for value in channels(colour)))
    if dark:
        saturation = min(saturation, 0.75)  # full colours glow on black
    goal = 1.0 if dark else 0.0
    for step in range(_STEPS + 1):
        here = lightness + (goal - lightness) * step / _STEPS
        found = colour
        if step or dark:
            found = _written(*(value * 255 for value in colorsys.hls_to_rgb(hue, here, saturation)))
        if least_contrast(found, surfaces(found, dark=dark)) >= AAA:
            return found
    return "#ffffff" if dark else "#000000"


@dataclass(frozen=True)
class Shades:
    """The colours of one scheme, as the tokens of the style sheets name them."""

    accent: str
    accent_tint: str
    on_accent: str
    underline: str


def shades(colour: str, *, dark: bool) -> Shades:
    """What stands beside an accent colour in a scheme."""
    paper = (DARK if dark else LIGHT)[0]
    on = mixed(colour, "#000000", 0.16) if dark else "#ffffff"
    return Shades(colour, _tint(colour, paper), on, mixed(colour, paper, 0.55))
