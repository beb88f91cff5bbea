"""Labels of terms: one plain text field for each language of the site, whatever these are."""

from typing import Any

from django import forms
from django.utils.text import capfirst
from django.utils.translation import gettext_lazy as _

from items.models.fields import clean_line
from items.models.language import default_language, language_codes, language_name

MAX_LENGTH = 200


def label_fields() -> list[str]:
    """Names of the form's label fields, in the site's order of languages."""
    return [f"label_{code}" for code in language_codes()]


class LabelsForm(forms.ModelForm):
    """Writes the `labels` of a term. Labels in languages that the site no longer has are kept."""

    first_label_required = True

    def __init__(self, *args: Any, **kwargs: Any):
        super().__init__(*args, **kwargs)
        labels = self.instance.labels or {}
        for code, name in zip(language_codes(), label_fields(), strict=True):
            self.fields[name] = forms.CharField(
                label=capfirst(language_name(code, default_language())),
                required=self.first_label_required and code == default_language(),
                max_length=MAX_LENGTH,
                initial=labels.get(code, ""),
                widget=forms.TextInput(attrs={"class": "vTextField", "lang": code}),
            )
        if slug := self.fields.get("slug"):
            slug.help_text = _("The word in addresses, made from the label. After a change the former one still works.")

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or self.cleaned_data
        written = {
            code: clean_line(cleaned.get(name) or "")
            for code, name in zip(language_codes(), label_fields(), strict=True)
        }
        if self.first_label_required and not written[default_language()] and not self.has_error(label_fields()[0]):
            self.add_error(label_fields()[0], _("A label needs letters."))
        labels = {**(self.instance.labels or {}), **written}
        self.instance.labels = {code: text for code, text in labels.items() if text}
        return cleaned
