"""The site's mark, three bars, as numbers: x, y, width and height within a square of 24."""

from PIL import ImageDraw

BARS = ((1, 3, 13, 4), (6, 10, 17, 4), (1, 17, 9, 4))
SIDE = 24


def draw_mark(on: ImageDraw.ImageDraw, *, left: float, top: float, side: float, colour: str) -> None:
    """Draw the mark with its upper left corner at a point, so many pixels wide."""
    scale = side / SIDE
    for x, y, width, height in BARS:
        corner = (left + x * scale, top + y * scale)
        on.rectangle((*corner, corner[0] + width * scale - 1, corner[1] + height * scale - 1), fill=colour)
