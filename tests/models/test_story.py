"""Stories that go on: what comes after what, and what becomes of it when items go."""

from itertools import pairwise
from uuid import uuid4

import pytest
from django.core.exceptions import PermissionDenied
from django.db import IntegrityError, transaction

from items.models import Activity, ContentVersion, Item, Relation, StoryEntry, Verb
from items.models.item import Refused
from tests.admin.forms import make_person
from tests.builders import AT, make_item

pytestmark = pytest.mark.django_db
UPDATES, FOLLOWS, SAME = Relation.UPDATES, Relation.FOLLOWS, Relation.SAME


def tell(*titles, relation=UPDATES):
    """A story: each item comes after the one before."""
    items = [make_item(title=title) for title in titles]
    for before, item in pairwise(items):
        item.continue_story(before, relation, by=None, at=AT)
    return items


def shape():
    """{title: (title of what it comes after, relation)} of all entries, and the number of threads."""
    titles = dict(Item.objects.order_by("-pk").values_list("translation_group", "title"))
    entries = list(StoryEntry.objects.select_related("after"))
    found = {titles[e.group]: (titles[e.after.group] if e.after else None, e.relation) for e in entries}
    return found, len({entry.thread for entry in entries})


def test_an_item_comes_after_another():
    tell("one", "two", "three")
    assert shape() == ({"one": (None, ""), "two": ("one", "updates"), "three": ("two", "updates")}, 1)


def test_two_stories_become_one_and_part_again():
    one, *_rest = tell("one", "two")
    other, *_rest = tell("other", "another")
    assert shape()[1] == 2
    other.continue_story(one, FOLLOWS, by=None, at=AT)
    assert shape()[1] == 1
    other.leave_story(by=None, at=AT)
    assert shape() == (
        {"one": (None, ""), "two": ("one", "updates"), "other": (None, ""), "another": ("other", "updates")},
        2,
    )


def test_what_is_alone_is_in_no_story():
    _one, two = tell("one", "two")
    assert two.leave_story(by=None, at=AT)
    assert not StoryEntry.objects.exists()
    assert two.leave_story(by=None, at=AT) is None


def test_another_choice_takes_the_place_of_the_first():
    one, two, three = tell("one", "two", "three")
    three.continue_story(one, SAME, by=None, at=AT)
    assert shape()[0]["three"] == ("one", "same")
    assert two.story_entry().after.group == one.translation_group


def test_no_circle_however_long():
    items = tell(*"abcdef")
    with pytest.raises(Refused) as refused:
        items[0].continue_story(items[-1], UPDATES, by=None, at=AT)
    assert "circle" in refused.value.message_dict["story_after"][0]
    assert shape()[1] == 1


def test_neither_after_itself_nor_after_its_translation():
    one = make_item()
    other = make_item(language="fr", translation_group=one.translation_group)
    for earlier in (one, other):
        with pytest.raises(Refused):
            one.continue_story(earlier, UPDATES, by=None, at=AT)
    assert not StoryEntry.objects.exists()


def test_neither_after_a_removed_item_nor_after_an_update_in_the_making():
    one, live = make_item(), make_item()
    copy = live.prepare_update(by=make_person("eva", "Editor"), at=AT)
    gone = make_item(status="removed")
    for earlier in (copy, gone):
        with pytest.raises(Refused):
            one.continue_story(earlier, UPDATES, by=None, at=AT)
    with pytest.raises(Refused):
        copy.continue_story(one, UPDATES, by=None, at=AT)


def test_the_relation_must_be_known():
    one, two = make_item(), make_item()
    with pytest.raises(Refused) as refused:
        two.continue_story(one, "beside", by=None, at=AT)
    assert "story_relation" in refused.value.message_dict


def test_who_may_not_change_an_item_does_not_move_it():
    one, two = tell("one", "two")
    author = make_person("ana", "Author")
    with pytest.raises(PermissionDenied):
        two.continue_story(one, FOLLOWS, by=author, at=AT)
    with pytest.raises(PermissionDenied):
        two.leave_story(by=author, at=AT)


def test_the_record_says_so():
    one, two = make_item(title="one"), make_item(title="two")
    editor = make_person("eva", "Editor")
    two.continue_story(one, UPDATES, by=editor, at=AT)
    line = Activity.objects.get(verb=Verb.THREAD)
    assert (line.item, line.by, line.text) == (two, editor, "updates “one”")


@pytest.mark.usefixtures("at_once")
def test_a_change_is_a_change_of_what_readers_see():
    one, two = make_item(), make_item()
    before = ContentVersion.current().version
    two.continue_story(one, UPDATES, by=None, at=AT)
    assert ContentVersion.current().version > before


def test_the_database_keeps_the_rules():
    with pytest.raises(IntegrityError), transaction.atomic():
        StoryEntry.objects.create(group=uuid4(), thread=uuid4(), relation="updates")
    entry = StoryEntry.objects.create(group=uuid4(), thread=uuid4())
    with pytest.raises(IntegrityError), transaction.atomic():
        StoryEntry.objects.filter(pk=entry.pk).update(after=entry, relation="updates")


# --- Items go and come ---------------------------------------------------------------------------------------------


def test_a_deleted_item_in_the_middle_closes_up():
    _one, two, _three = tell("one", "two", "three")
    two.delete()
    assert shape() == ({"one": (None, ""), "three": ("one", "updates")}, 1)


def test_a_deleted_first_leaves_the_story_to_the_next():
    one, _two, _three = tell("one", "two", "three")
    four = make_item(title="four")
    four.continue_story(one, FOLLOWS, by=None, at=AT)
    one.delete()
    assert shape() == ({"two": (None, ""), "three": ("two", "updates"), "four": ("two", "follows")}, 1)


def test_the_same_release_as_a_deleted_update_is_that_update():
    _one, two, _three = tell("one", "two", "three")
    form = make_item(title="form")
    form.continue_story(two, SAME, by=None, at=AT)
    two.delete()
    assert shape()[0]["form"] == ("one", "updates")


def test_a_story_of_two_ends_with_either():
    one, _two = tell("one", "two")
    one.delete()
    assert not StoryEntry.objects.exists()


def test_it_stays_as_long_as_one_language_does():
    _one, two = tell("one", "two")
    make_item(title="deux", language="fr", translation_group=two.translation_group)
    two.delete()
    assert StoryEntry.objects.count() == 2


def test_a_translation_is_in_the_story_at_once():
    _one, two = tell("one", "two")
    draft = two.translate_into("fr", by=make_person("eva", "Editor"), at=AT)
    assert draft.story_entry() == two.story_entry()


def test_a_duplicate_and_an_update_in_the_making_are_in_none():
    _one, two = tell("one", "two")
    editor = make_person("eva", "Editor")
    assert two.duplicate(by=editor, at=AT).story_entry() is None
    copy = two.prepare_update(by=editor, at=AT)
    assert copy.story_entry() is None
    copy.approve(by=None, at=AT)
    assert two.story_entry() is not None
    copy = two.prepare_update(by=editor, at=AT)
    copy.discard(by=editor, at=AT)
    assert two.story_entry() is not None


def test_who_becomes_a_translation_brings_its_place_along():
    _one, two, three = tell("one", "two", "three")
    french = make_item(title="deux", language="fr")
    two.language, two.translation_group = "nl", french.translation_group
    two.save()
    assert three.story_entry().after.group == french.translation_group
    assert shape()[1] == 1


def test_and_leaves_it_where_the_other_has_one():
    _one, two, _three = tell("one", "two", "three")
    _other, another = tell("other", "another")
    two.language, two.translation_group = "nl", another.translation_group
    two.save()
    found, threads = shape()
    assert found["three"] == ("one", "updates")
    assert found["two"] == ("other", "updates")  # that of its new group
    assert threads == 2


def test_an_update_withdrawn_or_removed_keeps_its_place():
    _one, two, three = tell("one", "two", "three")
    editor = make_person("ada", "Administrator")
    two.withdraw(by=editor, at=AT, reason="Wrong.")
    two.remove(by=editor, at=AT)
    assert three.story_entry().after == two.story_entry()
