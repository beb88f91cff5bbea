"""Stories at the form: what an item comes after."""

import pytest
from django.utils import timezone

from items.models import Relation
from items.models.item.story import StoryEntry
from tests.admin.forms import add, change, change_url
from tests.builders import make_item

pytestmark = pytest.mark.django_db


@pytest.fixture
def one():
    return make_item(title="The first of it")


@pytest.fixture
def two():
    return make_item(title="The second of it")


def send(client, item, relation, other):
    return change(client, item, story_relation=relation, story_after=other.pk if other else "")


def test_an_item_is_tied_to_another_and_parted_again(editor, one, two):
    assert send(editor, two, "updates", one) == two
    assert two.story_entry().relation == "updates"
    page = editor.get(change_url(two)).content.decode()
    assert f'<option value="{one.pk}" selected>' in page
    assert "1st update" in page
    assert send(editor, two, "", None) == two
    assert not StoryEntry.objects.exists()


def test_a_new_item_may_begin_as_an_update(editor, one):
    item = add(editor, story_relation="follows", story_after=one.pk)
    assert item.story_entry().after.group == one.translation_group


def test_a_form_that_knows_no_stories_changes_none(editor, one, two):
    two.continue_story(one, Relation.UPDATES, by=None, at=timezone.now())
    assert change(editor, two, title="Another title") == two
    assert two.story_entry() is not None


@pytest.mark.parametrize(
    ("relation", "has_other", "field"), [("updates", False, "story_after"), ("", True, "story_relation")]
)
def test_both_halves_are_needed(editor, one, two, relation, has_other, field):
    assert list(send(editor, two, relation, one if has_other else None)) == [field]


def test_a_circle_is_told_beside_the_field(editor, one, two):
    two.continue_story(one, Relation.UPDATES, by=None, at=timezone.now())
    errors = send(editor, one, "follows", two)
    assert list(errors) == ["story_after"]
    assert "circle" in errors["story_after"]
    assert list(send(editor, one, "follows", one)) == ["story_after"]


@pytest.mark.parametrize("value", ["999999", "x", "9" * 30])
def test_what_no_form_offers_is_refused(editor, two, value):
    assert "story_after" in change(editor, two, story_relation="updates", story_after=value)
    assert "story_relation" in change(editor, two, story_relation="beside", story_after="")


def test_what_somebody_else_has_just_removed_is_told(editor, one, two):
    type(one).objects.filter(pk=one.pk).update(status="removed")
    assert list(send(editor, two, "updates", one)) == ["story_after"]


def test_a_change_of_place_stands_in_the_record_once(editor, one, two):
    send(editor, two, "updates", one)
    send(editor, two, "updates", one)
    assert two.activities.filter(verb="thread").count() == 1


def test_an_update_in_the_making_has_no_such_fields(editor, one, two):
    copy = two.prepare_update(by=editor.person, at=timezone.now())
    assert "story_after" not in editor.get(change_url(copy)).content.decode()


def test_the_preview_of_an_update_shows_the_story_of_its_item(editor, one, two):
    two.continue_story(one, Relation.UPDATES, by=None, at=timezone.now())
    copy = two.prepare_update(by=editor.person, at=timezone.now())
    page = editor.get(f"/admin/items/item/{copy.pk}/preview/page/").content.decode()
    assert 'class="thread"' in page
    assert "1st update" in page


def test_who_only_reads_sees_the_story(sign_in, one, two):
    two.continue_story(one, Relation.UPDATES, by=None, at=timezone.now())
    page = sign_in("Author").get(change_url(two)).content.decode()
    assert "story_after" not in page
    assert "The first of it</a>" in page
