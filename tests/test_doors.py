"""No door shows what is not published; each shows what is."""

from datetime import timedelta

import pytest

from items.models import Item
from tests.admin.forms import make_person
from tests.builders import AT, make_event, make_item
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
    "removed": {"status": "removed"},
}
# What a withdrawn item keeps: its own address, with the reason, and the files that people have linked to.
OWN = ["item", "image", "attachment", "table"]


def is_shown(client, door, address):
    """Whether anything of the item can be seen behind a door."""
    response = client.get(address)
    if door in OWN:
        assert response.status_code in (200, 404, 410)
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


def own_addresses(item):
    """The addresses that a removed item leaves behind, that of its picture aside."""
    found = places(item)
    return [found["item"], f"/news/{item.pk}/", f"/news/{item.pk}/another-slug/", found["attachment"],
            found["table"], f"{found['item']}event.ics"]  # fmt: skip


def test_a_removed_item_says_that_it_is_gone_and_nothing_of_what_it_said(client):
    item = make_everywhere(status="removed")
    for address in own_addresses(item):
        response = client.get(address)
        assert response.status_code == 410, address
        assert "ebra" not in response.content.decode().replace(address, "").replace(item.slug, "")
        assert client.head(address).status_code == 410
        assert response["Cache-Control"] == "no-cache", address  # it may be put back
    page = client.get(item.get_absolute_url())
    assert '<meta name="robots" content="noindex' in page.content.decode()
    assert not page.has_header("ETag")


def test_a_removed_item_leads_to_the_one_that_replaces_it(client):
    other = make_event(title="Instead")
    item = make_everywhere(status="removed", replaced_by=other)
    for address in own_addresses(item):
        response = client.get(address)
        assert response.status_code == 301, address
        assert response["Cache-Control"] == "no-cache", address
        assert response["Location"] == other.get_absolute_url() + ("event.ics" if "event.ics" in address else "")


@pytest.mark.parametrize(
    ("values", "status"),
    [({"status": "draft"}, 410), ({"publish_at": AT + HOUR}, 410), ({"status": "removed"}, 301)],
)
def test_a_removed_item_leads_only_to_an_address_that_answers(client, values, status):
    item = make_everywhere(status="removed", replaced_by=make_item(**values))
    assert client.get(item.get_absolute_url()).status_code == status


def test_what_was_removed_before_anybody_saw_it_never_was(client):
    item = make_everywhere(status="removed", publish_at=AT + HOUR)
    assert client.get(item.get_absolute_url()).status_code == 404


def test_a_working_copy_is_at_no_door(client):
    live = make_everywhere(title="Live", keywords=[], themes=[], is_featured=False)
    copy = live.prepare_update(by=make_person("editor", "Editor"), at=AT)
    Item.objects.filter(pk=copy.pk).update(title=TITLE)
    for door, address in places(live).items():
        if door not in ("theme", "keyword"):
            response = client.get(address)
            assert TITLE not in b"".join(response).decode(errors="replace"), door
    assert client.get(f"/news/{copy.pk}/").status_code == 404
    file = copy.attachments.get()
    assert client.get(f"/news/{copy.pk}/files/{file.pk}/{file.name}").status_code == 404
    assert client.get(f"/news/{live.pk}/files/{file.pk}/{file.name}").status_code == 404
    table = copy.tables.get()
    assert client.get(f"/news/{copy.pk}/tables/{table.pk}/zebras-counted.csv").status_code == 404
    assert client.get(f"/news/{live.pk}/tables/{table.pk}/zebras-counted.csv").status_code == 404


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
