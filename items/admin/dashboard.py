"""The front of the desk: what waits for this person, what wants attention, and what happened last."""

from dataclasses import dataclass
from typing import Any
from urllib.parse import urlencode

from django.http import HttpRequest
from django.urls import reverse
from django.utils import timezone

from items.desk import FIGURES, GAPS, chart, gap_counts, of_figure
from items.models import Activity, Item, Keyword
from items.models.item.workflow import is_approver

SHOWN = 5
"""Items of a figure that stand on the page itself."""
ACTIVITIES = 10
LISTED = ("returned", "mine", "waiting")


@dataclass(frozen=True)
class Count:
    """A figure with the list of just what it counts; `first` are some of them."""

    name: str
    label: Any
    count: int
    address: str
    first: list[Item]


def items_list(**query: Any) -> str:
    """The address of the list of items with these filters."""
    return f"{reverse('admin:items_item_changelist')}?{urlencode(query)}"


def front(request: HttpRequest) -> dict[str, Any]:
    """What the front page knows; nothing for who may not see items."""
    person: Any = request.user
    if not person.has_perm("items.view_item"):
        return {}
    now = timezone.now()
    figures = []
    for name, figure in FIGURES.items():
        items = of_figure(Item.objects.all(), figure, by=person, at=now)
        first: list[Item] = []
        if name in LISTED:
            first = list(items.select_related("created_by").defer("body").order_by("-updated_at", "-pk")[: SHOWN + 1])
        # Where all of them are at hand already, nothing is counted.
        count = len(first) if name in LISTED and len(first) <= SHOWN else items.count()
        figures.append(Count(name, figure.label, count, items_list(desk=name), first[:SHOWN]))
    gaps = gap_counts(now)
    return {
        "desk": {
            "today": timezone.localtime(now),
            "figures": figures,
            "lists": [count for count in figures if count.first],
            "gaps": [Count(n, gap.label, gaps[n], items_list(missing=n), []) for n, gap in GAPS.items()],
            "keywords": _keywords(person),
            "activities": list(Activity.objects.select_related("item", "by").defer("item__body")[:ACTIVITIES]),
            "chart": _with_links(chart(now)),
            "approves": is_approver(person),
        }
    }


def _keywords(person: Any) -> dict[str, Any] | None:
    """How many keywords are proposed, and where they are gone through."""
    if not person.has_perm("items.view_keyword"):
        return None
    query = urlencode({"status__exact": Keyword.Status.PROPOSED})
    return {
        "count": Keyword.objects.filter(status=Keyword.Status.PROPOSED).count(),
        "address": f"{reverse('admin:items_keyword_changelist')}?{query}",
        "queue": reverse("admin:items_keyword_proposals") if person.has_perm("items.change_keyword") else "",
    }


def _with_links(drawn: Any) -> dict[str, Any]:
    rows = []
    for month in drawn.months:
        named = f"{month.first:%Y-%m}"
        cells = [
            (count, items_list(status__exact="approved", theme=term.pk, month=named) if count else "")
            for term, count in month.counts
        ]
        rows.append((month, cells))
    return {"drawn": drawn, "rows": rows}
