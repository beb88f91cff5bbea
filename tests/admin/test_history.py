"""The history of an item on the desk: the list of versions, two side by side, and the way back."""

import pytest
from django.utils import timezone

from items.models import Activity, Item, Theme
from items.models.activity import Verb
from tests.admin.forms import change, change_url, make_person
from tests.builders import AT, make_item, make_keyword, make_term

pytestmark = pytest.mark.django_db


def draft(client, **overrides):
    return make_item(**{"status": "draft", "publish_at": None, "created_by": client.person, **overrides})


def address(item, name):
    return f"/admin/items/item/{item.pk}/{name}/"


@pytest.fixture
def edited(sign_in):
    """A draft that its author changed once on the form: title, body and keywords."""
    client = sign_in("Author")
    item = draft(client, title="One", body="<p>The fund opens in June.</p>", keywords=["asylum"])
    changed = change(client, item, title="Two", body="The fund opens in July.", keywords="asylum, relocation")
    assert changed.title == "Two"
    return client, changed


def test_saving_the_form_is_one_version_with_person_and_related_rows(edited):
    client, item = edited
    versions = list(item.versions())
    assert [(v.title, v.who) for v in versions] == [("Two", client.person.username), ("One", client.person.username)]
    assert [name for _key, name in versions[0].related["keywords"]] == ["asylum", "relocation"]
    assert [name for _key, name in versions[1].related["keywords"]] == ["asylum"]


def test_saving_the_form_unchanged_is_no_version(edited):
    client, item = edited
    form = {"body": "The fund opens in July.", "keywords": "asylum, relocation"}
    change(client, item, **form)
    before = item.versions().count()
    change(client, item, **form)
    assert item.versions().count() == before


def test_the_list_says_who_and_what_changed(edited):
    client, item = edited
    page = client.get(address(item, "history")).content.decode()
    assert client.person.username in page
    assert "Title" in page
    assert "Keywords" in page
    assert page.count('name="a"') == 2


def test_two_versions_stand_side_by_side_word_by_word(edited):
    client, item = edited
    new, old = item.versions()
    response = client.get(address(item, "compare"), {"a": new.history_id, "b": old.history_id})
    found = {part.name: part for part in response.context["changes"]}
    assert {"title", "body", "keywords"} <= set(found)
    (line,) = found["body"].lines
    assert "June" in line.before
    assert "<ins>" in line.after
    assert [row.version.title for row in response.context["two"]] == ["One", "Two"]
    alone = client.get(address(item, "compare"), {"a": new.history_id})
    assert [part.name for part in alone.context["changes"]] == list(found)


@pytest.mark.parametrize("query", [{}, {"a": "x"}, {"a": "999999"}, {"a": "1" * 40, "b": "-1"}])
def test_versions_that_are_not_there_lead_back_to_the_list(edited, query):
    client, item = edited
    response = client.get(address(item, "compare"), query)
    assert response.status_code == 302
    assert response.url == address(item, "history")


def test_a_version_is_restored_into_a_draft(edited):
    client, item = edited
    old = item.versions().last()
    response = client.post(address(item, "restore"), {"version": old.history_id})
    assert response.url == change_url(item)
    item = Item.objects.get(pk=item.pk)
    assert (item.title, [k.name for k in item.keywords.all()]) == ("One", ["asylum"])
    assert Activity.objects.get(item=item, verb=Verb.RESTORE).by == client.person


def test_a_version_of_what_readers_see_is_restored_into_a_working_copy(sign_in):
    client = sign_in("Editor")
    item = make_item(title="One", themes=["reception"])
    change(client, item, title="Two", themes=[make_term(Theme, "reception").pk])
    old = item.versions().last()
    assert (
        "Restore in an update"
        in client.get(address(item, "compare"), {"a": item.versions().first().history_id}).content.decode()
    )
    response = client.post(address(item, "restore"), {"version": old.history_id})
    item = Item.objects.get(pk=item.pk)
    assert item.title == "Two"
    assert item.working_copy.title == "One"
    assert response.url == change_url(item.working_copy)


def test_where_an_update_is_being_prepared_the_version_waits(sign_in):
    client = sign_in("Editor")
    item = make_item(title="One")
    item.prepare_update(by=client.person, at=timezone.now())
    response = client.post(address(item, "restore"), {"version": item.versions().last().history_id}, follow=True)
    assert "being prepared already" in response.content.decode()
    assert Item.objects.get(update_of=item).activities.count() == 0


def test_restoring_needs_a_post_and_a_person_who_may(sign_in, edited):
    client, item = edited
    old = item.versions().last()
    assert client.get(address(item, "restore")).status_code == 405
    other = make_person("max", "Author")
    client.force_login(other)
    assert (
        "Restore"
        not in client.get(address(item, "compare"), {"a": item.versions().first().history_id}).content.decode()
    )
    assert client.post(address(item, "restore"), {"version": old.history_id}).status_code == 403
    assert Item.objects.get(pk=item.pk).title == "Two"


def test_a_version_of_another_item_is_not_found(edited):
    client, item = edited
    other = draft(client)
    version = other.versions().first()
    assert client.post(address(item, "restore"), {"version": version.history_id}).status_code == 404


def test_an_item_without_versions_says_so(sign_in):
    client = sign_in("Editor")
    item = make_item()
    item.versions().delete()
    assert "No version is kept yet" in client.get(address(item, "history")).content.decode()


def test_a_long_history_is_paged_and_takes_no_more_queries(sign_in, django_assert_max_num_queries):
    client = sign_in("Editor")
    item = make_item(title="0")
    for number in range(60):
        item.title = str(number + 1)
        item.save()
        item.complete_version(by=client.person, at=AT)
    first = item.versions().last().history_id
    with django_assert_max_num_queries(15):
        page = client.get(address(item, "history"))
    assert len(page.context["rows"]) == 25
    # What was chosen on one page stays chosen on the next.
    last = client.get(address(item, "history"), {"page": 3, "a": first, "b": item.versions().first().history_id})
    assert [row.version.title for row in last.context["chosen"]] == ["60"]
    with django_assert_max_num_queries(15):
        response = client.get(address(item, "compare"), {"a": first, "b": item.versions().first().history_id})
    assert [part.name for part in response.context["changes"]] == ["title"]


def test_what_was_typed_is_escaped_when_compared(sign_in):
    client = sign_in("Editor")
    item = make_item(title="One")
    item.title = '<script>alert("x")</script>'
    item.save()
    item.keywords.add(make_keyword("<b>bold</b>"))
    item.complete_version(by=client.person, at=AT)
    page = client.get(address(item, "compare"), {"a": item.versions().first().history_id}).content.decode()
    assert "<script>alert" not in page
    assert "<b>bold" not in page
