"""What a reader typed into the search box, as a tree.

    query   := all ("OR" all)*              words side by side must all be there; "AND" says so once more
    all     := part+
    part    := "-"? ("title:" | "keyword:")? (word | '"' phrase '"' | "(" query ")")

Any text whatever is a query: what makes no sense as syntax is taken as words, and what holds no word as nothing. Words
stand in the tree as `items.text` makes them, letters and digits only, so nothing typed reaches a database as syntax.
"""

import re
from dataclasses import dataclass

from items import text
from items.models.fields import clean_line

LONGEST = 300
"""Characters of a query that are read."""

DEEPEST = 5
"""Levels of parentheses; further ones are passed over."""

FIELDS = ("title", "keyword")


@dataclass(frozen=True)
class Words:
    """A word, or a phrase of several; `field` where it must stand, "" for anywhere."""

    words: tuple[str, ...]
    field: str = ""


@dataclass(frozen=True)
class Not:
    part: "Node"


@dataclass(frozen=True)
class All:
    parts: tuple["Node", ...]


@dataclass(frozen=True)
class Any:
    parts: tuple["Node", ...]


Node = Words | Not | All | Any


@dataclass(frozen=True)
class Typed:
    """A word that is looked for, and where it stands in the text typed."""

    word: str
    start: int
    end: int


@dataclass(frozen=True)
class Query:
    """A query: its text on one line, its tree (None when it holds no word), and the words it looks for."""

    text: str
    root: Node | None
    typed: tuple[Typed, ...] = ()

    @property
    def words(self) -> tuple[str, ...]:
        """The words looked for, in order; not those that must be absent."""
        return tuple(typed.word for typed in self.typed)


_QUOTES = '"“”„‟«»'
_TOKEN = re.compile(
    rf"""\s*(?:
        (?P<minus>[-−–](?=[^\s)]))?
        (?:(?P<field>title|keyword):(?=\S))?
        (?:[{_QUOTES}](?P<phrase>[^{_QUOTES}]*)[{_QUOTES}]?
          |(?P<open>\()
          |(?P<number>\d{{1,3}}(?:[\ ]\d{{3}})+(?!\d))
          |(?P<word>[^\s(){_QUOTES}]+))
      |(?P<close>\)))""",
    re.VERBOSE | re.IGNORECASE,
)


class _Parser:
    def __init__(self, text: str):
        self.text, self.place = text, 0
        self.typed: list[Typed] = []

    def query(self, *, depth: int = 0, absent: bool = False) -> Node | None:
        """One alternative after another, up to the end or the parenthesis that closes."""
        alternatives: list[list[Node]] = [[]]
        while (token := _TOKEN.match(self.text, self.place)) and token.end() > self.place:
            self.place = token.end()
            if token["close"]:
                if depth:
                    break
            elif token["word"] in ("OR", "AND") and not token["minus"] and not token["field"]:
                if token["word"] == "OR":
                    alternatives.append([])
            elif part := self.part(token, depth=depth, absent=absent):
                alternatives[-1].append(part)
        return _joined(Any, [_joined(All, parts) for parts in alternatives])

    def part(self, token: re.Match, *, depth: int, absent: bool) -> Node | None:
        absent = absent != bool(token["minus"])
        field = (token["field"] or "").lower()
        if token["open"]:
            inner = min(depth + 1, DEEPEST)
            part = self.query(depth=inner, absent=absent) if depth < DEEPEST else None
            part = _within(part, field) if part and field else part
        else:
            name = next(name for name in ("phrase", "number", "word") if token[name] is not None)
            part = self.words(token, name, field=field, absent=absent)
        return Not(part) if part and token["minus"] else part

    def words(self, token: re.Match, name: str, *, field: str, absent: bool) -> Node | None:
        words = text.words(token[name])
        if not words:
            return None
        if not absent:
            start = token.start(name)
            pieces = [(start + first, start + last) for first, last in text.printed(token[name])]
            found = [Typed(word, *piece) for piece in pieces for word in text.words(self.text[slice(*piece)])]
            self.typed += [piece for piece in found if piece.word in words]  # without what is elided
        part = Words(tuple(words), field)
        joined = text.compounds(token[name]) if name == "word" else []
        # "e-mail" is "e mail" as a phrase, or "email".
        return Any((part, *(Words((word,), field) for word in joined))) if joined else part


def _joined(kind, parts: list) -> Node | None:
    """One node of several, flat, without those that hold nothing."""
    flat = [inner for part in parts if part for inner in (part.parts if isinstance(part, kind) else (part,))]
    return kind(tuple(flat)) if len(flat) > 1 else next(iter(flat), None)


def _within(node: Node, field: str) -> Node:
    """The node with its words bound to a field, where they are not bound already."""
    if isinstance(node, Words):
        return node if node.field else Words(node.words, field)
    if isinstance(node, Not):
        return Not(_within(node.part, field))
    return type(node)(tuple(_within(part, field) for part in node.parts))


def parse(typed: str) -> Query:
    """The query that a text is. Only its first 300 characters are read; whoever must refuse longer ones, asks first."""
    line = clean_line(typed)[:LONGEST]
    parser = _Parser(line)
    root = parser.query()
    return Query(line, root, tuple(parser.typed))


def looked_for(node: Node | None) -> list[Words]:
    """The words and phrases that a tree looks for; not those that must be absent."""
    if node is None or isinstance(node, Not):
        return []
    return [node] if isinstance(node, Words) else [words for part in node.parts for words in looked_for(part)]
