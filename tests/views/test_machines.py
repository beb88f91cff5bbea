"""What machines ask for: how to search, what to install, whom to tell."""

from datetime import UTC, datetime, timedelta
from xml.etree import ElementTree

import pytest

from items.models import SiteSettings
from items.views.machines import short
from tests.builders import AT, make_item
from tests.views.page import Page

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("clock")]

NS = {"o": "http://a9.com/-/spec/opensearch/1.1/"}
SITE = "http://testserver"


@pytest.mark.parametrize("prefix", ["", "/fr"])
def test_a_browser_learns_how_to_search_in_the_pages_language(client, prefix):
    make_item(title="Zebras")
    SiteSettings.objects.create(names={"en": "A very long name of a very small bureau of arrivals"})
    page = Page(client.get(f"{prefix}/"))
    (address,) = page.links("search", type="application/opensearchdescription+xml")
    response = client.get(address)
    assert response["Content-Type"] == "application/opensearchdescription+xml; charset=utf-8"
    root = ElementTree.fromstring(response.content)
    assert root.tag == f"{{{NS['o']}}}OpenSearchDescription"
    assert 0 < len(root.find("o:ShortName", NS).text) <= 16
    assert len(root.find("o:LongName", NS).text) <= 48
    assert 0 < len(root.find("o:Description", NS).text) <= 1024
    assert root.find("o:Language", NS).text == (prefix[1:] or "en")
    by_type = {url.get("type"): url.get("template") for url in root.findall("o:Url", NS)}
    for kind in ("text/html", "application/rss+xml", "application/atom+xml"):
        found = client.get(by_type[kind].removeprefix(SITE).replace("{searchTerms}", "zebras"))
        assert "Zebras" in found.content.decode()
    for image in root.findall("o:Image", NS):
        assert client.get(image.text.removeprefix(SITE)).status_code == 200


@pytest.mark.parametrize(
    ("name", "expected"),
    [("Newsroom", "Newsroom"), ("Migration Newsroom", "Migration"), ("Bureau of Arrivals", "Bureau of"),
     ("Zuwanderungsnachrichten", "Zuwanderungsnach")],
)  # fmt: skip
def test_a_short_name_is_made_of_whole_words_where_it_can_be(name, expected):
    assert short(name) == expected


@pytest.mark.parametrize("prefix", ["", "/nl"])
def test_a_phone_can_put_the_site_on_its_front(client, prefix):
    SiteSettings.objects.create(names={"en": "Bureau", "nl": "Bureel"}, taglines={"nl": "Wie kwam"})
    (address,) = Page(client.get(f"{prefix}/")).links("manifest")
    response = client.get(address)
    assert response["Content-Type"] == "application/manifest+json"
    said = response.json()
    assert said["name"] == ("Bureel" if prefix else "Bureau")
    assert said.get("description") == ("Wie kwam" if prefix else None)
    assert client.get(said["start_url"]).status_code == 200
    assert said["start_url"].startswith(said["scope"])
    assert {(icon["sizes"], icon["purpose"]) for icon in said["icons"]} >= {
        ("192x192", "any"), ("512x512", "any"), ("512x512", "maskable"),
    }  # fmt: skip
    for icon in said["icons"]:
        assert client.get(icon["src"])["Content-Type"] == icon["type"]


def security(client):
    response = client.get("/.well-known/security.txt")
    assert response["Content-Type"] == "text/plain; charset=utf-8"
    return dict(line.split(": ", 1) for line in response.content.decode().splitlines())


@pytest.mark.parametrize("days", [0, 1, 100, 300, 1000])
def test_security_txt_ends_in_the_future_and_within_a_year(client, clock, days):
    clock.now = AT + timedelta(days=days)
    said = security(client)
    ends = datetime.strptime(said["Expires"], "%Y-%m-%dT%H:%M:%SZ").replace(tzinfo=UTC)
    assert timedelta(days=90) < ends - clock.now < timedelta(days=365)


def test_security_txt_names_a_contact_the_languages_and_its_own_address(client):
    SiteSettings.objects.create(security_contact="https://a.example/hole")
    said = security(client)
    assert said["Contact"] == "https://a.example/hole"
    assert said["Preferred-Languages"] == "en, fr, nl, de"
    assert said["Canonical"] == f"{SITE}/.well-known/security.txt"
