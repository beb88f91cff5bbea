"""What a form would send as it stands: by name for a program that fills it in again, and in words for people."""

from typing import Any

from django.contrib.admin.widgets import RelatedFieldWidgetWrapper
from django.forms import BoundField
from django.http import QueryDict
from django.utils.datastructures import MultiValueDict
from django.utils.text import capfirst
from django.utils.translation import gettext as _

from items.admin.choice import is_key

_YES_NO = {True: _("yes"), False: _("no")}


def sent_by(bound: BoundField) -> tuple[dict[str, list[str]], str]:
    """The values of a field by the names of its inputs, and the same in words. Files are left out."""
    widget: Any = bound.field.widget
    while isinstance(widget, RelatedFieldWidgetWrapper):
        widget = widget.widget
    widget.is_localized = bound.field.localize
    context = widget.get_context(bound.html_name, bound.value(), {"id": bound.auto_id})["widget"]
    values: dict[str, list[str]] = {}
    words: list[str] = []
    _walk(context, values, words)
    return values, " ".join(words) if "subwidgets" in context else "\n".join(words)


def _walk(context: dict[str, Any], values: dict[str, list[str]], words: list[str]) -> None:
    name, kind = context["name"], context.get("type")
    if "optgroups" in context:
        chosen = [option for _group, options, _i in context["optgroups"] for option in options if option["selected"]]
        values[name] = [str(option["value"]) for option in chosen]
        words += [str(option["label"]).strip() for option in chosen if str(option["value"])]
    elif "subwidgets" in context:
        for part in context["subwidgets"]:
            _walk(part, values, words)
        for which in context.get("which", []):
            if which["is_chosen"]:
                values[context["which_name"]] = [which["value"]]
                words.append(str(which["label"]))
    elif kind == "checkbox":
        is_checked = bool(context["attrs"].get("checked"))
        if is_checked:
            values[name] = [str(context["value"] or "on")]
        words.append(str(_YES_NO[is_checked]))
    elif kind != "file":
        value = "" if context["value"] is None else str(context["value"])
        values[name] = [value]
        words.append(value)


def rows_in_words(formset) -> str:
    """What stands in the rows of an inline, a line for each input that holds something."""
    lines = []
    for form in formset.forms:
        if formset.can_delete and form.is_bound and formset._should_delete_form(form):
            continue
        for bound in form.visible_fields():
            words = sent_by(bound)[1] if bound.name != "DELETE" else ""
            if words and words != _YES_NO[False]:
                lines.append(f"{capfirst(str(bound.label))}: {words}")
    return "\n".join(lines)


def sent_by_rows(formset) -> dict[str, list[str]]:
    """The values of a formset that shows what is stored, its management form and hidden keys included."""
    values: dict[str, list[str]] = {}
    forms = [formset.management_form, *formset.initial_forms]
    for form in forms:
        for bound in form:
            values |= sent_by(bound)[0]
    values[f"{formset.prefix}-TOTAL_FORMS"] = [str(len(formset.initial_forms))]
    return values


def without(data: MultiValueDict, prefix: str) -> Any:
    """A copy of what was sent, that can be changed, without the inputs of an inline."""
    copy = data.copy() if isinstance(data, QueryDict) else MultiValueDict({k: data.getlist(k) for k in data})
    for name in list(copy):
        if name.startswith(f"{prefix}-"):
            del copy[name]
    return copy


def fit_rows(data: Any, files: Any, prefix: str, stored: set[str]) -> tuple[Any, Any]:
    """Inputs of an inline whose rows have keys in `id`, without the rows of which nothing is stored any more.

    Django takes a row that is gone for an error that nobody can correct.
    """
    total, initial = (_number(data.get(f"{prefix}-{name}_FORMS")) for name in ("TOTAL", "INITIAL"))
    kept = [i for i in range(initial) if data.get(f"{prefix}-{i}-id", "") in stored]
    if len(kept) == initial:
        return data, files
    places = {old: new for new, old in enumerate([*kept, *range(initial, total)])}
    fresh, fresh_files = without(data, prefix), without(files, prefix)
    for source, target in ((data, fresh), (files, fresh_files)):
        for name in source:
            head, _dash, tail = name.removeprefix(f"{prefix}-").partition("-")
            if name.startswith(f"{prefix}-") and is_key(head) and int(head) in places:
                target.setlist(f"{prefix}-{places[int(head)]}-{tail}", source.getlist(name))
            elif name.startswith(f"{prefix}-") and not head.isdecimal():
                target.setlist(name, source.getlist(name))
    fresh[f"{prefix}-INITIAL_FORMS"], fresh[f"{prefix}-TOTAL_FORMS"] = str(len(kept)), str(len(places))
    return fresh, fresh_files


def fit_single(data: Any, prefix: str, key: int, *, is_stored: bool) -> Any:
    """Inputs of an inline with at most one row, which is stored under its owner's `key`, or not any more."""
    initial = _number(data.get(f"{prefix}-INITIAL_FORMS"))
    if bool(initial) == is_stored:
        return data
    own = (f"{prefix}-0-item", f"{prefix}-0-id", f"{prefix}-0-DELETE")
    is_blank = not any(data.get(n, "").strip() for n in data if n.startswith(f"{prefix}-0-") and n not in own)
    fresh = data.copy()
    count = "0" if is_blank else "1"
    fresh[f"{prefix}-TOTAL_FORMS"] = count
    fresh[f"{prefix}-INITIAL_FORMS"] = count if is_stored else "0"
    if not is_blank:
        fresh[f"{prefix}-0-item"] = str(key)
    return fresh


def _number(value: Any) -> int:
    text = str(value or "")
    return min(int(text), 1000) if text.isascii() and text.isdecimal() and len(text) < 7 else 0
