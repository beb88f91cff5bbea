"""What may be done with an item, from which status, by whom: the verbs.

A verb acts on what is stored, under a lock of the row, and never on what somebody has changed in memory and not saved.
It raises `PermissionDenied` where the person may not, and `Refused`, a `ValidationError` in the person's words, where
the item does not allow it now. `by=None` stands for an import or a program, which may everything.
"""

from collections.abc import Collection
from dataclasses import dataclass, replace
from datetime import datetime
from typing import Any

from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.dispatch import Signal
from django.utils.translation import gettext_lazy as _

from items.models.activity import Activity, Verb
from items.models.item.record import Refused, performed
from items.models.item.status import UNDECIDED, Status
from items.models.item.working_copy import Updates

about_to_appear = Signal()
"""Sent with `item`, `by`, `at` before an item is approved, inside the transaction. A receiver that finds a reason
against it raises `ValidationError`."""


@dataclass(frozen=True)
class Rule:
    """A verb: the statuses it starts from, the permission it asks for, the words on its button.

    `text` says whether it takes a text: "" no, "optional" or "needed".
    """

    verb: Verb
    label: Any
    sources: tuple[Status, ...]
    permission: str = ""
    text: str = ""
    text_label: Any = ""


_COMMENT = _("Comment")
RULES: dict[Verb, Rule] = {
    rule.verb: rule
    for rule in (
        Rule(Verb.SUBMIT, _("Submit for review"), (Status.DRAFT,), text="optional", text_label=_COMMENT),
        Rule(Verb.APPROVE, _("Approve"), UNDECIDED, "items.approve_item"),
        Rule(
            Verb.RETURN, _("Return to its author"), (Status.IN_REVIEW,), "items.approve_item",
            "needed", _("What should be changed?"),
        ),
        Rule(
            Verb.SEND_BACK, _("Send back to review"), (Status.APPROVED,), "items.approve_item",
            "optional", _COMMENT,
        ),
        Rule(Verb.PREPARE_UPDATE, _("Prepare an update"), (Status.APPROVED, Status.WITHDRAWN)),
        Rule(
            Verb.WITHDRAW, _("Withdraw"), (Status.APPROVED,), "items.withdraw_item",
            "needed", _("Reason, which readers see"),
        ),
        Rule(Verb.REINSTATE, _("Reinstate"), (Status.WITHDRAWN, Status.REMOVED), "items.withdraw_item"),
        Rule(
            Verb.REMOVE, _("Remove"), (Status.APPROVED, Status.WITHDRAWN), "items.remove_item",
            "optional", _("Why, for colleagues"),
        ),
        Rule(Verb.DISCARD, _("Throw this update away"), UNDECIDED),
    )
}  # fmt: skip


_COPY_LABELS = {Verb.APPROVE: _("Approve and replace what is published")}
"""Words on the buttons of a working copy, where they differ."""


class Workflow(Updates):
    """The verbs of an item."""

    class Meta:
        abstract = True

    # --- Who may ------------------------------------------------------------------------------------------------

    def has_appeared(self, at: datetime) -> bool:
        """Whether readers may have met the item's address, which then goes on answering for ever.

        True for what has expired, or been withdrawn or removed since. No question of visibility: that is `published`.
        """
        return self.status not in UNDECIDED and self.publish_at is not None and self.publish_at <= at

    def leads_to(self, at: datetime) -> Any:
        """Where the address of a removed item leads: to the item that replaces it, if that one's answers; or None."""
        other: Any = self.replaced_by  # type: ignore[attr-defined]
        return other if other is not None and other.has_appeared(at) else None

    def may_be_changed(self, by) -> bool:
        """Approvers change everything; others what they began, until it is approved."""
        if not by.has_perm("items.change_item"):
            return False
        if is_approver(by):
            return True
        return self.status in UNDECIDED and (
            self.created_by_id == by.pk or (self.is_working_copy and self.update_of.created_by_id == by.pk)
        )

    def may_be_deleted(self, by, at: datetime) -> bool:
        """Nobody deletes what has appeared; who may delete, the rest; others the drafts that they began.

        A working copy is not deleted but discarded, which its item's record tells.
        """
        if self.has_appeared(at) or self.is_working_copy:
            return False
        if is_approver(by):
            return by.has_perm("items.delete_item")
        return self.may_be_changed(by) and self.status == Status.DRAFT

    def verbs(self, by, at: datetime) -> list[Rule]:
        """What this person may do with the item now, in the order of the buttons."""
        rules = [rule for rule in RULES.values() if self._may(rule, by) and not self._obstacle(rule, at)]
        if self.is_working_copy:
            return [replace(rule, label=_COPY_LABELS.get(rule.verb, rule.label)) for rule in rules]
        return rules

    def why_not(self, verb: Verb, *, by, at: datetime) -> Any:
        """Why this person cannot do this now, in words; empty when nothing here is against it."""
        if not self._may(RULES[verb], by):
            return _("you may not do this with it")
        return self._obstacle(RULES[verb], at)

    def _may(self, rule: Rule, by) -> bool:
        if by is None:
            return True
        if rule.verb == Verb.PREPARE_UPDATE:
            return self.may_be_updated(by)
        return by.has_perm(rule.permission) if rule.permission else self.may_be_changed(by)

    def _obstacle(self, rule: Rule, at: datetime) -> Any:
        """Why the item's state does not allow the verb; empty when it does."""
        if self.status not in rule.sources:
            return _("“%(title)s” is %(status)s now; this can no longer be done.") % {
                "title": self.title,
                "status": self.get_status_display(),
            }
        if rule.verb == Verb.DISCARD and not self.is_working_copy:
            return _("This is no update of a published item.")
        appeared = self.has_appeared(at)
        if rule.verb == Verb.PREPARE_UPDATE:
            if not appeared:
                return _("Readers have not seen this item yet: change the item itself.")
            if hasattr(self, "working_copy"):
                return _("An update of this item is being prepared already.")
        if rule.verb == Verb.SEND_BACK and appeared:
            return _("Readers have seen this item already: it can be withdrawn, not sent back.")
        if rule.verb in (Verb.WITHDRAW, Verb.REMOVE) and not appeared:
            return _("Readers have not seen this item yet: send it back to review instead.")
        return ""

    # --- The verbs ----------------------------------------------------------------------------------------------

    def submit(self, *, by, at: datetime, comment: str = "") -> Activity:
        """Give a draft to the editors."""
        return self._perform(Verb.SUBMIT, by=by, at=at, text=comment, status=Status.IN_REVIEW, is_returned=False)

    def return_to_author(self, *, by, at: datetime, comment: str) -> Activity:
        """Give an item in review back to who wrote it, with what should be changed."""
        return self._perform(Verb.RETURN, by=by, at=at, text=comment, status=Status.DRAFT, is_returned=True)

    def approve(
        self,
        *,
        by,
        at: datetime,
        publish_at: datetime | None = None,
        note: str = "",
        keep: Collection[str] | None = None,
        seen: str = "",
    ) -> Activity:
        """Make visible: from `publish_at`, else from the moment an editor has set, else from now.

        A working copy replaces the content of its item, and is gone then. A `note` makes that a major change, see
        `correct`. `LiveChanged` is raised where the item has been changed directly meanwhile; then `keep` names the
        parts that stay as they are published, and `seen` is the token of what was looked at for that.
        """
        if self.is_working_copy:

            def appear(live) -> None:
                about_to_appear.send(type(live), item=live, by=by, at=at)

            live, activity = self._replace_live(by=by, at=at, note=note, keep=keep, seen=seen, appear=appear)
            self.update_of = live
            return activity

        def schedule(item) -> None:
            item.publish_at = publish_at or item.publish_at or at
            if item.expire_at and item.expire_at <= max(item.publish_at, at):
                raise Refused({"expire_at": _("It would have expired before readers see it.")})
            about_to_appear.send(type(item), item=item, by=by, at=at)

        return self._perform(
            Verb.APPROVE, by=by, at=at, status=Status.APPROVED, is_returned=False, prepare=schedule
        )  # fmt: skip

    def send_back(self, *, by, at: datetime, comment: str = "") -> Activity:
        """Take a scheduled item, which no reader has seen, back into review."""
        return self._perform(Verb.SEND_BACK, by=by, at=at, text=comment, status=Status.IN_REVIEW)

    def withdraw(self, *, by, at: datetime, reason: str) -> Activity:
        """Take out of every list; its address goes on answering, with the reason."""
        return self._perform(
            Verb.WITHDRAW, by=by, at=at, text=reason, status=Status.WITHDRAWN, withdrawal_reason=reason
        )

    def reinstate(self, *, by, at: datetime) -> Activity:
        """Make a withdrawn or removed item visible again, as from when it was."""
        return self._perform(
            Verb.REINSTATE, by=by, at=at, status=Status.APPROVED, withdrawal_reason="", replaced_by=None
        )

    def remove(self, *, by, at: datetime, replaced_by=None, comment: str = "") -> Activity:
        """Take away for good: its address answers 410, or leads to the item that replaces it."""
        if replaced_by is not None:
            published = type(self)._default_manager.published(at).filter(pk=replaced_by.pk)  # type: ignore[attr-defined]
            if replaced_by.pk == self.pk or not published.exists():
                raise Refused({"replaced_by": _("Choose another item that readers can see.")})
        return self._perform(
            Verb.REMOVE, by=by, at=at, text=comment, status=Status.REMOVED, replaced_by=replaced_by
        )  # fmt: skip

    def _allowed(self, verb: Verb, *, by, at: datetime) -> Any:
        """The item as stored, under a lock; raises where the verb may not be done."""
        stored = type(self)._default_manager.select_for_update(of=("self",)).get(pk=self.pk)
        if not stored._may(RULES[verb], by):
            raise PermissionDenied
        if obstacle := stored._obstacle(RULES[verb], at):
            raise Refused(obstacle)
        return stored

    def _perform(self, verb: Verb, *, by, at: datetime, text: str = "", prepare=None, **changes) -> Activity:
        with transaction.atomic():
            stored = self._allowed(verb, by=by, at=at)
            if RULES[verb].text == "needed" and not text.strip():
                raise Refused(_("Write a few words first."))
            if verb in (Verb.SUBMIT, Verb.APPROVE) and not stored.title:
                raise Refused({"title": _("Write a title first.")})
            for name, value in changes.items():
                setattr(stored, name, value)
            if prepare:
                prepare(stored)
            stored.validate_constraints()
            stored.save()
            activity = stored.log(verb, by=by, at=at, text=text)
            performed.send(type(stored), item=stored, activity=activity, also=[])
        self.refresh_from_db()
        return activity


def is_approver(person) -> bool:
    """Whether the person decides on items, their own or not."""
    return person.has_perm("items.approve_item")
