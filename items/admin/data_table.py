"""Tables of figures, on the form of their item: uploaded or pasted, and read when they are saved."""

from pathlib import PurePath
from typing import Any

from django import forms
from django.contrib import admin
from django.core.exceptions import ValidationError
from django.http import QueryDict
from django.utils.translation import gettext_lazy as _

from items.admin.item.fields import LinesField
from items.models import DataTable
from items.tables import Problem, decoded, table_of, take_in
from items.tables.chart import why_not
from items.tables.source import LARGEST

MOST_PROBLEMS = 20


class DataTableForm(forms.ModelForm):
    """One table. A file that is chosen takes the place of what stands in the box, and is shown there if it is wrong."""

    upload = forms.FileField(
        label=_("CSV file"),
        required=False,
        help_text=_("Columns parted by tabs, semicolons or commas. It replaces the figures below."),
        widget=forms.FileInput(attrs={"accept": ".csv,.tsv,.txt,text/csv,text/plain"}),
    )
    text = LinesField(
        label=_("Figures"),
        required=False,
        strip=False,  # where no word stands over the labels, a pasted table begins with a tab
        widget=forms.Textarea(attrs={"rows": 8, "class": "vLargeTextField figures-text", "spellcheck": "false"}),
        help_text=_(
            "Or paste them from a spreadsheet: first row headings, first column years, months (2026-01), quarters "
            "(2026-Q1) or names. For what is not published write : .. - c n/a or <5."
        ),
    )

    class Meta:
        model = DataTable
        fields: tuple[str, ...] = ()  # the inline names them
        widgets = {"notes": forms.Textarea(attrs={"rows": 2, "class": "vLargeTextField"})}
        help_texts = {
            "decimals": _("Leave empty: the numbers mostly say so themselves. You are asked where they do not."),
            "chart": _("Leave empty for what suits: lines over time, bars for the rest."),
            "unit": _("Such as: persons, applications, per cent of all decisions."),
            "period": _("What the figures cover, such as: January to October 2026."),
            "source": _("Whose figures they are, such as: Eurostat, migr_asyappctzm, 3 November 2026."),
            "notes": _("What readers must know: breaks in series, provisional figures, rounding."),
        }

    def __init__(self, *args: Any, **kwargs: Any):
        super().__init__(*args, **kwargs)
        self.refused: ValidationError | None = None
        if not self.is_bound or "text" not in self.fields:
            return
        file = self.files.get(self.add_prefix("upload"))
        if file is None:
            return
        try:
            text = decoded(file.read(LARGEST + 1))
        except ValidationError as error:
            self.refused = error
            return
        # Into the box, where it can be mended should it be wrong: no browser sends a file twice.
        data = QueryDict(mutable=True)
        data.update(self.data)
        data[self.add_prefix("text")] = text
        if not data.get(self.add_prefix("caption"), "").strip():
            data[self.add_prefix("caption")] = PurePath(file.name or "").stem.replace("_", " ")
        self.data = data

    def clean_upload(self) -> None:
        if self.refused:
            raise self.refused

    def clean(self) -> dict[str, Any]:
        data = super().clean() or self.cleaned_data
        if self.errors or data.get("DELETE"):
            return data
        if not data.get("text", "").strip():
            self.add_error("text", _("Choose a file or paste the figures."))
            return data
        read = DataTable(text=data["text"], decimals=data.get("decimals", ""))
        if problems := take_in(read):
            self.add_error("text", _listed(problems))
            return data
        self.instance.data = read.data
        kind = data.get("chart", "")
        if kind not in ("", DataTable.Chart.NONE) and (reason := why_not(table_of(read), kind)):
            label = DataTable.Chart(kind).label
            message = _("These figures cannot be drawn as %(kind)s: %(reason)s.")
            self.add_error("chart", ValidationError(message, params={"kind": label, "reason": reason}))
        return data


def _listed(problems: list[Problem]) -> list[str]:
    shown = [str(problem) for problem in problems[:MOST_PROBLEMS]]
    if more := len(problems) - len(shown):
        shown.append(str(_("And %(number)d more.") % {"number": more}))
    return shown


class DataTableInline(admin.StackedInline):
    """The tables of an item, folded away while there is none."""

    model = DataTable
    form = DataTableForm
    fields = [
        "caption",
        "upload",
        "text",
        ("decimals", "chart"),
        ("unit", "period"),
        "source",
        "notes",
        "position",
    ]
    extra = 0
    verbose_name_plural = _("data tables (figures with a chart)")

    class Media:
        css = {"all": ["admin_desk/tables.css"]}

    # Who may write the item may write its tables: they have no permissions of their own.

    def _may(self, request, *verbs: str) -> bool:
        return any(request.user.has_perm(f"items.{verb}_item") for verb in verbs)

    def has_view_permission(self, request, obj=None) -> bool:
        return self._may(request, "view", "change")

    def has_add_permission(self, request, obj=None) -> bool:
        return self._may(request, "add", "change")

    def has_change_permission(self, request, obj=None) -> bool:
        return self._may(request, "add", "change")

    def has_delete_permission(self, request, obj=None) -> bool:
        return self._may(request, "add", "change")

    def get_fields(self, request, obj=None):
        if obj is None or obj.may_be_changed(request.user):
            return self.fields
        return [name for name in self.fields if name != "upload"]
