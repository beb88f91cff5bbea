"""The checklist beside the form, as one types; and what happens when an edit breaks a rule that is required."""

from typing import Any

from django.contrib import messages
from django.http import HttpRequest, JsonResponse
from django.urls import path
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from items import checklist
from items.models import Item
from items.models.item import Status

ALTHOUGH = "although"
"""The tick with which an editor saves a visible item that breaks a required rule."""


class ChecklistForm:
    """Of the item's form: a visible item does not get worse by mistake."""

    instance: Item
    data: Any
    user: Any

    def clean(self):
        data = super().clean()  # type: ignore[misc]
        item, now = self.instance, timezone.now()
        if item.pk and item.status == Status.APPROVED and item.has_appeared(now) and not self.data.get(ALTHOUGH):
            today, old = timezone.localdate(now), checklist.stored(Item.objects.get(pk=item.pk))
            before = {finding.code for finding in checklist.required(old, today=today)}
            new = checklist.required(checklist.typed(self.data, item=item), today=today)
            broken = [finding for finding in new if finding.code not in before]
            for finding in broken:
                field = finding.field if finding.field in self.fields else None  # type: ignore[attr-defined]
                self.add_error(field, finding.message)  # type: ignore[attr-defined]
            self.is_asked_although = bool(broken)
        return data


class ChecklistViews:
    """Of the item's desk."""

    def get_urls(self):
        view = self.admin_site.admin_view(require_POST(self.checklist_view))  # type: ignore[attr-defined]
        return [
            path("checklist/", view, name="items_item_checklist"),
            path("<path:object_id>/checklist/", view, name="items_item_checklist_of"),
            *super().get_urls(),  # type: ignore[misc]
        ]

    def checklist_view(self, request: HttpRequest, object_id: str = "") -> JsonResponse:
        """`{"findings": [{"code", "field", "message", "required"}]}` for the form that was sent, saved or not."""
        item = self.get_object(request, object_id) if object_id else None  # type: ignore[attr-defined]
        if object_id and (item is None or not self.has_view_permission(request, item)):  # type: ignore[attr-defined]
            return JsonResponse({"findings": []}, status=404)
        if not object_id and not self.has_add_permission(request):  # type: ignore[attr-defined]
            return JsonResponse({"findings": []}, status=403)
        found = checklist.check(checklist.typed(request.POST, item=item), today=timezone.localdate())
        return JsonResponse({"findings": [_row(finding) for finding in found]})

    def render_change_form(self, request, context, add=False, change=False, form_url="", obj=None):
        if obj is not None and request.method == "GET":
            context["findings"] = checklist.check(checklist.stored(obj), today=timezone.localdate())
        elif request.method == "POST":
            context["findings"] = checklist.check(checklist.typed(request.POST, item=obj), today=timezone.localdate())
        form = context["adminform"].form
        context["asks_although"] = getattr(form, "is_asked_although", False)
        return super().render_change_form(request, context, add, change, form_url, obj)  # type: ignore[misc]

    def save_related(self, request, form, formsets, change):
        """A scheduled item that no longer keeps a required rule goes back to review before readers see it."""
        super().save_related(request, form, formsets, change)  # type: ignore[misc]
        item, now = form.instance, timezone.now()
        if item.status != Status.APPROVED or item.has_appeared(now):
            return
        if broken := checklist.required(checklist.stored(item), today=timezone.localdate(now)):
            why = " ".join(finding.message for finding in broken)
            item.send_back(by=None, at=now, comment=_("No longer ready to be published: %(why)s") % {"why": why})
            messages.warning(request, _("The item went back to review, so it will not be published yet. %s") % why)


def _row(finding: checklist.Finding) -> dict[str, Any]:
    return {
        "code": finding.code,
        "field": finding.field,
        "message": finding.message,
        "required": finding.is_required,
    }
