"""The record beside the form, and comments in it."""

from datetime import timedelta

import pytest
from django.utils import timezone

from items.admin.item.comments import SHOWN
from items.models import Verb
from tests.admin.forms import change_url, make_person
from tests.builders import make_item

pytestmark = pytest.mark.django_db
LIST = "/admin/items/item/"


@pytest.fixture
def author(sign_in):
    return sign_in("Author")


def lines(client, item, query=""):
    return [line.text for line in client.get(change_url(item) + query).context["record"]]


def test_everybody_who_sees_an_item_may_comment_and_the_latest_comes_first(author):
    item = make_item()
    for text in ("First", "Second <b>"):
        response = author.post(f"{LIST}{item.pk}/comment/", {"comment": text})
        assert response["Location"] == f"{change_url(item)}#desk-record"
    assert lines(author, item) == ["Second <b>", "First"]
    assert "Second &lt;b&gt;" in author.get(change_url(item)).content.decode()


def test_a_script_gets_the_record_or_the_reason(author):
    item = make_item()
    headers = {"X-Fragment": "record"}
    answer = author.post(f"{LIST}{item.pk}/comment/", {"comment": "Hello"}, headers=headers)
    assert (answer.status_code, "Hello" in answer.content.decode()) == (200, True)
    assert "<html" not in answer.content.decode()
    answer = author.post(f"{LIST}{item.pk}/comment/", {"comment": " "}, headers=headers)
    assert answer.status_code == 400
    assert answer.json()["problem"]


def test_an_empty_comment_is_told(author):
    response = author.post(f"{LIST}{make_item().pk}/comment/", {}, follow=True)
    assert "Write a few words first." in response.content.decode()


def test_strangers_do_not_comment(client):
    item = make_item()
    client.force_login(make_person("newcomer"))
    assert client.post(f"{LIST}{item.pk}/comment/", {"comment": "Hello"}).status_code == 403
    assert item.activities_of_all().count() == 0


def test_a_long_record_is_cut_and_shown_whole_when_asked(author):
    item = make_item()
    for number in range(SHOWN + 3):
        item.log(Verb.COMMENT, by=author.person, at=timezone.now() + timedelta(seconds=number), text=str(number))
    assert len(lines(author, item)) == SHOWN
    assert "?record=all#desk-record" in author.get(change_url(item)).content.decode()
    assert len(lines(author, item, "?record=all")) == SHOWN + 3
    assert "?record=all" not in author.get(f"{change_url(item)}?record=all").content.decode().split("desk-lines")[1]


def test_colleagues_are_offered_by_user_name_and_name(author):
    make_person("ines", "Editor", first_name="Ines", last_name="Peeters")
    make_person("inactive", "Editor", is_active=False)
    make_person("insider", is_staff=False)
    found = author.get(f"{LIST}people/?find=in").json()["people"]
    assert found == [{"username": "ines", "name": "Ines Peeters"}]
    assert author.get(f"{LIST}people/?find=peet").json()["people"] == found
    for find in ("", "%00", "%25"):
        assert author.get(f"{LIST}people/?find={find}").json() == {"people": []}


def test_colleagues_are_offered_to_nobody_else(client):
    client.force_login(make_person("newcomer"))
    assert client.get(f"{LIST}people/?find=a").status_code == 403


@pytest.mark.parametrize("comment", ["\0", "a\0b", "\ud800".encode("utf-8", "surrogatepass")])
def test_odd_characters_break_nothing(author, comment):
    item = make_item()
    assert author.post(f"{LIST}{item.pk}/comment/", {"comment": comment}).status_code == 302
