"""The listing page: what the query string asks for, drawn with its hooks, and where it sends readers."""

from datetime import date, timedelta

import pytest

from items.models import ItemType, Keyword, Source, Theme
from tests.builders import AT, make_item, make_keyword, make_term
from tests.views.page import Page

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("clock")]


def look(client, address):
    response = client.get(address)
    assert response.status_code == 200
    return response, Page(response)


def test_the_page_shows_items_counts_and_chips(client):
    make_term(Theme, "reception")
    one = make_item(themes=["reception"], keywords=["solidarity"], publication_date=date(2026, 5, 2))
    two = make_item(themes=["reception"], keywords=["housing"], publication_date=date(2026, 5, 1))
    make_item(themes=["integration"], keywords=["solidarity"])
    response, page = look(client, "/news/?theme=reception")
    assert page.count == 2
    assert page.items == [one.pk, two.pk]
    assert page.chips == ["theme:reception"]
    assert page.options[("theme", "reception")] == 2
    assert page.options[("theme", "integration")] == 1
    assert page.options[("keyword", "solidarity")] == 1
    facets = response.context["listing"].facets
    assert page.options == {(f.name, option.value): option.count for f in facets for option in f.options}


def test_a_chosen_value_without_items_stays(client):
    make_term(Theme, "quiet-corner")
    make_item(keywords=["solidarity"])
    _, page = look(client, "/news/?theme=quiet-corner&keyword=solidarity")
    assert page.count == 0
    assert page.options[("theme", "quiet-corner")] == 0
    assert page.chips == ["theme:quiet-corner", "keyword:solidarity"]


@pytest.mark.parametrize(
    "query",
    [
        "theme=no-such-theme", "keyword=none", "type=none", "source=none", "country=zz", "language=xx", "year=23",
        "from=2023-02-30", "to=soon", "from=2024&to=2023", "sort=random", "theme=%00", "theme=%ED%A0%80",
    ],
)  # fmt: skip
@pytest.mark.parametrize("prefix", ["", "/fr"])
def test_an_invalid_question_is_answered_with_nothing_a_message_and_noindex(client, prefix, query):
    make_item()
    response, page = look(client, f"{prefix}/news/?{query}")
    assert (page.count, page.items) == (0, [])
    assert page.is_noindex
    problem = response.context["listing"].problems[0]
    assert problem.message in response.content.decode().replace("&#x27;", "'")


def test_invalid_and_unknown_parameters_are_carried_nowhere(client):
    make_item()
    _, page = look(client, "/news/?theme=no-such-theme&utm_source=mail&page=1")
    assert page.links("canonical") == ["http://testserver/news/"]
    hrefs = [attrs["href"] for attrs in page.having("href")]
    assert [href for href in hrefs if "no-such-theme" in href or "utm_source" in href] == []


@pytest.mark.parametrize("query", ["", "type=news-item", "year=2026"])
def test_a_page_with_items_is_indexed_under_its_canonical_address(client, query):
    make_item(themes=["reception"])
    _, page = look(client, f"/news/?utm=1&{query}&x[]=2&theme=")
    assert page.links("canonical") == ["http://testserver/news/" + (f"?{query}" if query else "")]
    assert not page.is_noindex


@pytest.mark.parametrize(("query", "own"), [("theme=reception", "themes/reception"), ("keyword=a", "keywords/a")])
def test_what_a_page_of_its_own_shows_is_indexed_there(client, query, own):
    make_item(themes=["reception"], keywords=["a"])
    for prefix in ("", "fr/"):
        _, page = look(client, f"/{prefix}news/?{query}")
        assert page.links("canonical") == [f"http://testserver/{prefix}{own}/"]
        assert page.links("alternate", hreflang="nl") == [f"http://testserver/nl/{own}/"]
        assert not page.is_noindex


def test_another_order_of_the_same_is_not_indexed(client):
    make_item()
    _, page = look(client, "/news/?sort=oldest")
    assert page.is_noindex


@pytest.mark.parametrize("path", ["/news/", "/events/"])
def test_a_later_page_of_what_is_not_understood_says_so_too(client, path):
    response, page = look(client, f"{path}?theme=nope&page=2")
    assert page.is_noindex
    assert "No theme is called “nope”." in response.content.decode()


def test_leaving_out_what_is_not_understood_keeps_the_rest(client):
    make_item(themes=["reception"], keywords=["solidarity"])
    response, _page = look(client, "/news/?theme=reception&theme=nope&keyword=solidarity")
    assert response.context["listing"].query == "theme=reception&keyword=solidarity"
    assert response.context["listing"].total == 0


def test_an_empty_listing_is_not_indexed_and_says_what_comes_back(client):
    make_item(themes=["reception"])
    make_item(keywords=["solidarity"])
    _, page = look(client, "/news/?theme=reception&keyword=solidarity")
    assert page.is_noindex
    ways = [attrs["href"] for attrs in page.having("data-key") if attrs["data-key"].startswith("without-")]
    assert ways == ["/news/?keyword=solidarity", "/news/?theme=reception"]


def test_an_empty_listing_leads_nowhere_else_that_is_empty(client):
    make_item(themes=["reception"])
    make_item(keywords=["solidarity"])
    response, page = look(client, "/news/?theme=reception&keyword=solidarity&q=zebra")
    ways = [attrs["href"] for attrs in page.having("data-key") if attrs["data-key"].startswith(("without-", "only-"))]
    assert ways == ["/news/?theme=reception", "/news/?keyword=solidarity"]
    assert "Only Reception" in response.content.decode()
    said = look(client, "/news/?q=zebra&to=1999")[0].content.decode().partition('class="empty"')[2]
    assert "Nothing has any of these filters." in said
    assert 'href="/news/"' in said


@pytest.mark.parametrize(
    ("model", "name", "slug", "page"),
    [
        (Theme, "theme", "reception", "/themes/"),
        (Keyword, "keyword", "solidarity", "/keywords/"),
        (ItemType, "type", "news-item", None),
        (Source, "source", "fedasil", None),
    ],
)
@pytest.mark.parametrize("prefix", ["", "/fr"])
def test_a_former_slug_leads_to_todays_everywhere(client, prefix, model, name, slug, page):
    make_item(themes=["reception"], keywords=["solidarity"], source="fedasil")
    term = model.objects.get(slug=slug)
    term.slug = "renamed"
    term.save()
    for path, asked, query in (
        ("/news/", f"sort=oldest&utm=1&{name}={slug}&page=1", f"{name}=renamed&sort=oldest&page=1"),
        ("/news/feed.rss", f"{name}={slug}", f"{name}=renamed"),
        ("/news/feed.atom", f"{name}={slug}", f"{name}=renamed"),
    ):
        response = client.get(f"{prefix}{path}?{asked}")
        assert (response.status_code, response["Location"]) == (301, f"{prefix}{path}?{query}")
        assert client.get(response["Location"]).status_code == 200
    if page:
        response = client.get(f"{prefix}{page}{slug}/")
        assert (response.status_code, response["Location"]) == (301, f"{prefix}{page}renamed/")


def fill(number, **overrides):
    return [make_item(publication_date=date(2024, 1, 1) + timedelta(days=n), **overrides) for n in range(number)]


def test_pages_are_numbered_and_linked(client):
    fill(45, themes=["reception"])
    expected = {"": (None, "page=2"), "1": (None, "page=2"), "2": ("", "page=3"), "3": ("page=2", None)}
    for number, (previous, following) in expected.items():
        response, page = look(client, f"/news/?theme=reception&page={number}")
        links = [
            None if query is None else "/news/?" + "&".join(filter(None, ["theme=reception", query]))
            for query in (previous, following)
        ]
        assert set(page.links("prev")) == {links[0]} - {None}
        assert set(page.links("next")) == {links[1]} - {None}
        assert [n for n, _ in response.context["pages"]] == [1, 2, 3]
        suffix = f"&page={number}" if number in ("2", "3") else ""
        own = f"/news/?theme=reception{suffix}" if suffix else "/themes/reception/"
        assert page.links("canonical") == [f"http://testserver{own}"]


def test_each_page_has_a_title_of_its_own(client):
    fill(21, themes=["reception"])
    addresses = ["/news/", "/news/?page=2", "/news/?theme=reception", "/news/?theme=reception&page=2"]
    assert len({look(client, address)[1].title for address in addresses}) == 4


@pytest.mark.parametrize("page", ["0", "-1", "3", "%C2%B2", "1_0", "%D9%A2", "9999999999999999999", "x", "%00", "02"])
def test_a_page_that_does_not_exist_is_not_found(client, page):
    fill(21)
    assert client.get(f"/news/?page={page}").status_code == 404
    assert client.get("/news/?page=2").status_code == 200


def test_the_links_of_a_page_lead_to_what_they_promise(client):
    fill(3, themes=["reception"], keywords=["solidarity"])
    fill(2, themes=["integration"])
    _, page = look(client, "/news/?theme=reception")
    for attrs in page.having("data-facet"):
        if attrs["data-facet"] != "theme":
            assert look(client, attrs["href"])[1].count == int(attrs["data-count"])
    chip = next(attrs for attrs in page.having("data-filter"))
    assert look(client, chip["href"])[1].count == 5


def test_filtered_pages_announce_their_own_feeds(client):
    make_item(themes=["reception"])
    _, page = look(client, "/news/?utm=1&theme=reception")
    assert page.links("alternate", type="application/rss+xml") == ["/news/feed.rss?theme=reception"]
    assert page.links("alternate", type="application/atom+xml") == ["/news/feed.atom?theme=reception"]


@pytest.mark.parametrize(("path", "name"), [("/themes/reception/", "theme"), ("/keywords/solidarity/", "keyword")])
@pytest.mark.parametrize("prefix", ["", "/fr"])
def test_the_page_of_a_term_is_its_listing(client, prefix, path, name):
    item = make_item(themes=["reception"], keywords=["solidarity"])
    make_item()
    response, page = look(client, prefix + path)
    assert (page.count, page.items) == (1, [item.pk])
    assert response.context["term"].slug == path.split("/")[2]
    assert page.links("canonical") == [f"http://testserver{prefix}{path}"]
    feed = f"{prefix}/news/feed.rss?{name}={response.context['term'].slug}"
    assert page.links("alternate", type="application/rss+xml") == [feed]


def test_the_page_of_a_term_without_items_exists(client):
    make_term(Theme, "quiet-corner")
    assert look(client, "/themes/quiet-corner/")[1].count == 0
    assert client.get("/themes/no-such-corner/").status_code == 404


def test_the_page_of_a_facet_holds_all_values_and_finds_some(client):
    make_item(keywords=[f"wool {n:02}" for n in range(20)])
    make_item(keywords=["cotton"])
    _, page = look(client, "/news/?theme=")
    assert len([option for option in page.options if option[0] == "keyword"]) == 15
    _, page = look(client, "/news/facets/keyword/")
    assert len(page.options) == 21
    response, page = look(client, "/news/facets/keyword/?find=COTT")
    assert page.options == {("keyword", "cotton"): 1}
    assert response.context["find"] == "COTT"
    assert page.is_noindex
    assert client.get("/news/facets/colour/").status_code == 404


def test_the_page_of_a_facet_leads_on_from_former_slugs(client):
    keyword = make_keyword("wool")
    make_item(keywords=[keyword])
    keyword.slug = "yarn"
    keyword.save()
    response = client.get("/news/facets/theme/?keyword=wool&find=a+b&utm=1")
    assert (response.status_code, response["Location"]) == (301, "/news/facets/theme/?keyword=yarn&find=a+b")
    assert client.get("/news/facets/theme/?keyword=yarn").status_code == 200


def test_a_long_list_of_values_still_shows_every_chosen_one(client):
    make_item(keywords=[f"wool {n:02}" for n in range(20)])
    _, page = look(client, "/news/?keyword=wool-19&keyword=wool-18")
    assert page.chips == ["keyword:wool-18", "keyword:wool-19"]
    assert {("keyword", "wool-18"), ("keyword", "wool-19")} <= set(page.options)


def test_the_form_of_dates_carries_the_other_filters_on(client):
    make_item(themes=["reception"])
    _, page = look(client, "/news/?theme=reception&from=2023&sort=oldest")
    inputs = {(attrs["name"], attrs.get("value")) for tag, attrs in page.tags if tag == "input"}
    assert {("theme", "reception"), ("sort", "oldest"), ("from", "2023"), ("to", "")} <= inputs


def test_an_item_in_another_language_is_marked(client):
    item = make_item(language="fr", title="Bonjour")
    _, page = look(client, "/news/")
    link = next(attrs for attrs in page.having("hreflang") if attrs["href"].startswith(f"/fr/news/{item.pk}/"))
    assert (link["hreflang"], link["lang"]) == ("fr", "fr")


def test_time_is_the_only_thing_that_publishes(client, clock):
    make_item(publish_at=AT + timedelta(minutes=1))
    assert look(client, "/news/")[1].count == 0
    clock.now = AT + timedelta(minutes=1)
    assert look(client, "/news/")[1].count == 1
