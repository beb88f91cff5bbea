"""Each rule of the checklist, on texts that keep it and texts that do not."""

from datetime import date, timedelta

import pytest

from items.checklist.content import Content, Picture
from items.checklist.rules import RULES

TODAY = date(2026, 6, 15)
GOOD = {
    "language": "en",
    "title": "Reception places rose by a tenth in May",
    "summary": "The agency counted more places for people who wait for a decision than in any month since the winter.",
    "body": '<h2>Places</h2><p>All of it is in <a href="https://example.org/r">the report on places</a>.</p>',
    "publication_date": TODAY,
    "has_source": True,
    "source_url": "https://example.org/report",
    "themes": 1,
    "keywords": 3,
}


def complaints(code, **overrides):
    return list(RULES[code].check(Content(**{**GOOD, **overrides}), TODAY))


@pytest.mark.parametrize("code", RULES)
def test_a_good_item_has_nothing_to_mend(code):
    assert complaints(code) == []


@pytest.mark.parametrize(
    ("code", "overrides", "field"),
    [
        ("title-length", {"title": "Too short"}, "title"),
        ("title-length", {"title": "long " * 30}, "title"),
        ("title-capitals", {"title": "RECEPTION PLACES ROSE in May"}, "title"),
        ("summary-length", {"summary": "Short."}, "summary"),
        ("summary-length", {"summary": "x" * 401}, "summary"),
        ("theme", {"themes": 0}, "themes"),
        ("keywords", {"keywords": 1}, "keywords"),
        ("keywords", {"keywords": 7}, "keywords"),
        ("source", {"has_source": False}, "source"),
        ("source-address", {"source_url": ""}, "source_url"),
        ("date", {"publication_date": TODAY + timedelta(days=1)}, "publication_date"),
        ("headings", {"body": "<h3>Third without second</h3>"}, "body"),
        ("headings", {"body": "<h2>A</h2><h4>B</h4>"}, "body"),
        ("alternative-text", {"picture": Picture("", "picture")}, "picture"),
        ("alternative-text", {"picture": Picture("IMG_2041.JPG", "picture")}, "picture"),
        ("alternative-text", {"body": '<p><img src="/media/a.png" alt=""></p>'}, "body"),
        ("acronyms", {"body": "<p>The OFPRA decided.</p>"}, "body"),
        (
            "language",
            {"summary": "Le nombre de places dans les centres a augmenté, et les communes sont une aide."},
            "summary",
        ),
        ("event-place", {"is_event": True}, "event-0-place"),
    ],
)
def test_what_breaks_a_rule_is_named_with_its_field(code, overrides, field):
    found = complaints(code, **overrides)
    assert [name for name, _message in found] == [field]
    assert all(message for _name, message in found)


@pytest.mark.parametrize(
    "text",
    ["here", "Click here", "ICI", "lire la suite", "Lees meer", "hier", "mehr erfahren", "https://example.org/x", ""],
)
def test_a_link_text_that_says_nothing_is_found_in_each_language(text):
    assert complaints("link-text", body=f'<p>It is <a href="https://example.org">{text}</a>.</p>')


@pytest.mark.parametrize(
    ("overrides"),
    [
        {"body": "<p>The French office (OFPRA) decided. OFPRA said so.</p>"},
        {"body": "<p>OFPRA (the French office for refugees) decided.</p>"},
        {"body": '<p>The <abbr title="French office for refugees">OFPRA</abbr> decided.</p>'},
        {"body": "<p>The EU and the UN agreed.</p>"},
        {"title": "The French office (OFPRA) decides on more files", "body": "<p>OFPRA did.</p>"},
    ],
)
def test_an_acronym_that_is_explained_or_well_known_is_fine(overrides):
    assert complaints("acronyms", **overrides) == []


@pytest.mark.parametrize(
    ("language", "text"),
    [
        ("fr", "Le nombre de places dans les centres a augmenté, et les communes sont une aide pour les familles."),
        (
            "nl",
            "Het aantal plaatsen in de centra is gestegen en de gemeenten zijn een hulp voor de gezinnen die wachten.",
        ),
        ("de", "Die Zahl der Plätze in den Zentren ist gestiegen, und die Gemeinden sind für die Familien eine Hilfe."),
        ("en", "The number of places in the centres has risen, and the towns were of help to the families that wait."),
    ],
)
def test_a_text_is_taken_for_its_own_language_and_no_other(language, text):
    assert complaints("language", language=language, summary=text, body="") == []
    others = {"en", "fr", "nl", "de"} - {language}
    assert all(complaints("language", language=other, summary=text, body="") for other in others)


def test_the_language_of_a_short_text_or_of_one_we_do_not_know_is_not_judged():
    assert complaints("language", language="fr", summary="Asylum report", body="") == []
    assert complaints("language", language="pl") == []


def test_an_event_with_a_place_or_an_address_online_is_fine():
    assert complaints("event-place", is_event=True, place="Ghent") == []
    assert complaints("event-place", is_event=True, online_url="https://example.org/live") == []


def test_a_decorative_image_needs_no_words():
    assert complaints("alternative-text", picture=Picture("", "picture", is_decorative=True)) == []
