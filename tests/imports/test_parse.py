"""The parser: stored listings in every printed variant, and the odd shapes one by one."""

from datetime import date
from pathlib import Path

import pytest

from items.imports.listing_file import decode
from items.imports.parse import parse

FILES = Path(__file__).parent / "files"


def entries(text):
    return parse(text).entries


def only(text):
    (entry,) = entries(text)
    return entry


def stored(name):
    return parse(decode((FILES / name).read_bytes()))


def test_an_english_listing_is_read_in_all_its_shapes():
    parsed = stored("labelled_en.txt")
    assert parsed.introduction == "These are the latest announcements of the network."
    full, undated, old, event, month = parsed.entries
    assert [entry.line for entry in parsed.entries] == [3, 10, 15, 18, 22]
    assert full.publication_date == date(2023, 7, 18)
    assert full.summary.endswith("last week. It offers eighty beds to families.")
    assert full.themes == ("Asylum", "Reception")
    assert full.type == "Ad Hoc Queries"
    assert full.keywords == ("shelter", "harbour town")
    assert full.problems == ()
    assert undated.publication_date is None
    assert undated.problems == ()
    assert old.publication_date == date(2009, 6, 30)
    assert event.when == date(2021, 3, 17)
    assert event.publication_date is None
    assert event.keywords == ("diplomas", "courses", "clerks")
    assert len(event.problems) == 1
    assert month.publication_date is None
    assert "May 2018" in month.problems[0]
    assert month.summary.endswith("by two tables. A third table may follow.")


def test_a_dutch_listing_with_windows_line_ends_is_read():
    first, second = stored("labelled_nl.txt").entries
    assert (first.publication_date, first.themes) == (date(2024, 4, 24), ("Cross-sectionaal",))
    assert first.keywords == ("taal", "vrijwilligers")
    assert second.publication_date == date(2024, 5, 1)
    assert second.themes == ("Migratie", "Internationale bescherming")
    assert second.keywords == ("bruggen", "namen")


def test_a_french_listing_with_a_byte_order_mark_and_hard_spaces_is_read():
    first, second = stored("labelled_fr.txt").entries
    assert (first.publication_date, first.type, first.keywords) == (date(2023, 5, 1), "Rapport", ("cartes", "mer"))
    assert second.publication_date == date(2021, 8, 3)
    assert second.summary == "Le musée prête ses globes aux écoles."


def test_a_german_listing_is_read():
    first, second, third = stored("labelled_de.txt").entries
    assert (first.publication_date, first.type) == (date(2023, 5, 2), "Bericht")
    assert first.keywords == ("Werkstatt", "Rundgang")
    assert second.publication_date == date(2020, 3, 12)
    assert third.when == date(2020, 6, 5)


@pytest.mark.parametrize("end", ["\n", "\r\n", "\r"])
def test_line_numbers_do_not_depend_on_line_ends(end):
    text = "Publication date:\n\nOne.\n\nPublication date:\nTwo.\n".replace("\n", end)
    assert [(entry.line, entry.summary) for entry in entries(text)] == [(1, "One."), (5, "Two.")]


def test_a_sentence_that_begins_like_a_label_is_no_label():
    text = (
        "Publication date:\n\nKeywords are words.\nWhen migrants arrive, they ask.\nWhen 17 March 2021 came, it rained."
    )
    assert only(text).summary == (
        "Keywords are words. When migrants arrive, they ask. When 17 March 2021 came, it rained."
    )


@pytest.mark.parametrize(
    "label", ["KEYWORDS:", "keywords :", "Keywords\u00a0:", "Trefwoorden:", "Mots-clés :", "Mots clés:", "mots cles:",
              "Schlagwörter:", "Schlüsselwörter:", "Stichwörter:"],
)  # fmt: skip
@pytest.mark.parametrize("gap", [" ", "", "\n", "\n\n"])
def test_a_label_is_known_in_any_case_with_its_value_beside_or_below(label, gap):
    entry = only(f"Publication date:\n\nA text.\n{label}{gap}rivers, lakes\n")
    assert (entry.summary, entry.keywords) == ("A text.", ("rivers", "lakes"))


def test_empty_labels_take_nothing_from_the_next_entry():
    first, second = entries("Publication date:\nOne.\nMain theme:\nKeywords:\n\nTwo is a sentence.\nKeywords: two")
    assert (first.summary, first.themes, first.keywords) == ("One.", (), ())
    assert (second.summary, second.keywords) == ("Two is a sentence.", ("two",))


def test_bare_dates_head_entries():
    first, second = entries("10 February 2022\nOne.\n\n2022-02-09\n\nTwo.")
    assert (first.publication_date, first.summary) == (date(2022, 2, 10), "One.")
    assert (second.publication_date, second.summary) == (date(2022, 2, 9), "Two.")


def test_without_any_date_line_fields_end_an_entry():
    text = "One.\nMain theme: Asylum\nKeywords: a\n\nTwo.\nMain theme: Migration\n\nThree.\nKeywords: c"
    assert [(entry.summary, entry.themes) for entry in entries(text)] == [
        ("One.", ("Asylum",)), ("Two.", ("Migration",)), ("Three.", ()),
    ]  # fmt: skip


def test_without_any_date_line_an_introduction_is_left_out():
    parsed = parse("Here is the news.\n\nOne.\nKeywords: a\n\nTwo.\nKeywords: b")
    assert parsed.introduction == "Here is the news."
    assert [entry.summary for entry in parsed.entries] == ["One.", "Two."]


def test_without_any_label_each_paragraph_is_an_entry():
    parsed = parse("One goes\nover two lines.\n\nTwo.\n\nThree.")
    assert [entry.summary for entry in parsed.entries] == ["One goes over two lines.", "Two.", "Three."]
    assert parse("Latest news:\n\nOne.\n\nTwo.").introduction == "Latest news:"


def test_an_introduction_before_entries_that_only_a_read_more_line_ends_is_left_out():
    assert parse("News.\n\nOne.\nRead more\n\nTwo.\nRead more").introduction == "News."
    assert [entry.summary for entry in entries("One.\n\nTwo.\nRead more")] == ["One.", "Two."]


def test_a_read_more_line_ends_an_entry():
    for words in ("Read more", "Lees meer", "En savoir plus »", "WEITERLESEN", "Read more..."):
        assert [entry.summary for entry in entries(f"One.\n{words}\nTwo.\n{words}\n")] == ["One.", "Two."]


@pytest.mark.parametrize(
    "line", ["When17 March 2021", "When 17 March 2021", "When: 17 March 2021", "WHEN\n17 March 2021",
             "Wanneer17 maart 2021", "Quand : 17 mars 2021", "Wann Mittwoch, 17. März 2021",
             "When 17 March 2021 - 10:30"],
)  # fmt: skip
def test_the_day_of_an_event_is_read_before_or_after_its_summary(line):
    for text in (
        f"{line}\nA meeting.\n",
        f"Publication date:\n\nA meeting.\n{line}\n",
        f"A meeting.\n\n{line}\nKeywords: a",
    ):
        entry = only(text)
        assert (entry.summary, entry.when, entry.problems) == ("A meeting.", date(2021, 3, 17), ())


def test_an_event_in_place_of_a_publication_date_starts_an_entry():
    first, second = entries("Publication date: 1 May 2021\n\nOne.\n\nWhen17 March 2021\n\nTwo.\nKeywords: b")
    assert (first.summary, first.when) == ("One.", None)
    assert (second.summary, second.when, second.keywords) == ("Two.", date(2021, 3, 17), ("b",))


def test_the_first_day_of_a_longer_event_is_taken_and_told():
    entry = only("When 17 - 19 March 2021\nA meeting.")
    assert entry.when == date(2021, 3, 17)
    assert "17 - 19 March 2021" in entry.problems[0]


def test_a_day_in_words_is_kept_as_text_and_told():
    entry = only("When: next spring\nA meeting.")
    assert (entry.when, entry.when_text) == (None, "next spring")
    assert len(entry.problems) == 1


@pytest.mark.parametrize(
    "shown", ["30 February 2023", "May 2018", "31/04/2023", "07/18/2023", "soon", "2018", "1 mai 0001"]
)
def test_what_is_no_day_leaves_the_date_empty_and_is_told(shown):
    entry = only(f"Publication date: {shown}\n\nA text.")
    assert (entry.summary, entry.publication_date) == ("A text.", None)
    assert shown in entry.problems[0]


def test_a_summary_on_the_line_of_its_label_is_not_lost():
    entry = only("Publication date: 18 July 2023 - The mill by the river turns again.")
    assert (entry.publication_date, entry.summary) == (date(2023, 7, 18), "The mill by the river turns again.")


def test_labels_without_a_summary_make_an_entry_with_none():
    first, second = entries("Publication date: 1 May 2021\nMain theme: Asylum\n\nPublication date:\n\nTwo.")
    assert (first.line, first.summary) == (1, "")
    assert (second.line, second.summary) == (4, "Two.")


def test_keywords_divided_by_other_marks_are_divided_and_told():
    entry = only("Publication date:\nA text.\nKeywords: one system; two: three, four:five, ONE SYSTEM, ,")
    assert entry.keywords == ("one system", "two", "three", "four:five")
    assert "one system; two: three" in entry.problems[0]


def test_a_keyword_longer_than_any_may_be_is_left_off_and_told():
    entry = only(f"Publication date:\nA text.\nKeywords: short, {'long ' * 30}")
    assert entry.keywords == ("short",)
    assert len(entry.problems) == 1


def test_nothing_is_read_from_nothing():
    for text in ("", "\n \n", "---\n* * *", "Read more"):
        assert parse(text).entries == ()
