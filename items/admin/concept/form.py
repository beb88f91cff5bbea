"""The form of a concept: what it is called and what it means in each language, and how it stands to others."""

from typing import Any

from django import forms
from django.contrib import admin
from django.core.exceptions import ValidationError
from django.db import IntegrityError
from django.utils.text import capfirst
from django.utils.translation import gettext_lazy as _

from items.admin.choice import AutocompleteMany, SeveralField
from items.admin.labels import MAX_LENGTH, LabelsForm, label_fields
from items.models import Concept
from items.models.concept import NoCircle, each_once
from items.models.fields import clean_text
from items.models.language import default_language, language_codes, language_name
from items.text import fold

LONGEST_DEFINITION = 5_000
"""Characters."""


def fields_of(code: str) -> list[str]:
    """The names of the form's fields for a language."""
    return [f"label_{code}", f"synonyms_{code}", f"definition_{code}"]


class ConceptForm(LabelsForm):
    """Writes labels, synonyms and definitions. Those in languages that the site no longer has are kept."""

    broader = SeveralField(
        Concept.objects.all(),
        required=False,
        label=_("Broader terms"),
        help_text=_("What this is a kind or a part of. The narrower ones follow from this by themselves."),
    )
    related = SeveralField(
        Concept.objects.all(), required=False, label=_("Related terms"), help_text=_("What readers should see also.")
    )

    def __init__(self, *args: Any, **kwargs: Any):
        super().__init__(*args, **kwargs)
        concept = self.instance
        for code in language_codes():
            name, attrs = capfirst(language_name(code, default_language())), {"lang": code, "class": "vLargeTextField"}
            self.fields[f"label_{code}"].label = _("Term (%(language)s)") % {"language": name}
            self.fields[f"synonyms_{code}"] = forms.CharField(
                label=_("Synonyms (%(language)s)") % {"language": name},
                help_text=_("One a line."),
                required=False,
                initial="\n".join((concept.synonyms or {}).get(code, [])),
                widget=forms.Textarea(attrs={**attrs, "rows": 3}),
            )
            self.fields[f"definition_{code}"] = forms.CharField(
                label=_("Definition (%(language)s)") % {"language": name},
                required=False,
                max_length=LONGEST_DEFINITION,
                initial=(concept.definitions or {}).get(code, ""),
                widget=forms.Textarea(attrs={**attrs, "rows": 5}),
            )
        for name in ("broader", "related"):
            field = self.fields.get(name)
            if isinstance(field, SeveralField):
                field.widget = AutocompleteMany(Concept._meta.get_field(name), admin.site)
                field.widget.choices = field.choices
                field.widget.is_required = True  # else Select2 puts a button among the entries of its list
                field.queryset = Concept.objects.exclude(pk=concept.pk)
                if concept.pk:
                    field.initial = list(getattr(concept, name).values_list("pk", flat=True))

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean()
        for code in language_codes():
            lines = each_once((cleaned.get(f"synonyms_{code}") or "").splitlines())
            if any(len(line) > MAX_LENGTH for line in lines):
                message = _("A synonym is longer than %(count)d characters.") % {"count": MAX_LENGTH}
                self.add_error(f"synonyms_{code}", message)
            self.instance.synonyms = {**(self.instance.synonyms or {}), code: lines}
            text = clean_text(cleaned.get(f"definition_{code}") or "").strip()
            self.instance.definitions = {**(self.instance.definitions or {}), code: text}
        self._refuse_twins()
        if self.instance.pk and self.instance.pk in Concept.above(cleaned.get("broader") or []):
            self.add_error("broader", NoCircle.default_violation_error_message)
        return cleaned

    def _refuse_twins(self) -> None:
        """No two concepts have one preferred term."""
        others = list(Concept.objects.exclude(pk=self.instance.pk).values_list("slug", "labels"))
        for code, name in zip(language_codes(), label_fields(), strict=True):
            wanted = fold((self.instance.labels or {}).get(code, ""))
            slugs = [slug for slug, labels in others if wanted and fold((labels or {}).get(code, "")) == wanted]
            if slugs:
                self.add_error(name, _("This is the label of another term already (%(slug)s).") % {"slug": slugs[0]})

    def relate(self) -> None:
        """Store what the form says of other concepts, once the concept is stored."""
        try:
            self.instance.relate(broader=self.cleaned_data["broader"], related=self.cleaned_data["related"])
        except ValidationError:
            raise IntegrityError from None  # since the form was checked, somebody else closed a circle with it


class UploadForm(forms.Form):
    """A file with terms."""

    file = forms.FileField(
        label=_("File"),
        help_text=_("CSV, or SKOS as Turtle (.ttl) or RDF/XML (.rdf); at most 10 MB."),
        widget=forms.FileInput(attrs={"accept": ".csv,.tsv,.ttl,.rdf,.xml"}),
    )
    dry_run = forms.BooleanField(label=_("Only say what would happen"), required=False, initial=True)
