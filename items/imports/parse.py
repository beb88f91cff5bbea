"""From the text of a printed listing to its entries. Pure: knows nothing of what the newsroom holds.

An entry is a date (labelled, bare or that of an event), a summary, then fields; any of them may be missing. Where an
entry has no date line, its summary is one paragraph; where it has one, the summary goes on to the next label.
"""

import re
from collections.abc import Callable, Iterable
from dataclasses import dataclass, field, replace
from datetime import date

from django.utils.translation import gettext as _

from items.imports.dates import Reading, read_date, read_when
from items.imports.lines import Kind, Line, read_lines
from items.text import letters

LONGEST_KEYWORD = 100
FEWEST_WORDS = 6  # of what may be a summary, printed on the line of a label
_SEPARATORS = re.compile(r"; ?|: ")
_FIELDS = (Kind.THEMES, Kind.TYPE, Kind.KEYWORDS)


@dataclass(frozen=True)
class Entry:
    """One entry as printed, with names and not terms. `line` is where it starts, from 1; problems are sentences."""

    line: int
    summary: str
    publication_date: date | None = None
    when: date | None = None
    when_text: str = ""
    themes: tuple[str, ...] = ()
    type: str = ""
    keywords: tuple[str, ...] = ()
    problems: tuple[str, ...] = ()


@dataclass(frozen=True)
class Parsed:
    """The entries of a listing in its order, and the text that stands before the first and is none."""

    entries: tuple[Entry, ...]
    introduction: str = ""


def parse(text: str) -> Parsed:
    """The entries of a listing's text, whatever its line ends. Raises nothing: what is wrong stands in `problems`."""
    reader = _Reader(read_lines(text))
    first = _introduction(reader.blocks)
    introduction = " ".join(block.summary for block in reader.blocks[:first])
    return Parsed(tuple(block.entry() for block in reader.blocks[first:]), introduction)


@dataclass
class _Block:
    """An entry while it is being read."""

    line: int
    is_headed: bool = False
    is_ended: bool = False
    text: list[str] = field(default_factory=list)
    labels: list[Line] = field(default_factory=list)

    @property
    def summary(self) -> str:
        return " ".join(self.text)

    @property
    def is_bare(self) -> bool:
        """Whether it is text only, so that nothing but its place says it is an entry."""
        return not (self.is_headed or self.is_ended or self.labels)

    def has(self, *kinds: Kind) -> bool:
        return any(label.kind in kinds for label in self.labels)

    def values(self, kind: Kind) -> list[str]:
        return [label.text for label in self.labels if label.kind is kind and label.text]

    def entry(self) -> Entry:
        """The entry that was read, its values taken apart."""
        problems: list[str] = []
        published = _first_day(self.values(Kind.DATE), read_date, problems)
        when_texts = self.values(Kind.WHEN)
        types = _split(self.values(Kind.TYPE), problems)
        if len(types) > 1:
            problems.append(_('An item has one type; "%s" was left off.') % ", ".join(types[1:]))
        keywords = _split(self.values(Kind.KEYWORDS), problems)
        for keyword in keywords:
            if len(keyword) > LONGEST_KEYWORD:
                problems.append(_('The keyword "%s…" is too long and was left off.') % keyword[:40])
        return Entry(
            line=self.line,
            summary=self.summary,
            publication_date=published,
            when=_first_day(when_texts, read_when, problems),
            when_text=" / ".join(when_texts),
            themes=_split(self.values(Kind.THEMES), problems),
            type=types[0] if types else "",
            keywords=tuple(keyword for keyword in keywords if len(keyword) <= LONGEST_KEYWORD),
            problems=tuple(problems),
        )


class _Reader:
    """Gathers lines into blocks, one for each entry."""

    def __init__(self, lines: Iterable[Line]):
        self.blocks: list[_Block] = []
        self._lines = list(lines)
        self._last_text = max((line.number for line in self._lines if line.kind is Kind.TEXT), default=0)
        whens = [line.number for line in self._lines if line.kind is Kind.WHEN]
        # With no text after the last "When", these labels stand below their summaries.
        self._when_heads = bool(whens) and whens[-1] < self._last_text
        after_blank = False
        for place, line in enumerate(self._lines):
            if line.kind is Kind.TEXT:
                self._take_text(line, after_blank)
            elif line.kind is Kind.DATE:
                self._take_date(line)
            elif line.kind is Kind.WHEN:
                self._take_when(line, self._heads(place, after_blank))
            elif line.kind in _FIELDS:
                self._take_field(line)
            elif line.kind is Kind.READ_MORE and self.blocks:
                self.blocks[-1].is_ended = bool(self.blocks[-1].text)
            after_blank = line.kind is Kind.BLANK

    def _heads(self, place: int, after_blank: bool) -> bool:
        """Whether this "When" belongs to what follows rather than to what stands above."""
        after = place + 1
        while after < len(self._lines) and self._lines[after].kind is Kind.BLANK:
            after += 1
        kind = self._lines[after].kind if after < len(self._lines) else Kind.BLANK
        if kind is Kind.DATE:
            return after_blank and after == place + 1
        return kind is Kind.TEXT and self._when_heads

    def _open(self, line: Line, *, is_headed: bool) -> _Block:
        self.blocks.append(_Block(line.number, is_headed=is_headed))
        return self.blocks[-1]

    def _take_text(self, line: Line, after_blank: bool) -> None:
        block = self.blocks[-1] if self.blocks else None
        if block is None or (block.text and (block.is_ended or (after_blank and not block.is_headed))):
            block = self._open(line, is_headed=False)
        block.text.append(line.text)

    def _take_date(self, line: Line) -> None:
        block = self.blocks[-1] if self.blocks else None
        if block is None or block.text or block.has(Kind.DATE, *_FIELDS):
            block = self._open(line, is_headed=True)
        reading = read_date(line.text)
        rest = reading.rest if reading else line.text
        if len(rest.split()) < FEWEST_WORDS:
            block.labels.append(line)
        else:  # The summary goes on on the label's own line.
            block.labels.append(replace(line, text=line.text.removesuffix(rest)))
            block.text.append(rest.lstrip(" .,;:–—-"))

    def _take_when(self, line: Line, heads: bool) -> None:
        block = self.blocks[-1] if self.blocks else None
        if block is None or (block.text and heads) or (not block.text and block.has(Kind.WHEN)):
            block = self._open(line, is_headed=True)
        block.labels.append(line)
        block.is_ended = block.is_ended or bool(block.text)

    def _take_field(self, line: Line) -> None:
        block = self.blocks[-1] if self.blocks else self._open(line, is_headed=False)
        block.labels.append(line)
        block.is_ended = block.is_ended or bool(block.text)


def _introduction(blocks: list[_Block]) -> int:
    """How many blocks at the start are an introduction.

    Text before the first labelled entry is, unless the listing prints other entries without any label too. Where
    "Read more" is the only label, it takes two entries that have it to tell that the first text is none.
    """
    bare = 0
    while bare < len(blocks) and blocks[bare].is_bare:
        bare += 1
    if bare == len(blocks):
        return int(len(blocks) > 1 and blocks[0].summary.endswith(":"))
    others_are_bare = any(block.is_bare for block in blocks[bare:])
    has_dates = any(block.has(Kind.DATE) for block in blocks)
    is_labelled = any(block.labels for block in blocks) or len(blocks) - bare > 1
    return bare if has_dates or (is_labelled and not others_are_bare) else 0


def _first_day(texts: list[str], read: Callable[[str], Reading | None], problems: list[str]) -> date | None:
    """The first day that the texts name; what is wrong with any of them goes to the problems."""
    days = []
    for text in texts:
        reading = read(text) or read_date(text)
        if reading is None:
            problems.append(_('"%s" is not a date.') % text)
            continue
        if reading.problem:
            problems.append(reading.problem)
        elif reading.rest:
            problems.append(_('Only the date at the start of "%s" was taken.') % text)
        if reading.day:
            days.append(reading.day)
    if len(set(days)) > 1:
        problems.append(_("There are several dates; the first was taken."))
    return days[0] if days else None


def _split(values: list[str], problems: list[str]) -> tuple[str, ...]:
    """Names divided at commas, and also at semicolons and colons, which is a problem worth telling."""
    names: dict[str, str] = {}
    for part in (part.strip(" .;:") for value in values for part in value.split(",")):
        pieces = [piece.strip() for piece in _SEPARATORS.split(part)]
        if len(pieces) > 1:
            problems.append(_('"%s" was divided at its semicolons and colons.') % part)
        for name in pieces:
            if letters(name):
                names.setdefault(name.casefold(), name)
    return tuple(names.values())
