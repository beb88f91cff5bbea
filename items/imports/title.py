"""A title for an entry that has none: the first sentence of its summary. Pure."""

import re

from items.text import fold

LONGEST = 90

_END = re.compile(r"[.!?…]+[\"'”’»)\]]*(?= +[\"'“‘„«(\[]?[^\W_a-z])")
# Dots after these end no sentence. What has one letter, or a dot inside ("e.g.", "z.B."), need not stand here.
_ABBREVIATIONS = """
    al approx art asbl bd bijv blvd bv bzw ca capt cf co col dr ed eds etc ev evt excl fig ff gen hon ibid inc incl
    jan feb mar apr jun jul aug sep sept oct okt nov dec dez janv fevr avr juil jr ltd lt max min mio mlle mm mme mr
    mrs ms mt mw nl no nos nr op par pp prof resp rev sen sr ss st ste tel usw vgl vol vs vzw
"""
_NO_END = frozenset(_ABBREVIATIONS.split())


def derive_title(summary: str) -> str:
    """The first sentence without its full stop, cut at a word where it is longer than 90 characters."""
    text = " ".join(summary.split())
    sentence = text
    for end in _END.finditer(text):
        if end.start() > LONGEST or _ends_sentence(text[: end.start()], end[0]):
            sentence = text[: end.end()]
            break
    if sentence.endswith(".") and not sentence.endswith(".."):
        sentence = sentence[:-1]
    if len(sentence) <= LONGEST:
        return sentence
    head = sentence[: LONGEST - 1]
    if sentence[LONGEST - 1] != " " and " " in head:
        head = head[: head.rindex(" ")]
    return head.rstrip(" .,;:–—-(“‘„«\"'") + "…"


def _ends_sentence(before: str, end: str) -> bool:
    """Whether the mark `end` after this text closes a sentence."""
    word = before.rsplit(" ", 1)[-1].lstrip("(“‘„«\"'[")
    if not end.startswith(".") or end.startswith(".."):
        return True
    # "No. 5", "e.g. Vietnam", "J. Smith", "am 2. Mai"
    return not (fold(word) in _NO_END or "." in word or len(word) == 1 or re.fullmatch(r"\d{1,2}", word))
