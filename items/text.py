"""Text compared as people compare it: without regard to case, accents, spacing, quotes and punctuation.

The one analyser of the search stands here too: `words` cuts text into words, `stem` brings a word to what its forms
share. Both databases are given what comes out, so both find the same items.
"""

import hashlib
import re
import unicodedata
from functools import lru_cache
from html import unescape

import snowballstemmer

from items.models.folding import fold as fold
from items.models.folding import plain_letters
from items.models.folding import spelling as spelling

LONGEST = 64
"""Letters that count of one word. No index is made for words; it holds what people type."""

_WORD = re.compile(r"[^\W_]+")
_NOT_LETTERS = re.compile(r"[\W_]+")


def letters(text: str) -> str:
    """Only the letters and digits, compatibility forms made plain (NFKC) and case folded."""
    return _NOT_LETTERS.sub("", unicodedata.normalize("NFKC", text).casefold())


def fingerprint(text: str) -> str:
    """SHA-256 of the letters, 64 hexadecimal digits: texts that differ in spacing or punctuation only share it."""
    return hashlib.sha256(letters(text).encode()).hexdigest()


# --- The analyser ----------------------------------------------------------------------------------------------

# Letters that decompose into nothing simpler, and what people type for them; all sorts of apostrophe and hyphen as
# one; what is not seen is not there.
_LETTERS = {
    **{"œ": "oe", "Œ": "oe", "æ": "ae", "Æ": "ae", "ø": "o", "Ø": "o", "ł": "l", "Ł": "l", "đ": "d", "Đ": "d"},
    **dict.fromkeys("’ʼ‘‛′´＇", "'"),
    **dict.fromkeys("‐‑", "-"),
    **dict.fromkeys("\u00ad\u200b\u200c\u200d\u2060\ufeff", ""),
}
_ODD = re.compile("[" + "".join(_LETTERS) + "]")
# Articles and the like that French elides, the possessive of English and Dutch.
_ELIDED = re.compile(r"(?<![^\W_])(?:[cdjlmnst]|(?:jus|lors|puis|quoi)?qu)'(?=[^\W_])|(?<=[^\W_])'s(?![^\W_])")
# 18.390, 18,390, 18'390 and 18 390: groups of three digits behind one to three, all divided by the same sign.
_THOUSANDS = r"(?<!\d)(?<!\d[.,])\d{1,3}(?P<by>[.,' ])\d{3}(?:(?P=by)\d{3})*(?!\d)"
_GROUPED = re.compile(_THOUSANDS)
_COMPOUND = re.compile(r"(?<![^\W_])[^\W_]+(?:[-'][^\W_]+)+")
_DIGIT = re.compile(r"\d")

# Pieces of text as printed: a number in groups, or a run of letters with the accents and apostrophes it holds.
_PRINTED = re.compile(
    _THOUSANDS.replace("[.,' ]", "[.,'’ \u00a0\u2009\u202f]") + r"|[^\W_](?:[^\W_]|[\u0300-\u036f\u00ad])*"
)
_NOT_DIGITS = re.compile(r"[^0-9]+")

_TAG = re.compile(r"<(/?)([a-zA-Z0-9]+)[^<>]*>")
_INLINE = {
    "a", "abbr", "b", "cite", "code", "del", "em", "i", "ins", "q", "s", "small", "strong", "sub", "sup", "u",
}  # fmt: skip


def _analysable(text: str) -> str:
    if not text.isascii():
        text = unicodedata.normalize("NFKC", _ODD.sub(lambda letter: _LETTERS[letter[0]], text))
    text = plain_letters(text)
    if "'" in text:
        text = _ELIDED.sub(" ", text)
    if _DIGIT.search(text):
        text = _GROUPED.sub(lambda number: _NOT_DIGITS.sub("", number[0]), text)
    return text


def _words(text: str) -> list[str]:
    return [word[:LONGEST] for word in _WORD.findall(text)]


def _compounds(text: str) -> list[str]:
    if "-" not in text and "'" not in text:
        return []
    return [_NOT_LETTERS.sub("", compound)[:LONGEST] for compound in _COMPOUND.findall(text)]


def words(text: str) -> list[str]:
    """The words in order, in lower case without accents: "L'asile: 18.390" gives ["asile", "18390"]."""
    return _words(_analysable(text))


def compounds(text: str) -> list[str]:
    """The words that hyphens divide, written as one: "Mots-clés" gives ["motscles"]."""
    return _compounds(_analysable(text))


def words_and_compounds(text: str) -> list[str]:
    """What an index holds of a text: its words in order, then its compounds, where they divide no phrase."""
    text = _analysable(text)
    return _words(text) + _compounds(text)


def printed(text: str) -> list[tuple[int, int]]:
    """Where in a text its words stand, as (start, end) pairs; each piece is a word or a number in groups."""
    return [match.span() for match in _PRINTED.finditer(text)]


def printed_words(text: str) -> list[str]:
    """The words of a text that have letters beyond ASCII, in lower case, accents kept."""
    composed = unicodedata.normalize("NFC", text).casefold()
    return [word for word in _WORD.findall(composed) if not word.isascii()]


def plain(html: str) -> str:
    """The text of an item body: tags gone, a space where a block ends, entities as characters."""
    return unescape(_TAG.sub(lambda tag: "" if tag[2].lower() in _INLINE else " ", html))


_STEMMERS = {"en": "english", "fr": "french", "nl": "dutch", "de": "german"}


@lru_cache(maxsize=8)
def _stemmer(language: str):
    name = _STEMMERS.get(language.split("-")[0])
    return snowballstemmer.stemmer(name) if name else None


@lru_cache(maxsize=200_000)
def stem(word: str, language: str) -> str:
    """What the forms of a word from `words` share in a language; the word itself in one that no stemmer knows."""
    stemmer = _stemmer(language)
    if stemmer is None or not word.isalpha():
        return word
    stemmed = stemmer.stemWord(word)
    # Without its accents a French participle loses one ending at a time: integrees, integre, integr.
    return stemmer.stemWord(stemmed) if language.startswith("fr") else stemmed
