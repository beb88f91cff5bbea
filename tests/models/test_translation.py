"""Translations: begun as linked drafts, and told from their original when that has changed."""

from datetime import date, timedelta

import pytest
from django.core.exceptions import PermissionDenied, ValidationError

from items.models import Activity, Country, Item, TranslatedFrom, Verb
from items.models.item import Refused
from items.models.item.history import record
from tests.admin.forms import make_person
from tests.builders import AT, make_event, make_item

pytestmark = pytest.mark.django_db
LATER = AT + timedelta(hours=1)


@pytest.fixture
def author(db):
    return make_person("ana", "Author")


@pytest.fixture
def editor(db):
    return make_person("eva", "Editor")


@pytest.fixture
def original(author):
    item = make_item(
        title="Guardians for minors",
        summary="Who they are.",
        body="<p>All of it.</p>",
        themes=["reception"],
        keywords=["solidarity"],
        countries=Country.objects.filter(code="be"),
        source="iom",
        source_url="https://example.org/guardians",
        created_by=author,
    )
    record([item], at=AT)
    return item


def changed(item, *, by=None, at=LATER, **values):
    """The item, saved with other values as the desk saves it."""
    for name, value in values.items():
        setattr(item, name, value)
    item.save()
    item.complete_version(by=by, at=at)
    return item


def test_a_translation_is_a_linked_draft_with_what_is_shared_and_without_texts(original, author):
    draft = original.translate_into("fr", by=author, at=AT)
    draft.refresh_from_db()
    assert (draft.status, draft.language, draft.created_by) == ("draft", "fr", author)
    assert draft.translation_group == original.translation_group
    assert (draft.title, draft.summary, draft.body, draft.slug) == ("", "", "", "")
    for name in ("type", "source", "source_url", "publication_date", "picture"):
        assert getattr(draft, name) == getattr(original, name)
    for name in ("themes", "keywords", "countries"):
        assert set(getattr(draft, name).all()) == set(getattr(original, name).all())
    assert str(draft) == "(no title yet)"
    assert draft.publish_at is None
    assert not draft.is_featured


def test_the_details_of_an_event_come_along(author):
    event = make_event(place="Ghent", created_by=author)
    draft = Item.objects.get(pk=event.translate_into("nl", by=author, at=AT).pk)
    assert (draft.event.starts_at, draft.event.place) == (event.event.starts_at, "Ghent")


def test_both_records_say_so(original, author):
    draft = original.translate_into("fr", by=author, at=AT)
    assert [(line.verb, line.text) for line in original.activities.all()] == [(Verb.TRANSLATE, "French")]
    line = draft.activities.get()
    assert (line.verb, line.by, "Guardians" in line.text) == (Verb.BEGIN, author, True)


def test_who_may_add_no_items_may_begin_no_translation(original):
    with pytest.raises(PermissionDenied):
        original.translate_into("fr", by=make_person("newcomer"), at=AT)


@pytest.mark.parametrize("language", ["en", "xx", ""])
def test_a_language_that_is_there_or_unknown_is_refused(original, author, language):
    with pytest.raises(Refused):
        original.translate_into(language, by=author, at=AT)


def test_a_draft_counts_as_there(original, author):
    assert original.missing_languages() == ["fr", "nl", "de"]
    original.translate_into("fr", by=author, at=AT)
    assert original.missing_languages() == ["nl", "de"]
    with pytest.raises(Refused):
        original.translate_into("fr", by=author, at=AT)


def test_working_copies_and_removed_items_are_not_translated(original, editor):
    copy = original.prepare_update(by=editor, at=AT)
    with pytest.raises(Refused):
        copy.translate_into("fr", by=editor, at=AT)
    Item.objects.filter(pk=original.pk).update(status="removed")
    with pytest.raises(Refused):
        original.translate_into("fr", by=editor, at=AT)


@pytest.mark.parametrize("verb", ["submit", "approve"])
def test_without_a_title_it_goes_no_further(original, editor, verb):
    draft = original.translate_into("fr", by=editor, at=AT)
    with pytest.raises(ValidationError) as refused:
        getattr(draft, verb)(by=editor, at=AT)
    assert "title" in refused.value.message_dict


def test_the_slug_is_made_when_there_is_a_title(original, editor):
    draft = original.translate_into("fr", by=editor, at=AT)
    draft.title = "Les tuteurs"
    draft.save()
    assert draft.slug == "les-tuteurs"


# --- What has changed since ----------------------------------------------------------------------------------------


@pytest.fixture
def french(original, editor):
    return original.translate_into("fr", by=editor, at=AT)


def lags(item):
    return TranslatedFrom.outdated().filter(item=item).exists()


@pytest.mark.parametrize(
    "values",
    [
        {"title": "Guardians for children"},
        {"summary": "Who they were."},
        {"body": "<p>More.</p>"},
        {"publication_date": date(2026, 1, 1)},
    ],
)
def test_a_change_of_the_original_is_seen(original, french, values):
    assert not lags(french)
    changed(original, **values)
    assert lags(french)
    assert french.original().changed_at == LATER


def test_a_change_of_an_event_is_seen(author):
    event = make_event(created_by=author)
    record([event], at=AT)
    draft = event.translate_into("nl", by=author, at=AT)
    event.event.place = "Ghent"
    event.event.save()
    changed(event)
    assert lags(draft)


def test_what_readers_of_the_translation_miss_nothing_of_is_no_change(original, french, editor):
    changed(original, source_url="https://example.org/other", is_featured=True)
    original.keywords.clear()
    original.complete_version(by=editor, at=LATER)
    original.withdraw(by=editor, at=LATER, reason="Wrong.")
    assert not lags(french)


def test_a_change_that_is_taken_back_is_none(original, french):
    changed(original, title="Other")
    changed(original, title="Guardians for minors")
    assert not lags(french)


def test_an_update_counts_when_it_is_published(original, french, editor):
    copy = original.prepare_update(by=editor, at=AT)
    changed(copy, body="<p>New.</p>")
    assert not lags(french)
    copy.approve(by=None, at=LATER)
    assert lags(french)


def test_a_change_in_bulk_counts_once_it_is_recorded(original, french):
    Item.objects.filter(pk=original.pk).update(title="By an import")
    record([original], at=LATER)
    assert lags(french)


def test_a_change_of_the_translation_is_no_change_of_the_original(original, french):
    changed(french, title="Les tuteurs")
    assert not TranslatedFrom.outdated().exists()


def test_it_is_said_to_be_up_to_date(original, french, editor):
    changed(original, title="Other")
    french.mark_translated(by=editor, at=LATER)
    assert not lags(french)
    line = Activity.objects.filter(item=french, verb=Verb.TRANSLATED).get()
    assert (line.by, line.text) == (editor, "Other")
    changed(original, title="Yet another", at=LATER + timedelta(hours=1))
    assert lags(french)


def test_only_who_may_change_it_says_so(original, french, author):
    with pytest.raises(PermissionDenied):
        french.mark_translated(by=author, at=LATER)


def test_without_a_known_original_there_is_nothing_to_say(original, editor):
    assert original.original() is None
    with pytest.raises(Refused):
        original.mark_translated(by=editor, at=AT)


def test_items_that_are_separated_are_not_compared(original, french):
    changed(original, title="Other")
    french.translation_group = Item._meta.get_field("translation_group").get_default()
    french.save()
    assert french.original() is None
    assert not lags(french)


def test_a_working_copy_of_the_translation_knows_the_original(original, french, editor):
    Item.objects.filter(pk=french.pk).update(title="Les tuteurs", status="approved", publish_at=AT - timedelta(days=1))
    french.refresh_from_db()
    copy = french.prepare_update(by=editor, at=AT)
    assert copy.original().source == original
    changed(original, title="Other")
    copy.mark_translated(by=editor, at=LATER)
    assert not lags(french)


def test_the_original_goes_and_the_translation_stays(author):
    original = make_item(status="draft", publish_at=None, created_by=author)
    draft = original.translate_into("fr", by=author, at=AT)
    original.delete()
    assert Item.objects.get(pk=draft.pk).original() is None
