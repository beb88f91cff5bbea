"""Quotation marks as a language writes them."""

from collections.abc import Iterable

from django.utils.html import conditional_escape
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import gettext as _


def quoted(names: Iterable[object]) -> str:
    """The names as plain text, each in quotation marks, with commas between them."""
    return ", ".join(_("“%s”") % name for name in names)


def quoted_html(name: str) -> SafeString:
    """One name, such as a link, in quotation marks."""
    return mark_safe(_("“%s”") % conditional_escape(name))  # noqa: S308 (escaped; the marks are the project's own)
