"""Who may do what with an item, by every way in: the form, a crafted request, an action, deletion."""

from datetime import timedelta

import pytest
from django.utils import timezone

from items.models import Item
from tests.admin.forms import ADD, ROLES, add, change, change_url, filled, make_person
from tests.builders import make_item

pytestmark = pytest.mark.django_db
PAST = timedelta(days=-3)
LIST = "/admin/items/item/"
STATUSES = ["draft", "in_review", "approved", "withdrawn"]


def item_in(status, **overrides):
    """An item with this status; what is approved or withdrawn has appeared."""
    decided = status in ("approved", "withdrawn")
    values = {
        "status": status,
        "publish_at": timezone.now() + PAST if decided else None,
        "withdrawal_reason": "Wrong figures." if status == "withdrawn" else "",
        **overrides,
    }
    return make_item(**values)


def act(client, action, *items, **extra):
    """Choose an action for items in the list."""
    return client.post(LIST, {"action": action, "_selected_action": [i.pk for i in items], **extra}, follow=True)


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
    ("role", "allowed"),
    [
        ("Author", ["draft", "in_review"]),
        ("Editor", ["draft", "in_review", "approved"]),
        ("Administrator", ["draft", "in_review", "approved"]),
    ],
)
@pytest.mark.parametrize("status", STATUSES)
def test_a_new_item_takes_the_statuses_of_its_role_and_no_other(sign_in, role, allowed, status):
    client = sign_in(role)
    offered = [value for value, _label in client.get(ADD).context["adminform"].form.fields["status"].choices]
    assert offered == allowed
    result = add(client, status=status, withdrawal_reason="Because.")
    if status in allowed:
        assert result.status == status
    else:
        assert "status" in result
        assert not Item.objects.exists()


# (whose item, its status) -> the statuses that may follow; absent: the form is read-only.
AUTHOR = {("own", "draft"): ["draft", "in_review"], ("own", "in_review"): ["draft", "in_review"]}
EDITOR = {
    (whose, status): after
    for whose in ("own", "other")
    for status, after in {
        "draft": ["draft", "in_review", "approved"],
        "in_review": ["draft", "in_review", "approved"],
        "approved": ["approved", "withdrawn"],
        "withdrawn": ["approved", "withdrawn"],
    }.items()
}


@pytest.mark.parametrize(("role", "matrix"), [("Author", AUTHOR), ("Editor", EDITOR), ("Administrator", EDITOR)])
@pytest.mark.parametrize("whose", ["own", "other"])
@pytest.mark.parametrize("before", STATUSES)
def test_statuses_change_as_the_matrix_says(sign_in, role, matrix, whose, before):
    client = sign_in(role)
    for after in STATUSES:
        item = item_in(before, created_by=client.person if whose == "own" else None)
        sent = filled(status=after, title="Changed", withdrawal_reason="Because.")
        if item.publish_at:
            sent |= {"publish_at_0": "2026-01-01", "publish_at_1": "12:00"}
        response = client.post(change_url(item), sent)
        item.refresh_from_db()
        if (whose, before) not in matrix:
            assert response.status_code == 403
            assert item.title != "Changed"
        elif after in matrix[whose, before]:
            assert (response.status_code, item.status, item.title) == (302, after, "Changed")
        else:
            assert "status" in response.context["adminform"].form.errors
            assert item.status == before


def test_who_may_approve_but_not_withdraw_is_not_offered_it(client, django_user_model):
    person = make_person("deputy", "Editor")
    person.groups.get().permissions.remove(*person.groups.get().permissions.filter(codename="withdraw_item"))
    client.force_login(person)
    for before in ("approved", "withdrawn"):
        response = client.get(change_url(item_in(before)))
        assert [value for value, _ in response.context["adminform"].form.fields["status"].choices] == [before]


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
