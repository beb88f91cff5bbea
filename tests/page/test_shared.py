"""What every type of page says of itself: canonical address, other languages, Open Graph, card."""

from io import BytesIO

import pytest
from PIL import Image

from items.page.shared import open_graph_locale
from tests.builders import make_item, make_page
from tests.page.test_json_ld import PAGES, addresses
from tests.views.page import Page

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("clock", "media")]

SITE = "http://testserver"


def alternates(page):
    """The other languages of a page: addresses by code."""
    return {a["hreflang"]: a["href"] for tag, a in page.tags if tag == "link" and "hreflang" in a}


def in_languages():
    """An address of each type of page, each in a language and a half."""
    found = addresses()
    item = make_item(type="report", title="One")
    make_item(type="report", title="Un", language="fr", translation_group=item.translation_group)
    page = make_page(kind="other", en="Rules", de="Regeln")
    return found | {"translated": item.get_absolute_url(), "rules": page.text("de").get_absolute_url()}


@pytest.mark.parametrize("name", [*PAGES, "translated", "rules"])
def test_the_languages_of_every_page_name_each_other(client, name):
    here = in_languages()[name]
    page = Page(client.get(here))
    assert page.links("canonical") == [SITE + here]
    named = alternates(page)
    assert named["x-default"] == named[next(code for code in ("en", "fr", "nl", "de") if code in named)]
    assert SITE + here in named.values()
    for address in set(named.values()):
        other = Page(client.get(address.removeprefix(SITE)))
        assert other.links("canonical") == [address]
        assert alternates(other) == named


@pytest.mark.parametrize("name", [*PAGES, "translated", "rules"])
def test_every_page_can_be_shared(client, name):
    here = in_languages()[name]
    response = client.get(here)
    page = Page(response)
    said = {key: page.metas(f"og:{key}") for key in ("title", "type", "url", "image", "site_name", "locale")}
    assert all(len(values) == 1 and values[0] for values in said.values()), said
    assert said["url"] == page.links("canonical")
    assert page.title == f"{said['title'][0]} – {said['site_name'][0]}"
    assert page.metas("og:description") == page.metas("description")
    assert page.metas("twitter:card") == ["summary_large_image"]
    picture = client.get(said["image"][0].removeprefix(SITE))
    assert picture["Content-Type"] == "image/png"
    assert Image.open(BytesIO(picture.content)).size == (1200, 630)
    assert (page.metas("og:image:width"), page.metas("og:image:height")) == (["1200"], ["630"])


def test_an_article_says_when_and_about_what(client):
    item = make_item(keywords=["one", "two"], themes=["reception"])
    page = Page(client.get(item.get_absolute_url()))
    assert page.metas("og:type") == ["article"]
    assert page.metas("article:published_time") == ["2026-06-14T14:00:00+02:00"]
    assert page.metas("article:section") == ["News item"]
    assert sorted(page.metas("article:tag")) == ["one", "two"]


def test_a_page_names_the_locales_of_its_other_languages(client):
    page = Page(client.get("/fr/"))
    assert page.metas("og:locale") == ["fr_FR"]
    assert page.metas("og:locale:alternate") == ["en_GB", "nl_NL", "de_DE"]


@pytest.mark.parametrize(("code", "locale"), [("en", "en_GB"), ("pt-br", "pt_BR"), ("pl", "pl_PL"), ("uk", "uk_UA")])
def test_a_language_has_a_territory(code, locale):
    assert open_graph_locale(code) == locale


def test_an_item_offers_itself_for_embedding(client):
    item = make_item()
    page = Page(client.get(item.get_absolute_url()))
    for media_type in ("application/json+oembed", "text/xml+oembed"):
        (address,) = page.links("alternate", type=media_type)
        response = client.get(address.removeprefix(SITE))
        assert response.status_code == 200
        assert item.title in response.content.decode()
    assert not Page(client.get("/news/")).links("alternate", type="application/json+oembed")


def test_what_is_hidden_from_search_engines_is_not_dressed_up_for_sharing(client):
    item = make_item(status="withdrawn", withdrawal_reason="Wrong.")
    assert Page(client.get(item.get_absolute_url())).metas("og:title") == []
    assert Page(client.get("/no-such-page/")).metas("og:title") == []


def test_quotes_and_brackets_of_a_title_are_escaped_once(client):
    item = make_item(title='Say "cheese" & <smile>')
    page = Page(client.get(item.get_absolute_url()))
    assert page.metas("og:title") == [item.title]
    assert page.title.startswith(item.title)
