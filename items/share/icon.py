"""The site's icons: its mark in white on its colour."""

from io import BytesIO

from PIL import Image, ImageDraw

from items.share.mark import BARS, SIDE, draw_mark

_FINER = 4
"""Drawn so many times larger, then made smaller, for smooth edges."""
_SHARE, _SAFE_SHARE = 0.66, 0.5
"""How much of the icon's side the mark takes. Masks may cut away all but a circle of 80 % (W3C Web App Manifest)."""
FAVICON_SIZES = (16, 32, 48)


def _picture(size: int, colour: str, *, is_full: bool) -> Image.Image:
    side = size * _FINER
    picture = Image.new("RGBA", (side, side), (0, 0, 0, 0))
    on = ImageDraw.Draw(picture)
    on.rounded_rectangle((0, 0, side - 1, side - 1), radius=0 if is_full else side / 8, fill=colour)
    share = _SAFE_SHARE if is_full else _SHARE
    start = side * (1 - share) / 2
    draw_mark(on, left=start, top=start, side=side * share, colour="#ffffff")
    return picture.resize((size, size), Image.Resampling.LANCZOS)


def icon(size: int, colour: str, *, is_full: bool = False) -> bytes:
    """A PNG, `size` pixels square. `is_full`: without round corners, for systems that cut their own."""
    out = BytesIO()
    picture = _picture(size, colour, is_full=is_full)
    (picture.convert("RGB") if is_full else picture).save(out, "PNG", optimize=True)
    return out.getvalue()


def favicon(colour: str) -> bytes:
    """An ICO that holds the small sizes, for what asks `/favicon.ico` without having read a page."""
    out = BytesIO()
    largest = _picture(FAVICON_SIZES[-1], colour, is_full=False)
    smaller = [_picture(size, colour, is_full=False) for size in FAVICON_SIZES[:-1]]
    largest.save(out, "ICO", sizes=[(size, size) for size in FAVICON_SIZES], append_images=smaller)
    return out.getvalue()


def icon_svg(colour: str) -> str:
    """The same as SVG."""
    share = 32 * _SHARE / SIDE
    start = 32 * (1 - _SHARE) / 2
    bars = "".join(
        f"M{start + x * share:.2f} {start + y * share:.2f}h{w * share:.2f}v{h * share:.2f}h-{w * share:.2f}z"
        for x, y, w, h in BARS
    )
    return (
        '<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 32 32">'
        f'<rect width="32" height="32" rx="4" fill="{colour}"/><path d="{bars}" fill="#fff"/></svg>'
    )
