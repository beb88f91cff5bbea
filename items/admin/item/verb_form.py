"""What the verbs ask for beside an item's form, and their buttons: just those of what this person may do now."""

from dataclasses import dataclass, field
from typing import Any

from django import forms
from django.contrib import admin
from django.urls import reverse
from django.utils.text import capfirst
from django.utils.translation import gettext_lazy as _

from items.admin.choice import AutocompleteOne
from items.admin.item.correction import FIELDS as CORRECTION_FIELDS
from items.admin.item.correction import CorrectionForm, note_of
from items.admin.item.fields import LinesField
from items.admin.item.moment import MomentField
from items.models import Attachment, Item, Verb
from items.models.item import RULES, Rule

APPROVE_AT = "approve_at"
"""The button that approves for a time; to the item it is Verb.APPROVE."""
CHOICES = (*RULES, APPROVE_AT)
ASIDE = (Verb.PREPARE_UPDATE, Verb.DISCARD)
"""Verbs that leave what the form holds aside: saving it first would be a correction, or in vain."""
# The select of another item asks the desk's autocomplete by way of a foreign key; this one points at items.
TO_AN_ITEM: Any = Attachment._meta.get_field("item")
DONE = {
    Verb.SUBMIT: _("“%(title)s” waits for review."),
    Verb.RETURN: _("“%(title)s” went back to its author."),
    Verb.APPROVE: _("“%(title)s” is approved."),
    Verb.SEND_BACK: _("“%(title)s” is in review again."),
    Verb.WITHDRAW: _("“%(title)s” is withdrawn; its address shows the reason."),
    Verb.REINSTATE: _("“%(title)s” is public again."),
    Verb.REMOVE: _("“%(title)s” is removed."),
    Verb.PREPARE_UPDATE: _("This is a working copy of “%(title)s”. Readers see no change until it is approved."),
    Verb.DISCARD: _("The update was thrown away. “%(title)s” is as it was."),
    Verb.UPDATE: _("The update of “%(title)s” is published."),
}


@dataclass(frozen=True)
class Button:
    """A verb as the form shows it: what it asks for stands in `fields`; with an `address` it leaves the form aside."""

    verb: str
    label: Any
    is_first: bool
    address: str = ""
    fields: list = field(default_factory=list)
    help: Any = ""

    @property
    def has_errors(self) -> bool:
        return any(bound.errors for bound in self.fields)


class VerbForm(CorrectionForm):
    """What the verbs ask for. `chosen` is the button that was pressed, or ""; only its fields can be missing."""

    def __init__(self, data: Any = None, *, item: Item, rules: list[Rule], chosen: str = "", reads_only: bool = False):
        super().__init__(data, label_suffix="")
        self.item, self.rules, self.chosen, self.reads_only = item, rules, chosen, reads_only
        self.offered = {rule.verb for rule in rules}
        self.differences: list = []
        self.seen = ""
        if not (item.is_working_copy and Verb.APPROVE in self.offered):
            for name in CORRECTION_FIELDS:
                del self.fields[name]
        else:
            self._ask_what_stands()
        for rule in rules:
            if rule.text:
                self.fields[f"{rule.verb}_text"] = LinesField(
                    label=rule.text_label,
                    required=rule.text == "needed" and rule.verb == chosen,
                    widget=forms.Textarea(attrs={"rows": 3, "class": "vLargeTextField"}),
                )
        if Verb.APPROVE in self.offered and not item.is_working_copy:
            self.fields[APPROVE_AT] = MomentField(label=_("Visible from"), required=chosen == APPROVE_AT)
        if Verb.REMOVE in self.offered:
            self.fields["replaced_by"] = forms.ModelChoiceField(
                Item.objects.filter(update_of__isnull=True),
                label=_("Leads to"),
                required=False,
                widget=AutocompleteOne(TO_AN_ITEM, admin.site),
                help_text=_("Another item that readers are led to. Empty: they are told that this one is gone."),
            )
            self.fields["remove_confirmed"] = forms.BooleanField(
                label=_("Yes, take it away from readers for good"), required=chosen == Verb.REMOVE
            )

    def _ask_what_stands(self) -> None:
        self.differences, self.seen = self.item.live_differences()
        for difference in self.differences:
            self.fields[f"stands_{difference.name}"] = forms.ChoiceField(
                label=capfirst(difference.label),
                choices=[("live", _("what is published now")), ("copy", _("what this update says"))],
                initial="" if difference.is_contested else "live",
                required=self.chosen == Verb.APPROVE,
                widget=forms.RadioSelect,
            )
        self.fields["live_seen"] = forms.CharField(initial=self.seen, required=False, widget=forms.HiddenInput)

    def is_correcting(self) -> bool:
        return self.chosen == Verb.APPROVE

    def look_again(self) -> None:
        """Have the next choice made on what is published now."""
        if "live_seen" in self.fields:
            data: Any = self.data.copy()  # type: ignore[attr-defined]
            data["live_seen"] = self.seen
            self.data = data

    def compared(self) -> list[tuple[Any, Any]]:
        """Each difference with the field that asks about it."""
        return [(difference, self[f"stands_{difference.name}"]) for difference in self.differences]

    @property
    def correction_fields(self) -> list:
        return [self[name] for name in CORRECTION_FIELDS if name in self.fields]

    def buttons(self) -> list[Button]:
        """The buttons, in order."""
        found = []
        for number, rule in enumerate(self.rules):
            has_address = self.reads_only or rule.verb in ASIDE
            names = [name for name in self._names(rule.verb) if name in self.fields]
            found.append(
                Button(
                    verb=rule.verb,
                    label=rule.label,
                    is_first=number == 0 and rule.verb in (Verb.SUBMIT, Verb.APPROVE, Verb.RETURN),
                    address=reverse(f"admin:items_item_{rule.verb}", args=[self.item.pk]) if has_address else "",
                    fields=[self[name] for name in names],
                )
            )
        return found

    @staticmethod
    def _names(verb: Verb) -> list[str]:
        more = {Verb.APPROVE: [APPROVE_AT], Verb.REMOVE: ["replaced_by"]}
        last = {Verb.REMOVE: ["remove_confirmed"]}
        return [*more.get(verb, []), f"{verb}_text", *last.get(verb, [])]

    def perform(self, *, by, at) -> tuple[Any, Any]:
        """Do the chosen verb; gives the item to look at next, and what to say. Raises what the item raises."""
        data, item, verb = self.cleaned_data, self.item, self.chosen
        text = data.get(f"{verb}_text", "")
        title = item.title
        if verb == Verb.PREPARE_UPDATE:
            return item.prepare_update(by=by, at=at), DONE[Verb.PREPARE_UPDATE] % {"title": title}
        if item.is_working_copy and verb in (Verb.APPROVE, Verb.DISCARD):
            live: Any = item.update_of
            if verb == Verb.DISCARD:
                item.discard(by=by, at=at)
                return live, DONE[Verb.DISCARD] % {"title": live.title}
            keep = [d.name for d in self.differences if data.get(f"stands_{d.name}") == "live"]
            item.approve(by=by, at=at, note=note_of(data), keep=keep, seen=data.get("live_seen", ""))
            return live, DONE[Verb.UPDATE] % {"title": title}
        match verb:
            case Verb.SUBMIT:
                item.submit(by=by, at=at, comment=text)
            case Verb.RETURN:
                item.return_to_author(by=by, at=at, comment=text)
            case Verb.APPROVE:
                item.approve(by=by, at=at)
            case "approve_at":
                item.approve(by=by, at=at, publish_at=data.get(APPROVE_AT))
            case Verb.SEND_BACK:
                item.send_back(by=by, at=at, comment=text)
            case Verb.WITHDRAW:
                item.withdraw(by=by, at=at, reason=text)
            case Verb.REINSTATE:
                item.reinstate(by=by, at=at)
            case Verb.REMOVE:
                item.remove(by=by, at=at, replaced_by=data.get("replaced_by"), comment=text)
            case Verb.DISCARD:
                item.discard(by=by, at=at)
        return item, DONE[Verb.APPROVE if verb == APPROVE_AT else Verb(verb)] % {"title": title}
