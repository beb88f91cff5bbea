"""Two texts word by word, in bounded time.

First blocks are matched with blocks, then words with words inside those that changed. Each step is a longest common
subsequence, which rapidfuzz finds on rows of bits; what is too long even for that is shown as replaced as a whole.
"""

import re
from collections.abc import Hashable, Sequence
from dataclasses import dataclass
from typing import Any

from django.utils.html import conditional_escape, format_html
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from rapidfuzz.distance import Indel

from items.history.blocks import KINDS, Block, read_html, read_text

LONGEST = 4_000
"""Words of one block, or blocks of one text, that are matched: beyond, time and memory grow with the square."""
# A word or sign with the space after it: spaces of their own would be matched with each other, and not the words.
_WORD = re.compile(r"(?:\w+(?:['’]\w+)*|[^\w\s])\s*|\s+")
MOST_LINES = 400
"""Blocks that are shown of one text; what comes after them is only counted."""
_AROUND = 1
"""Unchanged blocks shown before and after a change."""


@dataclass(frozen=True)
class Line:
    """A block of two texts, as HTML with `<del>` in `before` and `<ins>` in `after`; "" where there is none.

    With `skipped` it stands for that many unchanged blocks.
    """

    before: SafeString
    after: SafeString
    kind: Any = ""
    is_changed: bool = False
    skipped: int = 0

    @property
    def gap(self) -> str:
        """How many blocks are left out, in words."""
        return ngettext("%d unchanged part", "%d unchanged parts", self.skipped) % self.skipped


def _runs(one: Sequence[Hashable], two: Sequence[Hashable]) -> list[tuple[bool, slice, slice]]:
    """Stretches of two sequences: whether they are the same, and where they stand in either."""
    start = 0
    while start < min(len(one), len(two)) and one[start] == two[start]:
        start += 1
    end = 0
    while end < min(len(one), len(two)) - start and one[-1 - end] == two[-1 - end]:
        end += 1
    a, b = one[start : len(one) - end], two[start : len(two) - end]
    runs = [(True, slice(0, start), slice(0, start))] if start else []
    if len(a) > LONGEST or len(b) > LONGEST:
        runs.append((False, slice(start, start + len(a)), slice(start, start + len(b))))
    else:
        for code in Indel.opcodes(a, b):
            same = code.tag == "equal"
            left = slice(start + code.src_start, start + code.src_end)
            right = slice(start + code.dest_start, start + code.dest_end)
            if runs and not same and not runs[-1][0]:
                left, right = slice(runs[-1][1].start, left.stop), slice(runs[-1][2].start, right.stop)
                runs.pop()
            runs.append((same, left, right))
    if end:
        runs.append((True, slice(len(one) - end, len(one)), slice(len(two) - end, len(two))))
    return runs


def _marked(tag: str, words: str) -> SafeString:
    # The hidden words are for people who hear the page: few screen readers say that something is marked.
    said = _("deleted:") if tag == "del" else _("added:")
    element = mark_safe(tag)  # noqa: S308 (one of two constants)
    return format_html('<{}><span class="visually-hidden">[{} </span>{}<span class="visually-hidden">]</span></{}>',
                       element, said, words, element)  # fmt: skip


def compare_words(before: str, after: str) -> tuple[SafeString, SafeString]:
    """Both texts as HTML, with what the other has not marked."""
    # security: everything is escaped on its way in; only these marks are not.
    one, two = _WORD.findall(before), _WORD.findall(after)
    runs = _runs([word.strip() for word in one], [word.strip() for word in two])
    left: list[str] = []
    right: list[str] = []
    for same, a, b in _calm(runs, one):
        for tag, words, side in (("del", "".join(one[a]), left), ("ins", "".join(two[b]), right)):
            bare = words.rstrip()
            side.append(conditional_escape(bare) if same or not bare else _marked(tag, bare))
            side.append(words[len(bare) :])
    return mark_safe("".join(left)), mark_safe("".join(right))  # noqa: S308 (escaped above)


def _calm(runs, one: list[str]):
    """Runs without the islands of a space or a comma that two rewritten sentences happen to share."""
    calm: list[tuple[bool, slice, slice]] = []
    for number, (same, a, b) in enumerate(runs):
        island = same and 0 < number < len(runs) - 1 and not any(word[0].isalnum() for word in one[a])
        if (island or not same) and calm and not calm[-1][0]:
            _same, left, right = calm.pop()
            calm.append((False, slice(left.start, a.stop), slice(right.start, b.stop)))
        else:
            calm.append((same and not island, a, b))
    return calm


def compare_text(before: str, after: str) -> list[Line]:
    """Two plain texts, line by line."""
    return compare_blocks(read_text(before), read_text(after))


def compare_html(before: str, after: str) -> list[Line]:
    """Two bodies, block by block; empty when they read alike."""
    return compare_blocks(read_html(before), read_html(after))


def compare_blocks(before: list[Block], after: list[Block]) -> list[Line]:
    """Blocks side by side, long unchanged stretches left out; empty when nothing differs."""
    lines: list[Line] = []
    changed = rest = 0
    for same, a, b in _runs(before, after):
        room = MOST_LINES - changed
        if same:
            lines += [_unchanged(block) for block in before[a]]
            continue
        pairs = _pairs(before[a][:room], after[b][:room])
        rest += max(a.stop - a.start, b.stop - b.start, room) - room
        lines += pairs[:room]
        changed += len(pairs[:room])
    shown = _shortened(lines) if changed else []
    if rest:
        more = ngettext("%d more part differs.", "%d more parts differ.", rest) % rest
        shown.append(Line(conditional_escape(more), conditional_escape(more), is_changed=True))
    return shown


def _unchanged(block: Block) -> Line:
    text = conditional_escape(block.text)
    return Line(text, text, KINDS.get(block.element, ""))


def _pairs(before: list[Block], after: list[Block]) -> list[Line]:
    """Blocks that took the place of others, each beside the one that it most likely was."""
    lines: list[Line] = []
    for old, new in _partners(before, after):
        if old and new:
            left, right = compare_words(old.text, new.text)
            if old.element != new.element:
                left = format_html("{} <del>({})</del>", left, KINDS.get(old.element, _("Paragraph")))
                right = format_html("{} <ins>({})</ins>", right, KINDS.get(new.element, _("Paragraph")))
            lines.append(Line(left, right, KINDS.get(new.element, ""), is_changed=True))
        elif old:
            lines.append(Line(_marked("del", old.text), SafeString(), KINDS.get(old.element, ""), is_changed=True))
        elif new:
            lines.append(Line(SafeString(), _marked("ins", new.text), KINDS.get(new.element, ""), is_changed=True))
    return lines


def _partners(before: list[Block], after: list[Block]) -> list[tuple[Block | None, Block | None]]:
    if len(before) == len(after):
        return list(zip(before, after, strict=True))
    if len(before) * len(after) > LONGEST:
        return [*((old, None) for old in before), *((None, new) for new in after)]
    pairs: list[tuple[Block | None, Block | None]] = []
    waiting = list(after)
    for old in before:
        likeness = [Indel.normalized_similarity(old.text[:LONGEST], new.text[:LONGEST]) for new in waiting]
        best = max(range(len(waiting)), key=likeness.__getitem__, default=None)
        if best is None or likeness[best] < 0.5:
            pairs.append((old, None))
            continue
        pairs += [(None, new) for new in waiting[:best]]
        pairs.append((old, waiting[best]))
        waiting = waiting[best + 1 :]
    return pairs + [(None, new) for new in waiting]


def _shortened(lines: list[Line]) -> list[Line]:
    near = {
        number + step
        for number, line in enumerate(lines)
        if line.is_changed
        for step in range(-_AROUND, _AROUND + 1)
    }  # fmt: skip
    short: list[Line] = []
    for number, line in enumerate(lines):
        if number in near:
            short.append(line)
        elif short and short[-1].skipped:
            short[-1] = Line(SafeString(), SafeString(), skipped=short[-1].skipped + 1)
        else:
            short.append(Line(SafeString(), SafeString(), skipped=1))
    return short
