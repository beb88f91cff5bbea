"""The listing as data: filters, counts, fields, pages and cursors."""

from datetime import UTC, date, datetime, timedelta
from uuid import uuid4

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from items.api.paging import Cursor, read_cursor
from items.facets import Order
from items.models import Country, Item
from tests.builders import AT, make_event, make_item

URL = "/api/v1/items/"


def ids(data):
    return [item["id"] for item in data["results"]]


def flat(pages):
    return [pk for page in pages for pk in page]


def walk(client, url=URL, relation="next"):
    """All items from an address on, following its links."""
    found = []
    while url:
        data = client.get(url).json()
        found.append(ids(data))
        url = data[relation]
    return found


def test_the_answer_has_the_promised_shape(ask):
    item = make_item(themes=["reception"], keywords=["solidarity"], source="eurostat")
    data = ask(URL, theme="reception")
    assert list(data) == ["count", "next", "previous", "facets", "results"]
    assert data["count"] == 1
    assert ids(data) == [item.pk]
    assert {"value": "reception", "label": "Reception", "count": 1, "selected": True} in data["facets"]["theme"]
    assert list(data["facets"]) == ["theme", "keyword", "type", "source", "country", "language", "year"]


def test_an_item_says_what_its_page_says(ask):
    item = make_event(
        title="A meeting",
        body="Hello.",
        themes=["reception"],
        keywords=["solidarity"],
        source="eurostat",
        countries=[Country.objects.get_or_create(code="be")[0]],
    )
    data = ask(f"{URL}{item.pk}/")
    assert data["url"] == f"http://testserver{item.get_absolute_url()}"
    assert data["uuid"] == item.urn
    assert data["status"] == "published"
    assert data["body"] == "<p>Hello.</p>"
    assert data["published_at"] == "2026-06-14T12:00:00Z"
    assert [theme["value"] for theme in data["themes"]] == ["reception"]
    assert [country["label"] for country in data["countries"]] == ["Belgium"]
    assert data["source"]["value"] == "eurostat"
    assert data["event"]["place"] == "Brussels"
    assert data["event"]["moved_from"] is None
    assert data["image"] is None
    assert data["attachments"] == []


def test_an_event_that_was_moved_says_from_when(ask):
    item = make_event(starts_at=datetime(2026, 7, 1, 12, tzinfo=UTC))
    item.event.starts_at = datetime(2026, 7, 2, 12, tzinfo=UTC)
    item.event.save()
    told = ask(f"{URL}{item.pk}/")["event"]
    assert (told["starts_at"], told["moved_from"]) == ("2026-07-02T12:00:00Z", "2026-07-01T12:00:00Z")


def test_a_list_leaves_long_fields_out_unless_asked(ask):
    make_item(body="Hello.")
    assert "body" not in ask(URL)["results"][0]
    assert ask(URL, fields="body,id")["results"][0].keys() == {"id", "body"}


def test_labels_and_versions_follow_the_readers_language_and_language_is_a_filter(ask):
    group = uuid4()
    english = make_item(translation_group=group, language="en", themes=["reception"])
    french = make_item(translation_group=group, language="fr", themes=["reception"])
    assert ids(ask(URL)) == [english.pk]
    data = ask(URL, lang="fr")
    assert ids(data) == [french.pk]
    assert data["results"][0]["themes"][0]["label"] == "Accueil"
    assert set(ids(ask(URL, language=["en", "fr"], lang="fr"))) == {english.pk, french.pk}
    assert [t["id"] for t in ask(f"{URL}{english.pk}/")["translations"]] == [french.pk]


def test_facets_can_be_chosen_or_left_out(ask):
    make_item()
    assert list(ask(URL, facets="year,theme")["facets"]) == ["theme", "year"]
    assert "facets" not in ask(URL, facets="0")


def test_every_value_of_a_facet_is_counted(ask):
    make_item(keywords=[f"word {number}" for number in range(30)])
    assert len(ask(URL)["facets"]["keyword"]) == 30


def test_a_former_slug_still_asks_for_its_term(ask):
    item = make_item(themes=["reception"])
    theme = item.themes.get()
    theme.slug = "welcome"
    theme.save()
    assert ids(ask(URL, theme="reception")) == [item.pk]


@pytest.mark.parametrize("sort", ["newest", "oldest"])
def test_following_next_reaches_everything_once_and_previous_leads_back(client, clock, sort):
    for number in range(13):
        day = date(2026, 1, 1) + timedelta(days=10 * (number // 3)) if number < 10 else None
        make_item(publication_date=day, publish_at=AT - timedelta(hours=number % 4 + 1))
    expected = list(getattr(Item.objects, sort)().values_list("pk", flat=True))
    pages = walk(client, f"{URL}?sort={sort}&per_page=3")
    assert [len(page) for page in pages] == [3, 3, 3, 3, 1]
    assert flat(pages) == expected
    last = client.get(f"{URL}?sort={sort}&per_page=3").json()
    while last["next"]:
        last = client.get(last["next"]).json()
    back = [ids(last)]
    while last["previous"]:
        last = client.get(last["previous"]).json()
        back.append(ids(last))
    assert flat(reversed(back)) == expected
    by_number = [ids(client.get(f"{URL}?sort={sort}&per_page=3&page={n}").json()) for n in range(1, 6)]
    assert by_number == pages


def test_a_cursor_stays_where_it_is_when_items_come_and_go_before_it(client, clock):
    items = [make_item(publication_date=date(2026, 1, number)) for number in range(1, 10)]
    newest = [item.pk for item in reversed(items)]
    first = client.get(f"{URL}?per_page=3").json()
    make_item(publication_date=date(2026, 2, 1))
    Item.objects.filter(pk=newest[1]).delete()
    assert flat(walk(client, first["next"])) == newest[3:]
    Item.objects.filter(pk=newest[2]).delete()  # the item that the cursor stands beside
    assert flat(walk(client, first["next"])) == newest[3:]


def test_pages_by_number_link_to_pages_by_number(ask):
    for _ in range(5):
        make_item()
    data = ask(URL, page="2", per_page="2", facets="0")
    assert data["next"] == "http://testserver/api/v1/items/?facets=0&per_page=2&page=3"
    assert data["previous"].endswith("page=1")


def test_a_page_that_does_not_exist_is_not_found(client, clock):
    make_item()
    assert client.get(f"{URL}?page=2").status_code == 404
    assert client.get(f"{URL}?page=1").status_code == 200


@pytest.mark.parametrize("day", [0, 1, 739000])
def test_a_cursor_reads_back_as_itself(day):
    cursor = Cursor(Order.OLDEST, False, day, 1_790_000_000_000_000, 12)
    assert read_cursor(cursor.text) == cursor


@pytest.mark.parametrize(
    "text",
    [
        "",
        "x",
        "=",
        "²",
        "bmV3ZXN0",
        "A" * 5000,
        "bmV3ZXN0IGFmdGVyIC0xIDAgMA",
        Cursor(Order.PUBLISHED, True, 0, 0, 0).text,
    ],
)
def test_what_is_no_cursor_is_refused(client, clock, text):
    response = client.get(URL, {"cursor": text})
    assert response.status_code == 400
    assert response.json()["errors"][0]["parameter"] == "cursor"


def test_a_cursor_of_another_order_is_refused(client, clock):
    cursor = Cursor(Order.OLDEST, True, 0, 0, 0).text
    assert client.get(URL, {"cursor": cursor}).status_code == 400
    assert client.get(URL, {"cursor": cursor, "sort": "oldest"}).status_code == 200


def test_queries_do_not_grow_with_rows(client, clock):
    def cost(url):
        with CaptureQueriesContext(
            connection,
        ) as queries:
            assert client.get(url).status_code == 200
        return len(queries)

    urls = [
        f"{URL}?per_page=100&fields=id,body,attachments,translations,themes,event,image,source",
        "/api/v1/changes/?per_page=500",
        "/api/v1/keywords/",
        "/api/v1/themes/",
        f"{URL}?per_page=100",
    ]

    def fill(start, stop):
        for number in range(start, stop):
            countries = [Country.objects.get_or_create(code="be")[0]]
            make_event(
                themes=["reception"], keywords=[f"word {number}"], source=f"source-{number}", countries=countries
            )

    fill(0, 2)
    few = [cost(url) for url in urls]
    fill(2, 100)
    assert [cost(url) for url in urls] == few
