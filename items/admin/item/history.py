"""The history of an item on the desk: its versions, any two side by side, and the way back to one."""

from dataclasses import dataclass
from typing import Any

from django.contrib import admin, messages
from django.contrib.admin.utils import unquote
from django.core.exceptions import PermissionDenied, ValidationError
from django.core.paginator import Paginator
from django.db import transaction
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.template.response import TemplateResponse
from django.urls import path, reverse
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_POST, require_safe

from items.admin.choice import is_key
from items.history import changes, names_of_changes
from items.models import Item, Verb
from items.models.item import UNDECIDED
from items.models.item.history import ELSEWHERE, VOCABULARY

PER_PAGE = 25
MOST_NAMES = 6


@dataclass(frozen=True)
class Row:
    """A version in the list: `what` is the verb or the reason, `changed` the names of parts that changed."""

    version: Any
    what: Any
    changed: str
    in_copy: bool


def what_of(version) -> Any:
    """What a version came from, in people's words."""
    reason = version.history_change_reason or ""
    if reason == ELSEWHERE:
        return _("as it was before") if version.history_type == "+" else _("changed by an import or in bulk")
    if version.history_type == "+" and not reason:
        return _("begun")
    if reason == VOCABULARY:
        return _("words changed at the vocabulary desk")
    if reason in Verb.values:
        return Verb(reason).label
    return reason or _("edited")


class HistoryViews(admin.ModelAdmin):
    """Mixed into the desk of items."""

    def get_urls(self):
        view = self.admin_site.admin_view
        return [
            path("<path:object_id>/compare/", view(require_safe(self.compare_view)), name="items_item_compare"),
            path("<path:object_id>/restore/", view(require_POST(self.restore_view)), name="items_item_restore"),
            *super().get_urls(),
        ]

    def save_related(self, request, form, formsets, change):
        super().save_related(request, form, formsets, change)
        form.instance.complete_version(by=request.user, at=timezone.now())

    def _with_history(self, request: HttpRequest, object_id: str) -> Item:
        item = self.get_object(request, unquote(object_id))
        if item is None:
            raise Http404
        if not self.has_view_or_change_permission(request, item):
            raise PermissionDenied
        return item

    # --- The list ----------------------------------------------------------------------------------------------

    def history_view(self, request, object_id, extra_context=None):
        """All versions, the latest first, with what each changed; two can be chosen for comparing."""
        item = self._with_history(request, object_id)
        page = Paginator(item.versions(), PER_PAGE).get_page(request.GET.get("page"))
        rows = _rows(item, list(page.object_list))
        shown = [row.version.history_id for row in rows]
        first, second = (_key(request, name) for name in ("a", "b"))
        context = {
            **self._context(request, item),
            "title": _("History of “%(title)s”") % {"title": item},
            "page": page,
            "rows": rows,
            # What was chosen on another page stays in sight.
            "chosen": [_row(item, v) for v in _asked(item, request) if v.history_id not in shown],
            "first": first or (shown[1] if len(shown) > 1 else 0),
            "second": second or (shown[0] if shown else 0),
            **(extra_context or {}),
        }
        return TemplateResponse(request, "admin/items/item/history.html", context)

    def _context(self, request: HttpRequest, item: Item) -> dict[str, Any]:
        return {**self.admin_site.each_context(request), "opts": self.opts, "item": item, "subtitle": None}

    # --- Two versions ------------------------------------------------------------------------------------------

    def compare_view(self, request: HttpRequest, object_id: str) -> HttpResponse:
        """`?a=` and `?b=` name two versions; whichever is older stands first. `a` alone: with the one before it."""
        item = self._with_history(request, object_id)
        found = _asked(item, request)
        if len(found) == 1 and "b" not in request.GET:
            strand = item.versions().filter(update_of=found[0].update_of_id, history_id__lt=found[0].history_id)
            found += list(strand[:1])
        if len(found) != 2:
            messages.error(request, _("Choose two different versions to compare."))
            return HttpResponseRedirect(reverse("admin:items_item_history", args=[item.pk]))
        after, before = found
        context = {
            **self._context(request, item),
            "title": _("Two versions of “%(title)s”") % {"title": item},
            "two": [_row(item, before), _row(item, after)],
            "left": _when(before),
            "right": _when(after),
            "changes": changes(before, after),
            "into": self._into(request, item),
        }
        return TemplateResponse(request, "admin/items/item/compare.html", context)

    # --- The way back ------------------------------------------------------------------------------------------

    def _into(self, request: HttpRequest, item: Item) -> str:
        """Where a version would be restored: "draft", "copy" (a new one), or "" where this person may not now."""
        if item.status in UNDECIDED:
            return "draft" if item.may_be_changed(request.user) else ""
        return "copy" if any(r.verb == Verb.PREPARE_UPDATE for r in item.verbs(request.user, timezone.now())) else ""

    def restore_view(self, request: HttpRequest, object_id: str) -> HttpResponse:
        """Write a version into the draft, or into a new working copy of what readers see; then open its form."""
        item, at = self._with_history(request, object_id), timezone.now()
        key = request.POST.get("version", "")
        version = item.versions().filter(history_id=key).first() if is_key(key) else None
        if version is None:
            raise Http404
        try:
            with transaction.atomic():
                target = item if item.status in UNDECIDED else item.prepare_update(by=request.user, at=at)
                _activity, lost = target.restore(version, by=request.user, at=at)
        except ValidationError as error:
            for message in error.messages:
                messages.error(request, message)
            return HttpResponseRedirect(reverse("admin:items_item_history", args=[item.pk]))
        if target is item:
            messages.success(
                request, _("The earlier version is restored. What the item said before is in its history.")
            )
        else:
            messages.success(
                request,
                _("The earlier version stands in this working copy. Readers see no change until it is approved."),
            )
        if lost:
            messages.warning(request, _("Gone since, and not restored: %(names)s.") % {"names": ", ".join(lost)})
        return HttpResponseRedirect(reverse("admin:items_item_change", args=[target.pk]))


def _when(version) -> str:
    return date_format(timezone.localtime(version.history_date), "j F Y, H:i")


def _key(request: HttpRequest, name: str) -> int:
    value = request.GET.get(name, "")
    return int(value) if is_key(value) else 0


def _asked(item: Item, request: HttpRequest) -> list[Any]:
    """The versions that `a` and `b` name, the later first."""
    return list(item.versions().filter(history_id__in={_key(request, "a"), _key(request, "b")}))


def _row(item: Item, version, before=None) -> Row:
    names = names_of_changes(before, version) if before is not None else []
    shown = ", ".join(names[:MOST_NAMES])
    if len(names) > MOST_NAMES:
        shown = _("%(names)s and %(number)d more") % {"names": shown, "number": len(names) - MOST_NAMES}
    in_copy = version.update_of_id is not None and not item.is_working_copy
    return Row(version, what_of(version), shown, in_copy)


def _rows(item: Item, versions: list[Any]) -> list[Row]:
    """Each version with what it changed: against the one before of the same item or working copy."""
    rows, strands = [], {version.update_of_id for version in versions}
    last: dict[Any, Any] = {}
    if versions:
        # One query for the version before the page, by strand: the item's own, and its working copies'.
        for strand in strands:
            last[strand] = (
                item.versions().filter(update_of=strand, history_id__lt=versions[-1].history_id).first()
            )  # fmt: skip
    for version in reversed(versions):
        before = last.get(version.update_of_id) if version.history_type != "+" else None
        rows.append(_row(item, version, before))
        last[version.update_of_id] = version
    return rows[::-1]
