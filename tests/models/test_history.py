"""Versions of an item: one for each change, with what stands in other tables."""

from datetime import timedelta

import pytest
from django.core.exceptions import PermissionDenied
from django.core.files.base import ContentFile
from django.utils import timezone

from items.models import Attachment, Item, Keyword, KeywordAlias, Theme
from items.models.activity import Verb
from items.models.item import Refused
from items.models.item.history import DELETED_KEPT, ELSEWHERE, forget_deleted, record
from tests.admin.forms import make_person
from tests.builders import AT, make_event, make_item, make_keyword, make_term

pytestmark = pytest.mark.django_db


@pytest.fixture
def editor():
    return make_person("ines", "Editor", first_name="Ines", last_name="Aalto")


def said(item):
    """The versions from the first on: kind, person, reason, title, keywords."""
    return [
        (v.history_type, v.who, v.history_change_reason or "", v.title, [name for _key, name in v.related["keywords"]])
        for v in reversed(item.versions())
    ]


def save(item, *, by, at=AT, reason="", keywords=None, **changes):
    """Save as a form does: the item first, related rows after it."""
    for name, value in changes.items():
        setattr(item, name, value)
    item.save()
    if keywords is not None:
        item.keywords.set([make_keyword(name) for name in keywords])
    return item.complete_version(by=by, at=at, reason=reason)


def test_one_save_of_texts_and_keywords_is_one_version(editor):
    item = make_item(title="One", keywords=["asylum"])
    item.complete_version(by=editor, at=AT)
    save(item, by=editor, title="Two", keywords=["asylum", "Dublin"])
    assert said(item) == [
        ("+", "Ines Aalto", "", "One", ["asylum"]),
        ("~", "Ines Aalto", "", "Two", ["asylum", "Dublin"]),
    ]


def test_keywords_alone_are_a_version(editor):
    item = make_item(title="One")
    item.complete_version(by=editor, at=AT)
    save(item, by=editor, keywords=["Dublin"])
    assert said(item)[-1] == ("~", "Ines Aalto", "", "One", ["Dublin"])
    item = Item.objects.get(pk=item.pk)
    item.keywords.add(make_keyword("relocation"))
    item.complete_version(by=editor, at=AT)
    assert said(item)[-1] == ("~", "Ines Aalto", "", "One", ["Dublin", "relocation"])


def test_a_save_that_changes_nothing_is_no_version(editor):
    item = make_item(keywords=["asylum"])
    item.complete_version(by=editor, at=AT)
    save(item, by=editor, keywords=["asylum"])
    assert len(said(item)) == 1


def test_themes_countries_event_and_attachments_are_in_the_version(editor, media):
    item = make_event(themes=["asylum"], place="Brussels")
    Attachment.objects.create(item=item, title="Programme", file=ContentFile(b"1", "programme.pdf"))
    version = save(item, by=editor, title="A conference")
    related = version.related
    assert [name for _key, name in related["themes"]] == [str(item.themes.get())]
    assert related["event"]["place"] == "Brussels"
    assert [file["title"] for file in related["attachments"]] == ["Programme"]
    item.event.place = "Ghent"
    item.event.save()
    assert save(item, by=editor, title="Two").related["event"]["place"] == "Ghent"


def test_an_item_made_in_bulk_keeps_what_it_said_before_its_first_change(editor):
    other = make_item()
    item = Item(title="Imported", type=other.type)
    Item.objects.bulk_create([item])
    item = Item.objects.get(title="Imported")
    item.keywords.add(make_keyword("asylum"))
    assert said(item) == []
    save(item, by=editor, title="Edited", keywords=[])
    assert said(item) == [
        ("+", "", ELSEWHERE, "Imported", ["asylum"]),
        ("~", "Ines Aalto", "", "Edited", []),
    ]


def test_what_was_changed_in_bulk_is_not_taken_for_the_next_persons_change(editor):
    item = make_item(title="One")
    Item.objects.filter(pk=item.pk).update(summary="From an import")
    item.refresh_from_db()
    save(item, by=editor, title="Two")
    kinds = [(v.who, v.history_change_reason, v.title, v.summary) for v in reversed(item.versions())]
    assert kinds[1:] == [("", ELSEWHERE, "One", "From an import"), ("Ines Aalto", None, "Two", "From an import")]


def test_a_change_of_many_items_is_recorded_in_a_fixed_number_of_queries(editor, django_assert_num_queries):
    def merge(items):
        record(items, at=AT)
        word = make_keyword("word")
        for item in items:
            item.keywords.add(word)
        return items

    few = merge([make_item() for _ in range(2)])
    many = merge([make_item() for _ in range(20)])
    with django_assert_num_queries(10):
        assert record(few, by=editor, at=AT, reason="merge") == 2
    with django_assert_num_queries(10):
        assert record(many, by=editor, at=AT, reason="merge") == 20
    assert record(many, by=editor, at=AT, reason="merge") == 0
    assert said(many[7])[-1][1:3] == ("Ines Aalto", "merge")


def test_a_version_says_which_verb_made_it_and_who_used_it(editor):
    item = make_item(status="draft", publish_at=None, created_by=editor, themes=["asylum"], source="eurostat")
    item.submit(by=editor, at=AT)
    item.approve(by=editor, at=AT)
    item.withdraw(by=editor, at=AT + timedelta(hours=1), reason="Wrong.")
    versions = [(v.history_change_reason, v.who, v.status) for v in reversed(item.versions())]
    assert versions[1:] == [
        ("submit", "Ines Aalto", "in_review"),
        ("approve", "Ines Aalto", "approved"),
        ("withdraw", "Ines Aalto", "withdrawn"),
    ]


def test_a_working_copy_hands_its_versions_to_its_item(editor):
    item = make_item(title="Live", keywords=["asylum"], themes=["asylum"], source="eurostat")
    copy = item.prepare_update(by=editor, at=AT)
    save(copy, by=editor, title="Updated", keywords=["asylum", "Dublin"])
    assert [version[3] for version in said(copy)] == ["Live", "Live", "Updated"]
    copy.approve(by=editor, at=AT)
    versions = [(v.update_of_id, v.history_change_reason, v.title) for v in reversed(item.versions())]
    assert versions == [
        (None, None, "Live"), (item.pk, "prepare_update", "Live"), (item.pk, None, "Updated"),
        (None, "update", "Updated"),
    ]  # fmt: skip
    last = item.own_versions().first()
    assert last.who == "Ines Aalto"
    assert [name for _key, name in last.related["keywords"]] == ["asylum", "Dublin"]
    assert item.own_versions().count() == 2


def test_a_deleted_draft_leaves_its_versions(editor):
    item = make_item(status="draft", publish_at=None)
    pk = item.pk
    item.delete()
    assert [v.history_type for v in Item.history.filter(id=pk)] == ["-", "+"]


def test_versions_of_a_draft_deleted_long_ago_are_forgotten():
    kept, gone = (make_item(status="draft", publish_at=None) for _ in range(2))
    pk, now = gone.pk, timezone.now()
    gone.delete()
    forget_deleted(Item, at=now + DELETED_KEPT - timedelta(hours=1))
    assert Item.history.filter(id=pk).count() == 2
    forget_deleted(Item, at=now + DELETED_KEPT + timedelta(hours=1))
    assert Item.history.filter(id=pk).count() == 0
    assert kept.versions().count() == 1


def test_restoring_brings_back_texts_and_related_rows(editor, media):
    item = make_event(status="draft", publish_at=None, title="One", themes=["asylum"], keywords=["Dublin"])
    kept = Attachment.objects.create(item=item, title="Kept", file=ContentFile(b"1", "kept.pdf"))
    gone = Attachment.objects.create(item=item, title="Gone", file=ContentFile(b"2", "gone.pdf"))
    version = save(item, by=editor, body="<p>First.</p>")
    gone.delete()
    kept.title = "Renamed"
    kept.save()
    item.event.delete()
    item.themes.set([make_term(Theme, "reception")])
    save(item, by=editor, title="Two", body="<p>Second.</p>", keywords=["other"])
    item = Item.objects.get(pk=item.pk)
    activity, lost = item.restore(version, by=editor, at=AT)
    item = Item.objects.get(pk=item.pk)
    assert lost == []
    assert (item.title, item.body) == ("One", "<p>First.</p>")
    assert [theme.slug for theme in item.themes.all()] == ["asylum"]
    assert [keyword.name for keyword in item.keywords.all()] == ["Dublin"]
    assert item.event.place == "Brussels"
    files = {file.title: file.pk for file in item.attachments.all()}
    assert set(files) == {"Kept", "Gone"}
    assert files["Kept"] == kept.pk
    assert (activity.verb, activity.by) == (Verb.RESTORE, editor)
    last = item.versions().first()
    assert (last.history_change_reason, last.who) == ("restore", "Ines Aalto")


def test_restoring_follows_a_merged_keyword_and_says_what_is_lost(editor):
    item = make_item(status="draft", publish_at=None, keywords=["refugees", "gone"])
    version = save(item, by=editor, title="One")
    heir = make_keyword("refugee")
    Keyword.objects.get(name="refugees").delete()
    KeywordAlias.objects.create(term=heir, name="refugees")
    Keyword.objects.get(name="gone").delete()
    _activity, lost = item.restore(version, by=editor, at=AT)
    assert [keyword.name for keyword in item.keywords.all()] == ["refugee"]
    assert lost == ["gone"]


def test_what_readers_see_is_restored_in_a_working_copy_only(editor):
    item = make_item(title="One", slug="one")
    version = item.versions().first()
    save(item, by=editor, title="Two")
    with pytest.raises(Refused):
        item.restore(version, by=editor, at=AT)
    copy = item.prepare_update(by=editor, at=AT)
    copy.restore(version, by=editor, at=AT)
    copy.refresh_from_db()
    item.refresh_from_db()
    assert (copy.title, item.title) == ("One", "Two")


def test_who_may_not_change_an_item_may_not_restore_it(editor):
    author = make_person("max", "Author")
    item = make_item(status="draft", publish_at=None, created_by=editor)
    with pytest.raises(PermissionDenied):
        item.restore(item.versions().first(), by=author, at=AT)


def test_a_version_of_another_item_is_refused(editor):
    item, other = (make_item(status="draft", publish_at=None) for _ in range(2))
    with pytest.raises(Refused):
        item.restore(other.versions().first(), by=editor, at=AT)
