"""Feeds byte for byte. `GOLDEN=write pytest tests/feeds/test_golden.py` writes the files anew; read the difference."""

import os
from datetime import UTC, date, datetime
from pathlib import Path
from uuid import UUID

import pytest
from django.http import QueryDict

from items.feeds.atom import AtomFeed
from items.feeds.base import build
from items.feeds.json import JsonFeed
from items.feeds.rss import RssFeed
from items.listing import Listing
from items.models import Item, Source, Theme
from tests.builders import AT, make_item, make_term

FILES = Path(__file__).parent / "files"
GENERATORS = {"rss": RssFeed, "atom": AtomFeed, "json": JsonFeed}


def golden(path: Path, content: bytes) -> None:
    """Compare with a stored file."""
    if os.environ.get("GOLDEN") == "write":
        path.write_bytes(content)
    assert content == path.read_bytes()


def make_fixed():
    """Two items of which nothing depends on when or where the test runs."""
    iom = make_term(Source, "iom", labels={"en": "IOM", "fr": "OIM"})
    reception = make_term(Theme, "reception", labels={"en": "Reception", "fr": "Accueil"})
    first = make_item(
        pk=1_001, uuid=UUID(int=1), title="Places & people", summary="18 390 places.", body="<p><a href='/x'>x</a></p>",
        source=iom, source_url="https://iom.int/1", themes=[reception], keywords=["solidarity"],
        publication_date=date(2026, 5, 4), publish_at=datetime(2026, 5, 4, 7, 30, tzinfo=UTC),
    )  # fmt: skip
    second = make_item(
        pk=1_002, uuid=UUID(int=2), title="Des places d’accueil", summary="", body="", language="fr",
        themes=[reception], publish_at=datetime(2026, 5, 5, 7, 30, tzinfo=UTC),
    )  # fmt: skip
    Item.objects.filter(pk__in=[first.pk, second.pk]).update(
        updated_at=datetime(2026, 5, 7, tzinfo=UTC), created_at=datetime(2026, 5, 1, tzinfo=UTC)
    )
    first.correct(by=None, at=datetime(2026, 5, 6, tzinfo=UTC), note="There were 18 930 places.\nNot 18 390.")
    first.refresh_from_db()
    return first, second


@pytest.mark.django_db
@pytest.mark.parametrize("kind", GENERATORS)
def test_a_feed_is_as_it_was(kind, settings):
    settings.WEBSUB_HUB = "https://hub.example.org/"
    make_fixed()
    listing = Listing(QueryDict("theme=reception"), language="en", at=AT)
    feed = build(GENERATORS[kind], listing, path=f"/news/feed.{kind}", changed=datetime(2026, 5, 6, tzinfo=UTC))
    golden(FILES / f"feed.{kind}", feed.writeString("utf-8").encode())
