"""Terms found in texts: by stem and language, the longest first, and only where a link may stand."""

import re

import pytest

from items.glossary import Entry, Linker, short


def entry(pk, *terms, definition="What it means."):
    return Entry(pk, f"/glossary/{pk}/", terms, definition)


def linked(html, *entries, language="en"):
    """What was linked, as (number of the term, words), in order."""
    found = Linker(entries, language=language).link(html)
    marked = re.findall(r'<a class="term" href="/glossary/(\d+)/"[^>]*>(.*?)</a>', found.html, re.DOTALL)
    assert [int(pk) for pk, _words in marked] == [one.pk for one in found.entries]
    return [(int(pk), words) for pk, words in marked]


SEEKER = entry(1, "asylum seeker", "applicant for international protection")
RETURN, DECISION = entry(2, "return"), entry(3, "return decision")


def test_a_mention_becomes_a_link_with_a_button_for_its_meaning():
    found = Linker([SEEKER], language="en").link("<p>An asylum seeker waits.</p>")
    assert found.html == (
        '<p>An <a class="term" href="/glossary/1/" aria-describedby="term-1-text">asylum seeker</a>'
        '<button type="button" class="term-open" popovertarget="term-1" '
        'aria-label="What “asylum seeker” means"></button> waits.</p>'
    )


def test_a_term_without_a_definition_is_a_link_alone():
    found = Linker([entry(1, "visa", definition="")], language="en").link("<p>A visa.</p>")
    assert found.html == '<p>A <a class="term" href="/glossary/1/">visa</a>.</p>'


@pytest.mark.parametrize(
    ("language", "term", "text", "words"),
    [
        ("en", "asylum seeker", "Two Asylum Seekers came.", "Asylum Seekers"),
        ("en", "asylum seeker", "the asylum-seeker", "asylum-seeker"),
        ("en", "asylum seeker", "the asylum&nbsp;seeker", "asylum&nbsp;seeker"),
        ("en", "asylum seeker", "the asylum\n  seeker", "asylum\n  seeker"),
        ("en", "guardian", "the guardian’s word", "guardian"),
        ("en", "EU Blue Card", "EU Blue Cards & more", "EU Blue Cards"),
        ("fr", "demandeur d’asile", "Les demandeurs d'asile", "demandeurs d'asile"),
        ("fr", "asile", "l’asile", "asile"),
        ("fr", "réfugié", "des réfugiées", "réfugiées"),
        ("nl", "vluchteling", "vluchtelingen", "vluchtelingen"),
        ("de", "Flüchtling", "die Flüchtlinge", "Flüchtlinge"),
        ("de", "subsidiärer Schutz", "des subsidiären Schutzes", "subsidiären Schutzes"),
    ],
)
def test_forms_of_a_term_are_found_in_its_language(language, term, text, words):
    assert linked(f"<p>{text}</p>", entry(1, term), language=language) == [(1, words)]


def test_the_stems_are_those_of_the_language_alone():
    assert linked("<p>Flüchtlinge</p>", entry(1, "Flüchtling"), language="xx") == []


def test_the_longest_term_counts_and_what_is_in_it_is_no_mention():
    text = "<p>A return decision, and a return.</p>"
    assert linked(text, RETURN, DECISION) == [(3, "return decision"), (2, "return")]


def test_only_the_first_mention_is_linked():
    text = "<p>A return decision.</p><p>Return decisions follow. The return. A return.</p>"
    assert linked(text, RETURN, DECISION) == [(3, "return decision"), (2, "return")]


def test_a_longer_term_that_does_not_come_about_leaves_the_shorter_one():
    three = entry(4, "return decision maker")
    assert linked("<p>Return decision is made.</p>", RETURN, three) == [(2, "Return")]


@pytest.mark.parametrize(
    "html",
    [
        '<p><a href="/x/">A return</a></p>',
        '<p><a href="/x/">A <em>quick</em> return</a></p>',
        "<h2>The return</h2>",
        "<h3>The <em>return</em></h3>",
        "<p><code>return</code></p>",
        "<pre>if: <b>return</b></pre>",
        "<table><tr><th>Return</th></tr></table>",
        '<p lang="fr">return</p>',
        '<blockquote lang="de"><p>return</p></blockquote>',
        '<abbr title="the return > of it">X</abbr>',
        "<p>turn</p>",
    ],
)
def test_no_link_where_none_may_stand(html):
    found = Linker([RETURN], language="en").link(html)
    assert (found.html, found.entries) == (html, ())


@pytest.mark.parametrize(
    "html",
    [
        "<h2>Return</h2><p>return</p>",
        '<p><a href="/x/">return</a> return</p>',
        '<p lang="en-GB">return</p>',
        '<p lang="fr">x<br>y</p><p>return</p>',
        '<div lang="fr"><div>x</div>return</div><p>return</p>',
        "<figure><figcaption>The return</figcaption></figure>",
        "<p>&amp;return</p>",
    ],
)
def test_a_link_where_the_text_goes_on(html):
    found = Linker([RETURN], language="en").link(html)
    assert found.html.count('class="term"') == 1
    assert re.sub(r"<a class=\"term\".*?>(.*?)</a><button.*?></button>", r"\1", found.html) == html


@pytest.mark.parametrize("html", ["<p>asylum. Seeker</p>", "<p>asylum</p><p>seeker</p>", "<p>asylum, seeker</p>"])
def test_a_term_does_not_reach_across_what_divides(html):
    assert linked(html, SEEKER) == []


def test_an_acronym_is_one_in_capitals_only():
    aid = entry(1, "Assistance in Detention", "AID")
    assert linked("<p>Legal aid is free.</p>", aid) == []
    assert linked("<p>Legal aid by AID.</p>", aid) == [(1, "AID")]


def test_a_preferred_term_goes_before_a_synonym_of_another():
    assert linked("<p>a removal</p>", entry(1, "forced return", "removal"), entry(2, "removal")) == [(2, "removal")]


def test_text_of_a_definition_cannot_break_out():
    one = entry(1, 'a "b" <c>', definition='<script>"')
    html = Linker([one], language="en").link("<p>a b c</p>").html
    assert "<c>" not in html
    assert '"b"' not in html


def test_what_is_remembered_of_words_stays_within_bounds(monkeypatch):
    monkeypatch.setattr("items.glossary.linking.REMEMBERED", 10)
    linker = Linker([RETURN], language="en")
    for number in range(20):
        assert linker.link(f"<p>word{number} other{number} return</p>").entries == (RETURN,)
    assert len(linker._memory.stems) <= 12


def test_hostile_text_is_walked_through_once():
    linker = Linker([SEEKER, DECISION], language="en")
    for text in ("asylum " * 20_000, "<" * 5_000, "d'" * 20_000, "return-" * 20_000, '<p title="' * 2_000):
        assert linker.link(text).entries == ()


def test_a_short_definition_is_cut_between_words():
    assert short("One\ntwo.") == "One two."
    long = short("word " * 100)
    assert len(long) <= 220
    assert long.endswith("word…") or long.endswith("wor…") or long.endswith("…")
