"""The checklist: what makes an item ready for readers, judged by rules that the Administrator weighs.

Rules are code, in `rules.py`; how much each counts here is data, in `ChecklistRule`. A required rule that an item
does not keep stops it from being approved.
"""

from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from django.core.exceptions import ValidationError
from django.utils import timezone

from items.checklist.content import Content, stored, typed
from items.checklist.rules import RULES, Rule
from items.checklist.together import chosen_levels, together
from items.models import Item
from items.models.checklist_rule import Level

__all__ = [
    "RULES",
    "Content",
    "Finding",
    "Level",
    "Rule",
    "check",
    "levels",
    "refuse",
    "required",
    "stored",
    "together",
    "typed",
]


@dataclass(frozen=True)
class Finding:
    """What could be better, in the form's field `field`; `is_required` where it stands in the way of approval."""

    code: str
    field: str
    message: str
    is_required: bool


def levels() -> dict[str, str]:
    """How much each rule counts here, by its code."""
    chosen = chosen_levels()
    return {code: chosen.get(code, rule.default) for code, rule in RULES.items()}


def check(content: Content, *, today: date) -> list[Finding]:
    """All findings, those of required rules first. One query."""
    found = [
        Finding(code, field, message, level == Level.REQUIRED)
        for code, level in levels().items()
        if level != Level.OFF
        for field, message in RULES[code].check(content, today)
    ]
    return sorted(found, key=lambda finding: not finding.is_required)


def required(content: Content, *, today: date) -> list[Finding]:
    """The findings that stand in the way of approval."""
    return [finding for finding in check(content, today=today) if finding.is_required]


def refuse(sender: type[Item], item: Item, by: Any, at: datetime, **kwargs: Any) -> None:
    """Receiver of `about_to_appear`: raises `ValidationError` with the required findings of what is stored.

    An import or a program (`by` is None) publishes what it brings: its originals stand published elsewhere.
    """
    if by is None:
        return
    if findings := required(stored(item), today=timezone.localdate(at)):
        raise ValidationError([finding.message for finding in findings])
