"""Golden files: the bytes of both feeds for a newsroom in which every time and identifier is fixed.

To renew them after a change that is meant: delete tests/feeds/files/*.xml, run this test twice, read the difference.
"""

from datetime import date, timedelta
from pathlib import Path
from uuid import UUID
from xml.dom import minidom

import pytest

from items.models import ItemType, Keyword, Source, Theme
from tests.builders import AT, make_event, make_item

FILES = Path(__file__).with_name("files")
HOUR = timedelta(hours=1)


def term(model, slug, english, **values):
    return model.objects.create(slug=slug, labels={"en": english, "fr": f"{english} (fr)"}, **values)


@pytest.fixture
def newsroom(clock, media, settings):
    """Three items, told apart by what they have."""
    settings.SITE_NAME, settings.SITE_URL = "Golden Newsroom", "https://news.example.org"
    kind = term(ItemType, "golden-type", "Golden type")
    theme = term(Theme, "golden-theme", "Shelter & care")
    source = term(Source, "golden-source", "Golden <Source>")
    word = Keyword.objects.create(slug="golden-word", name="golden word")
    picture = media / "images" / "golden.png"
    picture.parent.mkdir(parents=True)
    picture.write_bytes(b"seventeen bytes..")
    common = {"type": kind, "themes": [theme], "keywords": [word]}
    make_item(
        **common, pk=9001, uuid=UUID(int=1), title="Homes & “houses” < tents", source=source,
        summary="Where 1 < 2 & 3 people live.", body='<h2>Homes</h2><p>See <a href="/themes/">themes</a>.</p>',
        publish_at=AT - 3 * HOUR, publication_date=date(2026, 6, 1),
        lead_image="images/golden.png", lead_image_alt="A house", lead_image_width=8, lead_image_height=6,
    )  # fmt: skip
    make_item(
        **common, pk=9002, uuid=UUID(int=2), title="Maisons", language="fr", summary="", publication_date=None,
        publish_at=AT - 2 * HOUR,
    )  # fmt: skip
    make_event(
        **common, pk=9003, uuid=UUID(int=3), title="A day of homes", summary="Come & see.", publish_at=AT - HOUR,
        publication_date=date(2026, 6, 2),
    )  # fmt: skip


@pytest.mark.django_db
@pytest.mark.parametrize("name", ["rss", "atom"])
def test_the_feed_is_what_it_was(client, newsroom, name):
    response = client.get(f"/news/feed.{name}?theme=golden-theme")
    text = minidom.parseString(response.content).toprettyxml(indent="  ", encoding="utf-8")
    golden = FILES / f"{name}.xml"
    if not golden.exists():
        golden.write_bytes(text)
        pytest.fail(f"{golden} was missing and has been written: read it.")
    assert text.decode() == golden.read_text(encoding="utf-8")
