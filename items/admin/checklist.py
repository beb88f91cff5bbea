"""The desk of the checklist: how much each rule counts."""

from django import forms
from django.contrib import admin, messages
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.template.response import TemplateResponse
from django.utils.translation import gettext_lazy as _

from items.admin.desk import Desk
from items.checklist import RULES, levels
from items.models import ChecklistRule
from items.models.checklist_rule import Level


class LevelsForm(forms.Form):
    """One choice for each rule."""

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        chosen = levels()
        for code, rule in RULES.items():
            self.fields[code] = forms.ChoiceField(
                label=rule.label, choices=Level.choices, initial=chosen[code], widget=forms.RadioSelect
            )


@admin.register(ChecklistRule)
class ChecklistAdmin(Desk):
    """One page with all rules; there is nothing to add or delete."""

    def has_add_permission(self, request):
        return False

    def has_delete_permission(self, request, obj=None):
        return False

    def changelist_view(self, request: HttpRequest, extra_context=None) -> HttpResponse:
        if not self.has_view_permission(request):
            raise PermissionDenied
        form = LevelsForm(request.POST if request.method == "POST" else None)
        may_change = self.has_change_permission(request)
        if request.method == "POST":
            if not may_change:
                raise PermissionDenied
            if form.is_valid():
                self._save(request, form)
                messages.success(request, _("The checklist is saved."))
                return HttpResponseRedirect(request.path)
        context = {
            **self.admin_site.each_context(request),
            "title": _("Checklist"),
            "form": form,
            "opts": self.opts,
            "may_change": may_change,
            **(extra_context or {}),
        }
        return TemplateResponse(request, "admin/items/checklist.html", context)

    def change_view(self, request, object_id, form_url="", extra_context=None):
        return HttpResponseRedirect("../../")

    def _save(self, request: HttpRequest, form: LevelsForm) -> None:
        before = levels()
        for code in form.changed_data:
            rule, _made = ChecklistRule.objects.update_or_create(code=code, defaults={"level": form.cleaned_data[code]})
            said = f"{RULES[code].label}: {Level(before[code]).label} → {Level(rule.level).label}"
            self.log_change(request, rule, said)
