"""The desk of sources."""

from django.contrib import admin

from items.admin.item.fields import URLS
from items.admin.term import FormerSlugs, TermAdmin
from items.models import Source, SourceAlias


class FormerSourceSlugs(FormerSlugs):
    model = SourceAlias


@admin.register(Source)
class SourceAdmin(TermAdmin):
    """Organisations whose information items relay."""

    formfield_overrides = URLS
    items_filter = "source"
    items_lookup = "source"
    own_fields = ["slug", "website", "usage"]
    list_display = ["__str__", "slug", "website", "usage"]
    inlines = [FormerSourceSlugs]
