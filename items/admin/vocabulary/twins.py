"""The report of likely twins."""

from collections import defaultdict
from dataclasses import dataclass
from typing import Any
from urllib.parse import urlencode

from django.contrib import messages
from django.core.paginator import Paginator
from django.db.models import Count
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from items import vocabulary
from items.admin.choice import is_key
from items.admin.vocabulary.preview import desk_page, told
from items.models import Country, ItemKeyword, ItemType, Keyword, Source, Theme

PER_PAGE = 50
MODELS: dict[str, Any] = {"keyword": Keyword, "theme": Theme, "type": ItemType, "source": Source, "country": Country}
KINDS = {
    "theme": gettext_lazy("a theme"), "type": gettext_lazy("a type"), "source": gettext_lazy("a source"),
    "country": gettext_lazy("a country"),
}  # fmt: skip


@dataclass
class Shown:
    """A pair as the desk shows it: which one goes, which one stays, the way to bring them together."""

    twin: vocabulary.Twin
    goes: Any
    stays: Any
    kind: str  # "" for a keyword, else what else it is
    goes_count: int
    stays_count: int
    address: str


def _weight(keyword: Any, count: int) -> tuple[bool, int, int]:
    """What stays of two keywords: an approved one, the one that more items have, the older one."""
    return keyword.status == Keyword.Status.APPROVED, count, -keyword.pk


def shown(twins: list[vocabulary.Twin]) -> list[Shown]:
    """Pairs with their words and counts, in a fixed number of queries."""
    keys: dict[str, set[int]] = defaultdict(set)
    for twin in twins:
        keys["keyword"].add(twin.keyword)
        keys[twin.facet].add(twin.key)
    terms = {facet: MODELS[facet].objects.in_bulk(list(found)) for facet, found in keys.items()}
    links = ItemKeyword.objects.filter(tag__in=keys["keyword"]).order_by()
    counts = dict(links.values_list("tag").annotate(Count("pk")))
    rows = []
    for twin in twins:
        one, other = terms["keyword"].get(twin.keyword), terms[twin.facet].get(twin.key)
        if one is None or other is None:
            continue
        if twin.facet == "keyword":
            mine, theirs = counts.get(one.pk, 0), counts.get(other.pk, 0)
            if _weight(one, mine) > _weight(other, theirs):
                one, other, mine, theirs = other, one, theirs, mine
            query = urlencode({"term": one.pk, "into": other.name})
            rows.append(
                Shown(twin, one, other, "", mine, theirs, f"{reverse('admin:items_keyword_merge')}?{query}")
            )  # fmt: skip
            continue
        address = ""
        if twin.facet == "theme":
            query = urlencode({"of_keyword": one.name, "theme": other.pk})
            address = f"{reverse('admin:items_keyword_retag')}?{query}"
        kind = str(KINDS[twin.facet])
        rows.append(Shown(twin, one, other, kind, counts.get(one.pk, 0), 0, address))
    return rows


def shown_twins(by_keyword: dict[int, list[vocabulary.Twin]]) -> dict[int, list[Shown]]:
    """By keyword, the first few of its twins; merging always lets the keyword itself go."""
    most = 4
    rows = {key: twins[:most] for key, twins in by_keyword.items()}
    found: dict[int, list[Shown]] = {key: [] for key in by_keyword}
    for row in shown([twin for twins in rows.values() for twin in twins]):
        key = row.twin.keyword
        if row.twin.facet == "keyword" and row.goes.pk != key:
            row.goes, row.stays, row.goes_count, row.stays_count = row.stays, row.goes, row.stays_count, row.goes_count
            query = urlencode({"term": row.goes.pk, "into": row.stays.name})
            row.address = f"{reverse('admin:items_keyword_merge')}?{query}"
        found[key].append(row)
    return found


class TwinViews:
    """Mixed into the desk of keywords."""

    def get_urls(self):
        return [self.way("twins/", self.twins_view, "twins"), *super().get_urls()]  # type: ignore

    def twins_view(self, request: HttpRequest) -> HttpResponse:
        """Pairs that may be one word; each is merged through its preview, or never asked about again."""
        desk: Any = self
        if request.method == "POST":
            self._not_twins(request)
            return HttpResponseRedirect(request.get_full_path())
        page = Paginator(vocabulary.twins(), PER_PAGE).get_page(request.GET.get("page"))
        return desk_page(
            desk, request, "twins", title=_("Likely twins"), page=page, rows=shown(list(page.object_list)), query=""
        )

    @staticmethod
    def _not_twins(request: HttpRequest) -> None:
        keyword, _colon, rest = request.POST.get("pair", "").partition(":")
        facet, _colon, key = rest.partition(":")
        if not is_key(keyword) or not is_key(key):
            return
        try:
            vocabulary.are_not_twins(int(keyword), facet, int(key), by=request.user, at=timezone.now())
        except vocabulary.Refused as error:
            messages.error(request, told(error))
        else:
            messages.success(request, _("Noted: these are not the same. Nobody is asked about them again."))
