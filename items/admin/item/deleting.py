"""What is said before items are deleted."""

from typing import Any

from django.contrib import admin
from django.http import HttpRequest
from django.urls import reverse
from django.utils.html import format_html
from django.utils.text import capfirst

from items.models import Attachment


class DeletionViews(admin.ModelAdmin):
    """Mixed into the desk of items."""

    def get_deleted_objects(self, objs: Any, request: HttpRequest) -> tuple[list, dict[str, int], set[str], list]:
        """The items and their files. A line for each theme and keyword that they lose tells nobody anything."""
        items = list(objs)
        name = self.opts.verbose_name or ""
        lines = [
            format_html(
                '{}: <a href="{}">{}</a>', capfirst(name), reverse("admin:items_item_change", args=[item.pk]), item
            )
            for item in items
        ]
        counts = {str(self.opts.verbose_name_plural): len(items)}
        if files := Attachment.objects.filter(item__in=items).count():
            counts[str(Attachment._meta.verbose_name_plural)] = files
        may = all(self.has_delete_permission(request, item) for item in items)
        return lines, counts, set() if may else {str(name)}, []
