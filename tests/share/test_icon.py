"""The site's icons: in all sizes and shapes that systems ask for, in its colour."""

from io import BytesIO
from xml.etree import ElementTree

import pytest
from PIL import Image

from items.share import favicon, icon, icon_svg

COLOUR = "#003399"


@pytest.mark.parametrize("size", [180, 192, 512])
@pytest.mark.parametrize("is_full", [True, False])
def test_an_icon_has_its_size_and_the_sites_colour(size, is_full):
    picture = Image.open(BytesIO(icon(size, COLOUR, is_full=is_full)))
    assert (picture.format, picture.size) == ("PNG", (size, size))
    corner = picture.convert("RGBA").getpixel((0, 0))
    assert corner[3] == (255 if is_full else 0)
    assert picture.convert("RGB").getpixel((size // 2, size - 4)) == (0, 0x33, 0x99)


def test_a_mask_cuts_nothing_of_the_mark():
    picture = Image.open(BytesIO(icon(512, COLOUR, is_full=True))).convert("RGB")
    radius = 512 * 0.4
    for x in range(0, 512, 4):
        for y in range(0, 512, 4):
            if (x - 255.5) ** 2 + (y - 255.5) ** 2 > radius**2:
                assert picture.getpixel((x, y)) == (0, 0x33, 0x99)


def test_the_favicon_holds_the_small_sizes():
    picture = Image.open(BytesIO(favicon(COLOUR)))
    assert picture.format == "ICO"
    assert picture.info["sizes"] == {(16, 16), (32, 32), (48, 48)}


def test_the_drawing_is_well_formed_and_runs_nothing():
    root = ElementTree.fromstring(icon_svg(COLOUR))
    assert {element.tag.rpartition("}")[2] for element in root.iter()} == {"svg", "rect", "path"}
    assert root[0].get("fill") == COLOUR
