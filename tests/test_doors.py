"""No door shows what is not published; each shows what is."""

from datetime import timedelta

import pytest

from tests.builders import AT
from tests.places import KEYWORD, PLACES, THEME, TITLE, make_everywhere, places

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("clock", "media")]

HOUR = timedelta(hours=1)
HIDDEN = {
    "draft": {"status": "draft", "publish_at": AT - HOUR},
    "draft without a time": {"status": "draft", "publish_at": None},
    "in review": {"status": "in_review", "publish_at": AT - HOUR},
    "scheduled": {"publish_at": AT + HOUR},
    "expired": {"expire_at": AT - HOUR},
    "expiring this instant": {"expire_at": AT},
    "withdrawn": {"status": "withdrawn", "withdrawal_reason": "It was about horses."},
    "withdrawn before its time": {"status": "withdrawn", "withdrawal_reason": "Horses.", "publish_at": AT + HOUR},
}
# What a withdrawn item keeps: its own address, with the reason, and the files that people have linked to.
OWN = ["item", "image", "attachment"]


def is_shown(client, door, address):
    """Whether anything of the item can be seen behind a door."""
    response = client.get(address)
    if door in ("item", "image", "attachment"):
        assert response.status_code in (200, 404)
        return response.status_code == 200
    assert response.status_code == 200, (door, response.status_code)
    text = response.content.decode()
    # On the pages of vocabulary an item shows in its terms being counted, elsewhere by its title.
    token = {"themes": f'data-value="{THEME}"', "keywords": f'data-value="{KEYWORD}"', "facet": f'data-value="{THEME}"'}
    return token.get(door, TITLE) in text


@pytest.mark.parametrize("language", ["en", "fr"])
@pytest.mark.parametrize("door", PLACES)
def test_every_door_shows_a_published_item(client, door, language):
    item = make_everywhere(language=language)
    assert is_shown(client, door, places(item, language)[door])


@pytest.mark.parametrize("language", ["en", "fr"])
@pytest.mark.parametrize("state", HIDDEN)
@pytest.mark.parametrize("door", PLACES)
def test_no_door_shows_what_is_not_published(client, door, state, language):
    item = make_everywhere(language=language, **HIDDEN[state])
    stays = state == "withdrawn" and door in OWN
    assert is_shown(client, door, places(item, language)[door]) == stays


def test_a_withdrawn_item_says_why(client):
    item = make_everywhere(**HIDDEN["withdrawn"])
    response = client.get(item.get_absolute_url())
    assert "It was about horses." in response.content.decode()
    assert response.context["noindex"]


@pytest.mark.parametrize("door", PLACES)
def test_a_scheduled_item_appears_when_its_time_comes_and_goes_when_it_ends(client, clock, door):
    item = make_everywhere(publish_at=AT + HOUR, expire_at=AT + 3 * HOUR)
    address = places(item)[door]
    seen = []
    for hours in (0, 1, 2, 3):
        clock.now = AT + hours * HOUR
        seen.append(is_shown(client, door, address))
    assert seen == [False, True, True, False]


def test_a_hidden_item_is_no_translation_no_relation_and_no_neighbour(client):
    shown = make_everywhere(title="Only horses", is_featured=False)
    for state, values in HIDDEN.items():
        make_everywhere(title=f"{TITLE} {state}", **values)
    make_everywhere(translation_group=shown.translation_group, language="fr", **HIDDEN["draft"])
    response = client.get(f"{shown.get_absolute_url()}?theme={THEME}")
    assert TITLE not in response.content.decode()
    assert response.context["neighbours"].previous is None
    assert response.context["neighbours"].next is None
    assert response.context["listing"].total == 1
