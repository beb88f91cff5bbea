"""The duplicate guard at the form: what may be the same is shown while one types, the same address needs a reason."""

from typing import Any

from django.core.exceptions import ValidationError
from django.http import HttpRequest, JsonResponse
from django.urls import path, reverse
from django.utils import timezone
from django.utils.html import format_html
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from items import duplicates
from items.models import Item
from items.quotes import quoted_html


def _said(item: Item) -> str:
    """An item in a line: its state and who began it."""
    by = item.created_by.get_full_name() or item.created_by.get_username() if item.created_by else ""
    return f"{item.get_status_display()}, {by}" if by else item.get_status_display()


class DuplicateForm:
    """Of the item's form: the same original twice only for a reason."""

    instance: Item
    data: Any

    def clean(self):
        data = super().clean() or self.cleaned_data  # type: ignore[misc, attr-defined]
        url, reason = data.get("source_url"), data.get("duplicate_reason")
        if "source_url" not in self.fields or not url or reason:  # type: ignore[attr-defined]
            return data
        same = duplicates.same_address(url, besides=self.instance)
        stored_key = self.instance.source_key if self.instance.pk else ""
        if same and duplicates.address_key(url) != stored_key:
            address = reverse("admin:items_item_change", args=[same[0].pk])
            link = quoted_html(format_html('<a href="{}">{}</a>', address, same[0].title))
            message = format_html(
                _("The original is relayed already: {}. If both are wanted, say why in “why it stands here twice”."),
                format_html("{} ({})", link, _said(same[0])),
            )
            self.add_error("source_url", ValidationError(message))  # type: ignore[attr-defined]
        return data


class DuplicateViews:
    """Of the item's desk."""

    def get_urls(self):
        view = self.admin_site.admin_view(require_POST(self.duplicates_view))  # type: ignore[attr-defined]
        return [
            path("duplicates/", view, name="items_item_duplicates"),
            path("<path:object_id>/duplicates/", view, name="items_item_duplicates_of"),
            *super().get_urls(),  # type: ignore[misc]
        ]

    def duplicates_view(self, request: HttpRequest, object_id: str = "") -> JsonResponse:
        """`{"twins": [{"url", "title", "state", "same_address"}]}` for what is typed."""
        item = self.get_object(request, object_id) if object_id else None  # type: ignore[attr-defined]
        if object_id and (item is None or not self.has_view_permission(request, item)):  # type: ignore[attr-defined]
            return JsonResponse({"twins": []}, status=404)
        if not object_id and not self.has_add_permission(request):  # type: ignore[attr-defined]
            return JsonResponse({"twins": []}, status=403)
        data = request.POST
        found = _twins(data.get("title", ""), data.get("summary", ""), data.get("source_url", ""), item)
        return JsonResponse({"twins": found})

    def render_change_form(self, request, context, add=False, change=False, form_url="", obj=None):
        if request.method == "POST":
            data = request.POST
            context["twins"] = _twins(data.get("title", ""), data.get("summary", ""), data.get("source_url", ""), obj)
        elif obj is not None:
            context["twins"] = _twins(obj.title, obj.summary, obj.source_url, obj)
        return super().render_change_form(request, context, add, change, form_url, obj)  # type: ignore[misc]


def _twins(title: str, summary: str, url: str, item: Item | None) -> list[dict[str, Any]]:
    found = duplicates.twins(title=title[:250], summary=summary[:2000], url=url[:1000], at=timezone.now(), besides=item)
    return [
        {
            "url": reverse("admin:items_item_change", args=[twin.item.pk]),
            "title": twin.item.title,
            "state": _said(twin.item),
            "same_address": twin.is_same_address,
        }
        for twin in found
    ]
