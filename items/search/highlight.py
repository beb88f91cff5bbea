"""What was found, shown: titles and passages with the words marked."""

from dataclasses import dataclass
from functools import lru_cache

from django.utils.html import escape
from django.utils.safestring import SafeString, mark_safe

from items import text
from items.models import Item
from items.models.language import language_codes
from items.search.query import Query, looked_for
from items.search.stems import variants

PASSAGE = 280
"""Characters of a passage, about."""

LEAD = 80
"""Of those, before the first word found."""

LONGEST = 200_000
"""Characters of a body that are looked at."""

Span = tuple[int, int]


@dataclass(frozen=True)
class Snippet:
    """The title and a passage of an item that was found: HTML, escaped but for our own <mark>.

    `versions` are the languages of the versions where the words stand, when they do not stand in this one.
    """

    title: SafeString
    text: SafeString
    versions: tuple[str, ...] = ()


def snippet(item: Item, query: Query) -> Snippet:
    """Of the summary when words are found there or nowhere, else of the body."""
    wanted = {stem for words in looked_for(query.root) for stems in variants(words.words) for stem in stems}
    title, summary = item.title, item.summary
    passage, spans = summary, _spans(summary, wanted, item.language)
    if not spans:
        body = " ".join(text.plain(item.body[:LONGEST]).split())
        if found := _spans(body, wanted, item.language):
            passage, spans = body, found
    return Snippet(_marked(title, _spans(title, wanted, item.language)), _passage(passage, spans))


def _spans(content: str, wanted: set[str], language: str) -> list[Span]:
    """Where in a text words with one of these stems stand."""
    return [(start, end) for start, end in text.printed(content) if _is_among(content[start:end], language, wanted)]


def _is_among(piece: str, language: str, wanted: set[str]) -> bool:
    return not wanted.isdisjoint(_stems(piece, language))


@lru_cache(maxsize=20_000)
def _stems(piece: str, language: str) -> frozenset[str]:
    codes = {language, *language_codes()}
    return frozenset(text.stem(word, code) for word in text.words(piece) for code in codes)


def _passage(content: str, spans: list[Span]) -> SafeString:
    """The part of a text around the first words found, cut between words."""
    start, end = 0, len(content)
    if end > PASSAGE:
        first = spans[0][0] if spans else 0
        start = max(0, min(first - LEAD, end - PASSAGE))
        start = content.find(" ", start, first) + 1 if start else 0
        cut = content.rfind(" ", start + PASSAGE // 2, start + PASSAGE)
        end = end if start + PASSAGE >= end else cut if cut > 0 else start + PASSAGE
    inside = [(max(a, start), min(b, end)) for a, b in spans if a < end and b > start]
    before, after = "… " if start else "", " …" if end < len(content) else ""
    return mark_safe(before + _marked(content, inside, start=start, end=end) + after)  # noqa: S308 # of safe strings


def _marked(content: str, spans: list[Span], *, start: int = 0, end: int | None = None) -> SafeString:
    """A text, or a part of it, with these spans marked.

    security: every piece of the text is escaped by itself, so a <mark> in it stays text.
    """
    parts, place = [], start
    for first, last in spans:
        parts += [escape(content[place:first]), "<mark>", escape(content[first:last]), "</mark>"]
        place = last
    parts.append(escape(content[place:end]))
    return mark_safe("".join(parts))  # noqa: S308 # security: see above
