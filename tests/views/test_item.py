"""The page of an item: one address, its way back, what it links to."""

from datetime import date, timedelta

import pytest
from django.utils import translation

from items.http.page_cache.cache import canonical
from tests.builders import AT, make_event, make_item
from tests.places import make_everywhere
from tests.views.page import Page

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("clock", "media")]


@pytest.mark.parametrize("path", ["/news/{pk}/wrong-slug/", "/news/{pk}/", "/fr/news/{pk}/{slug}/", "/nl/news/{pk}/x/"])
@pytest.mark.parametrize("query", ["", "?theme=reception&sort=oldest&utm=a%20b&x=%C3%A9"])
def test_any_other_address_leads_to_the_one_and_keeps_the_query(client, path, query):
    item = make_item(title="Where to live")
    response = client.get(path.format(pk=item.pk, slug=item.slug) + query)
    assert (response.status_code, response["Location"]) == (301, f"/news/{item.pk}/where-to-live/{query}")
    assert response["Cache-Control"] == "no-cache"  # the slug may become what it was


def test_an_item_in_french_lives_under_its_prefix(client):
    item = make_item(title="Où habiter", language="fr")
    assert item.get_absolute_url() == f"/fr/news/{item.pk}/ou-habiter/"
    with translation.override("de"):
        assert item.get_absolute_url() == f"/fr/news/{item.pk}/ou-habiter/"
    assert client.get(f"/news/{item.pk}/ou-habiter/")["Location"] == item.get_absolute_url()
    assert client.get(item.get_absolute_url())["Content-Language"] == "fr"


def test_an_item_keeps_its_address_when_its_title_changes(client):
    item = make_item(title="First title")
    item.title = "Second title"
    item.save()
    assert item.get_absolute_url().endswith("/first-title/")


@pytest.mark.parametrize("pk", ["0", "999999999", "9223372036854775808", "9" * 30, "9" * 5000, "-1", "1.0"])
def test_an_item_that_does_not_exist_is_not_found(client, pk):
    assert client.get(f"/news/{pk}/x/").status_code == 404
    assert client.get(f"/news/{pk}/files/{pk}/x").status_code == 404


def make_three():
    return [make_item(themes=["reception"], publication_date=day) for day in (date(2026, 5, 2), date(2026, 5, 1), None)]


@pytest.mark.parametrize("sort", ["", "&sort=oldest"])
def test_an_item_opened_from_a_listing_leads_back_and_on(client, sort):
    newer, older, undated = make_three()
    make_item()
    order = [older, newer, undated] if sort else [newer, older, undated]
    for number, item in enumerate(order):
        response = client.get(f"{item.get_absolute_url()}?theme=reception{sort}")
        place = response.context["neighbours"]
        assert response.context["listing"].query == f"theme=reception{sort}"
        assert response.context["listing"].total == 3
        assert place.position == number + 1
        assert place.previous == (order[number - 1] if number else None)
        assert place.next == (order[number + 1] if number < 2 else None)
        page = Page(response)
        if place.next:
            assert f"{place.next.get_absolute_url()}?theme=reception{sort}" in page.links("next")
        if place.previous:
            assert f"{place.previous.get_absolute_url()}?theme=reception{sort}" in page.links("prev")
        assert any(attrs.get("href") == f"/news/?theme=reception{sort}" for _, attrs in page.tags)
        assert page.links("canonical") == [f"http://testserver{item.get_absolute_url()}"]


def test_an_item_opened_from_a_listing_in_another_language_keeps_its_place_there(client):
    first = make_item(title="First", themes=["reception"], publication_date=date(2026, 5, 4))
    make_item(language="fr", translation_group=first.translation_group, publication_date=date(2026, 5, 1))
    french = make_item(title="Seul", themes=["reception"], language="fr", publication_date=date(2026, 5, 3))
    last = make_item(title="Last", themes=["reception"], publication_date=date(2026, 5, 2))
    listed = Page(client.get("/news/?theme=reception"))
    address = f"{french.get_absolute_url()}?theme=reception&in=en"
    assert address in [attrs.get("href") for _, attrs in listed.tags]
    response = client.get(address)
    place = response.context["neighbours"]
    assert (place.position, place.previous, place.next) == (2, first, last)
    page = Page(response)
    assert f"{first.get_absolute_url()}?theme=reception" in page.links("prev")
    assert f"{last.get_absolute_url()}?theme=reception" in page.links("next")
    (back,) = [attrs for _, attrs in page.tags if attrs.get("class") == "trail-back"]
    assert (back["href"], back["lang"]) == ("/news/?theme=reception", "en")
    assert "Back to the 3 items in Reception" in " ".join(response.content.decode().split())
    assert page.links("canonical") == [f"http://testserver{french.get_absolute_url()}"]
    assert canonical("theme=reception&in=en") != canonical("theme=reception")  # else the page cache would mix them up
    # And on to it from its neighbours.
    assert address in Page(client.get(f"{first.get_absolute_url()}?theme=reception")).links("next")
    # Opened from the French listing it stands in that.
    response = client.get(f"{french.get_absolute_url()}?theme=reception")
    assert response.context["listing"].language == "fr"
    assert client.get(f"{french.get_absolute_url()}?theme=reception&in=xx").context["listing"].language == "fr"
    assert client.get(f"{french.get_absolute_url()}?in=en").context["listing"] is None


def test_every_item_leads_to_the_other_languages(client):
    item = make_item(themes=["reception"])
    dutch = make_item(language="nl", translation_group=item.translation_group)
    page = Page(client.get(f"{item.get_absolute_url()}?theme=reception"))
    links = [(a["hreflang"], a["href"]) for tag, a in page.tags if tag == "a" and "hreflang" in a]
    switcher = dict(links[:4])  # in the page's header
    assert switcher == {
        "en": f"{item.get_absolute_url()}?theme=reception", "fr": "/fr/news/?theme=reception",
        "nl": f"{dutch.get_absolute_url()}?theme=reception", "de": "/de/news/?theme=reception",
    }  # fmt: skip
    assert page.links("alternate", hreflang="nl") == [f"http://testserver{dutch.get_absolute_url()}"]
    assert set(page.links("alternate", hreflang="x-default")) == {f"http://testserver{item.get_absolute_url()}"}
    assert page.links("alternate", hreflang="fr") == []
    alone = make_item()
    page = Page(client.get(alone.get_absolute_url()))
    assert "/fr/news/" in [a["href"] for tag, a in page.tags if tag == "a" and a.get("hreflang") == "fr"]


@pytest.mark.parametrize("query", ["", "?theme=integration", "?theme=no-such-theme", "?from=2023-02-30", "?utm=1"])
def test_an_item_opened_from_elsewhere_has_no_neighbours(client, query):
    newer, *_ = make_three()
    make_item(themes=["integration"])
    response = client.get(newer.get_absolute_url() + query)
    assert response.status_code == 200
    assert response.context["neighbours"] is None
    assert response.context["listing"] is None
    page = Page(response)
    assert not page.is_noindex
    assert [attrs["href"] for _, attrs in page.tags if attrs.get("class") == "trail-back"] == ["/news/"]


def test_every_term_of_an_item_leads_to_its_listing(client):
    item = make_everywhere()
    page = Page(client.get(item.get_absolute_url()))
    links = {attrs["href"] for tag, attrs in page.tags if tag == "a"}
    assert {
        "/themes/place-theme/", "/keywords/place-keyword/", "/news/?type=event", "/news/?source=place-source",
        "/news/?country=be",
    } <= links  # fmt: skip
    for link in links:
        if link.startswith(("/themes/place", "/keywords/place", "/news/?")):
            assert item.pk in Page(client.get(link)).items


def test_an_item_names_its_other_versions_and_they_name_it(client):
    english = make_item(language="en")
    french = make_item(language="fr", translation_group=english.translation_group)
    hidden = make_item(language="nl", translation_group=english.translation_group, status="draft")
    for item in (english, french):
        response = client.get(item.get_absolute_url())
        named = {
            attrs["hreflang"]: attrs["href"]
            for tag, attrs in Page(response).tags
            if tag == "link" and "hreflang" in attrs and attrs["hreflang"] != "x-default"
        }
        assert named == {
            "en": f"http://testserver{english.get_absolute_url()}",
            "fr": f"http://testserver{french.get_absolute_url()}",
        }
        assert hidden.get_absolute_url() not in response.content.decode()


def test_related_items_share_keywords_before_themes(client):
    item = make_item(themes=["reception"], keywords=["solidarity"])
    make_item()
    by_theme = make_item(themes=["reception"])
    by_keyword = make_item(keywords=["solidarity"])
    by_both = make_item(themes=["reception"], keywords=["solidarity"])
    make_item(themes=["reception"], keywords=["solidarity"], status="draft")
    make_item(keywords=["solidarity"], language="fr", translation_group=item.translation_group)
    assert client.get(item.get_absolute_url()).context["related"] == [by_both, by_keyword, by_theme]


def test_what_an_editor_wrote_is_escaped_and_bodies_are_clean(client):
    attack = '<script>alert(1)</script><img src=x onerror="alert(2)">'
    item = make_item(title=f"A {attack}", summary=attack, body=f"<p>Text</p>{attack}<a href='javascript:x'>y</a>")
    text = client.get(item.get_absolute_url()).content.decode()
    assert "<script>alert" not in text
    assert "<img src=x" not in text
    assert "javascript:" not in text
    assert "<p>Text</p>" in text


@pytest.mark.parametrize("all_day", [True, False])
def test_an_event_says_when_and_where(client, all_day):
    item = make_event(ends_at=AT + timedelta(days=11), all_day=all_day, place="Brussels Congress")
    response = client.get(item.get_absolute_url())
    assert response.context["event"] == item.event
    times = [attrs["datetime"] for tag, attrs in Page(response).tags if tag == "time"]
    assert [time for time in times if time.startswith("2026-06-25")]
    assert "Brussels Congress" in response.content.decode()


def test_an_undated_item_shows_no_date(client):
    item = make_item(publication_date=None)
    page = Page(client.get(item.get_absolute_url()))
    assert [attrs for tag, attrs in page.tags if tag == "time"] == []


def test_files_come_as_downloads_with_their_name_and_type(client):
    item = make_everywhere()
    attachment = item.attachments.get()
    response = client.get(f"/news/{item.pk}/files/{attachment.pk}/{attachment.name}")
    assert response["Content-Disposition"] == 'attachment; filename="zebras.txt"'
    assert response["Content-Type"] == "text/plain"
    assert b"".join(response) == b"zebras"
    former = client.get(f"/news/{item.pk}/files/{attachment.pk}/former.txt")
    assert (former.status_code, former["Location"]) == (302, f"/news/{item.pk}/files/{attachment.pk}/zebras.txt")
    other = make_item()
    assert client.get(f"/news/{other.pk}/files/{attachment.pk}/{attachment.name}").status_code == 404


def test_a_lost_file_is_not_found(client):
    item = make_everywhere()
    attachment = item.attachments.get()
    address = f"/news/{item.pk}/files/{attachment.pk}/{attachment.name}"
    attachment.file.storage.delete(attachment.file.name)
    item.picture.file.storage.delete(item.picture.file.name)
    assert client.get(address).status_code == 404
    assert client.get(item.picture.url).status_code == 404
    assert client.get(item.get_absolute_url()).status_code == 200


def test_an_item_without_anything_has_a_page(client):
    item = make_item(summary="", body="", source=None, publication_date=None, countries=[])
    assert client.get(item.get_absolute_url()).status_code == 200
