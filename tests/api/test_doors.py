"""No address of the API shows what is not published; each shows what is."""

from datetime import timedelta

import pytest

from items.models import Item
from tests.admin.forms import make_person
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
    "removed": {"status": "removed"},
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
    missing = 410 if item.status == "removed" else 404
    assert status == (200 if door != "item" or TITLE in text else missing)
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


def test_a_removed_item_is_gone_in_words_or_leads_to_another(client):
    item = make_item(status="removed")
    response = client.get(f"/api/v1/items/{item.pk}/")
    assert response.status_code == 410
    assert response["Content-Type"].startswith("application/problem+json")
    assert "removed" in response.json()["detail"]
    other = make_item()
    Item.objects.filter(pk=item.pk).update(replaced_by=other)
    response = client.get(f"/api/v1/items/{item.pk}/")
    assert (response.status_code, response["Location"]) == (301, f"http://testserver/api/v1/items/{other.pk}/")


def test_the_changes_tell_that_a_removed_item_is_to_be_dropped(client):
    item = make_item(title=TITLE)
    place = client.get("/api/v1/changes/?per_page=500").json()["next"]
    item.remove(by=None, at=AT)
    sent = [row for row in client.get(place).json()["results"] if row["kind"] == "item"]
    assert [(row["id"], row["deleted"], row["data"]) for row in sent] == [(item.pk, True, None)]


def test_a_working_copy_is_nowhere(client):
    live = make_item(title="Live")
    copy = live.prepare_update(by=make_person("editor", "Editor"), at=AT)
    Item.objects.filter(pk=copy.pk).update(title=TITLE)
    for address in ("/api/v1/items/", "/api/v1/items/?q=zebras", "/api/v1/changes/", f"/api/v1/items/{live.pk}/"):
        assert TITLE not in client.get(address).content.decode()
    assert client.get(f"/api/v1/items/{copy.pk}/").status_code == 404


def test_corrections_are_told_with_their_moment(client):
    item = make_item()
    address = f"/api/v1/items/{item.pk}/"
    assert (client.get(address).json()["revised_at"], client.get(address).json()["corrections"]) == (None, [])
    item.correct(by=None, at=AT, note="The figure was 18 000.")
    told = client.get(address).json()
    assert told["revised_at"] == "2026-06-15T12:00:00Z"
    assert told["corrections"] == [{"at": "2026-06-15T12:00:00Z", "note": "The figure was 18 000."}]
    assert "corrections" not in client.get("/api/v1/items/").json()["results"][0]
