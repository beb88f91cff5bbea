"""oEmbed: an item of this site as a card elsewhere, and nothing else."""

from urllib.parse import quote
from xml.etree import ElementTree

import pytest

from tests.builders import make_item

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("clock")]

SITE = "http://testserver"


def ask(client, url, **more):
    return client.get("/oembed", {"url": url, **more})


def test_an_item_as_json(client):
    item = make_item(source="iom", title="A & <b>", summary="What it says.")
    response = ask(client, SITE + item.get_absolute_url())
    assert response["Content-Type"] == "application/json"
    said = response.json()
    assert said["version"] == "1.0"
    assert said["type"] == "link"
    assert (said["title"], said["author_name"]) == ("A & <b>", item.source.label("en"))
    assert said["provider_url"] == f"{SITE}/"
    assert client.get(said["thumbnail_url"].removeprefix(SITE)).status_code == 200
    assert "html" not in said


def test_an_item_as_xml_says_the_same(client):
    item = make_item(title="A & <b>")
    url = SITE + item.get_absolute_url()
    response = ask(client, url, format="xml")
    assert response["Content-Type"] == "text/xml; charset=utf-8"
    found = {element.tag: element.text for element in ElementTree.fromstring(response.content)}
    assert found == {name: str(value) for name, value in ask(client, url).json().items()}


@pytest.mark.parametrize("url", ["{site}{path}?theme=reception", "{site}{path}#top", "{site}/news/{pk}/another-slug/"])
def test_an_address_is_known_with_what_hangs_on_it_and_by_a_former_slug(client, url):
    item = make_item()
    response = ask(client, url.format(site=SITE, path=item.get_absolute_url(), pk=item.pk))
    assert response.json()["title"] == item.title


@pytest.mark.parametrize(
    "url",
    [
        "https://elsewhere.example/news/1/x/", "{site}.evil.example{path}", "{site}@evil.example{path}",
        "https://testserver{path}", "//testserver{path}", "{path}", "{site}", "{site}/", "{site}/news/",
        "{site}/admin/", "{site}/news/999999/x/", "{site}/\x00", "javascript:1",
        "{site}/news/99999999999999999999/x/",
    ],
)  # fmt: skip
def test_what_is_no_item_of_this_site_is_not_found(client, url):
    item = make_item()
    assert ask(client, url.format(site=SITE, path=item.get_absolute_url())).status_code == 404


@pytest.mark.parametrize(
    "values", [{"status": "draft"}, {"status": "withdrawn", "withdrawal_reason": "Wrong."}, {"status": "removed"}]
)
def test_what_readers_do_not_have_is_not_found(client, values):
    item = make_item(**values)
    assert ask(client, SITE + item.get_absolute_url()).status_code == 404


@pytest.mark.parametrize(
    ("more", "status"),
    [
        ({"format": "yaml"}, 501), ({"format": ""}, 501), ({"maxwidth": "wide"}, 400), ({"maxwidth": "0"}, 400),
        ({"maxheight": "-1"}, 400), ({"maxwidth": "²"}, 400),
    ],
)  # fmt: skip
def test_what_cannot_be_answered_is_said_as_the_specification_asks(client, more, status):
    assert ask(client, SITE + make_item().get_absolute_url(), **more).status_code == status


@pytest.mark.parametrize("query", ["", "?url=", "?format=xml", f"?url={quote('x' * 3000)}"])
def test_an_address_must_be_named(client, query):
    assert client.get(f"/oembed{query}").status_code == 400


@pytest.mark.parametrize(
    ("more", "has_picture"),
    [
        ({}, True), ({"maxwidth": "1200", "maxheight": "630"}, True), ({"maxwidth": "600"}, False),
        ({"maxheight": "600"}, False),
    ],
)  # fmt: skip
def test_no_picture_is_larger_than_was_asked_for(client, more, has_picture):
    said = ask(client, SITE + make_item().get_absolute_url(), **more).json()
    assert ("thumbnail_url" in said) == ("thumbnail_width" in said) == has_picture


@pytest.mark.parametrize("path", ["/news/{pk}/", "/news/{pk}/former/", "/fr/news/{pk}/former/"])
def test_an_address_that_leads_to_an_item_will_do(client, path):
    for language in ("en", "fr"):
        item = make_item(language=language)
        told = ask(client, SITE + path.format(pk=item.pk)).json()
        assert told["url"] == SITE + item.get_absolute_url()


def test_other_sites_may_ask_from_their_pages(client):
    response = ask(client, SITE + make_item().get_absolute_url())
    assert response["Access-Control-Allow-Origin"] == "*"
    assert not response.cookies
