"""Form fields of an item that speak the editor's language: keywords with commas, body text without tags."""

import re
from html import unescape
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.db import models
from django.utils.translation import gettext_lazy as _

from items import vocabulary
from items.admin.item.keywords import KeywordsInput
from items.models import Keyword
from items.models.fields import clean_body, clean_line, clean_text
from items.quotes import quoted
from items.text import spelling

MAX_KEYWORDS = 30
URLS: dict[Any, dict[str, Any]] = {models.URLField: {"assume_scheme": "https"}}
"""For `formfield_overrides`: "www.example.org" is taken as https."""
_NAMES = re.compile(r'[^\S\n]*"([^"]*)"[^\S\n]*(?=[,\n]|$)|([^,\n]+)')


class KeywordsField(forms.CharField):
    """Names divided by commas. Cleans to keywords, where one has the name or an alias of it, and to new names.

    With `KeywordsInput`, a new name must have been proposed by a choice of its own.
    """

    default_error_messages = {
        "too_long": _("“%(name)s…” is too long for a keyword: at most %(limit)d characters. Commas divide keywords."),
        "too_many": _("At most %(limit)d keywords."),
        "new": _("No keyword yet: %(names)s. Choose a known word, or say below that you propose the new one."),
        "no_name": _("“%(name)s” cannot be a new keyword. %(why)s"),
    }

    def prepare_value(self, value):
        if isinstance(value, str) or value is None:
            return value
        names = sorted((str(getattr(v, "tag", v)) for v in value), key=str.casefold)
        return ", ".join(f'"{name}"' if "," in name else name for name in names)

    def to_python(self, value) -> list[Keyword | str]:  # type: ignore[override]
        names: dict[str, str] = {}
        for in_quotes, plain in _NAMES.findall(clean_text(super().to_python(value) or "")):
            if name := clean_line(in_quotes or plain):
                names.setdefault(spelling(name) or name, name)
        limit = Keyword._meta.get_field("name").max_length or 0
        if len(names) > MAX_KEYWORDS:
            raise ValidationError(self.error_messages["too_many"], params={"limit": MAX_KEYWORDS})
        for name in names.values():
            if len(name) > limit:
                params = {"name": name[:40], "limit": limit}
                raise ValidationError(self.error_messages["too_long"], params=params)
        known = Keyword.objects.named(names.values())
        new = [name for name in names.values() if name.casefold() not in known]
        self._check(new)
        self._ask(value, new)
        return list(dict.fromkeys(known.get(name.casefold(), name) for name in names.values()))

    def _check(self, new: list[str]) -> None:
        """Raise ValidationError for new words that the vocabulary would not have."""
        problems = []
        for name in new:
            try:
                vocabulary.check_keyword_name(name)
            except vocabulary.Refused as error:
                params = {"name": name, "why": error.messages[0]}
                problems.append(ValidationError(self.error_messages["no_name"], code="no_name", params=params))
        if problems:
            raise ValidationError(problems)

    def _ask(self, value, new: list[str]) -> None:
        """Raise ValidationError for new words that nobody has said to propose, and let the widget ask about them."""
        said = {spelling(word) for word in getattr(value, "proposed", ())}
        asked = [name for name in new if spelling(name) not in said]
        if asked and isinstance(self.widget, KeywordsInput):
            near = vocabulary.near(asked)
            self.widget.asked = tuple((name, near[name]) for name in asked)
            names = quoted(asked)
            raise ValidationError(self.error_messages["new"], code="new", params={"names": names})

    def validate(self, value):
        if self.required and not value:
            raise ValidationError(self.error_messages["required"], code="required")

    def run_validators(self, value):
        """None: a list has no length to judge."""

    def has_changed(self, initial, data) -> bool:
        written = {spelling(in_quotes or plain) for in_quotes, plain in _NAMES.findall(data or "")} - {""}
        return written != {spelling(str(getattr(v, "tag", v))) for v in initial or []}


class LinesField(forms.CharField):
    """Several lines, whose ends browsers write otherwise than the database."""

    widget = forms.Textarea

    def to_python(self, value):
        return (super().to_python(value) or "").replace("\r\n", "\n")

    def has_changed(self, initial, data) -> bool:
        return super().has_changed(initial, (data or "").replace("\r\n", "\n"))


def as_written(body: str) -> str:
    """A body as an editor would type it: without tags where only paragraphs need them, else as HTML."""
    if not body.startswith("<p>"):
        return body
    plain = re.sub(r"\s*</p>\s*<p>\s*", "\n\n", body).removeprefix("<p>").removesuffix("</p>")
    plain = re.sub(r"<br\s*/?>\n?", "\n", plain)
    return unescape(plain) if "<" not in plain and clean_body(unescape(plain)) == body else body
