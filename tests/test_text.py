"""The analyser."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from items import text


@pytest.mark.parametrize(
    ("written", "words"),
    [
        ("L’asile, l'accueil", ["asile", "accueil"]),
        ("qu'il jusqu’à", ["il", "a"]),
        ("Mots-clés", ["mots", "cles"]),
        ("Belgium's Œuvre Straße ﬁnal", ["belgium", "oeuvre", "strasse", "final"]),
        ("18.390 123 865 18,390 1.234.567,89", ["18390", "123865", "18390", "1234567", "89"]),
        ("2015 123 865", ["2015", "123865"]),
        ("11.04.2023 3.5 1234.567", ["11", "04", "2023", "3", "5", "1234", "567"]),
        ("e\u0301tude co\u00adopera\u200btion", ["etude", "cooperation"]),
        ("a_b \x00 \ud800 …", ["a", "b"]),
        ("x" * 100, ["x" * text.LONGEST]),
    ],
)
def test_words_are_cut_and_folded(written, words):
    assert text.words(written) == words


@pytest.mark.parametrize(
    "spellings",
    [
        ["re-admission", "Re admission", "ré–admission", "“Re-admission”", "re_admission", "re\u2212admission"],
        ["C++", "c ++", "C + +"],
        ["C#", "c #"],
        ["C", "c", "c."],
        ["R&D", "r & d"],
        ["Geflüchtete*r", "geflüchtete:r", "Gefluchtete r"],
        ["€ 5", "€5"],
    ],
)
def test_spellings_of_a_name_are_the_same_to_the_vocabulary(spellings):
    assert len({text.spelling(name) for name in spellings}) == 1


def test_names_that_differ_in_signs_share_no_spelling():
    names = ["C", "C+", "C++", "C#", "R D", "R&D", "5", "5 €", "5 %", "a b", "a;b", "a, b"]
    assert len({text.spelling(name) for name in names}) == len(names)


def test_what_has_neither_letters_nor_signs_has_no_spelling():
    assert text.spelling(" -_'“…\x00") == ""


def test_what_hyphens_divide_is_also_one_word_behind_the_others():
    assert text.words_and_compounds("By e-mail, today") == ["by", "e", "mail", "today", "email"]


@pytest.mark.parametrize(
    ("language", "forms"),
    [
        ("en", ["applicant", "applicants"]),
        ("fr", ["intégré", "intégrées", "integrees", "intégration"]),
        ("nl", ["vluchteling", "vluchtelingen"]),
        ("de", ["flüchtling", "flüchtlinge", "fluechtlinge"]),
    ],
)
def test_forms_of_a_word_share_a_stem(language, forms):
    assert len({text.stem(word, language) for form in forms for word in text.words(form)}) == 1


def test_a_language_without_a_stemmer_and_numbers_stay_as_they_are():
    assert text.stem("words", "el") == "words"
    assert text.stem("18390s", "en") == "18390s"


def test_an_item_body_reads_as_text():
    html = "<p>re<b>cep</b>tion</p><ul><li>a&amp;b</li><li>&lt;script&gt;</li></ul>"
    assert text.plain(html).split() == ["reception", "a&b", "<script>"]


def test_pieces_as_printed_hold_numbers_in_groups():
    written = "In 2024: 18 390 d’étés"
    assert [written[start:end] for start, end in text.printed(written)] == ["In", "2024", "18 390", "d", "étés"]


@given(st.text())
def test_words_are_letters_and_digits_whatever_is_written(written):
    for word in text.words_and_compounds(written):
        assert word.isalnum()
        assert 0 < len(word) <= text.LONGEST
        assert word == word.casefold()
