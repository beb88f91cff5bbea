"""Titles made from summaries."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from items.imports.title import LONGEST, derive_title


@pytest.mark.parametrize(
    ("summary", "title"),
    [
        ("A mill turns. It grinds.", "A mill turns"),
        ("Does it turn? It does.", "Does it turn?"),
        ("The backlog was 18.390 cases. It fell.", "The backlog was 18.390 cases"),
        ("Mr. Peeters and Dr. Claes met. They spoke.", "Mr. Peeters and Dr. Claes met"),
        ("Tools, e.g. Hammers, are lent. Come by.", "Tools, e.g. Hammers, are lent"),
        ("See No. 5 of the series. It is new.", "See No. 5 of the series"),
        ("Am 2. Mai wird gesungen. Alle kommen.", "Am 2. Mai wird gesungen"),
        ("J. Smith of the U.S. Senate came. He left.", "J. Smith of the U.S. Senate came"),
        ("It rose in 2021. Then it fell.", "It rose in 2021"),
        ("They wait… Then they go.", "They wait…"),
        ("He said “stop.” Then he went.", "He said “stop.”"),
        ("No end at all", "No end at all"),
        ("word " * 30, "word " * 17 + "word…"),
        ("x" * 200, "x" * 89 + "…"),
    ],
)
def test_the_title_is_the_first_sentence(summary, title):
    assert derive_title(summary) == title


@settings(deadline=None)
@given(st.text(min_size=1))
def test_a_title_is_short_and_on_one_line(summary):
    title = derive_title(summary)
    assert len(title) <= LONGEST
    assert title == " ".join(title.split())
