"""Invitations: who may invite whom, a link that works once, and what becomes of it."""

from datetime import timedelta

import pytest
from django.contrib.auth.models import Group, Permission, User
from django.core.exceptions import PermissionDenied, ValidationError
from django.utils import timezone

from items import accounts
from items.accounts.invitations import Gone
from items.models import Invitation
from items.models.invitation import digest
from tests.accounts.conftest import is_in, links_in, make_somebody
from tests.builders import AT

pytestmark = pytest.mark.django_db
WEEK = timedelta(days=7)
TOLD = {"first_name": "Nadia", "last_name": "Osman", "username": "nadia", "password": "seven-tall-green-houses"}


def role(name="Author"):
    return Group.objects.get(name=name)


@pytest.fixture
def invite(people, mails):
    """Invite an address; gives the invitation and its link."""

    def invite(email="nadia@example.org", to="Author", at=None):
        sent = mails(lambda: accounts.invite(email, role=role(to), by=people["Administrator"], at=at or timezone.now()))
        return Invitation.objects.get(email=email), links_in(sent[0].body)[0]

    return invite


@pytest.mark.parametrize("who", ["Author", "Editor"])
def test_only_who_may_add_people_invites_renews_and_revokes(people, invite, who):
    invitation, _link = invite()
    by = people[who]
    for verb in (
        lambda: accounts.invite("x@example.org", role=role(), by=by, at=AT),
        lambda: accounts.renew(invitation, by=by, at=AT),
        lambda: accounts.revoke(invitation, by=by, at=AT),
    ):
        with pytest.raises(PermissionDenied):
            verb()
    assert Invitation.objects.count() == 1


def test_nobody_hands_out_what_they_do_not_have(people):
    people["Author"].user_permissions.add(Permission.objects.get(codename="add_user"))
    author = User.objects.get(username="author")
    with pytest.raises(PermissionDenied):
        accounts.invite("x@example.org", role=role("Administrator"), by=author, at=AT)
    accounts.invite("x@example.org", role=role("Author"), by=author, at=AT)


def test_the_link_is_in_the_mail_and_nowhere_else(people, mails):
    by = people["Administrator"]
    (mail,) = mails(lambda: accounts.invite("Nadia@Example.org ", role=role(), by=by, at=AT))
    (link, *_rest) = links_in(mail.body)
    token = link.split("/")[-2]
    invitation = Invitation.objects.get()
    assert mail.to == ["nadia@example.org"]
    assert (invitation.email, invitation.invited_by, invitation.sent_at) == ("nadia@example.org", by, AT)
    assert invitation.expires_at == AT + WEEK
    assert len(token) >= 43
    assert invitation.token_hash == digest(token)
    assert token not in repr(invitation.__dict__)


def test_nothing_is_sent_for_an_invitation_that_is_not_kept(people, mails):
    with pytest.raises(ValidationError):
        mails(lambda: accounts.invite("editor@example.org", role=role(), by=people["Administrator"], at=AT))
    assert not Invitation.objects.exists()


def test_accepting_makes_the_account_that_was_promised_and_signs_in(client, invite):
    _invitation, link = invite(to="Editor")
    response = client.get(link)
    assert response["Location"] == "/accounts/invitation/"  # without the token
    page = client.get("/accounts/invitation/").content.decode()
    assert "nadia@example.org" in page
    response = client.post("/accounts/invitation/", TOLD)
    assert response["Location"] == "/accounts/2fa/keys/add/"
    person = User.objects.get(username="nadia")
    assert (person.email, person.get_full_name(), person.is_staff) == ("nadia@example.org", "Nadia Osman", True)
    assert not person.is_superuser
    assert [group.name for group in person.groups.all()] == ["Editor"]
    assert person.emailaddress_set.get().verified
    assert person.invitation.accepted_at
    assert person.check_password(TOLD["password"])
    assert is_in(client)
    assert client.get("/accounts/2fa/keys/add/").status_code == 200  # at once, without typing the password again
    assert [(s.how, s.succeeded) for s in person.sign_ins.all()] == [("invitation", True)]


def test_a_link_works_once(client, invite):
    _invitation, link = invite()
    client.get(link)
    client.post("/accounts/invitation/", TOLD)
    client.logout()
    client.get(link)
    assert client.get("/accounts/invitation/").status_code == 404
    assert client.post("/accounts/invitation/", {**TOLD, "username": "second"}).status_code == 404
    assert not User.objects.filter(username="second").exists()


def test_of_two_who_come_at_once_one_gets_in(invite):
    invitation, _link = invite()
    other = Invitation.objects.get()
    at = timezone.now()
    accounts.accept(invitation, **TOLD, at=at)
    with pytest.raises(Gone):
        accounts.accept(other, **{**TOLD, "username": "second"}, at=at)
    assert not User.objects.filter(username="second").exists()


def test_a_link_dies_after_a_week(invite):
    _invitation, link = invite(at=AT)
    token = link.split("/")[-2]
    assert Invitation.objects.by_token(token, at=AT + WEEK - timedelta(seconds=1))
    assert not Invitation.objects.by_token(token, at=AT + WEEK)


def test_a_new_link_kills_the_former_one(client, invite, mails, people):
    invitation, old = invite()
    at = timezone.now()
    (mail,) = mails(lambda: accounts.renew(invitation, by=people["Administrator"], at=at))
    new = links_in(mail.body)[0]
    assert new != old
    assert Invitation.objects.by_token(old.split("/")[-2], at=at) is None
    assert Invitation.objects.by_token(new.split("/")[-2], at=at) == invitation


def test_a_revoked_link_is_dead_and_stays_listed(client, invite, people):
    invitation, link = invite()
    accounts.revoke(invitation, by=people["Administrator"], at=timezone.now())
    client.get(link)
    assert client.get("/accounts/invitation/").status_code == 404
    stored = Invitation.objects.get()
    assert stored.revoked_by == people["Administrator"]
    for verb in (accounts.renew, accounts.revoke):
        with pytest.raises(ValidationError):
            verb(stored, by=people["Administrator"], at=timezone.now())


def test_a_dead_link_and_one_that_never_was_give_the_same_page(client, invite, people):
    invitation, link = invite()
    accounts.revoke(invitation, by=people["Administrator"], at=timezone.now())
    pages = []
    for address in (link, "/accounts/invitation/never-was/"):
        client.get(address)
        pages.append(client.get("/accounts/invitation/").content)
    assert pages[0] == pages[1]


@pytest.mark.parametrize(
    ("changed", "field"),
    [
        ({"username": "EDITOR"}, "username"),
        ({"username": "ＥDITOR"}, "username"),  # wide letters, which are stored as plain ones
        ({"username": "two words"}, "username"),
        ({"username": "editor@example.org"}, "username"),
        ({"username": "Nadia@Example.org"}, "username"),
        ({"username": "editor＠example.org"}, "username"),
        ({"password": "short"}, "password"),
        ({"password": "nadia@example.org"}, "password"),
        ({"first_name": ""}, "first_name"),
    ],
)
def test_what_cannot_be_is_said_beside_the_field(client, invite, people, changed, field):
    _invitation, link = invite()
    client.get(link)
    response = client.post("/accounts/invitation/", {**TOLD, **changed})
    assert field in response.context["form"].errors
    assert Invitation.objects.get().accepted_at is None


def test_a_user_name_that_could_be_an_address_is_refused_in_words(client, invite):
    _invitation, link = invite()
    client.get(link)
    response = client.post("/accounts/invitation/", {**TOLD, "username": "eva@example.org"})
    assert "no @" in response.context["form"].errors["username"][0]
    assert "@" not in response.context["form"].fields["username"].help_text


def test_whoever_is_signed_in_accepts_for_nobody(client, invite, people):
    _invitation, link = invite()
    client.force_login(people["Author"])
    client.get(link)
    client.post("/accounts/invitation/", TOLD)
    assert not User.objects.filter(username="nadia").exists()


def test_the_desk_of_invitations_is_for_administrators(client, people):
    for who, status in (("Author", 403), ("Editor", 403), ("Administrator", 200)):
        client.force_login(people[who])
        assert client.get("/admin/items/invitation/").status_code == status
        assert client.get("/admin/items/invitation/add/").status_code == status
        assert client.get("/admin/items/signin/").status_code == status


def test_an_administrator_invites_at_the_desk_and_sends_again_and_revokes(client, people, mails):
    client.force_login(people["Administrator"])
    add = "/admin/items/invitation/add/"
    sent = {"email": "nadia@example.org", "role": role().pk}
    assert len(mails(lambda: client.post(add, sent))) == 1
    invitation = Invitation.objects.get()
    assert client.get(f"/admin/items/invitation/{invitation.pk}/change/").status_code == 200
    assert "already" in client.post(add, sent).content.decode()
    assert "already" in client.post(add, {**sent, "email": "Editor@example.org"}).content.decode()
    act = {"_selected_action": [invitation.pk]}
    assert len(mails(lambda: client.post("/admin/items/invitation/", {**act, "action": "send_again"}))) == 1
    client.post("/admin/items/invitation/", {**act, "action": "revoke"})
    assert Invitation.objects.get().revoked_by == people["Administrator"]
    assert client.post(f"/admin/items/invitation/{invitation.pk}/delete/", {"post": "yes"}).status_code == 403


def test_only_superusers_make_accounts_by_hand(client, people):
    client.force_login(people["Administrator"])
    assert client.get("/admin/auth/user/").status_code == 200
    assert client.get("/admin/auth/user/add/").status_code == 403
    client.force_login(make_somebody("root", is_superuser=True))
    sent = {
        "username": "byhand",
        "password1": "seven-tall-houses",
        "password2": "seven-tall-houses",
        "usable_password": "true",
    }
    assert client.post("/admin/auth/user/add/", sent).status_code == 302
    assert User.objects.filter(username="byhand").exists()
