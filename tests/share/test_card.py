"""The card of a shared link: whatever the title, it fits, and it stays small."""

from io import BytesIO

import pytest
from PIL import Image, ImageFont

from items.share import Card, draw
from items.share.card import FONTS, SANS, SERIF, cut, wrapped

TITLES = [
    "Short",
    "A title as most titles are, neither long nor short",
    "Long " * 60,
    "W" * 250,
    "Donaudampfschifffahrtsgesellschaftskapitänsmützenabzeichenverordnung " * 3,
    "Ελληνική πολιτική για τη μετανάστευση",
    "Украинские беженцы",
    "Łódź, Kraków, Şanlıurfa, Đà Nẵng",
    "日本語 and العربية, which no font of ours has",
    "\u202eturned\u200b around",
    "",
]


def card(title, **overrides):
    values = {"kicker": "Reception · Report", "site_name": "Newsroom", "foot": "15 June 2026 · a.example"}
    return Card(title=title, **{**values, "colour": "#7a1836", **overrides})


@pytest.mark.parametrize("title", TITLES)
def test_any_title_makes_a_small_picture_of_the_right_size(title):
    content = draw(card(title))
    picture = Image.open(BytesIO(content))
    assert (picture.format, picture.size) == ("PNG", (1200, 630))
    assert len(content) < 60_000


@pytest.mark.parametrize("title", ["Long " * 60, "W" * 250, "jgpq " * 50])
def test_nothing_is_drawn_over_the_margin_or_the_foot(title):
    picture = Image.open(BytesIO(draw(card(title)))).convert("RGB")
    paper = picture.getpixel((600, 540))
    assert all(picture.getpixel((x, y)) == paper for x in range(1140, 1200) for y in range(30, 630, 3))
    assert all(picture.getpixel((x, 540)) == paper for x in range(0, 1200, 2))


@pytest.mark.parametrize("font", [SERIF, SANS])
def test_lines_are_no_wider_than_they_may_be_and_lose_no_word(font):
    font = ImageFont.truetype(FONTS / font, 60)
    text = "What the ministry of the interior said about reception places, and " + "x" * 80
    lines = wrapped(text, font, 600)
    assert all(font.getlength(line) <= 600 for line in lines)
    assert "".join("".join(lines).split()) == "".join(text.split())


def test_a_line_is_cut_between_words_and_says_so():
    font = ImageFont.truetype(FONTS / SANS, 30)
    assert cut("Short", font, 600) == "Short"
    long = cut("Some words that go on, and on, and on, for longer than there is room", font, 300)
    assert long.endswith("…")
    assert not long.endswith((" …", ",…"))
    assert font.getlength(long) <= 300


def test_the_same_card_is_the_same_picture():
    assert draw(card("Same")) == draw(card("Same"))
    assert draw(card("Same")) != draw(card("Same", colour="#003399"))


def test_each_font_has_its_licence_beside_it():
    assert len(list(FONTS.glob("*.ttf"))) == len(list(FONTS.glob("LICENSE-*.txt"))) == 2
    for file in FONTS.glob("LICENSE-*.txt"):
        assert "SIL Open Font License" in file.read_text() or "SIL OPEN FONT LICENSE" in file.read_text()
