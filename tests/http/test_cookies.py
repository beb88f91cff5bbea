"""No public address reads or sets a cookie, whatever a visitor sends; the editors' desk does."""

import pytest
from django.conf import settings as site_settings
from django.core.wsgi import get_wsgi_application
from django.test import Client, RequestFactory

from items.http import PageCache
from items.http.cookies import CookieMiddleware, is_private
from tests.http.site import Client as WsgiClient
from tests.places import MACHINES, make_everywhere, places

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("clock", "media")]

FORGED = {"sessionid": "forged", "csrftoken": "forged", "messages": "forged:1:x", "django_language": "de"}
OTHERS = [
    "/news/feed.json", "/news/calendar.ics", "/news/export.csv", "/news/suggest?q=ze", "/fr/news/", "/api/",
    "/api/v1/items/", "/api/v1/items/999999/", "/api/v1/changes/", "/api/v1/openapi.json", "/no-such-page/",
    "/fr/nirgends/", "/news/999999/x/", "/media/none.png", "/news/?theme=no-such-theme", "/news", "/admin",
    "/static/none.css", "/api/v1/nothing/",
]  # fmt: skip


@pytest.fixture
def addresses():
    item = make_everywhere()
    own = item.get_absolute_url()
    return [*places(item).values(), *MACHINES, *OTHERS, f"{own}event.ics", f"/news/{item.pk}/"]


@pytest.mark.parametrize("forged", [*({name: value} for name, value in FORGED.items()), FORGED], ids=str)
def test_no_public_address_answers_a_forged_cookie(addresses, forged):
    client = Client(enforce_csrf_checks=True)
    for address in addresses:
        for method in ("GET", "HEAD", "POST"):
            client.cookies.clear()
            for name, value in forged.items():
                client.cookies[name] = value
            response = client.generic(method, address)
            assert response.status_code < 500
            assert not response.cookies, (method, address)
            assert "cookie" not in response.get("Vary", "").lower(), (method, address)


def test_an_editor_who_is_signed_in_sees_what_everybody_sees(addresses, admin_client, client):
    client.get("/news/suggest?q=ze")  # brings the search index in step
    for address in addresses:
        theirs, ours = admin_client.get(address), client.get(address)
        assert theirs.status_code == ours.status_code
        assert b"".join(theirs) == b"".join(ours), address
        assert theirs.headers == ours.headers, address


def test_the_desk_still_knows_who_asks(admin_client):
    assert admin_client.get("/admin/").status_code == 200
    response = Client().get("/accounts/login/")
    assert site_settings.CSRF_COOKIE_NAME in response.cookies
    assert "Cookie" in response["Vary"]


@pytest.mark.parametrize("path", ["/admin/", "/admin/items/item/", "/accounts/login/", "/fr/accounts/login/"])
def test_cookies_reach_the_addresses_that_know_who_asks(path):
    assert is_private(path)
    assert cookie_seen(path) == "sessionid=x"


@pytest.mark.parametrize(
    "path", ["/", "/news/admin/", "/xx/admin/", "/administration/", "//admin/", "/en/accounts/", "x"]
)
def test_cookies_reach_no_other(path):
    assert not is_private(path)
    assert cookie_seen(path) is None


def cookie_seen(path):
    request = RequestFactory(headers={"cookie": "sessionid=x"}).get("/")
    request.path_info = path
    return CookieMiddleware(lambda request: request)(request).META.get("HTTP_COOKIE")


def test_the_served_site_keeps_one_page_for_all_who_send_cookies(settings):
    settings.CACHES = {**settings.CACHES, "pages": {"BACKEND": "django.core.cache.backends.locmem.LocMemCache"}}
    make_everywhere()
    client = WsgiClient(PageCache(get_wsgi_application()))
    forged = "; ".join(f"{name}={value}" for name, value in FORGED.items())
    first, second = client.get("/news/", cookie=forged), client.get("/news/")
    assert first == second
    assert "set-cookie" not in first[1]
