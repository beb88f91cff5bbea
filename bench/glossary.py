"""What linking the terms of a glossary costs a page: `python -m bench.glossary [TERMS]`, one JSON object.

A glossary of so many terms in memory (600 by default, the size of large ones in use), a text of 1,000 words with
markup, and medians of: making the linker, which happens once in each process after a change of the glossary; linking
the text; and, for a ratio that holds on any machine, finding all words of that text by a regular expression.
"""

import json
import os
import random
import re
import sys
import time
from collections.abc import Callable
from statistics import median

import django

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "newsroom.settings")
django.setup()

from bench.archive import WORDS
from items.glossary import Entry, Linker
from items.text import plain, words

TIMES = 200
LETTERS = "abdefgklmnoprst"


def milliseconds(what: Callable[[], object], times: int = TIMES) -> float:
    """The median of so many runs, after one that does not count."""
    what()
    taken = []
    for _ in range(times):
        started = time.perf_counter()
        what()
        taken.append(time.perf_counter() - started)
    return 1000 * median(taken)


def entries(count: int, rng: random.Random) -> list[Entry]:
    """Terms of one to three words, made of the words that archives are made of and of others that no text has."""
    others = [f"{a}{b}" for a in WORDS for b in ("ness", "hood", "like")]
    found = []
    for pk in range(count):
        # Every tenth of words that the text has; its other words are in no term, or only begin one.
        wordlist = WORDS if pk % 10 == 0 else others
        terms = tuple(" ".join(rng.choices(wordlist, k=rng.randint(1, 3))) for _ in range(2))
        found.append(Entry(pk, f"/glossary/{pk}/", terms, "What it means. " * 10))
    return found


def body(count: int, rng: random.Random) -> str:
    """A text of about so many words, with headings, links and emphasis. One word in eight is of the subject."""

    def sentence(rng: random.Random, count: int) -> str:
        common = [f"{rng.choice(LETTERS)}{rng.choice(LETTERS)}{number % 150}w" for number in range(count)]
        return " ".join(rng.choice(WORDS) if rng.random() < 0.125 else rng.choice(common) for _ in range(count))

    parts: list[str] = []
    while len(words(plain("".join(parts)))) < count:
        parts.append(f"<h2>{sentence(rng, 5)}</h2>")
        parts.append(f"<p>{sentence(rng, 60)} <a href='/x/'>{sentence(rng, 3)}</a> <em>{sentence(rng, 8)}</em></p>")
    return "".join(parts).replace("'", '"')


def measure(count: int) -> dict[str, float | int]:
    """The numbers."""
    rng = random.Random(1)
    terms, text = entries(count, rng), body(1_000, rng)
    linker = Linker(terms, language="en")
    linked = milliseconds(lambda: linker.link(text))
    every_word = re.compile(r"\w+")
    found = milliseconds(lambda: [match.span() for match in every_word.finditer(text)])
    return {
        "terms": count,
        "words": len(words(plain(text))),
        "links": len(linker.link(text).entries),
        "make_ms": round(milliseconds(lambda: Linker(terms, language="en"), 5), 2),
        "link_ms": round(linked, 3),
        "ratio_to_finding_words": round(linked / found, 2),
    }


if __name__ == "__main__":
    print(json.dumps(measure(int(sys.argv[1]) if len(sys.argv) > 1 else 600)))
