"""Choices of rows that shrug at values no form offers, where Django's would ask the database and fail."""

from django import forms
from django.contrib.admin.widgets import AutocompleteSelect, AutocompleteSelectMultiple
from django.core.exceptions import ValidationError

LONGEST_KEY = 18
"""Digits that every database can compare with a key."""


def is_key(value) -> bool:
    """Whether this can be the key of a row."""
    text = str(value)
    return text.isascii() and text.isdecimal() and len(text) <= LONGEST_KEY


class SeveralField(forms.ModelMultipleChoiceField):
    """Any number of rows."""

    def clean(self, value):
        for key in value if isinstance(value, list | tuple) else ():
            if not is_key(key):
                raise ValidationError(self.error_messages["invalid_choice"], "invalid_choice", {"value": key})
        return super().clean(value)


class _CarefulSelect:
    def optgroups(self, name, value, attrs=None):
        return super().optgroups(name, [key for key in value if is_key(key)] or [""], attrs)  # type: ignore[misc]


class AutocompleteOne(_CarefulSelect, AutocompleteSelect):
    """One row, found by typing."""


class AutocompleteMany(_CarefulSelect, AutocompleteSelectMultiple):
    """Several rows, found by typing."""

    def build_attrs(self, base_attrs, extra_attrs=None):
        # Each row has its own cross; one for all stands inside their list, where no list has anything but items.
        return {**super().build_attrs(base_attrs, extra_attrs), "data-allow-clear": "false"}
