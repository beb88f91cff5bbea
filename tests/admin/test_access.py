"""Who may do what with an item, by every way in: the form, a crafted request, an action, deletion."""

from datetime import timedelta

import pytest
from django.test import Client
from django.utils import timezone

from items.models import Item
from items.models.item import RULES
from tests.admin.forms import ADD, ROLES, add, change, change_url, filled, make_person, ready
from tests.builders import make_item

pytestmark = [pytest.mark.django_db, pytest.mark.any_database]
PAST = timedelta(days=-3)
LIST = "/admin/items/item/"
STATUSES = ["draft", "in_review", "approved", "withdrawn", "removed"]


def item_in(status, **overrides):
    """An item with this status; what is approved, withdrawn or removed has appeared."""
    decided = status in ("approved", "withdrawn", "removed")
    values = {
        "status": status,
        "publish_at": timezone.now() + PAST if decided else None,
        "withdrawal_reason": "Wrong figures." if status == "withdrawn" else "",
        "themes": ["reception"],
        "source": "iom",
        **overrides,
    }
    return make_item(**values)


def act(client, action, *items, **extra):
    """Choose an action for items in the list."""
    sent = {"action": action, "_selected_action": [i.pk for i in items], "post": "yes", **extra}
    return client.post(LIST, sent, follow=True)


@pytest.mark.parametrize("path", ["", "add/", "{pk}/change/", "{pk}/delete/", "{pk}/history/", "{pk}/image/"])
def test_strangers_are_sent_to_sign_in(client, path):
    response = client.get(LIST + path.format(pk=item_in("approved").pk))
    assert response.status_code == 302
    assert response["Location"].startswith("/admin/login/")


def test_an_account_without_a_group_sees_nothing(client):
    client.force_login(make_person("newcomer"))
    assert client.get(LIST).status_code == 403
    assert client.get(ADD).status_code == 403


@pytest.mark.parametrize("role", ROLES)
def test_everyone_at_the_desk_may_see_and_add_items(sign_in, role):
    client = sign_in(role)
    item = item_in("approved")
    assert client.get(LIST).status_code == 200
    assert client.get(change_url(item)).status_code == 200
    added = add(client)
    assert added.created_by == client.person
    assert added.status == "draft"


@pytest.mark.parametrize(
    ("role", "offered"),
    [("Author", ["submit"]), ("Editor", ["submit", "approve"]), ("Administrator", ["submit", "approve"])],
)
@pytest.mark.parametrize("verb", ["submit", "approve", *sorted({*RULES} - {"submit", "approve"})])
def test_a_new_item_takes_the_verbs_of_its_role_and_no_other(sign_in, role, offered, verb):
    client = sign_in(role)
    assert [button.verb for button in client.get(ADD).context["verbs"].buttons()] == offered
    words = {"withdraw_text": "Because.", "return_text": "Because.", "remove_confirmed": "on"}
    response = client.post(ADD, filled(_verb=verb, **ready(**words)))
    if verb in offered:
        assert response.status_code == 302
        assert Item.objects.get().status == {"submit": "in_review", "approve": "approved"}[verb]
    else:
        assert response.status_code in (200, 403)
        assert not Item.objects.exists()


@pytest.mark.parametrize("role", ROLES)
def test_no_status_is_set_by_the_form(sign_in, role):
    client = sign_in(role)
    item = add(client, status="approved", is_returned="on", withdrawal_reason="x")
    assert (item.status, item.withdrawal_reason) == ("draft", "")
    assert change(client, item, status="in_review").status == "draft"


# (whose item, its status) -> what may be done; absent: the form is read-only and nothing is offered.
EDITOR = {
    (whose, status): verbs
    for whose in ("own", "other")
    for status, verbs in {
        "draft": ["submit", "approve"],
        "in_review": ["approve", "return"],
        "approved": ["prepare_update", "withdraw", "remove"],
        "withdrawn": ["prepare_update", "reinstate", "remove"],
        "removed": ["reinstate"],
    }.items()
}
AUTHOR = {
    ("own", "draft"): ["submit"],
    ("own", "in_review"): [],
    ("own", "approved"): ["prepare_update"],
    ("own", "withdrawn"): ["prepare_update"],
}
AUTHOR_WRITES = [("own", "draft"), ("own", "in_review")]
AFTER = {
    "submit": "in_review", "return": "draft", "approve": "approved", "withdraw": "withdrawn", "reinstate": "approved",
    "remove": "removed", "send_back": "in_review",
}  # fmt: skip
WORDS = {"return_text": "Because.", "withdraw_text": "Because.", "remove_confirmed": "on"}


@pytest.mark.parametrize(("role", "matrix"), [("Author", AUTHOR), ("Editor", EDITOR), ("Administrator", EDITOR)])
@pytest.mark.parametrize("whose", ["own", "other"])
@pytest.mark.parametrize("before", STATUSES)
def test_the_form_offers_and_does_what_the_matrix_says(sign_in, role, matrix, whose, before):
    client = sign_in(role)
    allowed = matrix.get((whose, before), [])
    writes = role != "Author" or (whose, before) in AUTHOR_WRITES
    first = item_in(before, created_by=client.person if whose == "own" else None)
    page = client.get(change_url(first))
    assert [button.verb for button in page.context["verbs"].buttons()] == allowed
    for verb in RULES:
        item = item_in(before, created_by=client.person if whose == "own" else None)
        sent = filled(_verb=verb, title="Changed", withdrawal_reason=item.withdrawal_reason, **ready(**WORDS))
        if item.publish_at:
            sent |= {"publish_at_0": "2026-01-01", "publish_at_1": "12:00"}
        response = client.post(change_url(item), sent)
        item.refresh_from_db()
        if not writes:
            assert (response.status_code, item.title != "Changed", item.status) == (403, True, before)
        elif verb in allowed:
            assert (response.status_code, item.status, item.title) == (302, AFTER.get(verb, before), "Changed")
        else:
            assert response.status_code in (200, 403)
            assert (item.status, item.title != "Changed") == (before, True)


@pytest.mark.parametrize(("role", "matrix"), [("Author", AUTHOR), ("Editor", EDITOR)])
@pytest.mark.parametrize("whose", ["own", "other"])
@pytest.mark.parametrize("before", STATUSES)
def test_a_verb_s_own_address_does_no_more_than_the_buttons(sign_in, role, matrix, whose, before):
    client = sign_in(role)
    allowed = matrix.get((whose, before), [])
    for verb in RULES:
        item = item_in(before, created_by=client.person if whose == "own" else None)
        response = client.post(f"{LIST}{item.pk}/{verb}/", WORDS)
        item.refresh_from_db()
        assert item.status == (AFTER.get(verb, before) if verb in allowed else before)
        assert Item.objects.filter(update_of=item).exists() is (verb == "prepare_update" and verb in allowed)
        assert response.status_code in ((302,) if verb in allowed else (302, 403))
        if response.status_code == 302 and verb not in allowed:
            page = client.get(response["Location"]).content.decode()
            assert 'class="error"' in page


@pytest.mark.parametrize("verb", [*RULES, "comment", "duplicate"])
def test_looking_at_a_verb_s_address_does_nothing_and_leads_to_the_form(sign_in, verb):
    client = sign_in("Editor")
    item = item_in("approved")
    response = client.get(f"{LIST}{item.pk}/{verb}/")
    assert response["Location"].startswith(change_url(item))
    item.refresh_from_db()
    assert (item.status, Item.objects.count(), item.activities_of_all().count()) == ("approved", 1, 0)


def test_verbs_ask_for_the_form_s_token(people):
    client = Client(enforce_csrf_checks=True)
    client.force_login(people["Editor"])
    item = item_in("draft")
    assert client.post(f"{LIST}{item.pk}/approve/").status_code == 403
    assert client.post(change_url(item), filled(_verb="approve", **ready())).status_code == 403
    item.refresh_from_db()
    assert item.status == "draft"


def test_a_verb_that_nobody_knows_is_a_bad_request(sign_in):
    assert sign_in("Editor").post(ADD, filled(_verb="publish")).status_code == 400


def test_who_may_approve_but_not_withdraw_is_not_offered_it(client, django_user_model):
    person = make_person("deputy", "Editor")
    person.groups.get().permissions.remove(*person.groups.get().permissions.filter(codename="withdraw_item"))
    client.force_login(person)
    offered = {
        before: [button.verb for button in client.get(change_url(item_in(before))).context["verbs"].buttons()]
        for before in ("approved", "withdrawn")
    }
    assert offered == {"approved": ["prepare_update", "remove"], "withdrawn": ["prepare_update", "remove"]}


@pytest.mark.parametrize("role", ROLES)
@pytest.mark.parametrize("whose", ["own", "other"])
@pytest.mark.parametrize("status", STATUSES)
def test_only_what_readers_never_saw_is_deleted_and_by_whom_it_may(sign_in, role, whose, status):
    client = sign_in(role)
    mine = client.person if whose == "own" else None
    may = status == "draft" and whose == "own" if role == "Author" else status in ("draft", "in_review")
    item = item_in(status, created_by=mine)
    act(client, "delete_selected", item, post="yes")
    assert Item.objects.filter(pk=item.pk).exists() is not may

    item = item_in(status, created_by=mine)
    response = client.post(f"{LIST}{item.pk}/delete/", {"post": "yes"})
    assert response.status_code == (302 if may else 403)
    assert Item.objects.filter(pk=item.pk).exists() is not may


def test_what_is_scheduled_may_still_be_deleted(sign_in):
    item = item_in("approved", publish_at=timezone.now() + timedelta(days=1))
    assert sign_in("Editor").post(f"{LIST}{item.pk}/delete/", {"post": "yes"}).status_code == 302
    assert not Item.objects.exists()


def test_one_published_item_keeps_the_whole_selection_from_being_deleted(sign_in):
    draft, published = item_in("draft"), item_in("approved", title="Seen by all")
    response = act(sign_in("Editor"), "delete_selected", draft, published, post="yes")
    assert Item.objects.count() == 2
    assert "Seen by all" in response.content.decode()
    assert "can only be withdrawn" in response.content.decode()


def test_a_published_item_cannot_be_hidden_by_way_of_a_later_date_or_none(sign_in):
    client, item = sign_in("Editor"), item_in("approved")
    for day, time in (("2999-01-01", "12:00"), ("", "")):
        assert "publish_at" in change(client, item, publish_at_0=day, publish_at_1=time)


def test_submitting_many_takes_only_drafts_that_the_person_may_change(sign_in):
    client = sign_in("Author")
    own, other = item_in("draft", created_by=client.person), item_in("draft")
    published = item_in("approved", created_by=client.person)
    act(client, "submit_for_review", own, other, published)
    after = [Item.objects.get(pk=i.pk).status for i in (own, other, published)]
    assert after == ["in_review", "draft", "approved"]


def test_authors_cannot_approve_many_even_by_a_crafted_request(sign_in):
    client = sign_in("Author")
    item = item_in("in_review", created_by=client.person)
    assert 'value="approve_now"' not in client.get(LIST).content.decode()
    act(client, "approve_now", item)
    assert Item.objects.get().status == "in_review"


def test_approving_many_publishes_now_keeps_set_moments_and_leaves_the_rest(sign_in):
    later = timezone.now() + timedelta(days=2)
    plain, scheduled = item_in("draft"), item_in("in_review", publish_at=later)
    expired = item_in("draft", expire_at=timezone.now() + PAST)
    withdrawn = item_in("withdrawn")
    act(sign_in("Editor"), "approve_now", plain, scheduled, expired, withdrawn)
    for item in (plain, scheduled, expired, withdrawn):
        item.refresh_from_db()
    assert plain.status == scheduled.status == "approved"
    assert plain.publish_at <= timezone.now()
    assert scheduled.publish_at == later
    assert (expired.status, withdrawn.status) == ("draft", "withdrawn")


@pytest.mark.parametrize("role", ["Author", "Editor"])
@pytest.mark.parametrize("model", ["theme", "itemtype", "source"])
def test_only_administrators_change_themes_types_and_sources(sign_in, role, model):
    assert sign_in(role).get(f"/admin/items/{model}/").status_code == 200
    assert sign_in(role).get(f"/admin/items/{model}/add/").status_code == 403
    assert sign_in("Administrator").get(f"/admin/items/{model}/add/").status_code == 200


def test_administrators_cannot_raise_themselves_or_touch_superusers(sign_in):
    client = sign_in("Administrator")
    root = make_person("root", is_superuser=True)
    me = client.person
    sent = {"username": me.username, "is_staff": "on", "is_active": "on", "is_superuser": "on"}
    assert client.post(f"/admin/auth/user/{me.pk}/change/", sent).status_code == 302
    me.refresh_from_db()
    assert not me.is_superuser
    assert client.post(f"/admin/auth/user/{root.pk}/change/", sent).status_code == 403
    assert client.get(f"/admin/auth/user/{root.pk}/password/").status_code == 403
    assert client.post(f"/admin/auth/user/{root.pk}/delete/", {"post": "yes"}).status_code == 403


def test_the_tag_admin_that_lets_onlookers_merge_is_gone(admin_client):
    assert admin_client.get("/admin/taggit/tag/").status_code == 404
