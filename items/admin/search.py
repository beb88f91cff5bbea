"""What readers searched for and did not find."""

from django.contrib import admin

from items.admin.desk import Desk
from items.models import SearchMiss


@admin.register(SearchMiss)
class SearchMissAdmin(Desk):
    """Counts to read: words that the archive, or its keywords, might be given."""

    list_display = ["words", "count", "day"]
    date_hierarchy = "day"
    search_fields = ["words"]
    ordering = ["-day", "-count", "words"]

    def has_add_permission(self, request):
        return False

    def has_change_permission(self, request, obj=None):
        return False

    def has_delete_permission(self, request, obj=None):
        return False
