"""What the list of items counts and looks through, in as few passes over all items as it takes."""

from collections import Counter
from datetime import date
from typing import Any

from django.contrib import admin
from django.db.models import Case, CharField, Count, IntegerField, Q, QuerySet, Value, When
from django.db.models.functions import Cast, Substr
from django.http import HttpRequest
from django.utils import timezone
from django.utils.text import smart_split, unescape_string_literal

from items.admin.once import Keys, KeysFirst, once
from items.admin.tree import TreeFilter
from items.desk.agenda import midnight
from items.models import Item, ItemKeyword, Keyword
from items.models.item import ItemQuerySet

_EDGES = {"year": (4, "-01-01", ("01-01", "12-31")), "month": (7, "-01", ("01", "28", "29", "30", "31"))}
"""Letters of a year (month) in ISO 8601, what makes them its first day, and its days that may lie in another here."""


class ListedItems(ItemQuerySet):
    """Items of the list."""

    def datetimes(self, field_name: str, kind: str, order: str = "ASC", tzinfo: Any = None) -> Any:
        """When each year, month or day, as they are here, of these items' moments began.

        SQLite would call Python to cut off each moment. Most are told by what they say by UTC, as text; only of those
        near the turn of a year (month) are the moments themselves looked at.
        """
        moments: Any = self.exclude(**{field_name: None}).order_by()
        found = set()
        if kind in _EDGES:
            letters, first_day, edges = _EDGES[kind]
            text = Cast(field_name, CharField())
            rest = Substr(text, letters + 2, len(edges[0]))
            moments = moments.annotate(begins=Substr(text, 1, letters), rest=rest)
            inside = moments.exclude(rest__in=edges).values_list("begins", flat=True).distinct()
            found = {date.fromisoformat(begins + first_day) for begins in inside}
            moments = moments.filter(rest__in=edges)
        for moment in moments.values_list(field_name, flat=True):
            day = timezone.localdate(moment)
            found.add(day if kind == "day" else day.replace(day=1) if kind == "month" else day.replace(month=1, day=1))
        return [midnight(day) for day in sorted(found, reverse=order == "DESC")]


def matching(words: str) -> Q:
    """Items that have each of the words, or of the phrases in quotes, in the title, the summary or a keyword."""
    wanted = Q()
    for word in smart_split(words.replace("\0", "")):
        if word[0] in "\"'" and word[0] == word[-1] and len(word) > 1:
            word = unescape_string_literal(word)
        keywords = Keyword.objects.filter(name__icontains=word).order_by().values("pk")
        tagged = ItemKeyword.objects.filter(tag__in=keywords).order_by().values("content_object")
        wanted &= Q(title__icontains=word) | Q(summary__icontains=word) | Q(pk__in=tagged)
    return wanted


class SearchOnce(admin.ModelAdmin):
    """Mixed into the desk of items: texts are looked through once a request, whatever the list then counts."""

    paginator = KeysFirst

    def get_queryset(self, request: HttpRequest) -> ListedItems:
        return ListedItems(Item).order_by(*self.get_ordering(request))

    def get_search_results(self, request: HttpRequest, queryset: QuerySet, search_term: str) -> tuple[QuerySet, bool]:
        """Each item once; nothing needs to be made distinct."""
        if not search_term.strip():
            return queryset, False

        def find() -> Keys:
            return Keys(Item.objects.filter(matching(search_term)).order_by().values_list("pk", flat=True))

        return queryset.filter(once(request, ("found", search_term), find).among()), False


def is_chosen(spec: Any, changelist: Any) -> bool:
    """Whether the list is narrowed by this filter."""
    return any(name in changelist.filter_params for name in spec.expected_parameters())


def counted_items(spec: Any, changelist: Any) -> Keys:
    """The items that the other filters, the search and the date leave."""
    if not is_chosen(spec, changelist):
        return once(spec.request, "listed", lambda: _keys(changelist.queryset))
    # Asking for other items puts other filters into the list; those on the page are the ones that are counted.
    specs = changelist.filter_specs
    items = changelist.get_queryset(spec.request, exclude_parameters=spec.expected_parameters())
    changelist.filter_specs = specs
    return _keys(items)


def _keys(items: QuerySet) -> Keys:
    """What narrows the list is looked for here, once; then come the counts."""
    items = items.order_by()
    return Keys(items.values_list("pk", flat=True)) if items.query.where else Keys()


class ByCondition(admin.ListFilter):
    """Mixed into a filter whose choices are conditions. All such filters of a list are counted in one pass."""

    def conditions(self) -> list[Q]:
        """Those of the choices, in their order."""
        raise NotImplementedError

    def get_facet_queryset(self, changelist: Any) -> dict[str, int]:
        """Counts of the choices, by their place."""
        if is_chosen(self, changelist):
            return _counted([self], counted_items(self, changelist))[0]
        specs = [s for s in changelist.filter_specs if isinstance(s, ByCondition) and not is_chosen(s, changelist)]
        together = once(self.request, "together", lambda: _counted(specs, counted_items(self, changelist)))
        return together[specs.index(self)]


def _counted(specs: list[ByCondition], items: Keys) -> list[dict[str, int]]:
    wanted = [spec.conditions() for spec in specs]
    counts = Item.objects.filter(items.among()).aggregate(
        **{
            f"count_{number}_{place}": Count("pk", filter=condition)
            for number, conditions in enumerate(wanted)
            for place, condition in enumerate(conditions)
        }
    )
    return [
        {f"{place}__c": counts[f"count_{number}_{place}"] for place, _condition in enumerate(conditions)}
        for number, conditions in enumerate(wanted)
    ]


class ChoiceFilter(ByCondition, admin.ChoicesFieldListFilter):
    """Items by a field with choices."""

    def conditions(self) -> list[Q]:
        return [Q(**{self.field_path: value}) for value, _label in self.field.flatchoices]


class ByTerm(admin.SimpleListFilter):
    """A filter whose choices are counted together, where Django would list the keys of all items for each of them."""

    def get_facet_queryset(self, changelist: Any) -> dict[str, int]:
        """Counts of the choices, by their place."""
        counts = self.counts(counted_items(self, changelist))
        return {f"{place}__c": counts[value] for place, (value, _label) in enumerate(self.lookup_choices)}

    def counts(self, items: Keys) -> Counter[str]:
        """How many of the items each choice finds, by its value."""
        raise NotImplementedError


def by_key(rows: QuerySet, field: str) -> dict[int | None, int]:
    """How many of the rows have each value of a field."""
    return dict(rows.order_by().values_list(field).annotate(number=Count("pk")))


class ByTree(ByTerm, TreeFilter):
    """A filter by a term of a tree: of the one that an item has at `path`, or of those that its `links` lead to."""

    links: Any
    path = ""
    item = "pk"

    def counts(self, items: Keys) -> Counter[str]:
        links = self.links.filter(items.among(self.item)).order_by()
        own, found = by_key(links, self.path), Counter[str]()
        families: dict[int, list[When]] = {}
        for node in self._tree.nodes():
            key, family = node.term.pk, self._tree.family(node.term.pk)
            found[str(key)] = sum(own.get(member, 0) for member in family)
            if self.item != "pk" and node.children:
                families.setdefault(node.depth, []).append(When(**{f"{self.path}__in": family}, then=Value(key)))
        # Whoever has two terms of a family counts once in it. Families of one depth have no term in common.
        for whens in families.values():
            above = links.annotate(above=Case(*whens, output_field=IntegerField())).values_list("above")
            for key, number in above.annotate(number=Count(self.item, distinct=True)):
                found[str(key)] = number
        return found
