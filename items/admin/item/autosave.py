"""What was typed and not saved: kept while one types, and offered back, never put into the form by itself.

Each opened form has a key. The browser sends what the form holds to one of the two addresses here every few seconds
while it changes; a form that is saved or thrown away closes its key for good.
"""

import json
import re
from typing import Any
from uuid import uuid4

from django.contrib import admin, messages
from django.contrib.admin.utils import flatten_fieldsets, unquote
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect, JsonResponse, QueryDict
from django.shortcuts import get_object_or_404
from django.template.response import TemplateResponse
from django.urls import path, reverse
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_POST, require_safe

from items.admin.choice import is_key
from items.admin.item.conflict import compared, compared_rows, differs
from items.admin.item.posted import fit_rows, fit_single
from items.history import Change, compare_html, compare_text
from items.history.changes import label
from items.models import Autosave, Event, Item
from items.models.autosave import LARGEST
from items.models.fields import clean_body
from items.models.item.history import ROWS

OFFERED = 3
_KEY = re.compile(r"[0-9a-f-]{8,40}")
_KEYS = re.compile(r"(?:event|attachments|tables)-\d+-(?:item|id)")
_NOT_TYPED = re.compile(r"_.*|csrfmiddlewaretoken|autosave_key|keep-.*|contested|base|although")


def _as_sent(kept: Autosave) -> QueryDict:
    data = QueryDict(mutable=True)
    for name, values in kept.data.items():
        data.setlist(name, values)
    return data


def _texts(item: Item, kept: Autosave) -> list[Change]:
    """The texts that were typed, for who has no form any more in which all of it could be shown."""
    typed = {name: (kept.data.get(name) or [""])[0] for name in ("title", "summary", "body")}
    found = [Change(name, label(name), lines=tuple(compare_text(getattr(item, name), typed[name])))
             for name in ("title", "summary")]  # fmt: skip
    found.append(Change("body", label("body"), lines=tuple(compare_html(item.body, clean_body(typed["body"])))))
    return [change for change in found if change.lines]


class AutosaveViews(admin.ModelAdmin):
    """Mixed into the desk of items, before what looks at the form that is sent."""

    def get_urls(self):
        view = self.admin_site.admin_view
        keep, show = view(require_POST(self.autosave_view)), view(require_safe(self.unsaved_view))
        return [
            path("autosave/", keep, name="items_item_autosave"),
            path("unsaved/<int:pk>/", show, name="items_item_unsaved"),
            path("<path:object_id>/autosave/", keep, name="items_item_autosave_of"),
            *super().get_urls(),
        ]

    # --- While one types ---------------------------------------------------------------------------------------

    def autosave_view(self, request: HttpRequest, object_id: str = "") -> JsonResponse:
        """Keep what was sent. `{"kept": time}`, or `{"done": true}` where the form has been saved already."""
        key = request.POST.get("autosave_key", "")
        if _KEY.fullmatch(key) and Autosave.objects.is_done(user=request.user, key=key):
            # Said first: by now the item may have gone, or be no longer this person's to change.
            return JsonResponse({"done": True})
        item = self.get_object(request, unquote(object_id)) if object_id else None
        if object_id and item is None:
            raise Http404
        may = self.has_change_permission(request, item) if item else self.has_add_permission(request)
        if not may:
            raise PermissionDenied
        if not _KEY.fullmatch(key):
            return JsonResponse({}, status=400)
        typed = {name: values for name, values in request.POST.lists() if not _NOT_TYPED.fullmatch(name)}
        if len(json.dumps(typed)) > LARGEST:
            return JsonResponse({}, status=413)
        now = timezone.now()
        if not Autosave.objects.keep(user=request.user, key=key, item=item, data=typed, at=now):
            return JsonResponse({"done": True})
        return JsonResponse({"kept": date_format(timezone.localtime(now), "H:i")})

    # --- Offered back ------------------------------------------------------------------------------------------

    def _offered(self, request: HttpRequest, item: Item | None, pk: str) -> Autosave | None:
        if not is_key(pk):
            return None
        return Autosave.objects.offered(user=request.user, item=item).filter(pk=pk).first()

    def _changeform_view(self, request, object_id, form_url, extra_context):
        request.desk_taken = None
        if request.method == "POST" and ("_take_back" in request.POST or "_throw_away" in request.POST):
            item = self.get_object(request, unquote(object_id)) if object_id else None
            may = self.has_change_permission(request, item) if object_id else self.has_add_permission(request)
            if not may:
                raise PermissionDenied
            kept = self._offered(request, item, request.POST.get("_take_back") or request.POST.get("_throw_away", ""))
            if kept is None or "_throw_away" in request.POST:
                if kept is not None:
                    Autosave.objects.done(user=request.user, key=kept.key, at=timezone.now())
                    messages.info(request, _("What you had typed is thrown away."))
                return HttpResponseRedirect(request.get_full_path())
            self._take_back(request, item, kept)
        return super()._changeform_view(request, object_id, form_url, extra_context)  # type: ignore[misc]

    def _take_back(self, request: Any, item: Item | None, kept: Autosave) -> None:
        """Show the form as if it had been sent as it was typed, and hold it before it is saved."""
        request.POST, request._files = _as_sent(kept), type(request.FILES)()
        if item is None:
            # Typed into an item that has gone since: its rows are new ones now.
            for prefix in ROWS:
                request.POST, _none = fit_rows(request.POST, request.FILES, prefix, set())
            data = fit_single(request.POST, "event", 0, is_stored=False).copy()
            for name in [name for name in data if _KEYS.fullmatch(name)]:
                data[name] = ""
            request.POST = data
        request.desk_taken = kept
        request.desk_held = _("This is what you typed. Nothing of it is saved yet.")

    def save_related(self, request, form, formsets, change):
        super().save_related(request, form, formsets, change)
        key = request.POST.get("autosave_key", "")
        if _KEY.fullmatch(key):
            Autosave.objects.done(user=request.user, key=key, at=timezone.now())

    def render_change_form(self, request, context, add=False, change=False, form_url="", obj=None):
        taken: Autosave | None = getattr(request, "desk_taken", None)
        may = self.has_change_permission(request, obj) if obj else self.has_add_permission(request)
        if may:
            sent = request.POST.get("autosave_key", "")
            new = sent if _KEY.fullmatch(sent) else uuid4().hex
            context["autosave_key"] = taken.key if taken else new
            context["taken"] = taken
        if request.method != "POST":
            # Also to who may not change the item any more: then just to look at.
            context["unsaved"] = list(Autosave.objects.offered(user=request.user, item=obj)[:OFFERED])
        only_held = taken and not getattr(request, "desk_conflict", None)
        if only_held and len(context["adminform"].form.non_field_errors()) == 1:
            # Nothing is wrong with the form: that it is not saved yet stands in a notice.
            context["errors"] = []
        return super().render_change_form(request, context, add, change, form_url, obj)

    # --- Shown -------------------------------------------------------------------------------------------------

    def unsaved_view(self, request: HttpRequest, pk: int) -> HttpResponse:
        """What was typed beside what is stored, part by part."""
        kept = get_object_or_404(Autosave, pk=pk, user=request.user, is_done=False)
        item = kept.item
        if item is not None and not self.has_view_or_change_permission(request, item):
            raise PermissionDenied
        stored = item or Item()
        may_take = self.has_change_permission(request, item) if item else self.has_add_permission(request)
        changes = self._typed_changes(request, item, kept) if may_take else _texts(stored, kept)
        back = reverse("admin:items_item_change", args=[item.pk]) if item else reverse("admin:items_item_add")
        context = {
            **self.admin_site.each_context(request),
            "opts": self.opts,
            "title": _("What you typed and did not save"),
            "subtitle": None,
            "item": stored,
            "kept": kept,
            "back": back,
            "may_take": may_take,
            "changes": changes,
        }
        return TemplateResponse(request, "admin/items/item/unsaved.html", context)

    def _typed_changes(self, request: HttpRequest, item: Item | None, kept: Autosave) -> list[Change]:
        form, formsets = self._typed(request, item, kept)
        stored_form, stored_formsets = self._stored(request, item)  # type: ignore[attr-defined]
        names = [name for name in stored_form.fields if differs(form[name], stored_form[name])]
        changes = [compared(name, form[name], stored_form[name]) for name in names]
        return changes + [compared_rows(f, stored_formsets[f.prefix]) for f in formsets if f.has_changed()]

    def _typed(self, request: HttpRequest, item: Item | None, kept: Autosave) -> tuple[Any, list[Any]]:
        data: Any = _as_sent(kept)
        if item is not None:
            for prefix in ROWS:
                stored = {str(key) for key in getattr(item, prefix).values_list("pk", flat=True)}
                data, _files = fit_rows(data, type(request.FILES)(), prefix, stored)
            data = fit_single(data, "event", item.pk, is_stored=Event.objects.filter(pk=item.pk).exists())
        fields = flatten_fieldsets(self.get_fieldsets(request, item))
        form = super().get_form(request, item, change=item is not None, fields=fields)(data, instance=item or Item())
        formsets = []
        for formset_class, inline in self.get_formsets_with_inlines(request, item):
            prefix = formset_class.get_default_prefix()
            if f"{prefix}-TOTAL_FORMS" in data:
                queryset = inline.get_queryset(request)
                formsets.append(formset_class(data, instance=item or Item(), prefix=prefix, queryset=queryset))
        return form, formsets
