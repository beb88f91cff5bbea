"""The list of items as a page: its columns, the views that are used daily, and the way to a spreadsheet."""

from collections import Counter
from typing import Any
from urllib.parse import urlencode

from django.contrib import admin
from django.db.models import Count
from django.http import HttpRequest, QueryDict
from django.urls import reverse
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.html import format_html, format_html_join
from django.utils.translation import gettext, ngettext
from django.utils.translation import gettext_lazy as _

from items.admin.desk import DeskList
from items.admin.item.state import state_of
from items.dates import zone
from items.models import Activity, Item
from items.models.activity import Verb
from items.models.item import UNDECIDED
from items.models.item.record import full_name
from items.models.language import default_language, language_codes, language_name

VIEWS: tuple[tuple[Any, dict[str, str]], ...] = (
    (_("All items"), {}),
    (_("My drafts"), {"desk": "mine"}),
    (_("Waiting for review"), {"desk": "waiting"}),
    (_("Scheduled"), {"desk": "scheduled"}),
    (_("Needs attention"), {"missing": "any"}),
    (_("Withdrawn"), {"status__exact": "withdrawn"}),
)
"""Lists that are looked at daily: their names and what they ask for."""
PLACES = ("p", "all", "e", "_popup", "_facets")
"""Parts of the list's address that do not say which items it holds."""


class ItemList(DeskList):
    """The list, with what its page offers beyond Django's."""

    asked: QueryDict
    """What says which items the list holds, and in which order."""

    def __init__(self, request: HttpRequest, *args: Any, **kwargs: Any):
        self.asked = request.GET.copy()
        for name in PLACES:
            self.asked.pop(name, None)
        super().__init__(request, *args, **kwargs)

    def get_results(self, request: HttpRequest) -> None:
        super().get_results(request)
        mark(list(self.result_list))

    def views(self) -> list[tuple[Any, str, bool]]:
        """The daily views: name, address, whether it is what the list shows now, in whatever order."""
        now = {name: value for name, value in self.asked.dict().items() if name != "o"}
        return [(name, f"?{urlencode(query)}", query == now) for name, query in VIEWS]

    def csv(self) -> str:
        """The address of all items of the list, not of this page alone, as a table."""
        return f"{reverse('admin:items_item_csv')}?{self.asked.urlencode()}"


def mark(items: list[Any]) -> None:
    """Note at items how much is said about them, the working copy being made of them, their versions: three queries."""
    keys = [item.pk for item in items]
    comments = Activity.objects.filter(item__in=keys, verb=Verb.COMMENT).order_by().values_list("item")
    said = Counter(dict(comments.annotate(number=Count("pk"))))
    # The status, which a copy must have, leads SQLite past its belief that looking at every item is quicker.
    copying = Item.objects.filter(update_of__in=keys, status__in=UNDECIDED).only("status", "update_of")
    copies = {copy.update_of_id: copy for copy in copying}
    groups: dict[Any, dict[str, Item]] = {}
    versions = Item.objects.filter(translation_group__in={item.translation_group for item in items})
    for version in versions.only("translation_group", "language", "status", "publish_at", "expire_at"):
        groups.setdefault(version.translation_group, {})[version.language] = version
    for item in items:
        item.comments = said[item.pk]
        item.copy_in_work = copies.get(item.pk)
        item.versions = groups.get(item.translation_group, {})


class ListColumns(admin.ModelAdmin):
    """Mixed into the desk of items."""

    list_display = ["name", "state", "theme_names", "type", "tongue", "visible_from", "published", "people"]
    list_select_related = ["type", "created_by"]
    list_per_page = 50

    def get_changelist(self, request, **kwargs):
        return ItemList

    @admin.display(description=_("title"), ordering="title")
    def name(self, item) -> str:
        """The title; a translation that has just been begun has none."""
        return str(item)

    @admin.display(description=_("status"), ordering="status")
    def state(self, item) -> str:
        """The status; the way to the public page of what has one; what is being done with it."""
        name, words = state_of(item)
        lines = [format_html('<span class="desk-state" data-state="{}">{}</span>', name, words)]
        if item.is_working_copy:
            lines.append(format_html('<span class="desk-state" data-state="copy">{}</span>', _("update")))
        if item.is_readable:
            view = gettext("View “%(title)s” on the site") % {"title": item}
            lines.append(
                format_html('<a href="{}" aria-label="{}">{}</a>', item.get_absolute_url(), view, _("View")),
            )
        if copy := getattr(item, "copy_in_work", None):
            words = gettext("Update: %(status)s") % {"status": copy.get_status_display()}
            lines.append(format_html('<a href="{}">{}</a>', _form(copy), words))
        if number := getattr(item, "comments", 0):
            words = ngettext("%d comment", "%d comments", number) % number
            lines.append(format_html('<a href="{}#desk-record">{}</a>', _form(item), words))
        return format_html_join(" ", "{}", ([line] for line in lines))

    @admin.display(description=_("themes"))
    def theme_names(self, item) -> str:
        return ", ".join(map(str, item.themes.all()))

    @admin.display(description=_("language"), ordering="language")
    def tongue(self, item) -> str:
        """Each language of the site: the item's own, those of other versions with the way there, those missing."""
        known = {**getattr(item, "versions", {}), item.language: item}
        codes = [item.language] if item.is_working_copy else list(dict.fromkeys([*language_codes(), *known]))
        return format_html(
            '<span class="desk-tongues">{}</span>',
            format_html_join("", "{}", ([_tongue(code, known.get(code), item)] for code in codes)),
        )

    @admin.display(description=_("visible from"), ordering="publish_at")
    def visible_from(self, item) -> str:
        if not item.publish_at:
            return "–"
        there = timezone.localtime(item.publish_at)
        return format_html("{} <span>{} {}</span>", date_format(there, "j M Y"), f"{there:%H:%M}", zone(there))

    @admin.display(description=_("publication date"), ordering="publication_date")
    def published(self, item) -> str:
        return date_format(item.publication_date, "j M Y") if item.publication_date else "–"

    @admin.display(description=_("begun by"), ordering="created_by__username")
    def people(self, item) -> str:
        return full_name(item.created_by) or "–"


def _tongue(code: str, version: Item | None, item: Item) -> str:
    name = language_name(code, default_language())
    if version is None:
        title = gettext("%(language)s: missing") % {"language": name}
        return format_html('<abbr data-there="missing" title="{}">{}</abbr>', title, code.upper())
    there = "draft" if version.status in UNDECIDED else "public"
    title = f"{name}: {state_of(version)[1]}"
    if version == item:
        return format_html('<abbr data-own data-there="{}" title="{}">{}</abbr>', there, title, code.upper())
    return format_html(
        '<a href="{}" data-there="{}" title="{}" aria-label="{}">{}</a>',
        _form(version), there, title, title, code.upper(),
    )  # fmt: skip


def _form(item) -> str:
    return reverse("admin:items_item_change", args=[item.pk])
