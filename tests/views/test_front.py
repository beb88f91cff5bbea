"""The front page and the indexes of themes and keywords."""

from datetime import timedelta

import pytest

from items.models import Item, ItemType, Theme
from items.views.vocabulary import initial
from tests.builders import AT, make_event, make_item, make_keyword, make_term
from tests.views.page import Page

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("clock")]

DAY = timedelta(days=1)


def test_the_front_page_leads_with_the_newest_featured_item_and_shows_it_once(client):
    make_item(is_featured=True, publication_date=AT.date() - 9 * DAY)
    featured = make_item(is_featured=True, publication_date=AT.date() - 8 * DAY)
    make_item(is_featured=True, publication_date=AT.date(), status="draft")
    response = client.get("/")
    assert response.context["featured"] == featured
    assert featured not in response.context["latest"]
    assert Page(response).items.count(featured.pk) == 1


def test_the_latest_statistics_have_a_part_of_their_own_and_what_leads_is_not_in_it(client):
    releases = [make_item(type="release", publication_date=AT.date() - n * DAY) for n in range(5)]
    make_item(type="news-item")
    assert client.get("/").context["statistics"] == releases[:3]
    Item.objects.filter(pk=releases[0].pk).update(is_featured=True)
    assert client.get("/").context["statistics"] == releases[1:4]


def test_a_newsroom_without_statistics_has_no_such_part(client):
    ItemType.objects.filter(slug__in=["release", "briefing"]).delete()
    ItemType.objects.filter(slug="statistics").delete()
    assert 'id="statistics"' not in client.get("/").content.decode()


@pytest.mark.parametrize(
    ("path", "day"),
    [
        ("/", "Monday 15 June 2026"),
        ("/fr/", "Lundi 15 juin 2026"),
        ("/nl/", "Maandag 15 juni 2026"),
        ("/de/", "Montag, 15. Juni 2026"),
    ],
)
def test_the_dateline_is_as_each_language_writes_it(client, path, day):
    assert day in client.get(path).content.decode()


def test_the_latest_are_the_six_newest(client):
    items = [make_item(publication_date=AT.date() - n * DAY) for n in range(8)]
    assert list(client.get("/").context["latest"]) == items[:6]


def test_coming_events_stand_soonest_first_and_stay_until_their_last_day(client):
    soon = make_event(starts_at=AT + DAY)
    later = make_event(starts_at=AT + 3 * DAY)
    running = make_event(starts_at=AT - DAY, ends_at=AT + DAY)
    this_morning = make_event(starts_at=AT - timedelta(hours=5))
    make_event(starts_at=AT - DAY)
    make_event(starts_at=AT - 3 * DAY, ends_at=AT - DAY)
    make_event(starts_at=AT + DAY, status="draft")
    assert list(client.get("/").context["events"]) == [running, this_morning, soon, later]


def test_an_empty_newsroom_has_a_front_page_and_indexes(client):
    for path in ("/", "/themes/", "/keywords/", "/news/", "/news/facets/theme/"):
        response = client.get(path)
        assert response.status_code == 200
        assert Page(response).items == []


def test_a_translation_group_stands_once_on_the_front_page(client):
    english = make_item(language="en")
    french = make_item(language="fr", translation_group=english.translation_group)
    assert Page(client.get("/")).items == [english.pk]
    assert Page(client.get("/fr/")).items == [french.pk]


def test_the_index_of_themes_is_a_tree_with_counts(client):
    parent = make_term(Theme, "above", labels={"en": "Above", "fr": "Dessus"})
    make_term(Theme, "below", parent=parent)
    make_item(themes=["below"])
    make_item(themes=["below", "above"])
    response = client.get("/themes/")
    assert [(o.value, o.count, o.depth) for o in response.context["themes"]] == [("above", 2, 0), ("below", 2, 1)]
    assert Page(response).values == {"above": 2, "below": 2}
    assert "Dessus" in client.get("/fr/themes/").content.decode()


def test_the_index_of_keywords_runs_from_a_to_z(client):
    make_item(keywords=["zebras", "Élan", "eagles", "2026 figures"])
    make_item(keywords=["zebras"])
    make_keyword("unused")
    response = client.get("/keywords/")
    letters = {letter: [o.label for o in options] for letter, options in response.context["letters"]}
    assert letters == {"#": ["2026 figures"], "E": ["eagles", "Élan"], "Z": ["zebras"]}
    assert list(letters) == ["#", "E", "Z"]
    assert Page(response).values["zebras"] == 2


def test_the_index_of_keywords_is_narrowed_by_what_is_looked_for(client):
    make_item(keywords=["zebras", "eagles"])
    response = client.get("/keywords/?find=ZEB")
    assert Page(response).values == {"zebras": 1}
    assert Page(response).is_noindex
    assert Page(client.get("/keywords/?find=%00")).values == {}


@pytest.mark.parametrize(
    ("label", "letter"),
    [("zebra", "Z"), (" élan", "E"), ("ßa", "S"), ("2026", "#"), ("“x”", "#"), ("", "#"), ("я", "Я")],
)
def test_a_label_stands_under_its_first_letter(label, letter):
    assert initial(label) == letter
