"""Signing in and out: by name or mail, counted, cycled, and never on to another site."""

import pytest
from django.core.cache import cache
from django.urls import NoReverseMatch, reverse

from items.models import SignIn
from tests.accounts.conftest import PASSWORD, is_in, make_somebody

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize("login", ["author", "AUTHOR", "author@example.org", "Author@Example.org"])
def test_one_signs_in_by_name_or_address(people, enter, client, login):
    response = enter(login)
    assert (response.status_code, response["Location"]) == (302, "/admin/")
    assert is_in(client)


def test_the_desk_leads_to_the_sites_own_form_and_back(people, enter, client):
    response = client.get("/admin/items/item/", follow=True)
    assert response.request["PATH_INFO"] == "/accounts/login/"
    assert response.context["redirect_field"]
    back = enter("author", query="?next=/admin/items/item/")
    assert back["Location"] == "/admin/items/item/"


@pytest.mark.parametrize("method", ["get", "post"])
def test_djangos_own_form_takes_no_password_from_anybody(people, client, method):
    sent = {"username": "administrator", "password": PASSWORD}
    response = getattr(client, method)("/admin/login/", sent)
    assert response.status_code == 302
    assert response["Location"].startswith("/accounts/login/")
    client.force_login(people["Author"])
    response = getattr(client, method)("/admin/login/", sent)
    assert response["Location"] == "/admin/"
    assert client.get("/accounts/").context["user"] == people["Author"]


def test_an_account_without_the_desk_is_not_let_in_there(client):
    client.force_login(make_somebody("reader", is_staff=False))
    assert client.get("/admin/", follow=True).status_code == 403
    assert is_in(client)


def test_a_closed_account_does_not_get_in_and_a_session_of_it_ends(people, enter, client):
    enter("author")
    people["Author"].is_active = False
    people["Author"].save()
    assert not is_in(client)
    enter("author")
    assert not is_in(client)


@pytest.mark.parametrize(
    "target", ["https://evil.example/", "//evil.example/", "/\\evil.example", "javascript:alert(1)"]
)
def test_next_leads_to_no_other_site(people, enter, client, target):
    assert enter("author", query=f"?next={target}")["Location"] == "/admin/"
    assert client.get("/admin/login/", {"next": target})["Location"] == "/admin/"
    assert client.post("/accounts/logout/", {"next": target})["Location"] == "/accounts/login/"


def test_the_session_gets_a_new_key_at_sign_in(people, enter, client):
    client.get("/accounts/invitation/nothing/")  # gives a session to somebody unknown
    before = client.session.session_key
    assert before
    enter("author")
    assert client.session.session_key != before


def test_signing_out_takes_a_post(people, enter, client):
    enter("author")
    assert client.get("/accounts/logout/").status_code == 200
    assert is_in(client)
    assert client.get("/admin/logout/").status_code == 405
    client.post("/accounts/logout/")
    assert not is_in(client)


def test_the_cookie_is_closed_to_scripts_and_ends_when_idle(people, enter, client, settings):
    cookie = enter("author").cookies[settings.SESSION_COOKIE_NAME]
    assert cookie["httponly"]
    assert cookie["samesite"] == "Lax"
    assert cookie["max-age"] == settings.SESSION_COOKIE_AGE == 12 * 3600


def test_each_page_of_the_desk_puts_the_end_off_but_rarely_writes(people, enter, client, monkeypatch):
    enter("author")
    began = client.session["seen"]
    client.get("/accounts/")
    assert client.session["seen"] == began
    monkeypatch.setattr("items.accounts.middleware.time.time", lambda: began + 301)
    response = client.get("/accounts/")
    assert client.session["seen"] == began + 301
    assert "sessionid" in response.cookies
    monkeypatch.setattr("items.accounts.middleware.time.time", lambda: began + 500)
    assert "sessionid" not in client.get("/news/").cookies
    assert client.session["seen"] == began + 301


def test_five_failures_close_the_door_even_to_the_right_password_but_not_to_others(people, enter, client):
    for _attempt in range(5):
        enter("author", "wrong")
    response = enter("author")
    assert response.status_code == 200
    assert "Too many failed" in response.content.decode()
    assert not is_in(client)
    assert enter("editor").status_code == 302


def test_one_address_may_not_try_many_names(people, enter):
    for number in range(10):
        enter(f"nobody{number}", "wrong")
    assert enter("author").status_code == 200
    assert enter("author", **{"X-Forwarded-For": "7.7.7.7"}).status_code == 200  # which anybody may write


def test_behind_a_proxy_each_client_has_a_count_of_its_own(people, enter, settings):
    settings.ALLAUTH_TRUSTED_PROXY_COUNT = settings.TRUSTED_PROXIES = 1
    for number in range(10):
        enter(f"nobody{number}", "wrong", **{"X-Forwarded-For": f"9.9.9.{number}, 7.7.7.7"})
    assert enter("author", **{"X-Forwarded-For": "7.7.7.7"}).status_code == 200
    assert enter("author", **{"X-Forwarded-For": "7.7.7.7, 8.8.8.8"}).status_code == 302


def test_a_request_that_came_past_the_proxies_is_still_answered(people, enter, settings):
    settings.ALLAUTH_TRUSTED_PROXY_COUNT = settings.TRUSTED_PROXIES = 3
    assert enter("author", **{"X-Forwarded-For": "7.7.7.7"}).status_code == 302


def test_an_unknown_name_is_refused_in_the_same_words_as_a_wrong_password(people, enter):
    pages = [enter(login, "wrong").content.decode() for login in ("author", "nobody")]
    assert pages[0].replace("author", "nobody") == pages[1] or _errors(pages[0]) == _errors(pages[1])


def _errors(page):
    return page.partition('role="alert"')[2].partition("</div>")[0]


def test_counts_are_kept_where_all_processes_see_them(settings):
    assert settings.CACHES["default"]["BACKEND"].endswith("DatabaseCache")
    assert cache.add("lock", 1, timeout=9)
    assert not cache.add("lock", 1, timeout=9)


UNUSED = [
    "signup/", "login/code/", "login/code/confirm/", "confirm-email/", "signup/passkey/", "3rdparty/", "social/signup/",
    "2fa/trust/", "phone/verify/", "2fa/webauthn/signup/", "password/reset/confirm/", "password/reset/complete/",
]  # fmt: skip


@pytest.mark.parametrize("path", UNUSED)
@pytest.mark.parametrize("method", ["get", "post"])
def test_pages_of_allauth_that_the_site_does_not_use_are_not_there(client, people, path, method):
    sent = {"email": "new@example.org", "username": "new", "password1": PASSWORD}
    assert getattr(client, method)(f"/accounts/{path}", sent).status_code == 404
    client.force_login(people["Author"])
    assert getattr(client, method)(f"/accounts/{path}", sent).status_code == 404


def test_no_name_of_allauth_for_signing_up_by_other_ways_exists():
    for name in ("mfa_signup_webauthn", "account_request_login_code", "socialaccount_signup"):
        with pytest.raises(NoReverseMatch):
            reverse(name)


@pytest.mark.parametrize("prefix", ["", "/fr", "/nl", "/de"])
def test_pages_are_in_the_language_of_their_address(client, prefix):
    response = client.get(f"{prefix}/accounts/login/")
    page = response.content.decode()
    assert f'<html lang="{prefix.strip("/") or "en"}"' in page
    assert f'action="{prefix}/accounts/login/"' in page


PRIVATE = ["", "login/", "password/reset/", "password/change/", "email/", "sessions/", "2fa/", "2fa/keys/"]


@pytest.mark.parametrize("path", PRIVATE)
def test_no_cache_keeps_a_page_about_one_person_and_no_policy_is_loosened(people, enter, client, path):
    if path not in ("login/", "password/reset/"):
        enter("author")
    response = client.get(f"/accounts/{path}")
    assert response.status_code == 200
    assert "no-store" in response["Cache-Control"]
    assert response["X-Robots-Tag"] == "noindex"
    assert "unsafe" not in response["Content-Security-Policy"]
    page = response.content.decode()
    assert "<style" not in page
    assert " style=" not in page
    assert " onclick=" not in page


def test_the_log_says_who_when_how_and_from_where_in_short(people, enter):
    enter("author", "wrong", **{"X-Forwarded-For": "7.7.7.7"})
    enter("nobody", "my-secret-password")
    enter("author@example.org")
    told = [(s.person, s.how, s.succeeded, s.address, s.device) for s in SignIn.objects.order_by("pk")]
    place = ("127.0.0.0/24", "Firefox on Linux")
    author = people["Author"]
    assert told == [
        (author, "password", False, *place),
        (None, "password", False, *place),
        (author, "password", True, *place),
    ]
