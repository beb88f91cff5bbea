"""Words that readers look for."""

import django_filters
from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _
from pyroaring import BitMap

from items import search
from items.filters.facet import TooMuchAsked
from items.models.fields import clean_line


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
        if value is None:
            return qs
        return qs.filter(pk__in=search.match(value, within=BitMap(qs.values_list("pk", flat=True))))
