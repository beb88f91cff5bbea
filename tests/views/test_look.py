"""The site's look as files: colours, icons, cards."""

import re
from io import BytesIO

import pytest
from django.core.cache import caches
from PIL import Image

from items.models import SiteSettings
from items.views import look
from tests.builders import AT, make_item
from tests.views.page import Page

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("clock")]

ICONS = {
    "/icon-192.png": (192, 192),
    "/icon-512.png": (512, 512),
    "/icon-maskable-512.png": (512, 512),
    "/apple-touch-icon.png": (180, 180),
}


@pytest.fixture(autouse=True)
def pages(settings, tmp_path):
    """A cache of the test's own."""
    settings.CACHES = {**settings.CACHES, "pages": {**settings.CACHES["pages"], "LOCATION": tmp_path / "pages"}}
    return caches["pages"]


def style_sheets(client):
    return [address for address in Page(client.get("/")).links("stylesheet") if address.startswith("/site.css")]


def test_without_a_chosen_colour_no_page_asks_for_one(client):
    assert style_sheets(client) == []
    SiteSettings.objects.create(names={"en": "Bureau"})
    assert style_sheets(client) == []


def test_a_chosen_colour_is_served_at_an_address_of_its_own(client):
    SiteSettings.objects.create(accent="#003399")
    (address,) = style_sheets(client)
    response = client.get(address)
    assert response["Content-Type"] == "text/css; charset=utf-8"
    assert response["Cache-Control"] == "public, max-age=31536000, immutable"
    text = response.content.decode()
    assert re.search(r"--accent: light-dark\(#003399, #[0-9a-f]{6}\);", text)
    assert set(re.findall(r"--[a-z-]+", text)) == {"--accent", "--accent-tint", "--on-accent", "--underline"}
    SiteSettings.objects.update(accent="#004400")
    assert style_sheets(client) != [address]
    assert "immutable" not in client.get(address)["Cache-Control"]


@pytest.mark.parametrize("address", ICONS)
def test_icons_have_their_sizes_and_the_sites_colour(client, address):
    SiteSettings.objects.create(accent="#003399")
    response = client.get(address)
    picture = Image.open(BytesIO(response.content))
    assert (response["Content-Type"], picture.size) == ("image/png", ICONS[address])
    assert picture.convert("RGB").getpixel((picture.width // 2, 2)) == (0, 0x33, 0x99)
    assert "public" in response["Cache-Control"]


def test_what_asks_without_having_read_a_page_finds_an_icon(client):
    response = client.get("/favicon.ico")
    assert (response.status_code, response["Content-Type"]) == (200, "image/x-icon")
    assert client.get("/icon-13.png").status_code == 404


def test_every_icon_that_pages_name_is_there(client):
    SiteSettings.objects.create(accent="#003399")
    page = Page(client.get("/"))
    for address in [*page.links("icon"), *page.links("apple-touch-icon")]:
        assert client.get(address).status_code == 200


def test_a_card_is_drawn_once_however_often_other_things_change(client, monkeypatch):
    drawn = []
    monkeypatch.setattr(look.share, "draw", lambda card: drawn.append(card.title) or b"drawn")
    item = make_item(title="One")
    for _time in range(3):
        assert client.get(f"/news/{item.pk}/share.png").content == b"drawn"
        make_item()
    item.title = "Two"
    item.save()
    client.get(f"/news/{item.pk}/share.png")
    assert drawn == ["One", "Two"]


def test_a_card_is_drawn_all_the_same_when_the_cache_fails(client, monkeypatch):
    def fail(*args, **kwargs):
        raise OSError("away")

    monkeypatch.setattr(type(caches["pages"]), "get", fail)
    assert client.get("/share.png").status_code == 200


def test_a_card_has_one_address_in_the_items_language(client):
    item = make_item(language="fr")
    response = client.get(f"/news/{item.pk}/share.png?v=3")
    assert (response.status_code, response["Location"]) == (301, f"/fr/news/{item.pk}/share.png?v=3")
    assert client.get(response["Location"]).status_code == 200


@pytest.mark.parametrize(
    ("values", "status"),
    [({"status": "draft"}, 404), ({"publish_at": AT.replace(year=2027)}, 404), ({"status": "removed"}, 410),
     ({"status": "withdrawn", "withdrawal_reason": "Wrong."}, 200)],
)  # fmt: skip
def test_a_card_is_there_for_as_long_as_its_item_is(client, values, status):
    assert client.get(f"/news/{make_item(**values).pk}/share.png").status_code == status


def test_a_card_says_what_the_item_is_about(client, monkeypatch):
    cards = []
    monkeypatch.setattr(look.share, "draw", lambda card: cards.append(card) or b"drawn")
    SiteSettings.objects.create(names={"fr": "Bureau"}, accent="#003399")
    item = make_item(language="fr", title="Titre", themes=["reception"], publication_date=AT.date())
    client.get(f"/fr/news/{item.pk}/share.png")
    (card,) = cards
    assert (card.title, card.site_name, card.colour) == ("Titre", "Bureau", "#003399")
    assert card.kicker.startswith(item.themes.get().label("fr"))
    assert card.foot == "15 juin 2026 · testserver"
