"""Bulk verbs of the list: a page that names every item and what will be done with it, and the doing."""

from typing import Any

from django import forms
from django.contrib import admin, messages
from django.http import HttpRequest, HttpResponse
from django.template.response import TemplateResponse
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext

from items import checklist
from items.admin.item.fields import LinesField
from items.admin.item.moment import MomentField
from items.admin.tree import TreeChoice
from items.desk.bulk import BULKS, MOST, Bulk, perform, preview
from items.models import Keyword, Theme
from items.models.fields import clean_line


class KeywordNameField(forms.CharField):
    """The name of a keyword that there is."""

    def clean(self, value):
        name = clean_line(super().clean(value))
        found = Keyword.objects.named([name]).get(name.casefold()) if name else None
        if name and found is None:
            raise forms.ValidationError(_("There is no such keyword."))
        return found


def _field(bulk: Bulk) -> forms.Field | None:
    match bulk.asks:
        case "text":
            label = _("Reason, which readers see") if bulk.name == "withdraw" else _("What should be changed?")
            return LinesField(label=label, widget=forms.Textarea(attrs={"rows": 3, "class": "vLargeTextField"}))
        case "moment":
            return MomentField(label=_("Visible from"))
        case "theme":
            return TreeChoice(Theme.objects.all(), label=_("Theme"))
        case "keyword":
            return KeywordNameField(label=_("Keyword"), max_length=200, help_text=_("The name of a known keyword."))
    return None


class BulkForm(forms.Form):
    """What a bulk verb asks for, as `value`."""

    def __init__(self, bulk: Bulk, data: Any = None):
        super().__init__(data, label_suffix="")
        if field := _field(bulk):
            self.fields["value"] = field


def action(bulk: Bulk):
    """The bulk verb as an action of the list."""

    def do(modeladmin, request: HttpRequest, queryset) -> HttpResponse | None:
        # What was chosen before somebody changed a filter is still what is meant: no order, no filter, each once.
        items = list(queryset.order_by("pk").select_related("created_by", "update_of", "type", "picture")[: MOST + 1])
        if len(items) > MOST:
            messages.error(request, _("At most %(most)d items at a time.") % {"most": MOST})
            return None
        now = timezone.now()
        is_sent = request.POST.get("post") == "yes"
        form = BulkForm(bulk, request.POST if is_sent else None)
        if is_sent and form.is_valid():
            _told(request, perform(bulk, items, by=request.user, at=now, value=form.cleaned_data.get("value")))
            return None
        with checklist.together(items):
            lines = preview(bulk, items, by=request.user, at=now)
        context = {
            **modeladmin.admin_site.each_context(request),
            "opts": modeladmin.opts,
            "title": bulk.label,
            "bulk": bulk,
            "form": form,
            "media": modeladmin.media + form.media,
            "will": [line for line in lines if not line.reason],
            "will_not": [line for line in lines if line.reason],
            "is_nav_sidebar_enabled": False,
        }
        return TemplateResponse(request, "admin/items/item/bulk.html", context)

    do.__name__ = bulk.name
    return admin.action(description=bulk.label, permissions=[bulk.permission])(do)


def _told(request: HttpRequest, lines: list) -> None:
    done = sum(not line.reason for line in lines)
    if done:
        messages.success(request, ngettext("Done with %d item.", "Done with %d items.", done) % done)
    for line in (line for line in lines if line.reason):
        messages.warning(
            request, _("“%(title)s” stays as it is: %(reason)s") % {"title": line.item.title, "reason": line.reason}
        )


ACTIONS = [action(bulk) for bulk in BULKS.values()]
