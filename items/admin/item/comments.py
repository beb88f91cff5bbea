"""The record of an item beside its form, and what people say about it there."""

from typing import Any

from django.contrib import admin, messages
from django.core.exceptions import PermissionDenied, ValidationError
from django.db.models import Q
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect, JsonResponse
from django.shortcuts import get_object_or_404, render
from django.urls import path, reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from items.models import Item
from items.models.item import colleagues

SHOWN, MOST = 12, 500
"""Lines of the record that the form shows, and that it shows when all are asked for."""
SUGGESTIONS = 8


class CommentViews(admin.ModelAdmin):
    """Mixed into the desk of items."""

    def get_urls(self):
        view = self.admin_site.admin_view
        return [
            path("<int:pk>/comment/", view(self.comment_view), name="items_item_comment"),
            path("people/", view(require_safe(self.people_view)), name="items_item_people"),
            *super().get_urls(),
        ]

    def render_change_form(self, request, context, add=False, change=False, form_url="", obj=None):
        if obj is not None:
            context |= self._record(obj, is_whole=request.GET.get("record") == "all")
        return super().render_change_form(request, context, add, change, form_url, obj)

    @staticmethod
    def _record(item: Item, *, is_whole: bool = False) -> dict[str, Any]:
        limit = MOST if is_whole else SHOWN
        lines = list(item.activities_of_all()[: limit + 1])
        return {"record": lines[:limit], "record_goes_on": len(lines) > limit and not is_whole}

    def comment_view(self, request: HttpRequest, pk: int) -> HttpResponse:
        """Say something about an item. To a script that asks for a fragment: the record as it is now, or 400."""
        item = get_object_or_404(Item, pk=pk)
        if not self.has_view_permission(request, item):
            raise PermissionDenied
        form = f"{reverse('admin:items_item_change', args=[item.pk])}#desk-record"
        if request.method != "POST":
            return HttpResponseRedirect(form)
        is_fragment = request.headers.get("X-Fragment") == "record"
        try:
            item.comment(by=request.user, at=timezone.now(), text=request.POST.get("comment", "").replace("\r\n", "\n"))
        except ValidationError as error:
            if is_fragment:
                return JsonResponse({"problem": " ".join(error.messages)}, status=400)
            messages.error(request, " ".join(error.messages))
            return HttpResponseRedirect(form)
        if is_fragment:
            return render(request, "admin/items/item/_lines.html", {"original": item, **self._record(item)})
        messages.success(request, _("Your comment stands in the record."))
        return HttpResponseRedirect(form)

    def people_view(self, request: HttpRequest) -> JsonResponse:
        """`{"people": [{"username", "name"}]}` whose user name or name begins with the `find` that was typed."""
        if not self.has_view_permission(request):
            return JsonResponse({"people": []}, status=403)
        find = request.GET.get("find", "").replace("\0", "").strip()[:100]
        if not find:
            return JsonResponse({"people": []})
        starts = Q(username__istartswith=find) | Q(first_name__istartswith=find) | Q(last_name__istartswith=find)
        people = colleagues().filter(starts).order_by("username")[:SUGGESTIONS]
        found = [{"username": person.get_username(), "name": person.get_full_name()} for person in people]
        return JsonResponse({"people": found})
