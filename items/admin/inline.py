"""Tables of related rows whose inputs have names for people who cannot see the column headings."""

from django import forms
from django.contrib import admin
from django.utils.translation import gettext_lazy as _


class NamedFormSet(forms.BaseInlineFormSet):
    """Every input says what it is; Django names the columns only."""

    def add_fields(self, form, index):
        super().add_fields(form, index)
        for name, field in form.fields.items():
            if not field.widget.is_hidden:
                label = _("Delete this row") if name == "DELETE" else field.label
                field.widget.attrs.setdefault("aria-label", label)


class NamedRows(admin.TabularInline):
    """Related rows as a table, none of whose headings is empty."""

    formset = NamedFormSet
    template = "admin/items/tabular.html"
