"""Text compared as people compare it: without regard to case, accents, spacing, quotes and punctuation."""

import hashlib
import re
import unicodedata

_WORD = re.compile(r"[^\W_]+")
_NOT_LETTERS = re.compile(r"[\W_]+")


def fold(text: str) -> str:
    """The words in lower case without accents, one space between: "Mots-clés " gives "mots cles"."""
    text = text.casefold()
    if not text.isascii():
        text = "".join(c for c in unicodedata.normalize("NFKD", text) if not unicodedata.combining(c))
    return " ".join(_WORD.findall(text))


def letters(text: str) -> str:
    """Only the letters and digits, compatibility forms made plain (NFKC) and case folded."""
    return _NOT_LETTERS.sub("", unicodedata.normalize("NFKC", text).casefold())


def fingerprint(text: str) -> str:
    """SHA-256 of the letters, 64 hexadecimal digits: texts that differ in spacing or punctuation only share it."""
    return hashlib.sha256(letters(text).encode()).hexdigest()
