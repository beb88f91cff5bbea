"""ItemFilter: the one reader of query strings.

It declares the facets once: names, what counts as a value, how a value selects. `Listing` is its only user; every
door builds a Listing. OR within a facet, AND across facets, and a value that is not known matches nothing.
"""

from datetime import datetime
from functools import cached_property

import django_filters
from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from items import facets
from items.facets import FacetIndex
from items.filters.date import PartialDateFilter
from items.filters.facet import FacetFilter, LanguageFilter, TermFilter, TreeFilter, YearFilter
from items.filters.search import SearchFilter
from items.models import Item, ItemCountry, ItemKeyword, ItemTheme
from items.models.item import ItemQuerySet


class SortFilter(django_filters.ChoiceFilter):
    """The order. It selects nothing; Listing applies it to the page it shows."""

    def filter(self, qs, value):
        return qs


class ItemFilterForm(forms.Form):
    """The parameters together."""

    def clean(self):
        cleaned = super().clean() or self.cleaned_data
        start, end = cleaned.get("from"), cleaned.get("to")
        if start and end and start.first > end.last:
            self.add_error("to", ValidationError(_("The end lies before the start.")))
        return cleaned


class ItemFilter(django_filters.FilterSet):
    """The facets, in canonical order, for a reader of `language` at an instant.

    `Listing` answers from the facet index; `qs` is the same answer in SQL, by which the tests check it.
    """

    theme = TreeFilter(
        label=_("Theme"), unknown=_("No theme is called “%(value)s”."),
        relation=ItemTheme, term_column="theme",
    )  # fmt: skip
    keyword = TermFilter(
        label=_("Keyword"), unknown=_("No keyword is called “%(value)s”."),
        relation=ItemKeyword, item_column="content_object", term_column="tag",
    )  # fmt: skip
    type = TreeFilter(label=_("Type"), unknown=_("No type is called “%(value)s”."), term_column="type")
    source = TermFilter(label=_("Source"), unknown=_("No source is called “%(value)s”."), term_column="source")
    country = TermFilter(
        label=_("Country"), unknown=_("No country has the code “%(value)s”."),
        relation=ItemCountry, term_column="country",
    )  # fmt: skip
    language = LanguageFilter(label=_("Language"), unknown=_("This site has no items in a language “%(value)s”."))
    year = YearFilter(label=_("Year"), unknown=_("“%(value)s” is not a year. Write four digits."))

    def __init__(self, data, *, language: str, at: datetime):
        super().__init__(data, Item.objects.published(at))
        self.reader_language, self.at = language, at

    @classmethod
    def get_filters(cls):
        # `from` is a word of Python, so these cannot be class attributes.
        filters = {"q": SearchFilter(label=_("Search"), required=False), **super().get_filters()}
        filters["from"] = PartialDateFilter(label=pgettext_lazy("date", "From"), lookup_expr="gte", required=False)
        filters["to"] = PartialDateFilter(label=pgettext_lazy("date", "To"), lookup_expr="lte", required=False)
        filters["sort"] = SortFilter(
            label=_("Order"),
            choices=[
                ("relevance", _("Best match first")),
                ("newest", _("Newest first")),
                ("oldest", _("Oldest first")),
            ],
        )
        return filters

    class Meta:
        model = Item
        fields: list[str] = []
        form = ItemFilterForm

    @cached_property
    def index(self) -> FacetIndex:
        """The facet index at this instant: what values there are, and what has them."""
        return facets.current(self.at)

    @property
    def facets(self) -> dict[str, FacetFilter]:
        """The filters that are facets, by name, in canonical order."""
        return {name: filter for name, filter in self.filters.items() if isinstance(filter, FacetFilter)}

    def filter_queryset(self, queryset):
        """All filters together; nothing when one is invalid."""
        return self.apply(queryset) if self.is_valid() else queryset.none()

    def apply(self, queryset: ItemQuerySet, *, leaving_out: str = "") -> ItemQuerySet:
        """The valid filters but one.

        A translation group counts once, in the reader's language where it can; whoever names languages asks for
        versions, so then each version counts. The counts of the language facet count versions too. Words may stand
        in any version of what counts once.
        """
        chosen = {name: value for name, value in self.form.cleaned_data.items() if name != leaving_out}
        together = leaving_out != "language" and not chosen.get("language")
        if together:
            queryset = queryset.preferred(self.reader_language, self.at)
        if query := chosen.pop("q", None):
            visible = Item.objects.published(self.at)
            queryset = self.filters["q"].select(queryset, query, among=visible, together=together)
        for name, value in chosen.items():
            queryset = self.filters[name].filter(queryset, value)
        return queryset
