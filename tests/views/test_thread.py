"""The story on an item's page, in the listing, in feeds and in the API."""

import re
from datetime import date
from itertools import pairwise

import feedparser
import pytest

from items.models import Item, Relation
from tests.builders import AT, make_item

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("clock")]


@pytest.fixture
def story():
    """Four items, each updating the one before."""
    titles = ["First of all", "Second of all", "Third of all", "Last of all"]
    items = [make_item(title=t, publication_date=date(2026, 5, n)) for n, t in enumerate(titles, 1)]
    for before, item in pairwise(items):
        item.continue_story(before, Relation.UPDATES, by=None, at=AT)
    return items


def steps(page):
    """(is current, text) of each line of the timeline."""
    found = re.search(r'<section class="thread".*?</section>', page, re.DOTALL)
    if not found:
        return []
    rows = re.findall(r"<li([^>]*)>(.*?)</li>", found[0], re.DOTALL)
    return [("aria-current" in attributes, " ".join(re.sub(r"<[^>]+>", " ", row).split())) for attributes, row in rows]


def test_the_page_shows_the_thread_as_a_timeline(client, story):
    page = client.get(story[2].get_absolute_url()).content.decode()
    assert steps(page) == [
        (False, "1 May 2026 First of all"),
        (False, "2 May 2026 1st update Second of all"),
        (True, "3 May 2026 2nd update Third of all You are reading this."),
        (False, "4 May 2026 3rd update Last of all"),
    ]
    assert '<a class="story-step" href="#thread">2nd update</a>' in page
    # What the story names is not named again below.
    assert "Second of all" not in page.split('class="related"')[-1].split("</main>")[0] or 'class="related"' not in page


def test_what_is_withdrawn_is_not_named(client, story):
    Item.objects.filter(pk=story[1].pk).update(status="withdrawn", withdrawal_reason="Wrong.")
    page = client.get(story[2].get_absolute_url()).content.decode()
    assert [text for _current, text in steps(page)][1].startswith("3 May 2026 1st update")
    assert "Second of all" not in page


def test_an_item_in_no_story_has_no_timeline(client):
    assert steps(client.get(make_item().get_absolute_url()).content.decode()) == []


def test_the_step_of_another_language_is_marked(client, story):
    page = client.get(make_item(language="fr", translation_group=story[3].translation_group).get_absolute_url())
    row = re.search(r'<section class="thread".*?</section>', page.content.decode(), re.DOTALL)[0]
    assert row.count('hreflang="en"') == 3
    assert row.count('class="language-mark"') == 3


def test_the_listing_says_which_update_it_is(client, story):
    page = client.get("/news/").content.decode()
    words = {
        re.search(r"(\w+) of all", entry)[1]: (re.findall(r'entry-step">([^<]*)', entry) or [""])[0]
        for entry in re.findall(r"<article.*?</article>", page, re.DOTALL)
    }
    assert words == {"First": "", "Second": "1st update", "Third": "2nd update", "Last": "3rd update"}


def test_feeds_name_what_came_before(client, story):
    for name in ("rss", "atom"):
        feed = feedparser.parse(client.get(f"/news/feed.{name}").content)
        related = {e.title: [link.href for link in e.links if link.rel == "related"] for e in feed.entries}
        assert related["First of all"] == []
        assert related["Third of all"] == [f"http://testserver{item.get_absolute_url()}" for item in story[:2]]


def test_the_api_tells_the_story(client, story):
    data = client.get(f"/api/v1/items/{story[1].pk}/").json()["thread"]
    assert [(step["id"], step["relation"], step["update_number"], step["is_current"]) for step in data] == [
        (story[0].pk, "", 0, False),
        (story[1].pk, "updates", 1, True),
        (story[2].pk, "updates", 2, False),
        (story[3].pk, "updates", 3, False),
    ]
    assert data[0]["api_url"] == f"http://testserver/api/v1/items/{story[0].pk}/"
    assert client.get(f"/api/v1/items/{make_item().pk}/").json()["thread"] == []
    assert "thread" not in client.get("/api/v1/items/").json()["results"][0]
    several = client.get("/api/v1/items/?fields=id,thread").json()["results"]
    assert {row["id"]: len(row["thread"]) for row in several}[story[0].pk] == 4


@pytest.mark.usefixtures("at_once")
def test_the_page_changes_with_the_story(client, story):
    address = story[0].get_absolute_url()
    before = client.get(address)["ETag"]
    story[3].leave_story(by=None, at=AT)
    assert client.get(address)["ETag"] != before
