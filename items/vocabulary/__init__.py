"""The vocabulary desk: merging, renaming, splitting and retagging, likely twins, the order of trees, and undoing.

A change that touches items is a plan: `Merge("keyword", [1, 2], into=3)`. `plan.look(by)` checks it and gives a token,
`plan.items()` are the items it touches, `plan.carry_out(by=, at=, seen=token)` does it in one transaction and gives
the `VocabularyChange`s, which `undo` undoes.
"""

from items.vocabulary.links import items_of, with_versions
from items.vocabulary.merge import Merge
from items.vocabulary.order import move, place
from items.vocabulary.plan import Plan
from items.vocabulary.proposals import Proposal, Refuse, approve, described, proposed
from items.vocabulary.rename import Rename, check_keyword_name
from items.vocabulary.retag import Retag
from items.vocabulary.split import Split
from items.vocabulary.suggest import Suggestion, near, suggest
from items.vocabulary.terms import FACETS, TREES, Outdated, Refused, called, facet_of, may_govern, may_retag
from items.vocabulary.twins import Twin, are_not_twins, twins, twins_of
from items.vocabulary.undo import may_undo, undo

__all__ = [
    "FACETS",
    "TREES",
    "Merge",
    "Outdated",
    "Plan",
    "Proposal",
    "Refuse",
    "Refused",
    "Rename",
    "Retag",
    "Split",
    "Suggestion",
    "Twin",
    "approve",
    "are_not_twins",
    "called",
    "check_keyword_name",
    "described",
    "facet_of",
    "items_of",
    "may_govern",
    "may_retag",
    "may_undo",
    "move",
    "near",
    "place",
    "proposed",
    "suggest",
    "twins",
    "twins_of",
    "undo",
    "with_versions",
]
