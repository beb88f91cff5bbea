"""Two people at one item: a save over a colleague's later save is refused, and both are shown with what to keep.

The form says in `revision` which save it was opened on. Another has come since: the form is shown again with all that
was typed, and beside each field that differs what the colleague saved. `keep-<field>` then says "mine" or "theirs".
"""

from dataclasses import dataclass
from typing import Any

from django.contrib import admin
from django.contrib.admin.utils import flatten_fieldsets, unquote
from django.core.exceptions import ObjectDoesNotExist
from django.utils.text import capfirst
from django.utils.translation import gettext_lazy as _

from items.admin.choice import is_key
from items.admin.item.fields import as_written
from items.admin.item.posted import fit_rows, fit_single, rows_in_words, sent_by, sent_by_rows, without
from items.history import Change, compare_html, compare_text
from items.history.changes import differing, label
from items.models import Item
from items.models.fields import clean_body
from items.models.item.history import ROWS, SETS, is_same

MINE, THEIRS = "mine", "theirs"
INLINES = ("event", *ROWS)


@dataclass(frozen=True)
class Question:
    """A part of the form that differs from what a colleague saved. `default` is what stands if nobody chooses."""

    change: Change
    default: str

    @property
    def is_contested(self) -> bool:
        return not self.default


class Conflict:
    """What is stored now (`current`, a version), and what the form was opened on (`base`; None: not known)."""

    def __init__(self, item: Item, sent: int):
        self.item, self.sent = item, sent
        self.base, self.current = item.version_at(sent), item.as_version()
        self.theirs = set(differing(self.base, self.current)) if self.base else None
        latest = item.own_versions().select_related("history_user").first()
        self.latest = latest if latest is not None and latest.revision > sent else None

    @property
    def is_idle(self) -> bool:
        """Whether the saves since have changed nothing that could be lost."""
        return self.base is not None and is_same(self.base, self.current)

    def questions(self, form: Any, formsets: list[Any], stored_form: Any, stored_formsets: dict[str, Any]):
        """What to choose, the contested first. The first form and formsets hold what was typed."""
        found = []
        for name in form.fields:
            if not self._is_content(name) or not differs(form[name], stored_form[name]):
                continue
            change = compared(name, form[name], stored_form[name])
            found.append(Question(change, self._default(name, self._as_opened(name, form))))
        for formset in formsets:
            if formset.has_changed():
                change = compared_rows(formset, stored_formsets[formset.prefix])
                found.append(Question(change, self._default(formset.prefix, self._rows_as_opened(formset))))
        return sorted(found, key=lambda question: not question.is_contested)

    def _is_content(self, name: str) -> bool:
        return name in SETS or any(field.name == name for field in self.current.tracked_fields)

    def _default(self, name: str, is_as_opened: bool) -> str:
        if self.theirs is None:
            return ""
        if name not in self.theirs:
            return MINE
        return THEIRS if is_as_opened else ""

    def _as_opened(self, name: str, form: Any) -> bool:
        """Whether the person has left a field as it was when the form was opened."""
        if self.base is None:
            return False
        field, data = form.fields[name], form[name].data
        if name == "body":
            return clean_body(data or "") == self.base.body or not field.has_changed(as_written(self.base.body), data)
        if name in SETS:
            rows = self.base.related.get(name) or []
            return not field.has_changed([words if name == "keywords" else key for key, words in rows], data)
        model_field: Any = Item._meta.get_field(name)
        return not field.has_changed(getattr(self.base, model_field.attname), data)

    def _rows_as_opened(self, formset: Any) -> bool:
        if self.base is None:
            return False
        rows = self.base.related.get(formset.prefix)
        if formset.prefix == "event":
            known = {str(self.item.pk): rows} if rows else {}
        else:
            known = {str(row["id"]): row for row in rows or []}
        if any(form.has_changed() for form in formset.extra_forms):
            return False
        return all(_row_as_opened(form, known.get(str(form.instance.pk))) for form in formset.initial_forms)


def _row_as_opened(form: Any, row: dict[str, Any] | None) -> bool:
    if row is None:
        return False
    for name, field in form.fields.items():
        if name in row and name != "file":
            model_field: Any = form.instance._meta.get_field(name)
            if field.has_changed(model_field.to_python(row[name]), form[name].data):
                return False
        elif name == "DELETE" and form[name].data:
            return False
    return True


def differs(mine: Any, theirs: Any) -> bool:
    """Whether a field that was typed says something else than what is stored."""
    # Not `changed_data`: for fields with a default the form asks what it was opened on, which it sends along.
    return mine.field.has_changed(theirs.initial, mine.data)


def compared_rows(mine: Any, theirs: Any) -> Change:
    """The rows of an inline, as stored and as typed."""
    lines = compare_text(rows_in_words(theirs), rows_in_words(mine))
    return Change(mine.prefix, label(mine.prefix), lines=tuple(lines))


def compared(name: str, mine: Any, theirs: Any) -> Change:
    """A field of the form, as stored and as typed."""
    one, two = sent_by(theirs)[1], sent_by(mine)[1]
    if name == "body":
        lines = compare_html(clean_body(one), clean_body(two))
        if not lines:
            return Change(name, str(mine.label), str(_("as it was saved")), str(_("differs in its formatting")))
    elif name in ("title", "summary", *SETS):
        lines = compare_text(one.replace(", ", "\n") if name == "keywords" else one,
                             two.replace(", ", "\n") if name == "keywords" else two)  # fmt: skip
    else:
        lines = []
    return Change(name, capfirst(str(mine.label)), one, two, tuple(lines))


class ConflictForm:
    """Mixed into the item's form: it is not saved while `held` says why not."""

    held: Any = None

    def clean(self):
        data = super().clean()  # type: ignore[misc]
        if self.held:
            self.add_error(None, self.held)  # type: ignore[attr-defined]
        return data


class ConflictViews(admin.ModelAdmin):
    """Mixed into the desk of items."""

    def get_form(self, request, obj=None, change=False, **kwargs):
        form: Any = super().get_form(request, obj, change, **kwargs)
        form.held = getattr(request, "desk_held", None)
        return form

    def _changeform_view(self, request, object_id, form_url, extra_context):
        request.desk_conflict = None
        if request.method == "POST" and object_id and is_key(key := unquote(object_id)):
            self._meet(request, int(key))
        return super()._changeform_view(request, object_id, form_url, extra_context)  # type: ignore[misc]

    def _meet(self, request: Any, key: int) -> None:
        """See under a lock of the row whether the form may be saved; change what was sent as was chosen."""
        item = Item.objects.select_for_update(of=("self",)).filter(pk=key).first()
        sent = request.POST.get("revision", "")
        if item is None or not is_key(sent) or not self.has_change_permission(request, item):
            return
        answers = {name.removeprefix("keep-"): value for name, value in request.POST.items() if name[:5] == "keep-"}
        is_open = any(answers.get(name) not in (MINE, THEIRS) for name in request.POST.getlist("contested"))
        if int(sent) == item.revision and not is_open:
            self._take_theirs(request, item, {name for name, value in answers.items() if value == THEIRS})
            return
        base = request.POST.get("base", "")
        conflict = Conflict(item, int(base) if is_key(base) and is_open else int(sent))
        if conflict.is_idle and not is_open:
            return
        self._fit(request, item)
        request.desk_conflict = conflict
        request.desk_held = (
            _("Choose for each part what to keep; nothing is saved yet.")
            if is_open
            else _(
                "Somebody else has saved this item since you opened it. Nothing is saved yet: see above what to keep."
            )
        )

    @staticmethod
    def _fit(request: Any, item: Item) -> None:
        """Rows of inlines that the other save added or took away."""
        data, files = request.POST, request.FILES
        for name in ROWS:
            stored = {str(pk) for pk in getattr(item, name).values_list("pk", flat=True)}
            data, files = fit_rows(data, files, name, stored)
        try:
            has_event = bool(item.event)
        except ObjectDoesNotExist:
            has_event = False
        request.POST = fit_single(data, "event", item.pk, is_stored=has_event)
        request._files = files

    def _stored(self, request: Any, item: Item | None) -> tuple[Any, dict[str, Any]]:
        """The form and the inlines as they would show what is stored."""
        fields = flatten_fieldsets(self.get_fieldsets(request, item))
        # Not `self.get_form`: what the rest of the desk asks about a request belongs to the form that is sent.
        form = super().get_form(request, item, change=item is not None, fields=fields)(instance=item or Item())
        formsets = {}
        for formset_class, inline in self.get_formsets_with_inlines(request, item):
            prefix = formset_class.get_default_prefix()
            formsets[prefix] = formset_class(
                instance=item or Item(), prefix=prefix, queryset=inline.get_queryset(request)
            )
        return form, formsets

    def _take_theirs(self, request: Any, item: Item, names: set[str]) -> None:
        if not names:
            return
        form, formsets = self._stored(request, item)
        data, files = request.POST.copy(), request.FILES
        for name in names:
            if name in formsets:
                data, files = without(data, name), without(files, name)
                for key, values in sent_by_rows(formsets[name]).items():
                    data.setlist(key, values)
            elif name in form.fields:
                data.pop(name, None)
                for key, values in sent_by(form[name])[0].items():
                    data.setlist(key, values)
                files = without(files, name)
                files.pop(name, None)
        request.POST, request._files = data, files

    def render_change_form(self, request, context, add=False, change=False, form_url="", obj=None):
        conflict: Conflict | None = getattr(request, "desk_conflict", None)
        if obj is not None:
            context["revision"] = obj.revision
        if conflict is not None:
            form = context["adminform"].form
            formsets = [inline.formset for inline in context["inline_admin_formsets"]]
            stored = Item.objects.get(pk=conflict.item.pk)
            context["conflict"] = conflict
            context["questions"] = conflict.questions(form, formsets, *self._stored(request, stored))
            context["answers"] = {n[5:]: v for n, v in request.POST.items() if n.startswith("keep-")}
            context["chosen_files"] = sorted(request.FILES)
        return super().render_change_form(request, context, add, change, form_url, obj)
