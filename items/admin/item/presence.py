"""Who else has the form of an item open: said when it opens, and every half minute while it is in sight."""

from datetime import datetime, timedelta
from typing import Any

from django.contrib import admin
from django.contrib.admin.utils import unquote
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest, JsonResponse
from django.urls import path
from django.utils import timezone
from django.utils.timesince import timesince
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from items.models import Item, Presence

MOST = 5


def _others(item: Item, user: Any) -> list[str]:
    """A sentence for each of the others."""
    now = timezone.now()
    return [_sentence(other, now) for other in Presence.objects.others(item=item, user=user, at=now)[:MOST]]


def _sentence(other: Presence, now: datetime) -> str:
    who = other.user.get_full_name() or other.user.get_username()
    if now - other.opened_at < timedelta(minutes=1):
        return _("%(who)s has just opened this too.") % {"who": who}
    words = {"who": who, "when": timesince(other.opened_at, now, depth=1)}
    if other.is_here(now):
        return _("%(who)s opened this %(when)s ago and is still here.") % words
    return _("%(who)s opened this %(when)s ago and may come back to it.") % words


class PresenceViews(admin.ModelAdmin):
    """Mixed into the desk of items."""

    def get_urls(self):
        view = self.admin_site.admin_view(require_POST(self.presence_view))
        return [path("<path:object_id>/presence/", view, name="items_item_presence"), *super().get_urls()]

    def presence_view(self, request: HttpRequest, object_id: str) -> JsonResponse:
        """`{"others": [sentence]}`. Only who may change the item is noted; with `left` the person is gone."""
        item = self.get_object(request, unquote(object_id))
        if item is None:
            raise Http404
        if not self.has_view_or_change_permission(request, item):
            raise PermissionDenied
        user: Any = request.user
        if "left" in request.POST:
            Presence.objects.filter(item=item, user=user).delete()
            return JsonResponse({"others": []})
        if self.has_change_permission(request, item):
            now = timezone.now()
            Presence.objects.filter(item=item).prune(now)
            Presence.objects.touch(item=item, user=user, at=now)
        return JsonResponse({"others": _others(item, user)})

    def render_change_form(self, request, context, add=False, change=False, form_url="", obj=None):
        if obj is not None:
            context["others"] = _others(obj, request.user)
        return super().render_change_form(request, context, add, change, form_url, obj)
