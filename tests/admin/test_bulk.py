"""Verbs for many items at once: first a page that says what will be done, then the doing."""

from datetime import timedelta

import pytest
from django.utils import timezone

from items.desk.bulk import BULKS, MOST
from items.models import Item, Theme
from tests.admin.forms import ROLES, moment
from tests.admin.test_access import LIST, act, item_in
from tests.builders import make_item, make_keyword, make_term

pytestmark = pytest.mark.django_db


def look(client, action, *items, **extra):
    """The page that is shown before anything is done."""
    return client.post(LIST, {"action": action, "_selected_action": [i.pk for i in items], **extra})


def titles(lines):
    return [line.item.title for line in lines]


@pytest.mark.parametrize("name", BULKS)
def test_nothing_is_done_before_the_page_that_names_every_item(editor, name):
    items = [item_in("draft", title="A draft"), item_in("approved", title="Seen"), item_in("in_review", title="Waits")]
    before = list(Item.objects.order_by("pk").values())
    page = look(editor, name, *items)
    assert page.status_code == 200
    html = page.content.decode()
    assert all(item.title in html for item in items)
    assert list(Item.objects.order_by("pk").values()) == before
    assert all(line.reason for line in page.context["will_not"])


@pytest.mark.parametrize(
    ("name", "will"),
    [
        ("submit_for_review", {"draft"}),
        ("approve_now", {"draft", "in_review"}),
        ("return_to_author", {"in_review"}),
        ("withdraw", {"approved"}),
        ("add_theme", {"draft", "in_review", "approved", "withdrawn", "removed"}),
    ],
)
def test_the_page_says_what_will_be_done_and_that_is_what_is_done(editor, name, will):
    statuses = ["draft", "in_review", "approved", "withdrawn", "removed"]
    items = [item_in(status, title=status) for status in statuses]
    page = look(editor, name, *items)
    assert set(titles(page.context["will"])) == will
    assert set(titles(page.context["will_not"])) == {*statuses} - will
    value = make_term(Theme, "asylum").pk if name == "add_theme" else "Because."
    page = act(editor, name, *items, value=value)
    changed = {item.title for item in items if Item.objects.get(pk=item.pk).revision != item.revision}
    assert changed == will
    assert page.content.decode().count("stays as it is") == len(statuses) - len(will)


@pytest.mark.parametrize("name", BULKS)
def test_authors_do_no_more_with_many_than_with_one(sign_in, name):
    client = sign_in("Author")
    items = [item_in(status) for status in ("draft", "in_review", "approved")]
    value = make_term(Theme, "asylum").pk if "theme" in name else make_keyword("housing").name
    act(client, name, *items, value=value, **moment("value", "2999-01-01", "12:00"))
    assert all(Item.objects.get(pk=item.pk).revision == item.revision for item in items)


def test_what_the_checklist_would_refuse_is_said_beforehand_with_the_reason(editor):
    bare = item_in("draft", title="Bare", source=None, themes=())
    page = look(editor, "approve_now", bare)
    assert titles(page.context["will_not"]) == ["Bare"]
    act(editor, "approve_now", bare)
    assert Item.objects.get().status == "draft"


def test_approving_for_a_time_schedules(editor):
    item = item_in("in_review")
    act(editor, "approve_at", item, **moment("value", "2999-01-01", "12:00"))
    item.refresh_from_db()
    assert (item.status, item.publish_at.year) == ("approved", 2999)


@pytest.mark.parametrize("name", ["withdraw", "return_to_author", "approve_at", "add_theme", "add_keyword"])
def test_what_a_verb_needs_is_asked_for(editor, name):
    item = item_in("approved" if name == "withdraw" else "in_review")
    page = act(editor, name, item)
    assert page.context["form"].errors
    assert Item.objects.get().revision == item.revision


def test_keywords_and_themes_come_and_go_with_a_version_and_a_silent_correction(editor):
    item, draft = item_in("approved"), item_in("draft")
    make_keyword("housing")
    act(editor, "add_keyword", item, draft, value="Housing")
    assert [str(word) for word in item.keywords.all()] == [str(word) for word in draft.keywords.all()] == ["housing"]
    assert item.activities.get().verb == "correct"
    assert item.versions().first().history_user == editor.person
    item.refresh_from_db()
    assert item.revised_at is None
    act(editor, "remove_keyword", item, value="housing")
    act(editor, "add_theme", item, value=make_term(Theme, "asylum").pk)
    act(editor, "remove_theme", item, value=make_term(Theme, "reception").pk)
    assert not item.keywords.exists()
    assert [theme.slug for theme in item.themes.all()] == ["asylum"]
    act(editor, "add_keyword", item, value="no such word")
    assert not item.keywords.exists()


def test_featuring_many_and_no_longer(editor):
    items = [item_in("approved"), item_in("draft")]
    act(editor, "feature", *items)
    assert Item.objects.filter(is_featured=True).count() == 2
    act(editor, "unfeature", *items)
    assert not Item.objects.filter(is_featured=True).exists()


def test_more_than_can_be_read_is_not_done(editor):
    for _number in range(MOST + 1):
        make_item(status="draft", publish_at=None)
    first = Item.objects.first()
    page = act(editor, "submit_for_review", first, select_across="1")
    assert "At most 100 items" in page.content.decode()
    assert not Item.objects.filter(status="in_review").exists()


@pytest.mark.parametrize("role", ROLES)
def test_the_list_offers_what_the_role_may(sign_in, role):
    html = sign_in(role).get(LIST).content.decode()
    item_in("draft")
    html = sign_in(role).get(LIST).content.decode()
    offered = {name for name in BULKS if f'value="{name}"' in html}
    for_authors = {"submit_for_review", "add_theme", "remove_theme", "add_keyword", "remove_keyword"}
    assert offered == (for_authors if role == "Author" else {*BULKS})


def test_an_expired_draft_is_not_approved(editor):
    item = item_in("draft", expire_at=timezone.now() - timedelta(days=1))
    assert "expired" in str(look(editor, "approve_now", item).context["will_not"][0].reason)
