"""Words that readers look for."""

from uuid import UUID

import django_filters
from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _
from pyroaring import BitMap

from items import search
from items.filters.facet import TooMuchAsked
from items.models.fields import clean_line
from items.models.item import ItemQuerySet


class _QueryField(forms.CharField):
    def clean(self, value):
        line = clean_line(value or "")
        if len(line) > search.LONGEST:
            raise TooMuchAsked(_("A search may have at most %d characters.") % search.LONGEST)
        if not line:
            return None
        query = search.parse(line)
        if query.root is None:
            raise ValidationError(_("“%(value)s” holds no word to look for."), params={"value": line[:100]})
        return query


class SearchFilter(django_filters.Filter):
    """A query in the search's own small language; its value is a `search.Query`, None when nothing is asked."""

    field_class = _QueryField

    def filter(self, qs, value):
        """What of the queryset a query matches, each item by itself."""
        return self.select(qs, value, among=qs) if value else qs

    def select(self, qs: ItemQuerySet, value: search.Query, *, among: ItemQuerySet, together: bool = False):
        """What of the queryset a query matches `among` what is visible; `together`, in any version of its group."""
        groups = dict(among.values_list("pk", "translation_group"))
        members: dict[UUID, list[int]] = {}
        for pk, group in groups.items():
            members.setdefault(group, []).append(pk)

        def widen(found: BitMap) -> BitMap:
            return BitMap(other for pk in found for other in members[groups[pk]]) if together else found

        return qs.filter(pk__in=search.match(value, within=BitMap(groups), widen=widen))
