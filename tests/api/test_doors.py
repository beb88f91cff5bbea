"""No address of the API shows what is not published; each shows what is."""

from datetime import timedelta

import pytest

from tests.builders import AT, make_item

pytestmark = pytest.mark.usefixtures("clock")

HOUR = timedelta(hours=1)
TITLE, KEYWORD, SOURCE = "Zebras seen everywhere", "zebra watching", "zebra-watchers"
HIDDEN = {
    "draft": {"status": "draft"},
    "draft without a time": {"status": "draft", "publish_at": None},
    "in review": {"status": "in_review"},
    "scheduled": {"publish_at": AT + HOUR},
    "expired": {"expire_at": AT - HOUR},
    "expiring this instant": {"expire_at": AT},
    "withdrawn": {"status": "withdrawn", "withdrawal_reason": "It was about horses."},
    "withdrawn before its time": {"status": "withdrawn", "withdrawal_reason": "Horses.", "publish_at": AT + HOUR},
}
DOORS = {
    "list": "/api/v1/items/?lang={language}",
    "versions": "/api/v1/items/?language=en&language=fr&fields=id,title,body",
    "search": "/api/v1/items/?q=zebras&lang={language}",
    "item": "/api/v1/items/{pk}/",
    "sibling": "/api/v1/items/{sibling}/?fields=translations",
    "changes": "/api/v1/changes/?per_page=500",
    "changes since": "/api/v1/changes/?since=1&per_page=500",
    "keywords": "/api/v1/keywords/?lang={language}",
    "sources": "/api/v1/sources/",
    "guide": "/api/",
}
TOKENS = {"keywords": KEYWORD, "sources": SOURCE}


def is_shown(client, door, item, sibling):
    address = DOORS[door].format(pk=item.pk, sibling=sibling.pk, language=item.language)
    text, status = "", 200
    while address:
        response = client.get(address)
        text, status = text + response.content.decode(), response.status_code
        address = response.json().get("next") if "per_page" in address and response.json().get("more") else None
    assert status == (200 if door != "item" or TITLE in text else 404)
    return TOKENS.get(door, TITLE) in text


def make_hideable(**values):
    item = make_item(title=TITLE, keywords=[KEYWORD], source=SOURCE, themes=["reception"], **values)
    other = "fr" if item.language == "en" else "en"
    return item, make_item(title="A sibling", language=other, translation_group=item.translation_group)


@pytest.mark.parametrize("language", ["en", "fr"])
@pytest.mark.parametrize("door", [door for door in DOORS if door != "guide"])
def test_every_address_shows_a_published_item(client, door, language):
    assert is_shown(client, door, *make_hideable(language=language))


@pytest.mark.parametrize("language", ["en", "fr"])
@pytest.mark.parametrize("state", HIDDEN)
@pytest.mark.parametrize("door", DOORS)
def test_no_address_shows_what_is_not_published(client, door, state, language):
    stays = door == "item" and state == "withdrawn"
    assert is_shown(client, door, *make_hideable(language=language, **HIDDEN[state])) == stays


def test_nothing_hidden_is_counted(client):
    for values in HIDDEN.values():
        make_item(themes=["reception"], **values)
    data = client.get("/api/v1/items/").json()
    assert data["count"] == 0
    assert not any(data["facets"].values())
    assert {theme["count"] for theme in client.get("/api/v1/themes/").json()["results"]} == {0}
