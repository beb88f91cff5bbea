"""Text made comparable: without regard to case, accents, spacing, quotes and punctuation; for names, signs count."""

import re
import unicodedata

_WORD = re.compile(r"[^\W_]+")
_WORD_OR_SIGN = re.compile(r"[^\W_]+|[^\w\s]")
# Combining marks end at U+1E94A; a set in a regular expression passes text without any at full speed.
_MARKS = re.compile("[" + "".join(chr(c) for c in range(0x300, 0x1F000) if unicodedata.combining(chr(c))) + "]+")


def plain_letters(text: str) -> str:
    """The text case folded and without accents, all else as it is."""
    text = text.casefold()
    return text if text.isascii() else _MARKS.sub("", unicodedata.normalize("NFKD", text))


def fold(text: str) -> str:
    """The words in lower case without accents, one space between: "Mots-clés " gives "mots cles"."""
    return " ".join(_WORD.findall(plain_letters(text)))


def spelling(text: str) -> str:
    """What all spellings of a name share: as `fold`, but with signs that make another name of it, as of C, C++ and C#.

    "C ++" gives "c + +". Dashes, quotes and dots are spelling: "re-admission" and "Re admission" share theirs.
    """
    parts = _WORD_OR_SIGN.findall(plain_letters(text))
    return " ".join(part for part in parts if part[0].isalnum() or _is_sign(part))


def _is_sign(character: str) -> bool:
    # Mathematical, monetary and other symbols, though the minus is typed for a hyphen; and what divides two names.
    return character in "#%&@,;" or (unicodedata.category(character) in ("Sm", "Sc", "So") and character != "\u2212")
