"""Fields that clean what they store, on every path: form, import, shell, `bulk_create`, `QuerySet.update`.

`get_db_prep_save` is the one gate that all of those pass, so cleaning sits there. `pre_save` also puts the clean
value on the instance, so that what was just saved reads the same as what will be loaded.
"""

import re
from html import escape
from typing import Any

import nh3
from django.db import models
from django.db.models import Case, Value
from django.db.models.functions import Cast

# What XML 1.0 (section 2.2) cannot carry, and so no feed: C0 controls but tab and line ends, surrogates,
# non-characters. DEL and C1 controls are legal there and useless everywhere.
_UNPRINTABLE = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x84\x86-\x9f\ud800-\udfff\ufffe\uffff]")
_SPACE = re.compile(r"\s+")

# What a body may hold, for the sanitiser and the editor alike. A figure holds the number of a picture of the library,
# and a link may hold that of an item: what they stand for is looked up whenever the body is drawn (`items.drawing`).
BODY_TAGS = {
    "a", "abbr", "b", "blockquote", "br", "caption", "cite", "code", "dd", "del", "dl", "dt", "em", "figcaption",
    "figure", "h2", "h3", "h4", "hr", "i", "ins", "li", "ol", "p", "pre", "q", "s", "small", "strong", "sub", "sup",
    "table", "tbody", "td", "tfoot", "th", "thead", "tr", "u", "ul",
}  # fmt: skip
BODY_ATTRIBUTES = {
    "*": {"lang", "dir"},
    "a": {"href", "hreflang", "title", "data-item"},
    "abbr": {"title"},
    "blockquote": {"cite"},
    "figure": {"data-image"},
    "ol": {"start", "reversed"},
    "td": {"colspan", "rowspan", "headers"},
    "th": {"colspan", "rowspan", "scope"},
}
BODY_SCHEMES = {"http", "https", "mailto", "tel"}
_LOOKS_LIKE_HTML = re.compile(r"</?[a-zA-Z][^<>]*>|&[a-zA-Z]+;|&#\d+;")


def clean_text(value: str) -> str:
    """Text without the characters that XML and terminals cannot carry; line ends become LF."""
    return _UNPRINTABLE.sub("", value.replace("\r\n", "\n").replace("\r", "\n").replace("\x0c", "\n"))


def clean_line(value: str) -> str:
    """Clean text on one line: every run of white space is one space, none at the ends."""
    return _SPACE.sub(" ", clean_text(value)).strip()


def clean_body(value: str) -> str:
    """HTML with only the tags, attributes and address schemes of an item body.

    Text without any markup is taken as paragraphs divided by empty lines.
    """
    value = clean_text(value).strip()
    if value and not _LOOKS_LIKE_HTML.search(value):
        paragraphs = re.split(r"\n\s*\n", value)
        value = "\n".join("<p>" + escape(p.strip(), quote=False).replace("\n", "<br>") + "</p>" for p in paragraphs)
    # security: the only HTML that templates print unescaped is what comes out here.
    cleaned = nh3.clean(
        value,
        tags=BODY_TAGS,
        attributes=BODY_ATTRIBUTES,
        url_schemes=BODY_SCHEMES,
        link_rel="noopener",
    ).strip()
    # What is left of "<script></script>text" is text without markup: cleaning twice must change nothing more.
    return cleaned if not cleaned or _LOOKS_LIKE_HTML.search(cleaned) else clean_body(cleaned)


class CleanField(models.Field):
    """Runs `clean_value` on whatever goes to the database."""

    clean_value = staticmethod(clean_text)

    def pre_save(self, model_instance, add):
        value = super().pre_save(model_instance, add)
        self.refuse_expression(value)
        if isinstance(value, str):
            value = self.clean_value(value)
            setattr(model_instance, self.attname, value)
        return value

    def refuse_expression(self, value: Any) -> None:
        """Raise TypeError for what the database would work out: nothing here could clean it."""
        # security: such as Concat("body", Value("<script>")), or F("summary") for a body, which is HTML.
        if not self._passes(value):
            raise TypeError(f"“{self.name}” takes plain values, which are cleaned; an expression would not be.")

    def _passes(self, value: Any) -> bool:
        if not hasattr(value, "resolve_expression"):
            return True
        if isinstance(value, Value):  # of this field: then it comes through `get_db_prep_save`
            return value.value is None or getattr(value, "_output_field_or_none", None) is self
        # What `bulk_update` makes of plain values: a choice between them, with a cast on PostgreSQL.
        if isinstance(value, Cast):
            return self._passes(value.get_source_expressions()[0])
        if isinstance(value, Case):
            return all(map(self._passes, [value.default, *(when.result for when in value.cases)]))
        return False

    def get_db_prep_save(self, value, connection):
        if isinstance(value, str):
            value = self.clean_value(value)
        return super().get_db_prep_save(value, connection)

    def to_python(self, value):
        value = super().to_python(value)
        return self.clean_value(value) if isinstance(value, str) else value


class LineField(CleanField, models.CharField):
    """A single line of plain text."""

    clean_value = staticmethod(clean_line)


class TextField(CleanField, models.TextField):
    """Plain text of several lines."""


class BodyField(CleanField, models.TextField):
    """Sanitised HTML."""

    clean_value = staticmethod(clean_body)
