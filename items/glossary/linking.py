"""Terms found in a text, by the stems of their words: the first mention of each becomes a link.

The terms of a language are put into a trie of stems once, and a body is then walked through once. At each word the
longest term that begins there counts, and the words in it are passed over: "return decision" is no mention of
"return". What a word stems to is remembered, so a word met before costs one look into a dictionary.
"""

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from functools import lru_cache

from django.utils.html import format_html
from django.utils.text import Truncator
from django.utils.translation import gettext, override

from items import text

SHORT = 220
"""Characters of a definition that is read without leaving the page, about."""
REMEMBERED = 200_000
"""Words whose stems are remembered."""
LONGEST_ACRONYM = 6

# security: attributes hold quoted ">" as they are, so quotes are stepped over.
_TAG = re.compile(r'(<[^<>"]*(?:"[^"]*"[^<>"]*)*>)')
_NAME = re.compile(r"</?([a-zA-Z0-9]+)")
_LANG = re.compile(r'\slang="([^"]*)"')
_WORD = re.compile(r"[^\W_](?:[^\W_]|[\u0300-\u036f\u00ad])*")
# What may stand between two words of a term: spaces, hyphens, an elided article, the possessive.
_BETWEEN = re.compile(
    r"(?:[\s\-‐‑]|&nbsp;|['’]s(?![^\W_])|(?:[cdjlmnst]|(?:jus|lors|puis|quoi)?qu)['’])+", re.IGNORECASE
)
_REACH = 3
"""Pieces ahead in which the next word of a term may be: an elided article or a space written as `&nbsp;` is one."""
_LEFT_ALONE = frozenset(["a", "button", "code", "h1", "h2", "h3", "h4", "h5", "h6", "pre", "script", "style", "th"])
_VOID = frozenset(["br", "hr", "img", "source", "wbr"])


def short(definition: str) -> str:
    """The beginning of a definition, on one line, cut between words."""
    return Truncator(" ".join(definition.split())).chars(SHORT, truncate="…")


@dataclass(frozen=True)
class Entry:
    """A concept as one language names it. `terms` has the preferred one first; `address` is the path of its page."""

    pk: int
    address: str
    terms: tuple[str, ...]
    definition: str = ""

    @property
    def label(self) -> str:
        """The preferred term."""
        return self.terms[0]

    @property
    def short(self) -> str:
        """Its definition in short; "" for none."""
        return short(self.definition)


@dataclass(frozen=True)
class Linked:
    """A body with links to terms, and the terms it mentions in the order of their first mention."""

    html: str
    entries: tuple[Entry, ...] = ()


@dataclass
class _Node:
    """A step in the trie. `ends` holds (entry, how it must be written, or "" for anyhow)."""

    steps: dict[str, "_Node"] = field(default_factory=dict)
    ends: list[tuple[Entry, str]] = field(default_factory=list)


@dataclass
class _Memory:
    """What words stem to, "" for what is in no term; and the words with which terms begin."""

    stems: dict[str, str] = field(default_factory=dict)
    starts: set[str] = field(default_factory=set)


@lru_cache(maxsize=2_000)
def _read(tag: str) -> tuple[str, bool, str]:
    """The element of a tag, whether it closes it, and the language that it names."""
    name, lang = _NAME.match(tag), _LANG.search(tag)
    return name[1].lower() if name else "", tag[1:2] == "/", lang[1].partition("-")[0].lower() if lang else ""


class Linker:
    """The terms of one language, ready to be found in texts of that language."""

    def __init__(self, entries: Iterable[Entry], *, language: str):
        self.language = language
        self._root = _Node()
        self._vocabulary: set[str] = set()
        self._memory = _Memory()
        entries = list(entries)
        # A preferred term goes before another concept's synonym of the same form.
        for entry in entries:
            self._add(entry, entry.terms[0])
        for entry in entries:
            for term in entry.terms[1:]:
                self._add(entry, term)
        self._marked: dict[int, tuple[str, str]] = {}
        with override(language):
            self._meaning = gettext("What “%(term)s” means")

    def _add(self, entry: Entry, term: str) -> None:
        stems = [text.stem(word, self.language) for word in text.words(term)]
        if not stems:
            return
        self._vocabulary.update(stems)
        node = self._root
        for stem in stems:
            node = node.steps.setdefault(stem, _Node())
        # An acronym is one in capitals only: "IOM", but also "AID", which else would be found in "legal aid".
        is_acronym = term.isupper() and len(stems) == 1 and len(term) <= LONGEST_ACRONYM
        node.ends.append((entry, term if is_acronym else ""))

    # --- Finding -----------------------------------------------------------------------------------------------

    def link(self, html: str) -> Linked:
        """Link the first mention of each term in sanitised HTML; never in links, headings, code, other languages."""
        words = set(_WORD.findall(html))
        memory = self._learn(words)
        if not (starts := words & memory.starts):
            return Linked(html)
        found: dict[int, Entry] = {}
        parts = _TAG.split(html)
        within, depth = "", 0  # the element that is left alone, and how many of its name are open
        for number, part in enumerate(parts):
            if number % 2:
                within, depth = self._step(part, within, depth)
            elif part and not within and self._may_mention(part, starts, memory.stems):
                parts[number] = self._text(part, starts, memory.stems, found)
        return Linked("".join(parts), tuple(found.values())) if found else Linked(html)

    def _step(self, tag: str, within: str, depth: int) -> tuple[str, int]:
        """Where a tag leads to: into what is left alone, or out of it."""
        element, closes, language = _read(tag)
        if within:
            if element == within:
                depth += -1 if closes else 1
            return (within, depth) if depth else ("", 0)
        if closes or element in _VOID:
            return "", 0
        if element in _LEFT_ALONE or (language and language != self.language.partition("-")[0]):
            return element, 1
        return "", 0

    def _learn(self, words: set[str]) -> _Memory:
        """What is remembered, these words among it."""
        memory = self._memory
        new = words - memory.stems.keys()
        if len(memory.stems) + len(new) > REMEMBERED:
            # Put in place of the old, which another thread may be reading.
            memory = self._memory = _Memory()
            new = words
        for word in new:
            plain = text.words(word)
            stem = text.stem(plain[0], self.language) if len(plain) == 1 else ""
            if stem in self._root.steps:
                memory.starts.add(word)
            memory.stems[word] = stem if stem in self._vocabulary else ""
        return memory

    def _may_mention(self, part: str, starts: set[str], stems: dict[str, str]) -> bool:
        """Whether words of a term follow each other in a text, whatever stands between. Cheap, and mostly no."""
        words = _WORD.findall(part)
        if starts.isdisjoint(words):
            return False
        steps = self._root.steps
        for place, word in enumerate(words):
            if word in starts:
                node = steps[stems[word]]
                if node.ends or any(stems[next] in node.steps for next in words[place + 1 : place + 1 + _REACH]):
                    return True
        return False

    def _text(self, part: str, starts: set[str], stems: dict[str, str], found: dict[int, Entry]) -> str:
        words = list(_WORD.finditer(part))
        steps = self._root.steps
        out: list[str] = []
        copied = passed = 0
        for place, word in enumerate(words):
            if place < passed or word[0] not in starts:
                continue
            end = _longest(steps[stems[word[0]]], part, words, place, stems)
            if end is None:
                continue
            last, entry = end
            passed = last + 1
            if entry.pk not in found:
                found[entry.pk] = entry
                opening, closing = self._link(entry)
                out += [part[copied : word.start()], opening, part[word.start() : words[last].end()], closing]
                copied = words[last].end()
        return "".join([*out, part[copied:]]) if out else part

    def _link(self, entry: Entry) -> tuple[str, str]:
        """What stands before and behind a mention: a link, and the button of its definition where there is one."""
        if entry.pk not in self._marked:
            closing = "</a>"
            described = ""
            if entry.definition:
                described = format_html(' aria-describedby="term-{}-text"', str(entry.pk))
                closing += format_html(
                    '<button type="button" class="term-open" popovertarget="term-{}" aria-label="{}"></button>',
                    str(entry.pk),
                    self._meaning % {"term": entry.label},
                )
            opening = format_html('<a class="term" href="{}"{}>', entry.address, described)
            self._marked[entry.pk] = (opening, closing)
        return self._marked[entry.pk]


def _longest(
    node: _Node, part: str, words: Sequence[re.Match[str]], place: int, stems: dict[str, str]
) -> tuple[int, Entry] | None:
    """The last word of the longest term that begins at a word, and its concept."""
    best, last = None, place
    step: _Node | None = node
    while step:
        written = part[words[place].start() : words[last].end()]
        for entry, exactly in step.ends:
            if not exactly or exactly == written:
                best = (last, entry)
                break
        step, last = _next(step, part, words, last, stems)
    return best


def _next(
    node: _Node, part: str, words: Sequence[re.Match[str]], last: int, stems: dict[str, str]
) -> tuple[_Node | None, int]:
    """The step that one of the words behind leads to, and that word."""
    for ahead in range(last + 1, min(last + 1 + _REACH, len(words))) if node.steps else ():
        if not _BETWEEN.fullmatch(part, words[last].end(), words[ahead].start()):
            continue
        if step := node.steps.get(stems[words[ahead][0]]):
            return step, ahead
    return None, last
