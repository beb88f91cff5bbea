"""Two people at one item: neither loses what the other, or they themselves, wrote."""

from concurrent.futures import ThreadPoolExecutor
from threading import Barrier

import pytest
from django.contrib.auth.models import User
from django.core.files.base import ContentFile
from django.db import connection
from django.http import QueryDict
from django.test import Client
from django.utils.datastructures import MultiValueDict

from items.admin.item.posted import fit_rows
from items.models import Attachment, Event, Item, Theme
from tests.admin.forms import change_url, filled, make_person
from tests.builders import AT, make_event, make_item, make_term

pytestmark = pytest.mark.django_db


@pytest.fixture
def desk(sign_in):
    return sign_in("Editor")


@pytest.fixture
def colleague():
    return make_person("max", "Editor", first_name="Max", last_name="Moore")


def opened(desk, item):
    """What the browser holds of an item's form once it is open, to be changed and sent."""
    item.complete_version(by=None, at=AT)
    response = desk.get(change_url(item))
    form = response.context["adminform"].form
    formsets = [inline.formset for inline in response.context["inline_admin_formsets"]]
    data = {"revision": response.context["revision"], "title": item.title, "summary": item.summary}
    data |= {"language": item.language, "slug": item.slug, "type": item.type_id, "body": form.initial["body"]}
    data |= {
        "publication_date": item.publication_date or "",
        "keywords": ", ".join(k.name for k in item.keywords.all()),
    }
    data |= {"themes": [t.pk for t in item.themes.all()], "countries": [c.pk for c in item.countries.all()]}
    for formset in formsets:
        data |= rows_of(formset)
    return filled(**data)


def rows_of(formset):
    """The inputs of an inline as the browser shows them."""
    prefix, data = formset.prefix, {}
    data[f"{prefix}-TOTAL_FORMS"] = len(formset.initial_forms)
    data[f"{prefix}-INITIAL_FORMS"] = len(formset.initial_forms)
    for form in formset.initial_forms:
        for bound in form:
            value = bound.value()
            if bound.name in ("starts_at", "ends_at"):
                day, time, _which = bound.field.widget.decompress(value)
                data |= {f"{bound.html_name}_0": day or "", f"{bound.html_name}_1": time or ""}
            elif bound.name not in ("file", "DELETE") and value is not None and value is not False:
                data[bound.html_name] = value
    return data


def saved_by(person, item, then=lambda: None, **changes):
    """A colleague saves meanwhile, the item first and related rows after it."""
    theirs = Item.objects.get(pk=item.pk)
    for name, value in changes.items():
        if name == "themes":
            continue
        setattr(theirs, name, value)
    theirs.save()
    if "themes" in changes:
        theirs.themes.set([make_term(Theme, slug) for slug in changes["themes"]])
    then()
    theirs.complete_version(by=person, at=theirs.updated_at)


def asked(response):
    """The questions by field: the default, "" where both changed it."""
    assert response.status_code == 200, response.url
    return {question.change.name: question.default for question in response.context["questions"]}


def test_saving_over_a_later_save_is_refused_and_nothing_typed_is_lost(desk, colleague):
    item = make_item(title="One", status="draft", publish_at=None)
    form = opened(desk, item)
    saved_by(colleague, item, title="Theirs")
    response = desk.post(change_url(item), form | {"title": "Mine", "summary": "My summary."})
    assert asked(response) == {"title": "", "summary": "mine"}
    page = response.content.decode()
    assert "Max Moore saved this on" in page
    assert 'value="Mine"' in page
    item.refresh_from_db()
    assert (item.title, item.summary == "My summary.") == ("Theirs", False)


def test_the_form_is_saved_with_what_was_chosen(desk, colleague):
    item = make_item(title="One", status="draft", publish_at=None, themes=["asylum"])
    form = opened(desk, item)
    saved_by(colleague, item, title="Theirs", themes=["reception", "asylum"])
    form |= {"title": "Mine", "summary": "Mine too.", "themes": [make_term(Theme, "asylum").pk]}
    refused = desk.post(change_url(item), form)
    assert asked(refused) == {"title": "", "summary": "mine", "themes": "theirs"}
    choice = {"contested": "title", "keep-title": "theirs", "keep-summary": "mine", "keep-themes": "theirs"}
    again = form | choice | {"revision": refused.context["revision"], "base": form["revision"]}
    assert desk.post(change_url(item), again).status_code == 302
    item = Item.objects.get(pk=item.pk)
    assert (item.title, item.summary) == ("Theirs", "Mine too.")
    assert {theme.slug for theme in item.themes.all()} == {"reception", "asylum"}


def test_mine_can_be_kept_where_both_changed_something(desk, colleague):
    item = make_item(title="One", status="draft", publish_at=None)
    form = opened(desk, item) | {"title": "Mine"}
    saved_by(colleague, item, title="Theirs")
    refused = desk.post(change_url(item), form)
    choice = {"contested": "title", "keep-title": "mine", "base": form["revision"]}
    desk.post(change_url(item), form | choice | {"revision": refused.context["revision"]})
    item.refresh_from_db()
    assert item.title == "Mine"
    assert [v.title for v in item.own_versions()] == ["Mine", "Theirs", "One"]


def test_what_both_changed_must_be_chosen(desk, colleague):
    item = make_item(title="One", status="draft", publish_at=None)
    form = opened(desk, item) | {"title": "Mine"}
    saved_by(colleague, item, title="Theirs")
    refused = desk.post(change_url(item), form)
    again = form | {"contested": "title", "base": form["revision"], "revision": refused.context["revision"]}
    response = desk.post(change_url(item), again)
    assert asked(response) == {"title": ""}
    item.refresh_from_db()
    assert item.title == "Theirs"


def test_a_third_save_is_met_like_the_second(desk, colleague):
    item = make_item(title="One", status="draft", publish_at=None)
    form = opened(desk, item) | {"title": "Mine"}
    saved_by(colleague, item, title="Theirs")
    refused = desk.post(change_url(item), form)
    saved_by(colleague, item, title="Theirs again")
    choice = {"contested": "title", "keep-title": "mine", "base": form["revision"]}
    response = desk.post(change_url(item), form | choice | {"revision": refused.context["revision"]})
    assert asked(response) == {"title": ""}
    item.refresh_from_db()
    assert item.title == "Theirs again"


def test_what_nobody_changed_is_not_asked_about(desk, colleague):
    item = make_item(title="One", status="draft", publish_at=None)
    form = opened(desk, item)
    saved_by(colleague, item, title="Theirs")
    assert asked(desk.post(change_url(item), form | {"title": "Theirs"})) == {}


def test_a_save_that_changed_nothing_is_in_nobodys_way(desk, colleague):
    item = make_item(title="One", status="draft", publish_at=None)
    form = opened(desk, item)
    Item.objects.filter(pk=item.pk).update()
    saved_by(colleague, item)
    assert desk.post(change_url(item), form | {"title": "Mine"}).status_code == 302
    item.refresh_from_db()
    assert item.title == "Mine"


def test_a_decision_made_meanwhile_is_told_before_saving(desk, colleague):
    item = make_item(title="One", status="draft", publish_at=None)
    form = opened(desk, item)
    Item.objects.get(pk=item.pk).submit(by=colleague, at=item.created_at)
    response = desk.post(change_url(item), form | {"title": "Mine"})
    assert asked(response) == {"title": "mine"}
    again = form | {"title": "Mine", "keep-title": "mine", "revision": response.context["revision"]}
    assert desk.post(change_url(item), again).status_code == 302
    item.refresh_from_db()
    assert (item.title, item.status) == ("Mine", "in_review")


def test_a_verb_is_not_done_over_a_later_save(desk, colleague):
    item = make_item(title="One", status="draft", publish_at=None)
    form = opened(desk, item)
    saved_by(colleague, item, title="Theirs")
    response = desk.post(change_url(item), form | {"_verb": "submit"})
    assert asked(response) == {"title": "theirs"}
    item.refresh_from_db()
    assert item.status == "draft"


def test_event_details_are_one_part(desk, colleague):
    item = make_event(status="draft", publish_at=None, place="Brussels")
    form = opened(desk, item)
    event = Event.objects.get(item=item)
    event.place = "Ghent"
    event.save()
    saved_by(colleague, item)
    response = desk.post(change_url(item), form | {"event-0-place": "Antwerp"})
    assert asked(response) == {"event": ""}
    choice = {"contested": "event", "base": form["revision"], "revision": response.context["revision"]}
    mine = form | {"event-0-place": "Antwerp"} | choice
    assert desk.post(change_url(item), mine | {"keep-event": "theirs"}).status_code == 302
    assert Event.objects.get(item=item).place == "Ghent"


def test_event_details_left_alone_give_way(desk, colleague):
    item = make_event(status="draft", publish_at=None, place="Brussels")
    form = opened(desk, item)
    event = Event.objects.get(item=item)
    event.place = "Ghent"
    event.save()
    saved_by(colleague, item)
    response = desk.post(change_url(item), form | {"title": "Mine"})
    assert asked(response) == {"event": "theirs", "title": "mine"}


def test_event_details_that_a_colleague_took_away_can_be_kept(desk, colleague):
    item = make_event(status="draft", publish_at=None, place="Brussels")
    form = opened(desk, item)
    saved_by(colleague, item, title="No event", then=Event.objects.filter(item=item).delete)
    response = desk.post(change_url(item), form | {"event-0-place": "Antwerp", "title": "No event"})
    assert asked(response) == {"event": ""}
    (formset,) = [i.formset for i in response.context["inline_admin_formsets"] if i.formset.prefix == "event"]
    again = form | {"event-0-place": "Antwerp", "title": "No event", "contested": "event", "keep-event": "mine"}
    again |= {"event-INITIAL_FORMS": formset.initial_form_count(), "event-TOTAL_FORMS": formset.total_form_count()}
    again |= {"base": form["revision"], "revision": response.context["revision"]}
    assert desk.post(change_url(item), again).status_code == 302
    assert Event.objects.get(item=item).place == "Antwerp"


def test_an_attachment_that_a_colleague_took_away_does_not_block_the_form(desk, colleague, media):
    item = make_item(status="draft", publish_at=None)
    files = [
        Attachment.objects.create(item=item, title=title, file=ContentFile(b"1", f"{title}.pdf"))
        for title in ("gone", "stays")
    ]
    form = opened(desk, item)
    saved_by(colleague, item, title="Theirs", then=files[0].delete)
    mine = form | {"title": "Theirs", "attachments-1-title": "renamed"}
    response = desk.post(change_url(item), mine)
    assert asked(response) == {"attachments": ""}
    (formset,) = [i.formset for i in response.context["inline_admin_formsets"] if i.formset.prefix == "attachments"]
    again = {name: value for name, value in mine.items() if not name.startswith("attachments-")} | rows_of(formset)
    again |= {"contested": "attachments", "keep-attachments": "mine", "revision": response.context["revision"]}
    assert desk.post(change_url(item), again | {"base": form["revision"]}).status_code == 302
    assert [file.title for file in item.attachments.all()] == ["renamed"]


def test_texts_are_compared_word_by_word_and_escaped(desk, colleague):
    item = make_item(title="One", status="draft", publish_at=None, body="<p>The fund opens in June.</p>")
    form = opened(desk, item)
    saved_by(colleague, item, body="<p>The fund opens in July.</p>")
    response = desk.post(change_url(item), form | {"body": "The fund opens in May.", "title": "<script>x</script>"})
    page = response.content.decode()
    assert "<script>x" not in page
    (question,) = [q for q in response.context["questions"] if q.change.name == "body"]
    assert "July" in question.change.lines[0].before
    assert "May" in question.change.lines[0].after


@pytest.mark.parametrize("revision", ["", "x", "-1", "9" * 60])
def test_a_form_without_a_revision_is_saved(desk, revision):
    item = make_item(title="One", status="draft", publish_at=None)
    form = opened(desk, item) | {"revision": revision, "title": "Mine"}
    assert desk.post(change_url(item), form).status_code == 302


def test_a_term_changed_meanwhile_is_not_saved_over(sign_in):
    desk = sign_in("Administrator")
    theme = make_term(Theme, "reception")
    url = f"/admin/items/theme/{theme.pk}/change/"
    page = desk.get(url)
    seen = page.context["seen"]
    assert f'name="seen" value="{seen}"' in page.content.decode()
    theme.labels = {**theme.labels, "en": "Theirs"}
    theme.save()
    form = {"slug": "reception", "parent": "", "position": 3, "label_en": "Mine", "label_fr": "", "label_nl": "",
            "label_de": "", "aliases-TOTAL_FORMS": 0, "aliases-INITIAL_FORMS": 0}  # fmt: skip
    response = desk.post(url, form | {"seen": seen})
    assert response.status_code == 200
    assert 'value="Mine"' in response.content.decode()
    theme.refresh_from_db()
    assert theme.labels["en"] == "Theirs"
    assert desk.post(url, form | {"seen": response.context["seen"]}).status_code == 302
    theme.refresh_from_db()
    assert theme.labels["en"] == "Mine"


@pytest.mark.django_db(transaction=True)
@pytest.mark.skipif(connection.vendor == "sqlite", reason="threads share the tests' in-memory database, locks and all")
def test_of_two_who_save_at_the_same_moment_one_is_refused():
    people = [User.objects.create_superuser(name, password="secret") for name in ("anna", "boris")]
    item = make_item(title="One", status="draft", publish_at=None)
    browsers = []
    for person in people:
        browser = Client()
        browser.force_login(person)
        browsers.append((browser, opened(browser, item) | {"title": f"By {person.username}"}))
    start = Barrier(len(browsers))

    def send(sender):
        browser, form = sender
        start.wait()
        try:
            return browser.post(change_url(item), form).status_code
        finally:
            connection.close()

    with ThreadPoolExecutor(len(browsers)) as pool:
        assert sorted(pool.map(send, browsers)) == [200, 302]
    assert [version.title for version in item.own_versions()][1:] == ["One"]


def test_a_row_with_an_endless_number_is_left_out():
    rows = {"TOTAL_FORMS": "2", "INITIAL_FORMS": "1", "0-id": "7", "1-title": "new", "0" * 4500 + "-title": "none"}
    data = QueryDict(mutable=True)
    data.update({f"tables-{name}": value for name, value in rows.items()})
    kept, _files = fit_rows(data, MultiValueDict(), "tables", set())
    assert kept.dict() == {"tables-TOTAL_FORMS": "1", "tables-INITIAL_FORMS": "0", "tables-0-title": "new"}
