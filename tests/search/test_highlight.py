"""Titles and passages with the words marked."""

import pytest
from django.utils.html import escape
from hypothesis import given
from hypothesis import strategies as st

from items import search
from items.models import Item
from tests.builders import make_item


def snippet(typed, language="en", **fields):
    return search.snippet(Item(language=language, **fields), search.parse(typed))


def test_words_are_marked_by_their_stems():
    found = snippet("applicants", title="The applicant's claim", summary="Applicants apply.")
    assert found.title == "The <mark>applicant</mark>&#x27;s claim"
    assert found.text == "<mark>Applicants</mark> apply."


def test_accents_and_numbers_in_groups_are_marked_as_written():
    found = snippet("refugie 18390", language="fr", title="18 390 réfugiés")
    assert found.title == "<mark>18 390</mark> <mark>réfugiés</mark>"


def test_words_that_must_be_absent_are_not_marked():
    assert snippet("a -visa", title="visa").title == "visa"


def test_markup_in_a_text_stays_text():
    found = snippet("script mark", title="<script>alert('mark')</script><mark>", summary="a & b")
    assert "<script" not in found.title
    assert found.title.count("<mark>") == found.title.count("</mark>") == 4
    assert found.text == "a &amp; b"


def test_a_passage_of_the_body_stands_in_when_the_summary_has_no_word():
    body = f"<p>{'before ' * 100}<b>asy</b>lum &lt;b&gt; {'after ' * 100}</p>"
    found = snippet("asylum", title="x", summary="Nothing here.", body=body)
    assert found.text.startswith("… before")
    assert "<mark>asylum</mark> &lt;b&gt; after" in found.text
    assert found.text.endswith("after …")
    assert len(found.text) < 350


@given(st.text(max_size=600), st.text(min_size=1, max_size=30))
def test_nothing_but_our_marks_is_added_to_any_text(content, typed):
    found = snippet(typed, title=content, summary=content, body=content)
    assert found.title.replace("<mark>", "").replace("</mark>", "") == escape(content)


@pytest.mark.django_db
def test_the_items_of_a_page_carry_their_snippets(client):
    make_item(title="Zeppelin <b>")
    assert "<mark>Zeppelin</mark> &lt;b&gt;" in client.get("/news/?q=zeppelins").content.decode()
