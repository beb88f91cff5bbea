"""What a link shows where it is shared: a card with the title, its theme and the site's name, 1200 by 630 pixels."""

from dataclasses import dataclass
from functools import lru_cache
from io import BytesIO
from pathlib import Path

from PIL import Image, ImageDraw, ImageFont

from items.share.mark import draw_mark

FONTS = Path(__file__).resolve().parent / "fonts"
SERIF, SANS = "newsreader-500.ttf", "sans-600.ttf"
WIDTH, HEIGHT = 1200, 630
MARGIN, BAND = 72, 20
_PAPER, _INK, _SOFT, _RULE = "#ffffff", "#15191d", "#474e56", "#d3d8da"
_SIZES = (84, 76, 68, 60, 54, 48)
"""Sizes of the title in pixels; the first at which it fits is taken."""
_TITLE_TOP, _TITLE_HEIGHT = 212, 310
_LEADING = 1.14
_MAX_LINES = 5
_COLOURS = 64
_ELLIPSIS = "…"
_LONG_WORD = 20


@dataclass(frozen=True)
class Card:
    """What is written on a card: `kicker` stands above the title, `foot` below it; `colour` is that of the site."""

    title: str
    kicker: str
    site_name: str
    foot: str
    colour: str


@lru_cache(maxsize=32)
def _font(name: str, size: int) -> ImageFont.FreeTypeFont:
    return ImageFont.truetype(FONTS / name, size)


def _is_latin(text: str) -> bool:
    """Whether the serif has all its letters."""
    return all(ord(sign) < 0x250 or 0x1E00 <= ord(sign) < 0x2300 for sign in text)


def _pieces(word: str, font: ImageFont.FreeTypeFont, width: int) -> list[str]:
    """A word in pieces that fit into the width."""
    pieces = [""]
    for sign in word:
        if pieces[-1] and font.getlength(pieces[-1] + sign) > width:
            pieces.append("")
        pieces[-1] += sign
    return pieces


def wrapped(text: str, font: ImageFont.FreeTypeFont, width: int) -> list[str]:
    """Lines no wider than `width` pixels, broken between words where that can be."""
    lines = [""]
    for word in text.split():
        for number, piece in enumerate(_pieces(word, font, width)):
            together = f"{lines[-1]} {piece}" if lines[-1] and number == 0 else piece
            if number == 0 and font.getlength(together) <= width:
                lines[-1] = together
            elif lines[-1]:
                lines.append(piece)
            else:
                lines[-1] = piece
    return lines


def cut(text: str, font: ImageFont.FreeTypeFont, width: int) -> str:
    """The text on one line, its end left out where it is too long."""
    if font.getlength(text) <= width:
        return text
    while text and font.getlength(text + _ELLIPSIS) > width:
        text = text[:-1]
    words, _space, rest = text.rpartition(" ")
    if words and len(rest) < _LONG_WORD:  # the piece of a word that is left says nothing
        text = words
    return text.rstrip(" ,;:.–—-") + _ELLIPSIS


def _title(text: str, width: int) -> tuple[ImageFont.FreeTypeFont, list[str]]:
    name = SERIF if _is_latin(text) else SANS
    for size in _SIZES:
        font = _font(name, size)
        lines = wrapped(text, font, width)
        if len(lines) <= _MAX_LINES and len(lines) * size * _LEADING <= _TITLE_HEIGHT:
            return font, lines
    most = int(_TITLE_HEIGHT / (_SIZES[-1] * _LEADING))
    return font, [*lines[: most - 1], cut(" ".join(lines[most - 1 :]), font, width)]


def draw(card: Card) -> bytes:
    """The card as a PNG of few colours, some tens of kilobytes."""
    picture = Image.new("RGB", (WIDTH, HEIGHT), _PAPER)
    on = ImageDraw.Draw(picture)
    width = WIDTH - 2 * MARGIN
    on.rectangle((0, 0, WIDTH, BAND - 1), fill=card.colour)
    draw_mark(on, left=MARGIN, top=70, side=44, colour=card.colour)
    name_font = _font(SERIF if _is_latin(card.site_name) else SANS, 40)
    name = cut(card.site_name, name_font, width - 66)
    on.text((MARGIN + 66, 92), name, font=name_font, fill=_INK, anchor="lm")
    small = _font(SANS, 30)
    on.text((MARGIN, 186), cut(card.kicker, small, width), font=small, fill=card.colour, anchor="ls")
    font, lines = _title(card.title, width)
    for number, line in enumerate(lines):
        on.text((MARGIN, _TITLE_TOP + number * font.size * _LEADING), line, font=font, fill=_INK, anchor="la")
    on.line((MARGIN, 552, WIDTH - MARGIN, 552), fill=_RULE, width=2)
    on.text((MARGIN, 584), cut(card.foot, small, width), font=small, fill=_SOFT, anchor="lm")
    out = BytesIO()
    picture.quantize(_COLOURS, dither=Image.Dither.NONE).save(out, "PNG", optimize=True)
    return out.getvalue()
