"""What no page of the desk sends, sent all the same: every list, action and choice of rows answers."""

import pytest
from django import forms
from django.contrib import admin
from django.contrib.admin.helpers import ACTION_CHECKBOX_NAME
from django.db import models, transaction
from django.test import RequestFactory

from items.admin.choice import SeveralField
from items.admin.desk import Desk, DeskList
from tests.admin.forms import make_person
from tests.builders import make_item, make_keyword, make_page

pytestmark = pytest.mark.django_db
admin.autodiscover()
DESKS = [pytest.param(model, desk, id=model.__name__) for model, desk in admin.site._registry.items()]
ITEMS = "/admin/items/item/"
HUGE = "9" * 20
NO_KEYS = ["abc", "\0", "9" * 25, "9" * 4500]
YEARS = ["99999999999", "10000", "9999", "1", "0", "-1"]


@pytest.fixture
def root(client, db):
    client.person = make_person("root", is_superuser=True)
    client.force_login(client.person)
    make_item(keywords=["okapi"], themes=["reception"])
    return client


def address(model, page="changelist"):
    return f"/admin/{model._meta.app_label}/{model._meta.model_name}/" + ("" if page == "changelist" else f"{page}/")


def asked(model, desk):
    """Query strings with values that no database takes: for every column, link, filter and date of a list."""
    for field in model._meta.get_fields():
        yield {field.name: HUGE}
        yield {f"{field.name}__in": f"1,{HUGE}"}
        yield {f"{field.name}__range": "1"}
        if field.is_relation:
            yield {f"{field.name}__id__in": HUGE}
        if isinstance(field, models.DateField):
            yield from ({f"{field.name}__year": year} for year in YEARS)
            yield from ({f"{field.name}__gte": day} for day in ("0001-01-01 00:00Z", "9999-12-31 23:59-12:00"))
    for spec in desk.list_filter:
        if isinstance(spec, type):
            yield from ({spec.parameter_name: value} for value in (HUGE, "\0"))
    if dated := desk.date_hierarchy:
        yield {f"{dated}__year": "2026", f"{dated}__month": "99999999999"}
        yield {f"{dated}__year": "2026", f"{dated}__month": "1", f"{dated}__day": HUGE}
        yield {f"{dated}__year": "9999", f"{dated}__month": "12"}
        yield {f"{dated}__year": "9999", f"{dated}__month": "12", f"{dated}__day": "31"}


@pytest.mark.parametrize(("model", "desk"), DESKS)
def test_every_desk_is_made_of_one(model, desk):
    assert isinstance(desk, Desk)
    assert issubclass(desk.get_changelist(RequestFactory().get("/")), DeskList)
    assert isinstance(model._meta.pk, models.IntegerField)  # else `is_key` would lose rows that were chosen


@pytest.mark.parametrize(("model", "desk"), DESKS)
def test_a_list_asked_for_what_cannot_be_is_shown_whole_or_finds_nothing(model, desk, root):
    for query in asked(model, desk):
        # A statement that PostgreSQL refuses spoils the transaction that a test is; the desk has none.
        with transaction.atomic():
            answer = root.get(address(model), query)
            transaction.set_rollback(True)
        assert answer.status_code in (200, 302, 400), query
        # The settings of the site have a form and no list.
        assert answer.get("Location", "?e=1").endswith(("?e=1", "/sitesettings/add/")), query


def test_a_mistake_of_the_list_itself_is_not_put_down_to_its_reader(root, monkeypatch):
    monkeypatch.setattr(DeskList, "get_results", lambda *_: int("x") >= 1)
    with pytest.raises(ValueError, match="invalid literal"):
        root.get("/admin/items/keyword/?p=1&q=a")
    assert root.get("/admin/items/keyword/?status=approved")["Location"].endswith("?e=1")


@pytest.mark.parametrize(
    "query",
    [
        f"themes={HUGE}", f"id__in={HUGE}", f"keywords={HUGE}", "keywords=okapi", "keywords=", "publish_at__year=1",
        "publish_at__year=9999", "publish_at__year=2026&publish_at__month=99999999999", "created_at__year=10000",
    ],
)  # fmt: skip
def test_the_table_of_items_answers_as_their_list_does(root, query):
    for path in (ITEMS, f"{ITEMS}csv/"):
        with transaction.atomic():
            answer = root.get(f"{path}?{query}")
            text = answer.getvalue() if answer.status_code == 200 else b""
            transaction.set_rollback(True)
        assert text or answer["Location"].endswith("?e=1"), path


# --- Actions -------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("key", NO_KEYS, ids=len)
@pytest.mark.parametrize(("model", "desk"), DESKS)
def test_what_no_key_chooses_is_not_chosen(model, desk, root, key):
    request = RequestFactory().get("/")
    request.user = root.person
    for action in desk.get_actions(request):
        for more in ({}, {"index": "0"}, {"post": "yes"}):
            answer = root.post(address(model), {"action": action, ACTION_CHECKBOX_NAME: key, **more}, follow=True)
            assert "Items must be selected" in answer.content.decode()


def test_beside_what_no_key_chooses_the_rest_is_chosen(root):
    one, other = make_keyword("gnu"), make_keyword("emu")
    sent = {"action": "delete_selected", ACTION_CHECKBOX_NAME: [one.pk, *NO_KEYS], "post": "yes"}
    root.post("/admin/items/keyword/", sent)
    assert not type(one).objects.filter(pk=one.pk).exists()
    assert type(one).objects.filter(pk=other.pk).exists()


@pytest.mark.parametrize("key", NO_KEYS, ids=len)
def test_a_row_of_the_list_that_has_no_key_is_not_edited(root, key):
    page = make_page(position=1)
    rows = {"form-TOTAL_FORMS": "1", "form-INITIAL_FORMS": "1", "form-0-id": key, "form-0-position": "7", "_save": "1"}
    assert root.post("/admin/items/page/", rows).status_code == 200
    page.refresh_from_db()
    assert page.position == 1


# --- Forms ---------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(("model", "desk"), DESKS)
def test_choices_of_several_rows_shrug_at_what_is_no_key(model, desk, root):
    request = RequestFactory().get("/")
    request.user = root.person
    for row in (None, model._base_manager.first()):
        if row is None and not desk.has_add_permission(request):
            continue
        for name, field in desk.get_form(request, row, change=row is not None).base_fields.items():
            assert isinstance(field, SeveralField) or not isinstance(field, forms.ModelMultipleChoiceField), name


@pytest.mark.parametrize("key", NO_KEYS, ids=len)
@pytest.mark.parametrize(
    ("form", "names"),
    [
        ("/admin/items/concept/add/", ["broader", "related"]),
        ("/admin/auth/group/add/", ["permissions"]),
        ("/admin/items/item/add/", ["themes", "countries"]),
    ],
)
def test_a_choice_of_several_rows_is_refused_beside_the_field(root, form, names, key):
    answer = root.post(form, dict.fromkeys(names, key))
    assert set(names) <= set(answer.context["adminform"].form.errors)


@pytest.mark.parametrize("key", NO_KEYS, ids=len)
def test_a_person_s_roles_and_permissions_are_refused_beside_the_field(root, key):
    sent = {"groups": key, "user_permissions": key}
    answer = root.post(f"/admin/auth/user/{root.person.pk}/change/", sent)
    assert set(sent) <= set(answer.context["adminform"].form.errors)
