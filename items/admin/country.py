"""The desk of countries: to look, and to be found by name in other forms. The list is ISO's, the names are CLDR's."""

from django.contrib import admin
from django.utils.translation import gettext_lazy as _

from items.admin.desk import Desk
from items.models import Country
from items.models.language import language_codes, language_name
from items.text import fold


@admin.register(Country)
class CountryAdmin(Desk):
    """Read only."""

    list_display = ["code", "name"]
    fields = ["code", "names"]
    search_fields = ["code"]  # what is found is decided in `get_search_results`
    search_help_text = _("Part of a name in any of the site’s languages")

    def has_add_permission(self, request):
        return False

    def has_change_permission(self, request, obj=None):
        return False

    def has_delete_permission(self, request, obj=None):
        return False

    def get_search_results(self, request, queryset, search_term):
        """Countries by part of a name; a two-letter code finds its country first of all."""
        words = fold(search_term)
        if not words:
            return queryset, False
        found = [c.pk for c in queryset if words == c.code or any(words in fold(c.label(x)) for x in language_codes())]
        return queryset.filter(pk__in=found), False

    @admin.display(description=_("name"))
    def name(self, country) -> str:
        return str(country)

    @admin.display(description=_("names"))
    def names(self, country) -> str:
        return "; ".join(f"{language_name(code, code)}: {country.label(code)}" for code in language_codes())
