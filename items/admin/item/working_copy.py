"""Working copies at the desk: told from the items they update, and duplicates of any item."""

from django.contrib import admin, messages
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import get_object_or_404
from django.urls import path, reverse
from django.utils import timezone
from django.utils.translation import gettext as _

from items.admin.item.state import sentence
from items.models import Item


class WorkingCopyViews(admin.ModelAdmin):
    """Mixed into the desk of items."""

    def get_urls(self):
        view = self.admin_site.admin_view(self.duplicate_view)
        return [path("<int:pk>/duplicate/", view, name="items_item_duplicate"), *super().get_urls()]

    def get_search_results(self, request, queryset, search_term):
        found, may_repeat = super().get_search_results(request, queryset, search_term)
        if request.path.endswith("/autocomplete/"):
            found = found.filter(update_of__isnull=True)  # nothing is tied to a copy, which goes
        return found, may_repeat

    def render_change_form(self, request, context, add=False, change=False, form_url="", obj=None):
        if obj is not None:
            context["working_copy"] = None if obj.is_working_copy else getattr(obj, "working_copy", None)
            context["live"] = obj.update_of
            context["can_duplicate"] = self.has_add_permission(request)
            context["says"] = sentence(obj)
        return super().render_change_form(request, context, add, change, form_url, obj)

    def duplicate_view(self, request: HttpRequest, pk: int) -> HttpResponse:
        """Make a new draft of an item, and open it. GET leads to the item's form."""
        item = get_object_or_404(Item, pk=pk)
        if not self.has_view_permission(request, item):
            raise PermissionDenied
        if request.method == "POST":
            item = item.duplicate(by=request.user, at=timezone.now())
            messages.success(request, _("This is a new draft that says the same. Make it into another item."))
        return HttpResponseRedirect(reverse("admin:items_item_change", args=[item.pk]))
