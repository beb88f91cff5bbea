"""Words in a listing: with filters, in order, in words, and what else to try."""

from datetime import date

import pytest
from django.http import QueryDict
from django.urls import reverse

from items.filters import TooMuchAsked
from items.listing import Listing, found
from items.models import Item
from tests.builders import AT, make_item, make_keyword

pytestmark = pytest.mark.django_db


def listing(query, language="en"):
    return Listing(QueryDict(query), language=language, at=AT)


def titles(asked):
    return [item.title for item in asked.page("1").object_list]


class TestQuestion:
    @pytest.mark.parametrize(
        ("asked", "canonical"),
        [
            ("theme=integration&q=++zeppelin++over", "q=zeppelin+over&theme=integration"),
            ("q=a&sort=relevance", "q=a"),
            ("q=a&sort=newest", "q=a&sort=newest"),
            ("sort=relevance", ""),
            ("q=", ""),
        ],
    )
    def test_equal_questions_are_equal_strings(self, asked, canonical):
        assert listing(asked).query == canonical

    def test_what_is_too_long_is_refused(self):
        with pytest.raises(TooMuchAsked, match="at most 300"):
            listing("q=" + "a" * 301)

    @pytest.mark.parametrize("asked", ["-", '""', "%2B" * 101])
    def test_what_has_no_word_finds_nothing_and_says_so(self, asked):
        make_item(title="a")
        refused = listing(f"q={asked}")
        assert (refused.total, refused.query) == (0, "")
        assert [problem.name for problem in refused.problems] == ["q"]

    def test_it_says_itself_in_words(self):
        make_item(title="Zeppelin", themes=["integration"])
        asked = listing("q=zeppelin&theme=integration")
        assert asked.words.startswith("“zeppelin”, ")
        assert asked.heading.startswith("1 item for “zeppelin”, ")
        assert (asked.chips[0].name, asked.chips[0].label) == ("q", "“zeppelin”")
        assert asked.chips[0].query == "theme=integration"

    def test_without_its_words_an_order_that_goes_without_saying_goes(self):
        assert listing("q=a&sort=newest").chips[0].query == ""
        assert listing("q=a&sort=oldest").chips[0].query == "sort=oldest"


class TestAnswer:
    def test_words_and_filters_narrow_together_and_facets_count_exactly(self):
        make_item(title="Zeppelin one", themes=["integration"], language="en")
        make_item(title="Zeppelin two", themes=["integration"], language="fr")
        make_item(title="Another", themes=["integration"])
        asked = listing("q=zeppelin&theme=integration")
        assert asked.total == 2
        counts = {o.value: o.count for f in asked.facets if f.name == "language" for o in f.options}
        assert counts == {"en": 1, "fr": 1}
        assert listing("q=-zeppelin&theme=integration").total == 1

    @pytest.mark.parametrize("status", [Item.Status.DRAFT, Item.Status.IN_REVIEW])
    def test_what_is_not_published_is_not_found(self, status):
        make_item(title="Zeppelin", status=status)
        assert listing("q=zeppelin").total == 0
        assert listing("q=zeppelim").did_you_mean is None

    def test_it_agrees_with_the_filter(self):
        make_item(title="Zeppelin", themes=["integration"])
        make_item(title="Zeppelin, later")
        for query in ("q=zeppelin", "q=zeppelin+-later", "q=-later", "q=zeppelin&theme=integration"):
            asked = listing(query)
            assert set(asked.ids) == set(asked.filter.qs.values_list("pk", flat=True))

    def test_a_word_may_stand_in_any_version_and_the_readers_version_is_shown(self):
        english = make_item(title="Airship", language="en", publication_date=date(2026, 1, 1))
        group = {"translation_group": english.translation_group}
        french = make_item(title="Dirigeable", language="fr", **group)
        make_item(title="Luftschiff", language="de", status=Item.Status.DRAFT, **group)
        make_item(title="Other", summary="Zeppelin or dirigeable.")
        asked = listing("q=dirigeable")
        assert titles(asked) == ["Airship", "Other"]
        assert [item.snippet.versions for item in asked.page("1").object_list] == [("fr",), ()]
        assert set(asked.ids) == set(asked.filter.qs.values_list("pk", flat=True))
        assert titles(listing("q=airship", "fr")) == ["Dirigeable"]
        assert titles(listing("q=dirigeable&language=en")) == ["Other"]
        assert titles(listing("q=airship&language=en")) == ["Airship"]
        assert (
            asked.facet("language").options[1].count
            == Listing(QueryDict("q=dirigeable&language=fr"), language="en", at=AT).total
            == 1
        )
        assert titles(listing("q=luftschiff")) == []
        # Side by side they stand in no one version; and what must be absent must be so from all.
        assert titles(listing("q=airship+dirigeable")) == []
        assert titles(listing("q=airship+-dirigeable")) == []
        assert listing("q=dirigeable").neighbours(english).position == 1
        assert listing("q=dirigeable", "fr").neighbours(french).position == 1

    def test_the_page_says_that_the_word_stands_in_another_version(self, client):
        english = make_item(title="Airship", language="en")
        make_item(title="Dirigeable", language="fr", translation_group=english.translation_group)
        page = client.get("/news/?q=dirigeable").content.decode()
        assert "Found in another language: French" in page
        assert "Found in another language" not in client.get("/fr/news/?q=dirigeable").content.decode()

    def test_the_best_come_first_then_the_newest(self):
        make_item(title="Other", summary="A zeppelin.", publication_date=date(2026, 6, 1))
        make_item(title="Zeppelin old", summary="", publication_date=date(2020, 1, 1))
        make_item(title="Zeppelin new", summary="", publication_date=date(2026, 1, 1))
        make_item(title="Noise")
        assert titles(listing("q=zeppelin")) == ["Zeppelin new", "Zeppelin old", "Other"]
        assert titles(listing("q=zeppelin&sort=newest")) == ["Other", "Zeppelin new", "Zeppelin old"]
        assert titles(listing("q=zeppelin&sort=oldest")) == ["Zeppelin old", "Zeppelin new", "Other"]

    def test_of_very_many_only_the_newest_are_ranked_and_it_says_so(self, monkeypatch):
        monkeypatch.setattr(found, "RANKED", 3)
        monkeypatch.setattr("items.listing.listing.RANKED", 3)
        for number in range(6):
            words = {"title": "Zeppelin"} if number in (0, 3) else {"title": "Other", "summary": "A zeppelin."}
            make_item(**words, source_url=f"https://example.org/{number}", publication_date=date(2026, 1, 1 + number))
        asked = listing("q=zeppelin")
        order = [item.publication_date.day - 1 for item in asked.page("1").object_list]
        assert order == [3, 5, 4, 2, 1, 0]
        assert asked.ranked_only == 3
        assert [asked.slice(offset, 2) for offset in (0, 2, 4)] == [asked.slice(0, 6)[n : n + 2] for n in (0, 2, 4)]
        for place, pk in enumerate(asked.slice(0, 6)):
            assert asked.neighbours(Item.objects.get(pk=pk)).position == place + 1


class TestDidYouMean:
    def test_a_slip_is_put_right_when_that_finds_more(self):
        for _ in range(3):
            make_item(title="Réception in Brussels", themes=["integration"])
        better = listing("q=recepton+-paris&theme=integration").did_you_mean
        assert (better.text, better.total) == ("réception -paris", 3)
        assert better.query == "q=r%C3%A9ception+-paris&theme=integration"

    def test_it_stays_away_when_nothing_more_is_found_under_the_same_filters(self):
        make_item(title="Reception")
        assert listing("q=recepton&year=1999").did_you_mean is None
        assert listing("q=reception").did_you_mean is None
        assert listing("q=qqqqqqqqq").did_you_mean is None

    def test_the_page_offers_it(self, client):
        make_item(title="Zeppelin")
        assert 'data-key="did-you-mean"' in client.get("/news/?q=zepelin").content.decode()


class TestSuggestions:
    def suggest(self, client, typed, prefix=""):
        answer = client.get(f"{prefix}/news/suggest", {"q": typed})
        assert answer.status_code == 200
        assert not answer.cookies
        return {group["name"]: [o["label"] for o in group["options"]] for group in answer.json()["groups"]}

    def test_terms_and_titles_are_suggested(self, client):
        make_item(title="Zeppelins over Brussels", source="zeppelin-office")
        suggested = self.suggest(client, "zeppel")
        assert suggested == {"source": ["Zeppelin office"], "item": ["Zeppelins over Brussels"]}

    def test_labels_are_in_the_language_of_the_page(self, client):
        make_item(title="x", keywords=[make_keyword("Zeppelin", labels={"fr": "Dirigeable"})])
        assert self.suggest(client, "zepp", "/fr")["keyword"] == ["Dirigeable"]
        assert self.suggest(client, "dirig")["keyword"] == ["Zeppelin"]

    def test_nothing_that_nobody_may_see_is_suggested(self, client):
        make_item(title="Zeppelins", source="zeppelin-office", status=Item.Status.DRAFT)
        assert self.suggest(client, "zeppelin") == {}

    @pytest.mark.parametrize("typed", ["", "z", " ", '"-(', "\x00", "a" * 5000])
    def test_any_text_answers(self, client, typed):
        assert self.suggest(client, typed) == {}


def test_the_search_box_works_without_scripts_and_keeps_the_filters(client):
    make_item(title="Zeppelin", themes=["integration"])
    page = client.get(reverse("items:listing"), {"q": 'a "b"', "theme": "integration"}).content.decode()
    assert 'value="a &quot;b&quot;"' in page
    assert '<input type="hidden" name="theme" value="integration">' in page
    assert not client.cookies
