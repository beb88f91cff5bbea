"""Text made comparable: without regard to case, accents, spacing, quotes and punctuation."""

import re
import unicodedata

_WORD = re.compile(r"[^\W_]+")
# Combining marks end at U+1E94A; a set in a regular expression passes text without any at full speed.
_MARKS = re.compile("[" + "".join(chr(c) for c in range(0x300, 0x1F000) if unicodedata.combining(chr(c))) + "]+")


def plain_letters(text: str) -> str:
    """The text case folded and without accents, all else as it is."""
    text = text.casefold()
    return text if text.isascii() else _MARKS.sub("", unicodedata.normalize("NFKD", text))


def fold(text: str) -> str:
    """The words in lower case without accents, one space between: "Mots-clés " gives "mots cles"."""
    return " ".join(_WORD.findall(plain_letters(text)))
