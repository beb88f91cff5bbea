"""Translating at the desk: beginning a version, the texts beside the fields, what is missing and what lags behind."""

import re
from datetime import timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from items.models import Item, TranslatedFrom
from items.models.item.history import record
from tests.admin.forms import add, change, change_url
from tests.builders import make_event, make_item

pytestmark = pytest.mark.django_db
LIST = "/admin/items/item/"


@pytest.fixture
def original():
    item = make_item(
        title="Guardians for minors",
        summary="Who they are & why.",
        body="<p>All <strong>of</strong> it.</p>",
        themes=["reception"],
        publish_at=timezone.now() - timedelta(days=3),
    )
    record([item], at=timezone.now())
    return item


def begin(client, item, language):
    """The version that the button makes."""
    response = client.post(f"{LIST}{item.pk}/translate/{language}/")
    assert response.status_code == 302
    return Item.objects.filter(translation_group=item.translation_group, language=language).first()


def buttons(client, item):
    """Languages for which the form offers a button."""
    page = client.get(change_url(item)).content.decode()
    return re.findall(rf'formaction="{LIST}{item.pk}/translate/(\w+)/"', page)


@pytest.mark.parametrize("role", ["Author", "Editor"])
def test_a_button_for_each_language_that_is_missing(sign_in, original, role):
    client = sign_in(role)
    assert buttons(client, original) == ["fr", "nl", "de"]
    draft = begin(client, original, "fr")
    assert (draft.status, draft.created_by) == ("draft", client.person)
    assert buttons(client, original) == buttons(client, draft) == ["nl", "de"]


def test_the_draft_opens_beside_the_original(editor, original):
    response = editor.post(f"{LIST}{original.pk}/translate/fr/", follow=True)
    page = response.content.decode()
    assert response.redirect_chain[-1][0] == change_url(Item.objects.get(language="fr"))
    passages = re.findall(r'<div class="desk-passage-text" lang="(\w+)">\s*(.*?)\s*</div>', page, re.DOTALL)
    assert passages == [
        ("en", "<p>Guardians for minors</p>"),
        ("en", "<p>Who they are &amp; why.</p>"),
        ("en", "<p>All <strong>of</strong> it.</p>"),
    ]
    assert 'name="title" value=' not in page
    assert re.findall(r'data-take-over="(\w+)"', page) == ["id_title", "id_summary", "id_body"]


def test_what_cannot_be_translated_is_told(editor, original):
    page = editor.post(f"{LIST}{original.pk}/translate/en/", follow=True).content.decode()
    assert "There is already a version in English." in page


def test_which_version_stands_beside_can_be_chosen(editor, original):
    draft = begin(editor, original, "fr")
    make_item(title="Voogden voor minderjarigen", language="nl", translation_group=original.translation_group)

    def shown(query):
        page = editor.get(change_url(draft) + query).content.decode()
        return re.findall(r'data-version="(\w+)"\s*>', page)

    assert shown("") == ["en"] * 3
    assert shown("?beside=nl") == ["nl"] * 3
    assert shown("?beside=xx") == ["en"] * 3
    # And beside the original what has been written of the others.
    assert re.findall(r'data-beside-version="(\w+)"', editor.get(change_url(original)).content.decode()) == ["nl"]


def test_who_only_reads_sees_no_fields_and_no_texts_beside(sign_in, original):
    make_item(title="Voogden", language="nl", translation_group=original.translation_group)
    assert "desk-passage" not in sign_in("Author").get(change_url(original)).content.decode()


def test_a_title_is_asked_for(editor, original):
    draft = begin(editor, original, "fr")
    assert "title" in change(editor, draft, title="", language="fr")
    saved = change(editor, draft, title="Des tuteurs pour mineurs", language="fr", slug="")
    assert (saved.title, saved.slug) == ("Des tuteurs pour mineurs", "des-tuteurs-pour-mineurs")


def test_a_translation_that_is_tied_by_hand_knows_its_original_too(editor, original):
    item = add(editor, language="fr", translation_of=original.pk)
    assert item.original().source == original


# --- What has changed since ----------------------------------------------------------------------------------------


@pytest.fixture
def behind(editor, original):
    """A translation whose original has gone on."""
    draft = begin(editor, original, "fr")
    original.summary = "Who they are & how many."
    original.save()
    original.complete_version(by=editor.person, at=timezone.now())
    return draft


def test_the_form_says_what_has_changed_word_by_word(editor, behind):
    page = editor.get(change_url(behind)).content.decode()
    assert "The original has changed since this was translated" in page
    lag = page.split('class="desk-lag"')[1].split("</section>\n")[0]
    assert re.search(r"<del>.*why.*</del>", lag)
    assert re.search(r"<ins>.*how many.*</ins>", lag)


def test_saying_so_saves_and_settles_it(editor, behind):
    item = change(editor, behind, title="Des tuteurs", language="fr", slug="", _translated="1")
    assert item.title == "Des tuteurs"
    assert not TranslatedFrom.outdated().exists()
    assert "desk-lag" not in editor.get(change_url(behind)).content.decode()
    assert item.activities.filter(verb="translated").exists()


def test_a_working_copy_is_told_as_well(editor, behind):
    Item.objects.filter(pk=behind.pk).update(
        title="Des tuteurs", status="approved", publish_at=timezone.now() - timedelta(days=1)
    )
    copy = Item.objects.get(pk=behind.pk).prepare_update(by=editor.person, at=timezone.now())
    page = editor.get(change_url(copy)).content.decode()
    assert "The original has changed" in page
    assert 'lang="en"' in page
    assert "/translate/" not in page


def test_the_list_and_the_front_count_it(editor, original, behind):
    page = editor.get(f"{LIST}?missing=outdated")
    assert list(page.context["cl"].result_list) == [behind]
    assert "(no title yet)" in page.content.decode()
    front = editor.get("/admin/").content.decode()
    assert re.search(r'data-figure="outdated">.*?<strong>1</strong>', front)


# --- What is missing -----------------------------------------------------------------------------------------------


def listed(client, query):
    return {item.title for item in client.get(f"{LIST}?{query}").context["cl"].result_list}


def test_the_list_shows_what_is_missing_in_a_language(editor, original):
    make_item(title="Only here", language="fr")
    begin(editor, original, "fr")
    gone = make_item(title="Gone", status="removed")
    original.prepare_update(by=editor.person, at=timezone.now())
    assert listed(editor, "missing_in=fr") == set()
    assert listed(editor, "missing_in=nl") == {"Guardians for minors", "Only here", ""}
    assert listed(editor, "missing_in=en") == {"Only here"}
    assert gone.title in listed(editor, "missing_in=zz")  # no such language: nothing is filtered
    counts = editor.get(f"{LIST}?_facets=True").content.decode()
    assert re.search(r"missing_in=nl[^>]*>\s*Dutch \(3\)", counts)


def test_each_row_shows_its_languages(editor, original):
    draft = begin(editor, original, "fr")
    page = editor.get(f"{LIST}?missing_in=nl&status__exact=approved").content.decode()
    cell = re.search(r'<span class="desk-tongues">(.*?)</span>', page, re.DOTALL)[1]
    assert re.findall(r'data-there="(\w+)"', cell) == ["public", "draft", "missing", "missing"]
    assert f'href="{change_url(draft)}"' in cell
    assert 'title="Dutch: missing"' in cell


def queries(client, address):
    with CaptureQueriesContext(connection) as asked:
        assert client.get(address).status_code == 200
    return len(asked)


def test_the_form_of_a_translation_keeps_within_its_questions(editor, behind):
    for language in ("nl", "de"):
        make_item(title=f"In {language}", language=language, translation_group=behind.translation_group)
    behind.continue_story(make_item(), "updates", by=None, at=timezone.now())
    editor.get(change_url(behind))
    assert queries(editor, change_url(behind)) < 30


def test_an_event_is_begun_with_its_details(editor):
    event = make_event(place="Ghent")
    assert begin(editor, event, "de").event.place == "Ghent"
