"""The editorial calendar: `/admin/calendar/`, a month as a grid or as a list."""

from typing import Any
from urllib.parse import urlencode

from django.contrib import admin
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.template.response import TemplateResponse
from django.urls import reverse
from django.utils import timezone
from django.utils.dates import WEEKDAYS
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_safe

from items.admin.tree import INDENT
from items.desk import agenda
from items.models import Item, ItemType
from items.models.language import languages
from items.months import months_away

VIEWS = {"grid": _("Month"), "list": _("List")}
KINDS = {
    "published": _("published"),
    "scheduled": _("appears"),
    "expires": _("expires"),
    "event": _("event"),
}
MORE = {"appears": _("appearing"), "expires": _("expiring"), "event": _("events")}


@require_safe
def editorial_calendar(request: HttpRequest) -> HttpResponse:
    """What goes out when. `?month=2026-11&view=list&type=3&language=fr`; what makes no sense is passed over."""
    if not request.user.has_perm("items.view_item"):
        raise PermissionDenied
    now = timezone.now()
    first = agenda.month_of(request.GET.get("month", ""), at=now)
    view = request.GET.get("view", "")
    view = view if view in VIEWS else "grid"
    nodes = list(ItemType.objects.tree().nodes())
    chosen, language = request.GET.get("type", ""), request.GET.get("language", "")
    items = Item.objects.all()
    kept = {"view": view} if view != "grid" else {}
    if chosen in {str(node.term.pk) for node in nodes}:
        items, kept = items.filter(type__in=ItemType.objects.tree().family(int(chosen))), {**kept, "type": chosen}
    if language in dict(languages()):
        items, kept = items.filter(language=language), {**kept, "language": language}

    def address(**changed: Any) -> str:
        return "?" + urlencode({"month": f"{first:%Y-%m}", **kept, **changed})

    weeks = agenda.weeks(items, first, at=now)
    days = [day for week in weeks for day in week if day.in_month]
    for day in days:
        day.lists = [(count, MORE[kind], _list_of(kind, day, kept)) for kind, count in day.more.items()]  # type: ignore[attr-defined]
    context = {
        **admin.site.each_context(request),
        "title": _("Editorial calendar"),
        "month": first,
        "zone": timezone.get_current_timezone_name(),
        "weeks": weeks,
        "days": [day for day in days if day.entries],
        "weekdays": WEEKDAYS.values(),
        "kinds": KINDS,
        "view": view,
        "views": [(label, address(view=name), name == view) for name, label in VIEWS.items()],
        "previous": (months_away(first, -1), address(month=f"{months_away(first, -1):%Y-%m}")),
        "next": (months_away(first, 1), address(month=f"{months_away(first, 1):%Y-%m}")),
        "present": address(month=f"{timezone.localdate(now):%Y-%m}"),
        "types": [(str(n.term.pk), INDENT * n.depth + str(n.term), str(n.term.pk) == kept.get("type")) for n in nodes],
        "languages": [(code, name, code == kept.get("language")) for code, name in languages()],
        "is_nav_sidebar_enabled": False,
    }
    return TemplateResponse(request, "admin/items/calendar.html", context)


def _list_of(kind: str, day: agenda.Day, kept: dict[str, str]) -> str:
    """The list of just what a day has of a kind."""
    begins, ends = agenda.day_bounds(day.date)
    name = agenda.KINDS[kind]
    query = {"status__exact": "approved", f"{name}__gte": begins.isoformat(), f"{name}__lt": ends.isoformat()}
    if "type" in kept:
        query["type"] = kept["type"]
    if "language" in kept:
        query["language__exact"] = kept["language"]
    return f"{reverse('admin:items_item_changelist')}?{urlencode(query)}"
