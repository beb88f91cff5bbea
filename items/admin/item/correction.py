"""Asking, where readers see what is changed, whether the change is minor or one that they are told of."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from items.admin.item.fields import LinesField

MINOR, MAJOR = "minor", "major"
FIELDS = ("correction", "correction_note")


class CorrectionForm(forms.Form):
    """The two questions. Mixed into a form that has others; without them it says nothing."""

    correction = forms.ChoiceField(
        label=_("This change is"),
        choices=[
            (MINOR, _("minor: a slip of the pen; readers are told nothing")),
            (MAJOR, _("major: readers are told what changed, and feeds show it as updated")),
        ],
        initial=MINOR,
        required=False,
        widget=forms.RadioSelect,
    )
    correction_note = LinesField(
        label=_("What readers are told"),
        required=False,
        widget=forms.Textarea(attrs={"rows": 3, "class": "vLargeTextField"}),
        help_text=_("For a major change. It stands on the page with today’s date."),
    )

    def is_correcting(self) -> bool:
        """Whether what is sent may be a correction, so that the two answers must fit each other."""
        return True

    def clean(self) -> dict[str, Any]:
        data = super().clean() or self.cleaned_data
        if not self.is_correcting() or self.has_error("correction"):
            return data
        is_major, note = data.get("correction") == MAJOR, (data.get("correction_note") or "").strip()
        if is_major and not note:
            self.add_error("correction_note", _("Say what was corrected; readers are shown the note."))
        if note and not is_major:
            message = _("Readers see this note only with a major change: choose “major”, or empty the note.")
            self.add_error("correction_note", message)
        return data


def note_of(data: dict[str, Any]) -> str:
    """The note for readers, of a form's clean data; empty for a minor change."""
    return (data.get("correction_note") or "").strip() if data.get("correction") == MAJOR else ""
