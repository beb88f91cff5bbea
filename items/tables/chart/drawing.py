"""What a chart is made of, in the units of its view box, as texts that stand in SVG as they are.

A chart is drawn twice, for a wide and for a narrow place: letters keep a size that can be read in either.
"""

from collections.abc import Iterable
from dataclasses import dataclass, field

MOST_SERIES = 12
"""Series of one chart: as many pairs of a colour with a dash, a marker and a hatching can be told apart."""
KINDS = 6
SHAPES = (
    "M5 1.3a3.7 3.7 0 1 0 .01 0z",  # circle
    "M1.8 1.8h6.4v6.4H1.8z",  # square
    "M5 .8 9.4 8.6H.6z",  # triangle
    "M5 .4 9.6 5 5 9.6.4 5z",  # diamond
    "M.6 1.4h8.8L5 9.2z",  # triangle on its point
    "M3.5.8h3v2.7h2.7v3H6.5v2.7h-3V6.5H.8v-3h2.7z",  # cross
)
HATCHINGS = (
    "",
    "M-2 2l4-4M0 8l8-8M6 10l4-4",
    "M2 2h.01M6 6h.01",
    "M-2 6l4 4M0 0l8 8M6-2l4 4",
    "M0 4h8",
    "M4 0v8M0 4h8",
)
LETTER = 0.56
"""How wide a letter is, against its size: an estimate on the safe side for Latin text."""


def n(value: float) -> str:
    """A coordinate: at most one decimal, a point whatever the language."""
    text = f"{value:.1f}".removesuffix(".0")
    return "0" if text == "-0" else text


@dataclass(frozen=True)
class Place:
    """A place that a chart is drawn for: `width` of the view box, and `size` of its letters."""

    name: str
    width: int
    height: int
    size: int

    @property
    def is_wide(self) -> bool:
        return self.name == "wide"

    @property
    def letters(self) -> int:
        """How many letters a number may have: in less than a quarter of the width."""
        return int(self.width * 0.23 / (self.size * LETTER))

    def measure(self, texts: Iterable[str]) -> float:
        """How wide the longest of some texts is, about."""
        return max((len(text) for text in texts), default=0) * self.size * LETTER


WIDE = Place("wide", 720, 340, 15)
NARROW = Place("narrow", 360, 300, 14)


@dataclass(frozen=True)
class Text:
    """A text that begins, ends or is centred (`anchor`: start, end, middle) at a point of its base line."""

    x: str
    y: str
    anchor: str
    text: str
    css: str = ""


@dataclass(frozen=True)
class Mark:
    """All lines or bars of one series, as one path; `series` counts from 1. `markers`: all, ends, or "" for none."""

    series: int
    path: str
    markers: str = ""

    @property
    def colour(self) -> int:
        return (self.series - 1) % KINDS + 1

    @property
    def pattern(self) -> int:
        """Dash, marker and hatching: from the seventh on in another pairing with the colours."""
        return (self.series - 1 + (self.series - 1) // KINDS * 2) % KINDS + 1

    @property
    def shape(self) -> str:
        """Its marker as a path, in a box of ten."""
        return SHAPES[self.pattern - 1]

    @property
    def hatching(self) -> str:
        """Its hatching as a path, in a tile of eight; "" for a plain bar."""
        return HATCHINGS[self.pattern - 1]


@dataclass
class Drawing:
    """One view of a chart. `grid` and `axis` are paths."""

    place: Place
    width: int
    height: int
    grid: str = ""
    axis: str = ""
    texts: list[Text] = field(default_factory=list)
    bars: list[Mark] = field(default_factory=list)
    lines: list[Mark] = field(default_factory=list)

    def write(self, x: float, y: float, text: str, anchor: str = "start", css: str = "") -> None:
        """Add a text."""
        self.texts.append(Text(n(x), n(y), anchor, text, css))


@dataclass(frozen=True)
class Chart:
    """A chart in words and in its views. `legend` is empty where there is one series, and `is_labelled` says that the
    wide view names its series itself. `described` is for who does not see it.
    """

    kind: str
    marks: list[Mark]
    drawings: list[Drawing]
    legend: list[tuple[Mark, str]]
    is_labelled: bool
    described: str
    notes: list[str]

    @property
    def is_lines(self) -> bool:
        return self.kind == "line"


def box(x: float, y: float, width: float, height: float) -> str:
    """A rectangle as a part of a path."""
    return f"M{n(x)} {n(y)}h{n(width)}v{n(height)}h{n(-width)}z"


def shortened(text: str, letters: int) -> str:
    """At most so many letters of a text."""
    return text if len(text) <= letters else text[: letters - 1].rstrip() + "…"


def wrapped(text: str, letters: int) -> list[str]:
    """A text on at most two lines of so many letters."""
    if len(text) <= letters:
        return [text]
    cut = text.rfind(" ", 0, letters + 1)
    if cut <= 0:
        return [shortened(text, letters)]
    return [text[:cut], shortened(text[cut + 1 :], letters)]
