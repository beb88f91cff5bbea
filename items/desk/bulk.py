"""Doing the same with many items: first what would be done with each and why not, then each on its own."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.core.exceptions import PermissionDenied, ValidationError
from django.db import transaction
from django.utils.translation import gettext_lazy as _

from items.models import Item, Verb
from items.models.item import UNDECIDED, Refused, about_to_appear
from items.models.item.workflow import is_approver

MOST = 100
"""Items at a time, so that a person can read what will be done."""
NOT_YOURS = _("you may not do this with it")


@dataclass(frozen=True)
class Bulk:
    """Something to do with many. `asks` is what it needs: "", text, moment, theme or keyword."""

    name: str
    label: Any
    why_not: Callable[..., Any]
    do: Callable[..., Any]
    asks: str = ""
    permission: str = "change"


@dataclass(frozen=True)
class Line:
    """An item with why it stays as it is; empty where it does not."""

    item: Item
    reason: Any


def _reason(error: Exception) -> Any:
    return " ".join(error.messages) if isinstance(error, ValidationError) else NOT_YOURS


def _verb_refused(verb: Verb):
    def why_not(item: Item, *, by, at: datetime, value: Any = None) -> Any:
        if verb == Verb.APPROVE and item.is_working_copy:
            return _("an update is approved at its own form")
        if reason := item.why_not(verb, by=by, at=at):
            return reason
        if verb == Verb.APPROVE:
            return _would_not_appear(item, by=by, at=at, moment=value or item.publish_at or at)
        return ""

    return why_not


def _would_not_appear(item: Item, *, by, at: datetime, moment: datetime) -> Any:
    if item.expire_at and item.expire_at <= max(moment, at):
        return _("it would have expired before readers see it")
    try:
        about_to_appear.send(Item, item=item, by=by, at=at)
    except ValidationError as error:
        return _reason(error)
    return ""


def _content_refused(item: Item, *, by, at: datetime, value: Any = None) -> Any:
    return "" if item.may_be_changed(by) else NOT_YOURS


def _featuring_refused(item: Item, *, by, at: datetime, value: Any = None) -> Any:
    if item.is_working_copy:
        return _("an update takes this from what is published")
    return "" if is_approver(by) and item.may_be_changed(by) else NOT_YOURS


def _edited(
    change: Callable[[Item, Any], None] | None = None,
    refused: Callable[..., Any] = _content_refused,
    prepare: Callable[[Item], None] | None = None,
):
    """Change an item's content as its form would: a version, and where readers have it a minor correction."""

    def do(item: Item, *, by, at: datetime, value: Any = None) -> None:
        with transaction.atomic():
            stored = Item.objects.select_for_update(of=("self",)).get(pk=item.pk)
            if reason := refused(stored, by=by, at=at, value=value):
                raise PermissionDenied if reason == NOT_YOURS else Refused(reason)
            # The version that saving makes is completed by what changes in other tables after it.
            if prepare:
                prepare(stored)
            stored.save()
            if change:
                change(stored, value)
            stored.complete_version(by=by, at=at)
            if stored.status not in (*UNDECIDED, Item.Status.REMOVED) and stored.has_appeared(at):
                stored.correct(by=by, at=at)

    return do


def _feature(is_featured: bool):
    def prepare(item: Item) -> None:
        item.is_featured = is_featured

    return prepare


BULKS = {
    bulk.name: bulk
    for bulk in (
        Bulk(
            "submit_for_review", _("Submit for review"), _verb_refused(Verb.SUBMIT),
            lambda item, *, by, at, value: item.submit(by=by, at=at),
        ),
        Bulk(
            "approve_now", _("Approve (visible at once, or from the moment set)"), _verb_refused(Verb.APPROVE),
            lambda item, *, by, at, value: item.approve(by=by, at=at), permission="approve",
        ),
        Bulk(
            "approve_at", _("Approve for a time"), _verb_refused(Verb.APPROVE),
            lambda item, *, by, at, value: item.approve(by=by, at=at, publish_at=value), "moment", "approve",
        ),
        Bulk(
            "return_to_author", _("Return to the author"), _verb_refused(Verb.RETURN),
            lambda item, *, by, at, value: item.return_to_author(by=by, at=at, comment=value), "text", "approve",
        ),
        Bulk(
            "withdraw", _("Withdraw"), _verb_refused(Verb.WITHDRAW),
            lambda item, *, by, at, value: item.withdraw(by=by, at=at, reason=value), "text", "withdraw",
        ),
        Bulk(
            "add_theme", _("Add a theme"), _content_refused,
            _edited(lambda item, value: item.themes.add(value)), "theme",
        ),
        Bulk(
            "remove_theme", _("Take a theme away"), _content_refused,
            _edited(lambda item, value: item.themes.remove(value)), "theme",
        ),
        Bulk(
            "add_keyword", _("Add a keyword"), _content_refused,
            _edited(lambda item, value: item.keywords.add(value)), "keyword",
        ),
        Bulk(
            "remove_keyword", _("Take a keyword away"), _content_refused,
            _edited(lambda item, value: item.keywords.remove(value)), "keyword",
        ),
        Bulk(
            "feature", _("Feature on the front page"), _featuring_refused,
            _edited(None, _featuring_refused, _feature(True)), permission="approve",
        ),
        Bulk(
            "unfeature", _("No longer feature"), _featuring_refused,
            _edited(None, _featuring_refused, _feature(False)), permission="approve",
        ),
    )
}  # fmt: skip


def preview(bulk: Bulk, items: Iterable[Item], *, by, at: datetime, value: Any = None) -> list[Line]:
    """Each item with why it would stay as it is. Changes nothing."""
    return [Line(item, bulk.why_not(item, by=by, at=at, value=value)) for item in items]


def perform(bulk: Bulk, items: Iterable[Item], *, by, at: datetime, value: Any = None) -> list[Line]:
    """Do it with each item on its own; what refuses stays as it is and says why."""
    lines = []
    for item in items:
        try:
            reason = bulk.why_not(item, by=by, at=at, value=value)
            if not reason:
                bulk.do(item, by=by, at=at, value=value)
        except (ValidationError, PermissionDenied) as error:
            reason = _reason(error)
        lines.append(Line(item, reason))
    return lines
