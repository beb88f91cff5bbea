"""The quick item, and what "save and add another" carries over."""

import pytest
from django.utils import timezone

from items.models import Item, ItemType, Source, Theme, Verb
from tests.admin.forms import ADD, filled, make_person
from tests.builders import make_item, make_keyword, make_term

pytestmark = pytest.mark.django_db
QUICK = "/admin/items/item/quick/"


@pytest.fixture
def author(sign_in):
    return sign_in("Author")


def values(**overrides):
    make_keyword("quick word")
    return {
        "title": "A quick one", "summary": "In a minute.", "source_url": "https://iom.int/1", "keywords": "quick word",
        "themes": [make_term(Theme, "reception").pk], "type": make_term(ItemType, "news-item").pk, "language": "en",
        "source": "", **overrides,
    }  # fmt: skip


def test_a_quick_item_is_saved_with_its_record(author):
    assert author.get(QUICK).status_code == 200
    response = author.post(QUICK, values(_save="1"))
    assert response["Location"] == "/admin/items/item/"
    item = Item.objects.get()
    assert (item.title, item.status, item.created_by) == ("A quick one", "draft", author.person)
    assert [k.name for k in item.keywords.all()] == ["quick word"]
    assert [t.slug for t in item.themes.all()] == ["reception"]
    assert [line.verb for line in item.activities_of_all()] == [Verb.BEGIN]


def test_it_may_be_submitted_at_once(author):
    author.post(QUICK, values(_verb="submit"))
    assert Item.objects.get().status == "in_review"


def test_no_other_verb_is_done_here(sign_in):
    editor = sign_in("Editor")
    editor.post(QUICK, values(_verb="approve", status="approved", publish_at_0="2026-01-01"))
    item = Item.objects.get()
    assert (item.status, item.publish_at) == ("draft", None)


def test_the_usual_type_is_chosen_already(author):
    usual = make_term(ItemType, "news-item")
    form = author.get(QUICK).context["form"]
    assert str(form["type"].value()) == str(usual.pk)


def test_the_next_one_has_type_language_and_source_of_the_last(author):
    source = make_term(Source, "iom")
    kind = make_term(ItemType, "event")
    response = author.post(QUICK, values(_addanother="1", source=source.pk, type=kind.pk, language="fr"))
    form = author.get(response["Location"]).context["form"]
    assert [str(form[name].value()) for name in ("type", "language", "source", "title")] == [
        str(kind.pk), "fr", str(source.pk), "None",
    ]  # fmt: skip


def test_the_long_form_carries_the_same_over(author):
    source = make_term(Source, "iom")
    response = author.post(ADD, filled(_addanother="1", source=source.pk, language="fr"))
    form = author.get(response["Location"]).context["adminform"].form
    assert (str(form["source"].value()), form["language"].value()) == (str(source.pk), "fr")
    assert not form["title"].value()


@pytest.mark.parametrize("query", ["type=x", "type=999999", "language=xx", "source=%00", "source=" + "9" * 30])
def test_what_no_form_carries_over_breaks_nothing(author, query):
    assert author.get(f"{QUICK}?{query}").status_code == 200


def test_what_is_missing_is_said_and_what_was_typed_is_kept(author):
    page = author.post(QUICK, values(title="", summary="Kept")).content.decode()
    assert "Kept" in page
    assert not Item.objects.exists()


def test_the_same_original_needs_a_reason_here_too(author):
    make_item(source_url="https://iom.int/1", publish_at=timezone.now())
    response = author.post(QUICK, values())
    assert "source_url" in response.context["form"].errors
    author.post(QUICK, values(duplicate_reason="Two views."))
    assert Item.objects.count() == 2


def test_who_may_add_nothing_has_no_quick_item(client):
    client.force_login(make_person("newcomer"))
    assert client.get(QUICK).status_code == 403
    assert client.post(QUICK, values()).status_code == 403
