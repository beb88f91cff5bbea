"""What every public answer has in common: headers, methods, hosts, languages, errors."""

import pytest
from django.http import Http404
from django.test import Client, RequestFactory
from django.utils import translation

from items.http import language_of, path_in_language
from items.views import errors
from tests.places import MACHINES, PAGES, PLACES, make_everywhere, places
from tests.views.page import Page

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("clock", "media")]

LANGUAGES = ["en", "fr", "nl", "de"]
MISSING = ["/no-such-page/", "/news/999999/x/", "/themes/no-such-theme/", "/media/no-such-image.png", "/fr/nirgends/"]


@pytest.fixture
def addresses(client):
    """Every public address by name, with the machines' and some that do not exist."""
    found = places(make_everywhere())
    return found | {path: path for path in MACHINES + MISSING} | {"invalid": "/news/?theme=no-such-theme"}


@pytest.mark.parametrize("name", [*PLACES, *MACHINES, *MISSING, "invalid"])
def test_no_public_address_sets_or_reads_a_cookie(client, addresses, name):
    client.cookies["sessionid"] = "from-somewhere"
    response = client.get(addresses[name])
    assert response.status_code == (404 if name in MISSING else 200)
    assert not response.cookies
    assert "cookie" not in response.get("Vary", "").lower()
    assert "accept-language" not in response.get("Vary", "").lower()


@pytest.mark.parametrize("name", [*PLACES, *MACHINES, *MISSING])
def test_every_public_answer_has_the_security_headers(client, addresses, name):
    headers = client.get(addresses[name]).headers
    policy = dict(part.strip().partition(" ")[::2] for part in headers["Content-Security-Policy"].split(";"))
    assert policy["default-src"] == "'none'"
    assert policy["script-src"] == policy["style-src"] == "'self'"
    assert policy["frame-ancestors"] == policy["base-uri"] == "'none'"
    assert "unsafe" not in headers["Content-Security-Policy"]
    assert headers["X-Content-Type-Options"] == "nosniff"
    assert headers["X-Frame-Options"] == "DENY"
    assert headers["Referrer-Policy"] == "strict-origin-when-cross-origin"
    assert headers["Cross-Origin-Opener-Policy"] == "same-origin"
    assert "camera=()" in headers["Permissions-Policy"]


@pytest.mark.parametrize("name", [*PAGES, *MISSING, "invalid"])
def test_no_page_has_script_or_style_of_its_own(client, addresses, name):
    page = Page(client.get(addresses[name]))
    assert page.scripts_with_text == []
    assert [tag for tag, attrs in page.tags if tag == "style" or "style" in attrs] == []
    assert [attrs for _, attrs in page.tags if any(attribute.startswith("on") for attribute in attrs)] == []
    assert [src for attrs in page.having("src") if not (src := attrs["src"]).startswith("/")] == []


@pytest.mark.parametrize("name", [*PLACES, *MACHINES])
def test_public_addresses_can_only_be_read(addresses, name):
    client = Client(enforce_csrf_checks=True)
    for method in ("POST", "PUT", "PATCH", "DELETE", "OPTIONS", "TRACE", "CONNECT", "PROPFIND", "X"):
        response = client.generic(method, addresses[name])
        assert response.status_code == 405, method
        assert response["Allow"] == "GET, HEAD"
        assert not response.cookies


@pytest.mark.parametrize("name", [*PLACES, *MACHINES])
def test_head_answers_as_get_without_a_body(client, addresses, name):
    got, head = client.get(addresses[name]), client.head(addresses[name])
    assert head.status_code == got.status_code == 200
    assert b"".join(head) == b""
    for header in ("Content-Type", "ETag", "Last-Modified", "Content-Language"):
        assert head.get(header) == got.get(header)


@pytest.mark.parametrize("name", [*PLACES, *MACHINES])
def test_a_forged_host_is_refused(client, addresses, name):
    response = client.get(addresses[name], headers={"host": "evil.example"})
    assert response.status_code == 400
    assert "evil.example" not in response.content.decode()


@pytest.mark.parametrize("name", [*PAGES, "rss", "atom"])
def test_addresses_are_built_from_the_configured_site(client, addresses, name, settings):
    settings.SITE_URL = "https://news.example.org"
    response = client.get(addresses[name], headers={"x-forwarded-host": "evil.example", "x-forwarded-proto": "https"})
    text = response.content.decode()
    assert "https://news.example.org/" in text
    assert "evil.example" not in text
    assert "http://testserver" not in text


def test_a_host_that_is_allowed_leaks_into_no_address(client, addresses, settings):
    settings.ALLOWED_HOSTS = ["testserver", "other.example"]
    text = client.get("/news/", headers={"host": "other.example"}).content.decode()
    assert "other.example" not in text


@pytest.mark.parametrize("path", ["//evil.example/news", "//evil.example/%2f..", "/\\evil.example/news", "/news//evil"])
def test_no_address_redirects_to_another_site(client, path):
    response = client.get(path)
    assert response.status_code in (301, 404)
    if response.status_code == 301:
        assert response["Location"].startswith("/")
        assert not response["Location"].startswith(("//", "/\\"))


# --- Languages ---------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("path", ["/", "/news/", "/themes/", "/keywords/", "/news/facets/theme/"])
def test_the_language_is_that_of_the_address(client, path, language):
    path = path_in_language(path, language)
    client.cookies["django_language"] = "de"
    response = client.get(path, headers={"accept-language": "nl"})
    assert response["Content-Language"] == language
    page = Page(response)
    assert dict(page.tags)["html"]["lang"] == language
    versions = {
        attrs["hreflang"]: attrs["href"] for attrs in page.having("hreflang") if attrs.get("rel") == "alternate"
    }
    assert versions == {code: f"http://testserver{path_in_language(path, code)}" for code in LANGUAGES} | {
        "x-default": f"http://testserver{path_in_language(path, 'en')}"
    }


@pytest.mark.parametrize("path", ["/en/news/", "/es/news/", "/FR/news/", "/fr-be/news/"])
def test_other_prefixes_do_not_exist(client, path):
    assert client.get(path).status_code == 404


@pytest.mark.parametrize(
    ("path", "language"), [("/", "en"), ("/fr", "fr"), ("/fr/news/", "fr"), ("/french/", "en"), ("/news/fr/", "en")]
)
def test_a_path_names_its_language(path, language):
    assert language_of(path) == language


@pytest.mark.parametrize(
    ("path", "code", "expected"),
    [
        ("/news/", "fr", "/fr/news/"), ("/fr/news/", "en", "/news/"), ("/fr/news/", "de", "/de/news/"),
        ("/", "nl", "/nl/"), ("/nl/", "en", "/"), ("/fr/", "fr", "/fr/"),
    ],
)  # fmt: skip
def test_a_path_has_a_counterpart_in_each_language(path, code, expected):
    assert path_in_language(path, code) == expected


# --- Errors ------------------------------------------------------------------------------------------------------


def render_error(status, language="en"):
    request = RequestFactory().get("/broken/")
    request.LANGUAGE_CODE = language
    handlers = {
        400: lambda: errors.bad_request(request, Exception()),
        403: lambda: errors.forbidden(request, Exception()),
        404: lambda: errors.not_found(request, Http404()),
        500: lambda: errors.server_error(request),
    }
    with translation.override(language):
        return handlers[status]()


@pytest.mark.parametrize("status", [400, 403, 404, 500])
def test_errors_look_like_the_site_and_ask_nothing_of_the_database(status, django_assert_num_queries):
    with django_assert_num_queries(0):
        response = render_error(status)
    assert response.status_code == status
    page = Page(response)
    assert [tag for tag, _ in page.tags].count("h1") == 1
    assert any(attrs.get("class") == "site-header" for _, attrs in page.tags)
    assert page.links("stylesheet")
    assert page.title.strip()


def test_a_failure_in_a_view_answers_500_in_the_sites_look(client, monkeypatch):
    client.raise_request_exception = False
    monkeypatch.setattr("items.views.listing.Listing", None)
    response = client.get("/news/")
    assert response.status_code == 500
    assert "site-header" in response.content.decode()
    assert response["Content-Security-Policy"]


def test_a_form_without_its_token_answers_403_in_the_sites_look():
    response = Client(enforce_csrf_checks=True).post("/admin/login/")
    assert response.status_code == 403
    assert "site-header" in response.content.decode()


def test_a_missing_page_keeps_its_language_and_is_not_indexed(client):
    response = client.get("/fr/nulle-part/")
    assert response.status_code == 404
    assert response["Content-Language"] == "fr"
    page = Page(response)
    assert page.is_noindex
    leading = {attrs["hreflang"]: attrs["href"] for tag, attrs in page.tags if tag == "a" and "hreflang" in attrs}
    assert leading == {"en": "/", "fr": "/fr/", "nl": "/nl/", "de": "/de/"}
    assert not [attrs for tag, attrs in page.tags if tag == "link" and "hreflang" in attrs]
