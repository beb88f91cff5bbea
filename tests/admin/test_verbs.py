"""The buttons at the form: what they save, what they refuse, and what working copies add to them."""

from datetime import timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from items.models import Correction, Item, Theme, Verb
from tests.admin.forms import ADD, add, change, change_url, filled, moment
from tests.builders import make_item, make_keyword, make_term

pytestmark = pytest.mark.django_db
PAST = timedelta(days=-3)
LIST = "/admin/items/item/"


@pytest.fixture
def editor(sign_in):
    return sign_in("Editor")


def make(**overrides):
    """An item that the checklist lets appear, published unless said otherwise."""
    values = {"publish_at": timezone.now() + PAST, "themes": ["reception"], "source": "iom", "keywords": ["solidarity"]}
    return make_item(**{**values, **overrides})


def sent(item, **overrides):
    """What the form of a stored item sends when nothing is touched but this."""
    values = {
        "title": item.title, "summary": item.summary, "body": item.body, "slug": item.slug, "language": item.language,
        "type": item.type_id, "source": item.source_id or "", "source_url": item.source_url,
        "themes": [theme.pk for theme in item.themes.all()],
        "keywords": ", ".join(str(keyword) for keyword in item.keywords.all()),
        "countries": [country.pk for country in item.countries.all()],
        "publication_date": item.publication_date.isoformat() if item.publication_date else "",
        "initial-language": item.language,
    }  # fmt: skip
    if item.publish_at:
        local = timezone.localtime(item.publish_at)
        values |= moment("publish_at", f"{local:%Y-%m-%d}", f"{local:%H:%M:%S}")
    return filled(**{**values, **overrides})


def press(client, item, verb, **overrides):
    """Press a verb's button on an item's form."""
    return client.post(change_url(item), sent(item, _verb=verb, **overrides))


def verbs_of(item):
    return [line.verb for line in item.activities_of_all()]


# --- Saving and doing ----------------------------------------------------------------------------------------------


def test_a_verb_saves_what_the_form_holds_and_is_recorded(sign_in):
    author = sign_in("Author")
    item = add(author, _verb="submit", submit_text="Please look.", title="Fresh")
    assert (item.title, item.status) == ("Fresh", "in_review")
    assert verbs_of(item) == [Verb.SUBMIT, Verb.BEGIN]
    assert item.activities_of_all()[0].text == "Please look."


def test_saving_alone_begins_the_record_and_changes_no_status(editor):
    item = add(editor)
    assert (item.status, verbs_of(item)) == ("draft", [Verb.BEGIN])
    assert change(editor, item, title="New").status == "draft"
    assert verbs_of(item) == [Verb.BEGIN]


def test_an_invalid_form_is_neither_saved_nor_submitted(editor):
    item = make(status="draft", publish_at=None)
    response = press(editor, item, "submit", title="", summary="Kept in the form")
    assert "Kept in the form" in response.content.decode()
    item.refresh_from_db()
    assert (item.status, item.summary) != ("in_review", "Kept in the form")
    assert item.status == "draft"


@pytest.mark.parametrize(("status", "verb", "field"), [("in_review", "return", "return_text")])
def test_what_a_verb_needs_is_asked_beside_its_button_and_nothing_is_saved(editor, status, verb, field):
    item = make(status=status, publish_at=None)
    response = press(editor, item, verb, summary="Changed")
    assert response.context["verbs"].errors[field]
    assert "Changed" in response.content.decode()
    item.refresh_from_db()
    assert (item.status, item.summary == "Changed") == (status, False)


def test_removing_asks_for_a_tick_and_for_another_item_that_readers_see(editor):
    item, other = make(), make()
    assert "remove_confirmed" in press(editor, item, "remove").context["verbs"].errors
    hidden = make(status="draft")
    response = press(editor, item, "remove", remove_confirmed="on", replaced_by=hidden.pk)
    assert "Choose another item that readers can see." in response.content.decode()
    item.refresh_from_db()
    assert item.status == "approved"
    press(editor, item, "remove", remove_confirmed="on", replaced_by=other.pk, remove_text="Double.")
    item.refresh_from_db()
    assert (item.status, item.replaced_by) == ("removed", other)


@pytest.mark.parametrize("key", ["x", "9" * 30, "\0"])
def test_a_replacement_that_no_form_offers_is_refused(editor, key):
    item = make()
    assert press(editor, item, "remove", remove_confirmed="on", replaced_by=key).status_code == 200
    item.refresh_from_db()
    assert item.status == "approved"


def test_what_the_checklist_forbids_is_said_and_nothing_is_saved(editor):
    item = make(status="draft", publish_at=None)
    response = press(editor, item, "approve", themes=[], summary="Typed with care")
    page = response.content.decode()
    assert "Choose a theme" in page
    assert "Typed with care" in page
    item.refresh_from_db()
    assert (item.status, item.summary == "Typed with care") == ("draft", False)
    assert verbs_of(item) == []


def test_a_new_item_that_may_not_appear_is_not_made(editor):
    response = editor.post(ADD, filled(_verb="approve", title="Typed with care"))
    assert "Typed with care" in response.content.decode()
    assert not Item.objects.exists()


def test_the_enter_key_saves_and_does_no_verb(editor):
    page = editor.get(change_url(make(status="draft"))).content.decode()
    form = page[page.index('id="item_form"') :]
    first = min(form.index(name) for name in ('name="_save"', 'name="_verb"', "formaction"))
    assert first == form.index('name="_save"')


def test_a_read_only_item_offers_what_may_be_done_at_its_own_address(sign_in):
    author = sign_in("Author")
    item = make(created_by=author.person)
    page = author.get(change_url(item)).content.decode()
    assert f'formaction="{LIST}{item.pk}/prepare_update/"' in page
    response = author.post(f"{LIST}{item.pk}/prepare_update/")
    copy = Item.objects.get(update_of=item)
    assert response["Location"] == change_url(copy)


# --- Corrections ---------------------------------------------------------------------------------------------------


def test_a_change_of_a_visible_item_is_minor_unless_said(editor):
    item = make()
    editor.post(change_url(item), sent(item, summary="A comma, moved."))
    item.refresh_from_db()
    assert (item.summary, item.revised_at) == ("A comma, moved.", None)
    assert verbs_of(item) == [Verb.CORRECT]
    assert not Correction.objects.exists()


def test_a_major_change_needs_its_note_and_moves_what_readers_are_told(editor):
    item = make()
    response = editor.post(change_url(item), sent(item, summary="New.", correction="major"))
    assert "correction_note" in response.context["adminform"].form.errors
    editor.post(change_url(item), sent(item, summary="New.", correction="major", correction_note="The sum was wrong."))
    item.refresh_from_db()
    assert item.corrections.get().note == "The sum was wrong."
    assert item.revised_at == item.corrections.get().at


def test_a_note_without_the_word_that_the_change_is_major_is_asked_about(editor):
    item = make()
    typed = sent(item, summary="New.", correction="minor", correction_note="The sum was wrong.")
    for values in (typed, {**typed, "correction": ""}):
        response = editor.post(change_url(item), values)
        form = response.context["adminform"].form
        assert "choose “major”" in form.errors["correction_note"][0]
        assert form["correction_note"].value() == "The sum was wrong."
        assert form["summary"].value() == "New."
    assert verbs_of(item) == []
    assert editor.post(change_url(item), {**typed, "correction_note": " "}).status_code == 302
    assert not Correction.objects.exists()


def test_saving_without_a_change_records_no_correction(editor):
    item = make()
    assert editor.post(change_url(item), sent(item)).status_code == 302
    assert verbs_of(item) == []


def test_a_change_of_what_belongs_to_a_visible_item_is_a_correction_too(editor):
    item = make()
    event = {"event-TOTAL_FORMS": "1", "event-0-starts_at_0": "2026-09-10", "event-0-starts_at_1": "09:30",
             "event-0-place": "Ghent"}  # fmt: skip
    editor.post(change_url(item), sent(item, **event))
    assert verbs_of(item) == [Verb.CORRECT]


def test_nobody_is_asked_about_what_readers_have_not_seen(editor):
    for item in (make(status="draft"), make(publish_at=timezone.now() - PAST)):
        assert editor.get(change_url(item)).context["correction_fields"] == []
        editor.post(change_url(item), sent(item, summary="New", correction="major", correction_note="Note"))
    assert not Correction.objects.exists()


def test_a_minor_edit_through_the_form_moves_nothing_in_the_feeds(editor):
    item = make(publish_at=timezone.now().replace(microsecond=123456) + PAST)
    before = editor.get("/news/feed.json").json()["items"][0]
    editor.post(change_url(item), sent(item, summary="A comma, moved."))
    after = editor.get("/news/feed.json").json()["items"][0]
    assert after["summary"] == "A comma, moved."
    for name in ("date_published", "date_modified", "id"):
        assert after[name] == before[name]


# --- Working copies ------------------------------------------------------------------------------------------------


@pytest.fixture
def copy(editor):
    """A working copy, in review."""
    item = make(title="Places in centres")
    copy = item.prepare_update(by=editor.person, at=timezone.now())
    copy.submit(by=editor.person, at=timezone.now())
    return Item.objects.get(pk=copy.pk)


def test_the_form_of_a_copy_is_told_from_that_of_its_item(editor, copy):
    page = editor.get(change_url(copy))
    assert [button.verb for button in page.context["verbs"].buttons()] == ["approve", "return", "discard"]
    assert change_url(copy.update_of) in page.content.decode()
    form = page.context["adminform"].form
    for name in ("publish_at", "is_featured", "translation_of"):
        assert name not in form.fields or name not in str(page.context["adminform"].fieldsets)
    assert change_url(copy) in editor.get(change_url(copy.update_of)).content.decode()


def test_approving_a_copy_at_the_form_publishes_what_the_form_holds(editor, copy):
    live = copy.update_of
    response = press(editor, copy, "approve", title="Fewer places", keywords="quick word")
    assert response["Location"] == change_url(live)
    live.refresh_from_db()
    assert live.title == "Fewer places"
    assert [k.name for k in live.keywords.all()] == ["quick word"]
    assert Item.objects.get() == live
    assert not Correction.objects.exists()


def test_an_update_may_be_major(editor, copy):
    live = copy.update_of
    response = press(editor, copy, "approve", correction="major")
    assert "correction_note" in response.context["verbs"].errors
    press(editor, copy, "approve", correction="major", correction_note="New figures.")
    assert live.corrections.get().note == "New figures."


def test_the_note_of_an_update_that_is_not_said_to_be_major_is_asked_about(editor, copy):
    response = press(editor, copy, "approve", correction="minor", correction_note="New figures.")
    verbs = response.context["verbs"]
    assert "choose “major”" in verbs.errors["correction_note"][0]
    assert verbs["correction_note"].value() == "New figures."
    assert Item.objects.count() == 2
    assert press(editor, copy, "return", correction="minor", correction_note="x", return_text="No.").status_code == 302


def test_a_copy_whose_item_was_corrected_meanwhile_shows_both_and_asks(editor, copy):
    live = copy.update_of
    Item.objects.filter(pk=live.pk).update(summary="Corrected directly.")
    Item.objects.filter(pk=copy.pk).update(summary="From the update.")
    copy.refresh_from_db()
    page = editor.get(change_url(copy)).content.decode()
    assert "Changed directly meanwhile" in page
    assert "Corrected directly." in page

    response = press(editor, copy, "approve")
    assert "stands_summary" in response.context["verbs"].errors
    assert Item.objects.count() == 2
    seen = response.context["verbs"]["live_seen"].value()
    press(editor, copy, "approve", stands_summary="live", live_seen=seen)
    live.refresh_from_db()
    assert live.summary == "Corrected directly."


def test_a_correction_between_looking_and_approving_is_asked_about_again(editor, copy):
    live = copy.update_of
    Item.objects.filter(pk=live.pk).update(summary="Corrected directly.")
    seen = editor.get(change_url(copy)).context["verbs"]["live_seen"].value()
    Item.objects.filter(pk=live.pk).update(summary="Corrected once more.")
    response = press(editor, copy, "approve", stands_summary="copy", live_seen=seen)
    assert response.status_code == 200
    assert "Corrected once more." in response.content.decode()
    again = response.context["verbs"]["live_seen"].value()
    assert again != seen
    assert press(editor, copy, "approve", stands_summary="copy", live_seen=again).status_code == 302
    live.refresh_from_db()
    assert live.summary == copy.summary


def test_discarding_leads_back_to_the_item(editor, copy):
    live = copy.update_of
    response = editor.post(f"{LIST}{copy.pk}/discard/")
    assert response["Location"] == change_url(live)
    assert Item.objects.get() == live


def test_a_copy_is_marked_in_the_list_and_offered_nowhere(editor, copy):
    page = editor.get(LIST).content.decode()
    assert 'data-state="copy"' in page
    found = editor.get("/admin/autocomplete/?app_label=items&model_name=attachment&field_name=item&term=Places").json()[
        "results"
    ]
    assert [row["id"] for row in found] == [str(copy.update_of_id)]


def test_a_copy_is_discarded_and_not_deleted(editor, copy):
    assert editor.post(f"{LIST}{copy.pk}/delete/", {"post": "yes"}).status_code == 403
    assert Item.objects.count() == 2


def test_a_duplicate_opens_as_a_new_draft(sign_in):
    author = sign_in("Author")
    item = make()
    response = author.post(f"{LIST}{item.pk}/duplicate/")
    copy = Item.objects.exclude(pk=item.pk).get()
    assert response["Location"] == change_url(copy)
    assert (copy.status, copy.created_by, copy.title) == ("draft", author.person, item.title)


def test_keywords_and_themes_survive_an_update_that_did_not_touch_them(editor, copy):
    live = copy.update_of
    live.keywords.add(make_keyword("added directly"))
    live.themes.add(make_term(Theme, "integration"))
    seen = editor.get(change_url(copy)).context["verbs"]["live_seen"].value()
    stands = {"stands_themes": "live", "stands_keywords": "live", "live_seen": seen}
    response = press(editor, copy, "approve", **stands)
    assert response.status_code == 302, response.context["verbs"].errors
    assert {k.name for k in live.keywords.all()} == {"solidarity", "added directly"}
    assert live.themes.count() == 2


def test_the_form_asks_at_most_thirty_questions_whatever_there_is(editor, copy):
    live = copy.update_of
    for number in range(20):
        live.comment(by=editor.person, at=timezone.now(), text=f"Comment {number}")
    for path in (change_url(live), change_url(copy), ADD, f"{LIST}quick/"):
        editor.get(path)
        with CaptureQueriesContext(connection) as queries:
            assert editor.get(path).status_code == 200
        assert len(queries) <= 30, path
