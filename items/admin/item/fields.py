"""Form fields of an item that speak the editor's language: keywords with commas, body text without tags, moments."""

import re
from datetime import time
from html import unescape
from typing import Any

from django import forms
from django.contrib.admin.widgets import AdminSplitDateTime
from django.core.exceptions import ValidationError
from django.db import models
from django.utils.text import format_lazy
from django.utils.translation import gettext_lazy as _

from items.models import Keyword
from items.models.fields import clean_body, clean_line, clean_text
from items.text import fold

MAX_KEYWORDS = 30
URLS: dict[Any, dict[str, Any]] = {models.URLField: {"assume_scheme": "https"}}
"""For `formfield_overrides`: "www.example.org" is taken as https."""
_NAMES = re.compile(r'"([^"]*)"|([^,\n]+)')


class KeywordsField(forms.CharField):
    """Names divided by commas. Cleans to keywords, where one has the name or an alias of it, and to new names."""

    default_error_messages = {
        "too_long": _("“%(name)s…” is too long for a keyword: at most %(limit)d characters. Commas divide keywords."),
        "too_many": _("At most %(limit)d keywords."),
        "no_letters": _("“%(name)s” has neither letters nor digits."),
    }

    def prepare_value(self, value):
        if isinstance(value, str) or value is None:
            return value
        names = sorted((str(getattr(v, "tag", v)) for v in value), key=str.casefold)
        return ", ".join(f'"{name}"' if "," in name else name for name in names)

    def to_python(self, value) -> list[Keyword | str]:  # type: ignore[override]
        names: dict[str, str] = {}
        for quoted, plain in _NAMES.findall(clean_text(super().to_python(value) or "")):
            if name := clean_line(quoted or plain):
                names.setdefault(fold(name) or name, name)
        limit = Keyword._meta.get_field("name").max_length or 0
        if len(names) > MAX_KEYWORDS:
            raise ValidationError(self.error_messages["too_many"], params={"limit": MAX_KEYWORDS})
        for key, name in names.items():
            if len(name) > limit:
                params = {"name": name[:40], "limit": limit}
                raise ValidationError(self.error_messages["too_long"], params=params)
            if key == name and not fold(name):
                raise ValidationError(self.error_messages["no_letters"], params={"name": name})
        known = Keyword.objects.named(names.values())
        return list(dict.fromkeys(known.get(name.casefold(), name) for name in names.values()))

    def validate(self, value):
        if self.required and not value:
            raise ValidationError(self.error_messages["required"], code="required")

    def run_validators(self, value):
        """None: a list has no length to judge."""

    def has_changed(self, initial, data) -> bool:
        written = {fold(quoted or plain) for quoted, plain in _NAMES.findall(data or "")} - {""}
        return written != {fold(str(getattr(v, "tag", v))) for v in initial or []}


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


class MomentWidget(AdminSplitDateTime):
    """A day and a time, both with a name that a screen reader can say."""

    def name_parts(self, label) -> None:
        """Name the two inputs after the field."""
        for widget, part in zip(self.widgets, (_("date"), _("time")), strict=True):
            widget.attrs["aria-label"] = format_lazy("{}: {}", label, part)


class MomentField(forms.SplitDateTimeField):
    """A moment. With `time_optional` an absent time is midnight; the form says whether that will do."""

    widget: Any = MomentWidget

    def __init__(self, *, time_optional: bool = False, **kwargs):
        super().__init__(require_all_fields=not time_optional, **kwargs)
        if time_optional:
            self.fields[0].required = self.fields[1].required = False
        self.time_optional = time_optional
        self.widget.name_parts(self.label)

    def compress(self, data_list):
        if self.time_optional and data_list and data_list[0] and not data_list[1]:
            data_list = [data_list[0], time(0, 0)]
        return super().compress(data_list)
