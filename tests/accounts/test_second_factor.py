"""Second factors: an app, recovery codes, and a desk that asks for one."""

import pytest
from allauth.mfa.models import Authenticator
from allauth.mfa.recovery_codes.internal.auth import RecoveryCodes
from allauth.mfa.totp.internal.auth import TOTP, format_hotp_value, hotp_value, yield_hotp_counters_from_time
from django.contrib.messages import get_messages
from django.core.exceptions import PermissionDenied
from django.urls import get_resolver

from items import accounts
from items.models import SignIn
from tests.accounts.conftest import PASSWORD, is_in, make_somebody
from tests.builders import AT

pytestmark = pytest.mark.django_db
SECRET = "JBSWY3DPEHPK3PXP"


def code(secret=SECRET):
    return format_hotp_value(hotp_value(secret, next(iter(yield_hotp_counters_from_time()))))


@pytest.fixture
def author(people):
    """An author who has an app and recovery codes."""
    TOTP.activate(people["Author"], SECRET)
    RecoveryCodes.activate(people["Author"])
    return people["Author"]


def test_who_has_an_app_gets_in_with_its_code_only(author, enter, client):
    assert enter("author")["Location"] == "/accounts/2fa/authenticate/"
    assert not is_in(client)
    assert client.get("/admin/").status_code == 302
    assert client.post("/accounts/2fa/authenticate/", {"code": "000000"}).status_code == 200
    assert not is_in(client)
    assert client.post("/accounts/2fa/authenticate/", {"code": code()}).status_code == 302
    assert is_in(client)
    assert [(s.how, s.succeeded) for s in SignIn.objects.order_by("pk")] == [("app", False), ("app", True)]


def test_a_recovery_code_works_once(author, enter, client):
    spare = author.authenticator_set.get(type="recovery_codes").wrap().get_unused_codes()[0]
    enter("author")
    client.post("/accounts/2fa/authenticate/", {"code": spare})
    assert is_in(client)
    client.post("/accounts/logout/")
    enter("author")
    client.post("/accounts/2fa/authenticate/", {"code": spare})
    assert not is_in(client)
    assert SignIn.objects.filter(how="recovery", succeeded=True).count() == 1


def test_codes_cannot_be_guessed_at_will(author, enter, client):
    enter("author")
    for _attempt in range(5):
        client.post("/accounts/2fa/authenticate/", {"code": "000000"})
    client.post("/accounts/2fa/authenticate/", {"code": code()})
    assert not is_in(client)


def test_an_app_is_added_by_who_typed_the_password_just_now(people, enter, client):
    enter("author")
    assert client.get("/accounts/2fa/app/add/")["Location"].startswith("/accounts/reauthenticate/")
    client.post("/accounts/reauthenticate/", {"password": PASSWORD})
    page = client.get("/accounts/2fa/app/add/")
    assert "<svg" in page.content.decode()
    assert "data:image" not in page.content.decode()
    response = client.post("/accounts/2fa/app/add/", {"code": code(client.session["mfa.totp.secret"])})
    assert response["Location"] == "/accounts/2fa/codes/"
    assert accounts.has_second_factor(people["Author"])
    assert client.get("/accounts/2fa/codes/").status_code == 200


@pytest.fixture
def required(settings):
    settings.REQUIRE_SECOND_FACTOR = True


def admin_addresses():
    """Every address of the admin, from the resolver, with 1 for each parameter."""

    def walk(patterns, prefix):
        for pattern in patterns:
            path = prefix + str(pattern.pattern).removeprefix("^").removesuffix(r"\Z").removesuffix("$")
            if hasattr(pattern, "url_patterns"):
                yield from walk(pattern.url_patterns, path)
            else:
                yield path

    for resolver in get_resolver().url_patterns:
        if str(resolver.pattern) == "admin/":
            for path in walk(resolver.url_patterns, "/admin/"):
                yield path.replace("(?P<url>.*)", "x/").replace("(?P<app_label>auth|items)/?", "items/")


def filled_in(path):
    while "<" in path:
        before, _, rest = path.partition("<")
        path = before + "1" + rest.partition(">")[2]
    return path.replace("(?P", "")


def test_where_one_is_required_no_address_and_no_method_of_the_admin_is_open(people, client, required):
    client.force_login(make_somebody("root", is_superuser=True))
    paths = [filled_in(path) for path in admin_addresses()]
    assert len(paths) > 40
    open_ways = []
    for path in paths:
        for method in ("get", "post", "head", "put", "delete", "options"):
            if path in ("/admin/login/", "/admin/logout/"):
                continue
            response = getattr(client, method)(path)
            if (response.status_code, response.get("Location")) != (302, "/accounts/2fa/"):
                open_ways.append((method, path, response.status_code))
    assert open_ways == []


def test_the_way_in_and_out_and_to_a_second_factor_stays_open(people, enter, client, required):
    enter("author")
    response = client.get("/admin/")
    assert response["Location"] == "/accounts/2fa/"
    assert [str(m) for m in get_messages(response.wsgi_request)]
    for path in ("", "2fa/", "2fa/keys/", "sessions/", "password/change/"):
        assert client.get(f"/accounts/{path}").status_code == 200
    assert client.get("/news/").status_code == 200
    assert client.post("/admin/logout/").status_code == 302
    assert not is_in(client)


def test_with_a_second_factor_the_desk_is_open(people, client, required):
    client.force_login(people["Editor"])
    RecoveryCodes.activate(people["Editor"])
    assert client.get("/admin/").status_code == 302  # codes alone are none
    TOTP.activate(people["Editor"], SECRET)
    assert client.get("/admin/").status_code == 200


def test_who_takes_the_last_one_away_is_asked_again(author, client, required):
    client.force_login(author)
    assert client.get("/admin/").status_code == 200
    Authenticator.objects.filter(user=author).delete()
    assert client.get("/admin/").status_code == 302


def test_not_required_unless_said(people, client):
    client.force_login(people["Author"])
    assert client.get("/admin/").status_code == 200


def test_an_administrator_helps_who_lost_theirs_and_they_are_told(author, people, mails, enter, client):
    (mail,) = mails(lambda: accounts.remove_second_factors(author, by=people["Administrator"], at=AT))
    assert mail.to == ["author@example.org"]
    assert not accounts.has_second_factor(author)
    enter("author")
    assert is_in(client)


def test_nobody_removes_their_own_that_way_or_those_of_somebody_above(author, people):
    root = make_somebody("root", is_superuser=True)
    TOTP.activate(root, SECRET)
    for person, by in ((author, author), (author, people["Editor"]), (root, people["Administrator"]), (root, root)):
        with pytest.raises(PermissionDenied):
            accounts.remove_second_factors(person, by=by, at=AT)
    assert Authenticator.objects.count() == 3


def test_the_desk_of_people_shows_who_has_one(author, people, client):
    client.force_login(people["Administrator"])
    page = client.get("/admin/auth/user/").content.decode()
    assert page.count("icon-yes") > 0
    act = {"action": "remove_second_factors", "_selected_action": [author.pk]}
    assert client.post("/admin/auth/user/", act).status_code == 302
    assert not accounts.has_second_factor(author)
