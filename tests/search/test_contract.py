"""What the search finds: one contract, whichever database holds the index."""

import pytest
from django.core.files.base import ContentFile
from pyroaring import BitMap

from items import search
from items.models import Attachment, Item, Keyword
from tests.builders import make_item, make_keyword, make_table

pytestmark = pytest.mark.django_db


def found(typed, within=None):
    """Titles of the matching items, in order of the alphabet."""
    everything = BitMap(Item.objects.values_list("pk", flat=True)) if within is None else within
    pks = search.match(search.parse(typed), within=everything)
    return sorted(Item.objects.filter(pk__in=list(pks)).values_list("title", flat=True))


def bare(title, **fields):
    return make_item(**{"title": title, "summary": "", **fields})


class TestWords:
    def test_words_side_by_side_must_all_be_there(self):
        bare("Asylum figures")
        bare("Asylum", summary="Figures of the year.")
        bare("Asylum only")
        assert found("figures asylum") == ["Asylum", "Asylum figures"]

    def test_a_word_is_found_in_every_field(self):
        for field in ("title", "summary", "body"):
            make_item(**{"title": field, "summary": "", field: f"{field} zeppelin"})
        bare("keywords", keywords=["Zeppelin"])
        assert found("zeppelin") == ["body", "keywords", "summary", "title zeppelin"]

    @pytest.mark.parametrize(
        ("language", "written", "typed"),
        [
            ("en", "Applicants received", "applicant receiving"),
            ("fr", "Les réfugiés intégrés", "réfugié intégrées"),
            ("fr", "Les réfugiés intégrés", "refugies integres"),
            ("fr", "L’asile et l'accueil", "asile accueil"),
            ("nl", "Vluchtelingen opgevangen", "vluchteling"),
            ("de", "Die Flüchtlinge", "flüchtling"),
            ("de", "Die Flüchtlinge", "fluechtling"),
            ("de", "Straße", "STRASSE"),
            ("fr", "Mots-clés", "mots cles"),
            ("en", "By e-mail", "email"),
            ("en", "An email", "e-mail"),
            ("en", "Belgium's policy", "belgium"),
            ("en", "ﬁnal ＡＳＹＬＵＭ", "final asylum"),
        ],
    )
    def test_forms_of_a_word_find_each_other(self, language, written, typed):
        bare(written, language=language)
        bare("Something else", language=language)
        assert found(typed) == [written]

    @pytest.mark.parametrize("typed", ["18.390", "18,390", "18 390", "18390", "18\u202f390", "18'390", '"18 390"'])
    @pytest.mark.parametrize("written", ["18.390", "18,390", "18 390", "18390", "18\u00a0390", "18’390"])
    def test_numbers_as_printed_find_each_other(self, written, typed):
        bare(f"In all {written} people")
        bare("In all 18 people and 390 more")
        assert found(typed) == [f"In all {written} people".replace("\u00a0", " ")]

    def test_words_are_looked_for_in_all_languages_at_once(self):
        bare("Receptions in Dublin", language="en")
        bare("Les réceptions à Dublin", language="fr")
        assert found("reception dublin") == ["Les réceptions à Dublin", "Receptions in Dublin"]

    def test_names_of_keywords_in_other_languages_and_other_names_are_found(self):
        keyword = make_keyword("Unaccompanied minors", labels={"fr": "Mineurs étrangers"})
        keyword.aliases.create(name="UAM", slug="uam")
        bare("Guardians", keywords=[keyword])
        assert found("étranger") == found("uam") == found("minor") == ["Guardians"]


class TestQueries:
    @pytest.fixture(autouse=True)
    def items(self):
        bare("Family reunion", keywords=["visa"])
        bare("Reunion of a family")
        bare("Visa for students")

    @pytest.mark.parametrize(
        ("typed", "titles"),
        [
            ("family", ["Family reunion", "Reunion of a family"]),
            ('"family reunion"', ["Family reunion"]),
            ("“family reunions”", ["Family reunion"]),
            ("family -visa", ["Reunion of a family"]),
            ("family OR students", ["Family reunion", "Reunion of a family", "Visa for students"]),
            ("family -visa OR students", ["Reunion of a family", "Visa for students"]),
            ("visa (family OR students)", ["Family reunion", "Visa for students"]),
            ("visa -(family OR x)", ["Visa for students"]),
            ("title:visa", ["Visa for students"]),
            ("keyword:visa", ["Family reunion"]),
            ("-keyword:visa visa", ["Visa for students"]),
            ("title:(visa OR reunion) -students", ["Family reunion", "Reunion of a family"]),
            ("-visa", ["Reunion of a family"]),
            ("-visa -family", []),
            ("-visa OR visa", ["Family reunion", "Reunion of a family", "Visa for students"]),
            ("visa AND students", ["Visa for students"]),
            ("or", []),
            ('"visa family"', []),
        ],
    )
    def test_a_query_finds(self, typed, titles):
        assert found(typed) == titles

    def test_no_phrase_reaches_from_one_field_or_keyword_into_the_next(self):
        bare("One two", summary="three four", keywords=["five", "six"])
        assert found('"two three"') == found('"five six"') == found('"two five"') == []

    def test_only_what_may_be_seen_is_found(self):
        assert found("visa", BitMap()) == found("-visa", BitMap()) == []


class TestOrder:
    def test_title_weighs_more_than_keyword_than_summary_than_body(self):
        items = [
            make_item(title="Alpha", summary="beta", body="<p>gamma zeppelin</p>"),
            make_item(title="Alpha", summary="beta zeppelin", body="<p>gamma</p>"),
            make_item(title="Alpha", summary="beta", body="<p>gamma</p>", keywords=["zeppelin"]),
            make_item(title="Alpha zeppelin", summary="beta", body="<p>gamma</p>"),
        ]
        pks = [item.pk for item in items]
        for _ in range(10):
            make_item(title="Noise")
        search.sync()
        assert search.rank(search.parse("zeppelin"), pks) == pks[::-1]

    def test_equally_good_items_stay_as_given(self):
        pks = [make_item(title="Zeppelin", summary="").pk for _ in range(3)]
        search.sync()
        assert search.rank(search.parse("zeppelin"), pks[::-1]) == pks[::-1]
        assert search.rank(search.parse("-x"), pks) == pks


class TestFreshness:
    def test_an_edit_is_found_at_once_and_what_was_there_is_not(self):
        item = bare("Before")
        assert found("before") == ["Before"]
        item.title = "After"
        item.save()
        assert (found("before"), found("after")) == ([], ["After"])

    def test_a_bulk_update_and_a_deletion_are_followed(self):
        bare("Before")
        assert found("before") == ["Before"]
        Item.objects.update(title="After")
        assert (found("before"), found("after")) == ([], ["After"])
        Item.objects.all().delete()
        assert search.match(search.parse("after"), within=BitMap(range(10_000))) == BitMap()

    def test_a_renamed_keyword_is_found_by_its_new_name(self):
        bare("Guardians", keywords=["minors"])
        assert found("keyword:minors") == ["Guardians"]
        Keyword.objects.filter(name="minors").update(name="children")
        assert (found("keyword:minors"), found("keyword:children")) == ([], ["Guardians"])

    def test_a_keyword_taken_away_is_no_longer_found(self):
        item = bare("Guardians", keywords=["minors"])
        assert found("minors") == ["Guardians"]
        item.keywords.clear()
        assert found("minors") == []

    def test_what_waits_is_indexed_in_parts(self, monkeypatch):
        monkeypatch.setattr("items.search.index.IN_PASSING", 2)
        for number in range(5):
            bare(f"Zeppelin {number}")
        assert [len(found("zeppelin")) for _ in range(4)] == [2, 4, 5, 5]

    def test_indexing_anew_changes_nothing(self):
        bare("Zeppelin", keywords=["visa"])
        assert found("visa") == ["Zeppelin"]
        search.reindex()
        assert search.is_in_step()
        assert found("visa") == ["Zeppelin"]

    def test_another_making_of_the_index_makes_it_anew(self, monkeypatch):
        bare("Zeppelin")
        assert found("zeppelin") == ["Zeppelin"]
        monkeypatch.setattr("items.search.index.LAYOUT", "later")
        assert not search.is_in_step()
        assert found("zeppelin") == ["Zeppelin"]
        assert search.is_in_step()


class TestTables:
    def test_the_words_of_a_table_are_found_with_the_text(self):
        item = bare("Monthly note", body="<p>Read more.</p>")
        make_table(
            item, "Country;Applications\nPalestine;120\nEritrea;40", caption="By country of origin", notes="Rounded."
        )
        search.sync()
        for words in ("origin", "application", "eritrea", "rounded", '"read more"'):
            assert found(words) == ["Monthly note"], words
        assert found('"read more country"') == []

    def test_a_table_that_changes_is_found_by_what_it_says_now(self):
        table = make_table(bare("Monthly note"), caption="By country of origin")
        assert found("origin") == ["Monthly note"]
        table.caption = "By age"
        table.save()
        assert (found("origin"), found("age")) == ([], ["Monthly note"])


class TestFiles:
    def test_the_text_of_an_attachment_is_found(self, settings, tmp_path):
        settings.MEDIA_ROOT = tmp_path
        item = bare("Study")
        Attachment.objects.create(item=item, title="Annex", file=ContentFile(b"Statelessness in Europe", name="a.txt"))
        search.sync()
        assert found("statelessness") == found("annex") == ["Study"]
        assert found('"annex statelessness"') == []

    def test_a_long_text_is_found_to_its_end(self, settings, tmp_path):
        settings.MEDIA_ROOT = tmp_path
        words = " ".join(f"word{number}" for number in range(30_000))
        text = ContentFile(f"{words} the last".encode(), name="a.txt")
        Attachment.objects.create(item=bare("Study"), title="Annex", file=text)
        search.sync()
        assert found("last") == found("word29999") == ["Study"]
