"""Form fields for a word of a vocabulary: a keyword is typed, others are chosen from a list."""

from typing import Any

from django import forms
from django.contrib.admin.widgets import AdminTextInputWidget
from django.urls import reverse_lazy
from django.utils.translation import gettext_lazy as _

from items.admin.tree import TreeChoice
from items.models import Keyword
from items.models.fields import clean_line
from items.vocabulary import FACETS, TREES


def suggesting(**attrs: str) -> AdminTextInputWidget:
    """A line in which known keywords are offered."""
    offered = {"data-suggest": reverse_lazy("admin:items_item_keywords"), "autocomplete": "off"}
    words = {
        "data-means": _("%s, another name of it"),
        "data-near": _("%s, which is like it"),
        "data-count": _("%s suggestions"),
    }
    return AdminTextInputWidget(attrs={**offered, **words, **attrs})


class KeywordField(forms.CharField):
    """One keyword, by its name or another name of it."""

    default_error_messages = {"unknown": _("“%(name)s” is no keyword.")}

    def __init__(self, **kwargs: Any):
        super().__init__(widget=suggesting(**{"data-one": "1"}), **kwargs)

    def to_python(self, value: Any) -> Any:
        name = clean_line(super().to_python(value) or "")
        if not name:
            return None
        found = Keyword.objects.named([name]).get(name.casefold())
        if found is None:
            raise forms.ValidationError(self.error_messages["unknown"], params={"name": name[:100]})
        return found

    def prepare_value(self, value):
        return value.name if isinstance(value, Keyword) else value


def term_field(facet: str, **kwargs: Any) -> forms.Field:
    """A field for one term of a vocabulary."""
    if facet == "keyword":
        return KeywordField(**kwargs)
    if facet in TREES:
        return TreeChoice(FACETS[facet].objects.all(), **kwargs)
    return forms.ModelChoiceField(FACETS[facet].objects.all(), **kwargs)
