"""Updates of published items: readers see the old until the new is approved, and nothing of the item is lost."""

from datetime import UTC, date, datetime, timedelta

import pytest
from django.core.exceptions import PermissionDenied, ValidationError
from django.core.files.base import ContentFile

from items.models import Activity, Attachment, Correction, Event, Item, Verb
from items.models.item import LiveChanged, Refused, about_to_appear
from tests.admin.forms import make_person
from tests.builders import AT, make_event, make_image, make_keyword, make_term

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("media")]
HOUR = timedelta(hours=1)
LATER = AT + HOUR


@pytest.fixture
def author():
    return make_person("author", "Author")


@pytest.fixture
def editor():
    return make_person("editor", "Editor")


@pytest.fixture
def live(author):
    """A published event with all that an item can have."""
    item = make_event(
        title="Places in reception centres", summary="As it was.", body="<p>Text</p>", created_by=author,
        themes=["reception"], keywords=["solidarity"], source="iom", source_url="https://iom.int/1",
        publication_date=date(2026, 5, 4), expire_at=AT + 99 * HOUR, is_featured=True,
    )  # fmt: skip
    Attachment.objects.create(item=item, title="Report", file=ContentFile(b"one", "report.txt"))
    Attachment.objects.create(item=item, title="Annex", file=ContentFile(b"two", "annex.txt"))
    return item


def read(item):
    """All that the public is told of an item."""
    item = Item.objects.get(pk=item.pk)
    event = Event.objects.filter(pk=item.pk).first()
    return {
        "title": item.title, "summary": item.summary, "body": item.body, "source": item.source_id,
        "type": item.type_id, "source_url": item.source_url, "date": item.publication_date, "until": item.expire_at,
        "themes": sorted(t.slug for t in item.themes.all()), "keywords": sorted(k.name for k in item.keywords.all()),
        "countries": sorted(c.code for c in item.countries.all()),
        "event": event and (event.starts_at, event.place, event.all_day),
        "attachments": [(a.title, a.name, a.file.read()) for a in item.attachments.all()],
    }  # fmt: skip


KEPT = ("pk", "uuid", "slug", "publish_at", "created_by_id", "created_at", "translation_group", "is_featured", "status")


def test_a_copy_says_what_the_item_says_and_readers_see_no_difference(live, author):
    before = read(live)
    copy = live.prepare_update(by=author, at=AT)
    assert read(copy) == before == read(live)
    assert (copy.status, copy.update_of, copy.created_by) == ("draft", live, author)
    assert set(Item.objects.published(AT)) == {live}
    assert copy.uuid != live.uuid


def test_changing_the_copy_changes_nothing_that_readers_see(live, author):
    before = read(live)
    copy = live.prepare_update(by=author, at=AT)
    copy.title, copy.summary = "Other", "Other."
    copy.save()
    copy.themes.clear()
    copy.keywords.clear()
    copy.event.delete()
    copy.attachments.all().delete()
    assert read(live) == before


def test_an_approved_copy_replaces_the_content_and_keeps_the_item(live, author, editor):
    kept = {name: getattr(live, name) for name in KEPT}
    copy = live.prepare_update(by=author, at=AT)
    copy.title, copy.summary, copy.body = "Fewer places in reception centres", "As it is.", "<p>New text</p>"
    copy.publication_date, copy.expire_at, copy.source_url = date(2026, 6, 1), None, "https://iom.int/2"
    copy.save()
    copy.themes.set([make_term(type(live.themes.get()), "integration")])
    copy.keywords.set([make_keyword("housing")])
    copy.event.place, copy.event.starts_at = "Ghent", datetime(2026, 9, 1, 8, tzinfo=UTC)
    copy.event.save()
    report, annex = copy.attachments.all()
    report.title, report.file = "Report, second edition", ContentFile(b"ONE", "second.txt")
    report.size = None
    report.save()
    annex.delete()
    Attachment.objects.create(item=copy, title="Figures", file=ContentFile(b"3", "figures.csv"), position=5)
    wanted, addresses = read(copy), list(live.attachments.values_list("pk", flat=True))

    copy.submit(by=author, at=AT)
    copy.approve(by=editor, at=LATER)

    assert read(live) == wanted
    stored = Item.objects.get(pk=live.pk)
    assert {name: getattr(stored, name) for name in KEPT} == kept
    assert stored.attachments.get(title="Report, second edition").pk == addresses[0]
    assert Item.objects.get() == live
    assert not Attachment.objects.exclude(item=live).exists()


def test_the_record_of_the_copy_goes_over_to_the_item(live, author, editor):
    copy = live.prepare_update(by=author, at=AT)
    copy.submit(by=author, at=AT + 1 * HOUR, comment="New figures.")
    copy.comment(by=editor, at=AT + 2 * HOUR, text="Thanks.")
    assert [line.verb for line in copy.activities_of_all()] == [Verb.COMMENT, Verb.SUBMIT, Verb.PREPARE_UPDATE]
    copy.approve(by=editor, at=AT + 3 * HOUR)
    verbs = [line.verb for line in live.activities_of_all()]
    assert verbs == [Verb.UPDATE, Verb.COMMENT, Verb.SUBMIT, Verb.PREPARE_UPDATE]
    assert Activity.objects.count() == 4


def test_event_details_come_and_go_with_the_update(live, author, editor):
    copy = live.prepare_update(by=author, at=AT)
    copy.event.delete()
    copy.refresh_from_db()
    copy.approve(by=editor, at=LATER)
    assert not Event.objects.exists()
    copy = Item.objects.get().prepare_update(by=author, at=AT)
    Event.objects.create(item=copy, starts_at=AT, place="Ghent")
    copy.approve(by=editor, at=LATER)
    assert Event.objects.get().item == live


def test_an_event_that_moves_raises_its_sequence(live, author, editor):
    before = live.event.sequence
    copy = live.prepare_update(by=author, at=AT)
    copy.event.starts_at += HOUR
    copy.event.save()
    copy.approve(by=editor, at=LATER)
    assert Event.objects.get().sequence > before


def test_a_picture_is_shared_with_the_copy_and_stays_with_the_item(live, author, editor):
    live.picture = make_image()
    live.save()
    copy = live.prepare_update(by=author, at=AT)
    assert copy.picture == live.picture
    copy.approve(by=editor, at=LATER)
    assert Item.objects.get().picture == live.picture
    assert [use.item_id for use in live.picture.uses.all()] == [live.pk]


def test_there_is_one_copy_at_a_time(live, author, editor):
    live.prepare_update(by=author, at=AT)
    assert "prepare_update" not in [rule.verb for rule in Item.objects.get(pk=live.pk).verbs(editor, AT)]
    with pytest.raises(Refused, match="already"):
        Item.objects.get(pk=live.pk).prepare_update(by=editor, at=AT)


def test_a_copy_is_never_approved_by_any_other_way(live, author):
    copy = live.prepare_update(by=author, at=AT)
    copy.status, copy.publish_at = "approved", AT
    with pytest.raises(ValidationError):
        copy.validate_constraints()


def test_a_discarded_copy_leaves_the_item_as_it_was_and_its_record_behind(live, author):
    before = read(live)
    copy = live.prepare_update(by=author, at=AT)
    copy.comment(by=author, at=AT, text="A thought.")
    copy.discard(by=author, at=LATER)
    assert Item.objects.get() == live
    assert read(live) == before
    verbs = [line.verb for line in live.activities_of_all()]
    assert sorted(verbs) == sorted([Verb.DISCARD, Verb.COMMENT, Verb.PREPARE_UPDATE])


def test_who_began_the_item_may_write_the_copy_that_an_editor_prepared(live, author, editor):
    copy = live.prepare_update(by=editor, at=AT)
    assert copy.may_be_changed(author)
    assert not copy.may_be_changed(make_person("other", "Author"))


def test_a_withdrawn_item_is_updated_and_stays_withdrawn(live, author, editor):
    live.withdraw(by=editor, at=AT, reason="Wrong figures.")
    copy = live.prepare_update(by=author, at=AT)
    copy.summary = "Right figures."
    copy.save()
    copy.approve(by=editor, at=LATER)
    stored = Item.objects.get()
    assert (stored.status, stored.withdrawal_reason, stored.summary) == (
        "withdrawn",
        "Wrong figures.",
        "Right figures.",
    )
    assert stored.event.is_withdrawn


def test_an_item_removed_meanwhile_is_not_updated(live, author, editor):
    copy = live.prepare_update(by=author, at=AT)
    live.remove(by=editor, at=AT)
    with pytest.raises(Refused, match="removed"):
        copy.approve(by=editor, at=LATER)
    copy.discard(by=editor, at=LATER)


def test_authors_cannot_put_their_update_out(live, author):
    copy = live.prepare_update(by=author, at=AT)
    with pytest.raises(PermissionDenied):
        copy.approve(by=author, at=LATER)
    assert Item.objects.count() == 2


def test_what_appears_is_asked_about_as_it_will_be(live, author, editor):
    seen = []

    def look(sender, item, **kwargs):
        seen.append((item.pk, item.title, [theme.slug for theme in item.themes.all()]))
        raise ValidationError("No.")

    copy = live.prepare_update(by=author, at=AT)
    Item.objects.filter(pk=copy.pk).update(title="A new title")
    copy.themes.set([make_term(type(live.themes.get()), "integration")])
    about_to_appear.connect(look)
    try:
        with pytest.raises(ValidationError):
            copy.approve(by=editor, at=LATER)
    finally:
        about_to_appear.disconnect(look)
    assert seen == [(live.pk, "A new title", ["integration"])]
    assert Item.objects.get(pk=live.pk).title == live.title
    assert Item.objects.filter(pk=copy.pk).exists()


# --- Corrected directly meanwhile -----------------------------------------------------------------------------------


@pytest.fixture
def diverged(live, author):
    """A copy with a new summary and keyword, whose item has had its summary and theme corrected since."""
    copy = live.prepare_update(by=author, at=AT)
    Item.objects.filter(pk=copy.pk).update(summary="From the update.")
    copy.keywords.add(make_keyword("housing"))
    Item.objects.filter(pk=live.pk).update(summary="Corrected directly.")
    Item.objects.get(pk=live.pk).themes.add(make_term(type(live.themes.get()), "integration"))
    return Item.objects.get(pk=copy.pk)


def test_approving_over_a_direct_correction_asks_and_shows_what_changed(diverged, live, editor):
    with pytest.raises(LiveChanged) as refusal:
        diverged.approve(by=editor, at=LATER)
    found = {d.name: (d.before, d.live, d.copy, d.is_contested) for d in refusal.value.differences}
    assert found["summary"] == ("As it was.", "Corrected directly.", "From the update.", True)
    assert found["themes"] == ("Reception", "Integration, Reception", "Reception", False)
    assert set(found) == {"summary", "themes"}
    assert Item.objects.get(pk=live.pk).summary == "Corrected directly."


@pytest.mark.parametrize("keep", [set(), {"summary"}, {"themes"}, {"summary", "themes"}])
def test_each_part_is_as_was_chosen_and_the_rest_comes_from_the_update(diverged, live, editor, keep):
    _differences, seen = diverged.live_differences()
    diverged.approve(by=editor, at=LATER, keep=keep, seen=seen)
    stored = read(live)
    assert stored["summary"] == ("Corrected directly." if "summary" in keep else "From the update.")
    assert stored["themes"] == (["integration", "reception"] if "themes" in keep else ["reception"])
    assert stored["keywords"] == ["housing", "solidarity"]


def test_a_choice_made_on_what_is_no_longer_so_is_asked_again(diverged, live, editor):
    _differences, seen = diverged.live_differences()
    Item.objects.filter(pk=live.pk).update(summary="Corrected once more.")
    with pytest.raises(LiveChanged) as refusal:
        diverged.approve(by=editor, at=LATER, keep=(), seen=seen)
    assert refusal.value.seen != seen


def test_nobody_is_asked_where_both_say_the_same(live, author, editor):
    copy = live.prepare_update(by=author, at=AT)
    for item in (copy, live):
        Item.objects.filter(pk=item.pk).update(title="The same correction")
        Item.objects.get(pk=item.pk).keywords.add(make_keyword("housing"))
    Item.objects.get(pk=copy.pk).approve(by=editor, at=LATER)
    assert Item.objects.get().title == "The same correction"


def test_attachments_changed_directly_are_asked_about_too(live, author, editor):
    copy = live.prepare_update(by=author, at=AT)
    Attachment.objects.create(item=live, title="Late", file=ContentFile(b"4", "late.txt"))
    with pytest.raises(LiveChanged) as refusal:
        copy.approve(by=editor, at=LATER)
    assert [d.name for d in refusal.value.differences] == ["attachments"]
    copy.approve(by=editor, at=LATER, keep={"attachments"}, seen=refusal.value.seen)
    assert {a.title for a in live.attachments.all()} == {"Report", "Annex", "Late"}


# --- Corrections ----------------------------------------------------------------------------------------------------


def test_a_minor_correction_tells_readers_nothing(live, editor):
    live.correct(by=editor, at=LATER)
    stored = Item.objects.get()
    assert stored.revised_at is None
    assert stored.announced_at == stored.publish_at
    assert not Correction.objects.exists()
    assert live.activities_of_all().get().verb == Verb.CORRECT


def test_a_major_correction_leaves_a_dated_note_and_moves_what_readers_are_told(live, editor):
    live.correct(by=editor, at=LATER, note="The figure was 18 000.")
    stored = Item.objects.get()
    assert stored.revised_at == stored.announced_at == LATER
    assert [(c.at, c.note, c.by) for c in stored.corrections.all()] == [(LATER, "The figure was 18 000.", editor)]


def test_an_update_can_be_a_major_change(live, author, editor):
    live.prepare_update(by=author, at=AT).approve(by=editor, at=LATER, note="New figures for 2025.")
    stored = Item.objects.get()
    assert stored.revised_at == LATER
    assert stored.corrections.get().note == "New figures for 2025."
    stored.prepare_update(by=author, at=LATER).approve(by=editor, at=LATER + HOUR)
    assert Item.objects.get().revised_at == LATER


def test_only_approvers_correct_and_only_what_readers_see(live, author, editor):
    with pytest.raises(PermissionDenied):
        live.correct(by=author, at=AT)
    live.remove(by=editor, at=AT)
    with pytest.raises(Refused):
        live.correct(by=editor, at=AT)


def test_the_database_refuses_a_correction_without_words(live):
    with pytest.raises(ValidationError):
        Correction(item=live, note="").full_clean()


# --- Duplicates -----------------------------------------------------------------------------------------------------


def test_a_duplicate_is_a_draft_of_another_item(live, author):
    copy = live.duplicate(by=author, at=AT)
    assert (copy.status, copy.publish_at, copy.created_by, copy.update_of) == ("draft", None, author, None)
    assert (copy.title, copy.source, copy.event.place) == (live.title, live.source, live.event.place)
    assert [k.name for k in copy.keywords.all()] == ["solidarity"]
    assert (copy.source_url, copy.publication_date, copy.attachments.count()) == ("", None, 0)
    assert copy.translation_group != live.translation_group
    assert copy.activities_of_all().get().verb == Verb.BEGIN


def test_who_may_add_nothing_duplicates_nothing(live):
    with pytest.raises(PermissionDenied):
        live.duplicate(by=make_person("newcomer"), at=AT)
