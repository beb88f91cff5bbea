"""What a listing is made of, as doors show it."""

from dataclasses import dataclass
from typing import NamedTuple

from items.models import Item


@dataclass(frozen=True)
class Problem:
    """A parameter that could not be understood, and why, in the reader's words."""

    name: str
    value: str
    message: str


@dataclass(frozen=True)
class Chip:
    """One chosen filter. `query` is the listing without it."""

    name: str
    value: str
    label: str
    facet_label: str
    query: str


class Way(NamedTuple):
    """A way out of a listing that is empty: another that is not, because a filter is gone or alone."""

    chip: Chip
    query: str
    total: int


class Option(NamedTuple):
    """A value of a facet. `count` items if chosen alone in its facet; `query` is the listing with it toggled.

    A tuple, because a template that takes it apart in a loop draws it in half the time, and a page has a hundred.
    """

    value: str
    label: str
    count: int  # type: ignore[assignment] # hides the method of a tuple, which nobody wants of an option
    selected: bool
    query: str
    depth: int = 0


@dataclass(frozen=True)
class Facet:
    """A facet with the options shown; `hidden` further values have items but are not among them."""

    name: str
    label: str
    options: tuple[Option, ...]
    hidden: int
    is_tree: bool

    @property
    def selected(self) -> int:
        return sum(option.selected for option in self.options)


@dataclass(frozen=True)
class Neighbours:
    """An item's place in a listing: its position from 1, and the items before and after it."""

    position: int
    previous: Item | None
    next: Item | None
