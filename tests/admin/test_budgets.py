"""The number of queries of the desk's pages does not grow with what hangs on what they show."""

import pytest
from django.contrib.auth.models import Group, User
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from items import checklist
from items.models import Attachment, Item, ItemKeyword, Keyword, ReviewLink
from tests.admin.forms import make_person
from tests.builders import make_event, make_image, make_item, make_keyword

pytestmark = pytest.mark.django_db
MOST = 30


def queries(client, path, data=None):
    with CaptureQueriesContext(connection) as seen:
        response = client.post(path, data) if data else client.get(path)
        assert response.status_code == 200
    return len(seen)


def test_the_form_of_an_item_with_everything_keeps_to_the_budget(editor):
    values = {"themes": ["reception", "integration"], "keywords": ["one", "two"], "source": "fedasil"}
    live = make_event(picture=make_image(), **values)
    make_item(language="fr", translation_group=live.translation_group)
    live.prepare_update(by=editor.person, at=timezone.now())
    draft = make_event(picture=make_image(), status="draft", publish_at=None, created_by=editor.person, **values)
    make_item(language="fr", translation_group=draft.translation_group)
    for item in (live, draft):
        for number in range(3):
            Attachment.objects.create(item=item, file=f"attachments/{number}.pdf", title=f"File {number}", size=1)
            make_item(title=item.title, source_url="https://example.org/a")
            item.comment(by=editor.person, at=timezone.now(), text="A word.")
    ReviewLink.objects.make(draft, by=editor.person, at=timezone.now(), name="Somebody")
    for item in (live, draft, live.working_copy):
        assert queries(editor, f"/admin/items/item/{item.pk}/change/") <= MOST


def test_a_role_with_many_permissions_keeps_to_the_budget(sign_in):
    role = Group.objects.get(name="Administrator")
    assert role.permissions.count() > MOST
    assert queries(sign_in("Administrator"), f"/admin/auth/group/{role.pk}/change/") <= MOST


@pytest.mark.parametrize("status", ["proposed", "approved"])
def test_a_page_that_deletes_a_keyword_does_not_name_each_of_its_items(editor, status):
    keyword = make_keyword("okapi", status=status)
    make_item(keywords=[keyword])
    path = f"/admin/items/keyword/{keyword.pk}/delete/"
    few = queries(editor, path)
    for _number in range(40):
        make_item(keywords=[keyword])
    assert queries(editor, path) == few <= MOST
    assert "okapi: 41 items" in editor.get(path).content.decode()


def test_deleting_many_keywords_names_those_that_are_used(editor):
    used, unused = make_keyword("okapi", status="proposed"), make_keyword("zebra", status="proposed")
    make_item(keywords=[used])
    chosen = {"action": "delete_selected", "_selected_action": [used.pk, unused.pk]}
    page = editor.post("/admin/items/keyword/", chosen).content.decode()
    assert "okapi: 1 item" in page
    assert "zebra" in page
    editor.post("/admin/items/keyword/", {**chosen, "post": "yes"})
    assert not Keyword.objects.filter(pk__in=[used.pk, unused.pk]).exists()
    assert not ItemKeyword.objects.exists()


@pytest.mark.parametrize("verb", ["approve_now", "submit_for_review", "delete_selected", "feature", "add_theme"])
def test_a_bulk_verb_looks_at_many_items_in_few_queries(sign_in, verb):
    administrator = sign_in("Administrator")

    def count():
        keys = list(Item.objects.values_list("pk", flat=True))
        return queries(administrator, "/admin/items/item/", {"action": verb, "_selected_action": keys})

    def add(number):
        status = "in_review" if verb == "approve_now" else "draft"
        make_event(status=status, publish_at=None, keywords=[f"word {number}"], themes=["reception"], source="fedasil")

    for number in range(2):
        add(number)
    few = count()
    for number in range(2, 30):
        add(number)
    assert count() == few <= MOST


def test_no_more_items_are_deleted_at_once_than_a_page_can_name(sign_in):
    administrator = sign_in("Administrator")
    keys = [make_item(status="draft", publish_at=None).pk for _number in range(101)]
    chosen = {"action": "delete_selected", "_selected_action": keys, "post": "yes"}
    page = administrator.post("/admin/items/item/", chosen, follow=True).content.decode()
    assert "At most 100 items at a time." in page
    assert Item.objects.count() == 101


def test_items_that_are_judged_together_are_judged_as_each_alone():
    items = [
        make_item(),
        make_item(themes=["reception", "integration"], keywords=["one", "two", "three"]),
        make_event(place="", themes=["reception"]),
        make_event(place="Ghent"),
    ]
    alone = [checklist.stored(item) for item in items]
    with checklist.together(items):
        together = [checklist.stored(item) for item in items]
        levels = checklist.levels()
    assert together == alone
    assert [(c.themes, c.keywords, c.is_event, c.place) for c in alone] == [
        (0, 0, False, ""), (2, 3, False, ""), (1, 0, True, ""), (0, 0, True, "Ghent"),
    ]  # fmt: skip
    assert levels == checklist.levels()
    items[0].themes.add(*items[1].themes.all())
    assert checklist.stored(items[0]).themes == 2


def test_the_front_page_keeps_to_the_budget_whatever_waits(editor):
    few = queries(editor, "/admin/")
    for number in range(20):
        person = make_person(f"person-{number}", "Author")
        make_item(status="in_review", publish_at=None, created_by=person)
        make_item(status="draft", publish_at=None, created_by=editor.person, is_returned=bool(number % 2))
        make_keyword(f"word {number}", status="proposed")
    assert User.objects.count() > 20
    assert queries(editor, "/admin/") <= max(few, MOST)


def test_proposals_and_twins_do_not_ask_for_each_keyword(editor):
    pages = ["/admin/items/keyword/proposals/", "/admin/items/keyword/twins/", "/admin/items/keyword/?q=word"]

    def add(start, stop):
        for number in range(start, stop):
            make_item(keywords=[make_keyword(f"wording {'abcdefghijklmnopqrst'[number]}", status="proposed")])

    add(0, 6)
    for page in pages:
        editor.get(page)  # what is asked for once a process
    few = [queries(editor, page) for page in pages]
    add(6, 20)
    many = [queries(editor, page) for page in pages]
    # Fewer where the first page has twins of fewer vocabularies.
    assert all(now <= before <= MOST for now, before in zip(many, few, strict=True)), (few, many)
