"""Standing pages as readers see them: in their language, at an address that lasts, in the footer's order."""

import pytest

from items.models import Page as StandingPage
from tests.builders import make_page
from tests.views.page import Page

pytestmark = pytest.mark.django_db


def footer(client, path="/"):
    """Titles of the standing pages at the foot, in order."""
    text = client.get(path).content.decode().partition('class="site-footer"')[2]
    return [part.split(">")[1].split("<")[0] for part in text.split('<a href="')[1:] if "/pages/" in part.split('"')[0]]


def test_a_page_has_a_title_a_text_and_the_way_to_it(client):
    text = make_page(en="Who we are", body="<h2>Us</h2><p>Some words.</p>").text("en")
    response = client.get("/pages/who-we-are/")
    assert response.status_code == 200
    page = Page(response)
    assert page.title.startswith("Who we are – ")
    assert "<h2>Us</h2><p>Some words.</p>" in response.content.decode()
    assert [a for a in page.having("aria-current") if a.get("href") == text.get_absolute_url()]
    assert any(a.get("class") == "breadcrumb" for _tag, a in page.tags)
    assert "public" in response["Cache-Control"]
    assert response.has_header("ETag")


def test_the_languages_lead_to_its_versions_and_else_to_the_front(client):
    make_page(en="Rules", fr="Règles")
    page = Page(client.get("/pages/rules/"))
    languages = {a["hreflang"]: a["href"] for tag, a in page.tags if tag == "a" and "hreflang" in a}
    assert languages == {"en": "/pages/rules/", "fr": "/fr/pages/regles/", "nl": "/nl/", "de": "/de/"}


@pytest.mark.parametrize(
    ("asked", "there"),
    [
        ("/pages/former/", "/pages/rules/"),
        ("/fr/pages/rules/", "/fr/pages/regles/"),
        ("/pages/regles/", "/pages/rules/"),
    ],
)
def test_a_former_slug_and_that_of_another_language_lead_on(client, asked, there):
    page = make_page(en="Former", fr="Règles")
    text = page.text("en")
    text.slug = "rules"
    text.save()
    response = client.get(asked)
    assert (response.status_code, response["Location"]) == (301, there)


@pytest.mark.parametrize("path", ["/pages/nothing/", "/pages/", "/nl/pages/rules/", "/pages/a%00b/", "/pages/hidden/"])
def test_what_is_not_there_or_not_in_this_language_is_not_found(client, path):
    make_page(en="Rules", fr="Règles")
    make_page(kind="legal", en="Hidden", is_published=False)
    assert client.get(path).status_code == 404


def test_the_foot_lists_published_pages_in_order_and_in_their_language(client):
    make_page(en="Second", fr="Deuxième", position=2)
    make_page(kind="contact", en="First", position=1)
    make_page(kind="legal", en="Draft", is_published=False)
    make_page(kind="other", en="Elsewhere", is_in_footer=False)
    assert footer(client) == ["First", "Second"]
    assert footer(client, "/fr/") == ["Deuxième"]
    assert footer(client, "/nl/") == []


def test_a_change_shows_at_once(client, at_once, warm):
    make_page(en="Before")
    assert footer(client) == ["Before"]
    StandingPage.objects.update(is_published=False)
    assert footer(client) == []


def test_a_page_that_machines_know_by_name_is_said_to_be_one(client):
    make_page(kind="about", en="Us")
    make_page(kind="privacy", en="Privacy")
    kinds = [node["@type"] for node in Page(client.get("/pages/us/")).nodes]
    assert "AboutPage" in kinds
    assert "WebPage" in [node["@type"] for node in Page(client.get("/pages/privacy/")).nodes]
