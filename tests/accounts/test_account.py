"""One's own account: password, address, sessions; and what ends when the password changes."""

from datetime import timedelta

import pytest
from allauth.usersessions.models import UserSession
from django.core import mail as outbox
from django.core.management import call_command
from django.test import Client
from django.utils import timezone

from items.models import SignIn
from tests.accounts.conftest import PASSWORD, is_in, links_in, make_somebody

pytestmark = pytest.mark.django_db
NEW = "purple-kettles-march"


def second_browser(login="author"):
    other = Client()
    other.post("/accounts/login/", {"login": login, "password": PASSWORD})
    assert is_in(other)
    return other


def test_a_new_password_ends_all_other_sessions_and_keeps_this_one(people, enter, client):
    enter("author")
    other = second_browser()
    sent = {"oldpassword": PASSWORD, "password1": NEW, "password2": NEW}
    assert client.post("/accounts/password/change/", sent).status_code == 302
    assert is_in(client)
    assert not is_in(other)
    assert other.get("/admin/").status_code == 302
    assert [m.to for m in outbox.outbox] == [["author@example.org"]]


def test_the_desk_sends_to_the_one_page_for_passwords(people, enter, client):
    enter("author")
    assert client.get("/admin/password_change/")["Location"] == "/accounts/password/change/"


def test_a_password_that_somebody_else_sets_ends_the_sessions(people, enter, client):
    enter("author")
    people["Author"].set_password(NEW)
    people["Author"].save()
    assert not is_in(client)


def test_a_forgotten_password_is_reset_by_mail_once(people, client):
    other = second_browser()
    client.post("/accounts/password/reset/", {"email": "Author@example.org"})
    (mail,) = outbox.outbox
    link = links_in(mail.body)[0]
    form = client.get(link, follow=True)
    address = form.request["PATH_INFO"]
    assert link.split("-")[-1].strip("/") not in address  # the secret stays in no address bar
    assert client.post(address, {"password1": NEW, "password2": NEW}).status_code == 302
    people["Author"].refresh_from_db()
    assert people["Author"].check_password(NEW)
    assert not is_in(other)
    assert not is_in(client)  # who can read mail still needs the second factor
    assert "password1" not in Client().get(link, follow=True).content.decode()


def test_the_link_of_a_reset_leads_home_whatever_host_was_asked(people, client, settings):
    client.post("/accounts/password/reset/", {"email": "author@example.org"}, headers={"Host": "elsewhere.example"})
    assert f"{settings.SITE_URL}/accounts/password/reset/key/" in outbox.outbox[0].body
    assert "elsewhere" not in outbox.outbox[0].body


def test_asking_for_a_reset_tells_nobody_who_has_an_account(people, client):
    answers = []
    for address in ("author@example.org", "nobody@example.org"):
        response = client.post("/accounts/password/reset/", {"email": address}, follow=True)
        answers.append((response.status_code, response.redirect_chain, response.content))
    assert answers[0] == answers[1]
    assert [m.to for m in outbox.outbox] == [["author@example.org"], ["nobody@example.org"]]
    assert "key" not in outbox.outbox[1].body


def test_a_mail_server_that_is_down_tells_nobody_either(people, client, settings, caplog):
    settings.EMAIL_BACKEND = "tests.accounts.test_mail.DownBackend"
    for address in ("author@example.org", "nobody@example.org"):
        assert client.post("/accounts/password/reset/", {"email": address}).status_code == 302
    assert len([r for r in caplog.records if "could not be sent" in r.message]) == 2


def test_a_new_address_counts_once_it_is_confirmed(people, enter, client):
    enter("author")
    client.post("/accounts/reauthenticate/", {"password": PASSWORD})
    client.post("/accounts/email/", {"action_add": "", "email": "new@example.org"})
    people["Author"].refresh_from_db()
    assert people["Author"].email == "author@example.org"
    link = next(links_in(m.body) for m in outbox.outbox if m.to == ["new@example.org"])[0]
    client.get(link)
    people["Author"].refresh_from_db()
    assert people["Author"].email == "author@example.org"  # opening is not confirming: mail scanners open links
    client.post(link)
    people["Author"].refresh_from_db()
    assert people["Author"].email == "new@example.org"
    assert people["Author"].emailaddress_set.get().email == "new@example.org"
    told = [m for m in outbox.outbox if m.to == ["author@example.org"]]
    assert told  # the old address hears of it


def test_an_address_changed_at_the_desk_is_the_one_that_mail_goes_to(client, people):
    root = make_somebody("root", is_superuser=True)
    client.force_login(root)
    author = people["Author"]
    sent = {"username": "author", "email": "desk@example.org", "is_staff": "on", "is_active": "on",
            "date_joined_0": "2026-01-01", "date_joined_1": "10:00"}  # fmt: skip
    assert client.post(f"/admin/auth/user/{author.pk}/change/", sent).status_code == 302
    assert [(a.email, a.verified) for a in author.emailaddress_set.all()] == [("desk@example.org", True)]


def test_one_sees_ones_sessions_and_signs_out_everywhere_else(people, enter, client):
    enter("author")
    other = second_browser()
    stranger = second_browser("editor")
    page = client.get("/accounts/sessions/").content.decode()
    assert page.count("last seen") == 2
    assert "Firefox on Linux" in page
    assert client.post("/accounts/sessions/").status_code == 302
    assert is_in(client)
    assert not is_in(other)
    assert is_in(stranger)


def test_a_session_keeps_no_more_of_an_address_than_the_log(people, client):
    client.post("/accounts/login/", {"login": "author", "password": PASSWORD}, REMOTE_ADDR="203.0.113.77")
    assert UserSession.objects.get().ip == "203.0.113.0"
    assert SignIn.objects.get().address == "203.0.113.0/24"


def test_people_see_their_own_sign_ins_only(people, enter, client):
    second_browser("editor")
    enter("author", "wrong")
    enter("author")
    page = client.get("/accounts/")
    assert {s.person for s in page.context["sign_ins"]} == {people["Author"]}
    assert "Refused" in page.content.decode()


def test_tick_forgets_sign_ins_after_180_days(people):
    now = timezone.now()
    for days in (179, 181, 400):
        SignIn.objects.create(person=people["Author"], at=now - timedelta(days=days), how="password", succeeded=True)
    call_command("tick", verbosity=0)
    call_command("tick", verbosity=0)
    assert [(now - s.at).days for s in SignIn.objects.all()] == [179]


def test_nothing_in_the_log_can_be_changed_at_the_desk(people, enter, client):
    enter("administrator")
    (sign_in,) = SignIn.objects.all()
    assert client.get("/admin/items/signin/").status_code == 200
    assert client.get("/admin/items/signin/add/").status_code == 403
    assert client.post(f"/admin/items/signin/{sign_in.pk}/change/", {"how": "passkey"}).status_code == 403
    assert client.post(f"/admin/items/signin/{sign_in.pk}/delete/", {"post": "yes"}).status_code == 403
    client.post("/admin/items/signin/", {"action": "delete_selected", "_selected_action": [sign_in.pk], "post": "yes"})
    assert SignIn.objects.exists()


@pytest.mark.parametrize("model", ["account/emailaddress", "account/emailconfirmation", "mfa/authenticator",
                                   "usersessions/usersession"])  # fmt: skip
def test_the_secrets_that_allauth_would_list_are_not_at_the_desk(admin_client, model):
    assert admin_client.get(f"/admin/{model}/").status_code == 404
