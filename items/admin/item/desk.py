"""Items on the desk."""

from typing import Any

from django.contrib import admin
from django.db.models import Exists, F, OuterRef
from django.urls import reverse
from django.utils import timezone
from django.utils.html import format_html, format_html_join
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from items.admin.attachment import AttachmentInline
from items.admin.data_table import DataTableInline
from items.admin.event import EventInline
from items.admin.item import bulk, changelist
from items.admin.item.body import LinkViews, body_as_read
from items.admin.item.checklist import ChecklistViews
from items.admin.item.comments import CommentViews
from items.admin.item.counting import ChoiceFilter, SearchOnce
from items.admin.item.csv import CsvViews
from items.admin.item.deleting import DeletionViews
from items.admin.item.duplicates import DuplicateViews
from items.admin.item.fields import URLS
from items.admin.item.files import FileViews, picture_link
from items.admin.item.form import ItemForm, siblings
from items.admin.item.keeping import Keeping
from items.admin.item.keywords import KeywordViews
from items.admin.item.list import ListColumns
from items.admin.item.preview import PreviewViews
from items.admin.item.quick import QuickViews
from items.admin.item.state import state_of
from items.admin.item.story import FIELDS as STORY_FIELDS
from items.admin.item.story import StoryViews
from items.admin.item.translation import TranslationViews
from items.admin.item.verbs import VerbViews
from items.admin.item.working_copy import WorkingCopyViews
from items.admin.saving import CarefulSaving
from items.models import DataTable, Event, Item
from items.models.item.workflow import is_approver


@admin.register(Item)
class ItemAdmin(
    # The verbs come first: they undo whatever the others saved where a verb is refused.
    VerbViews, WorkingCopyViews, CommentViews, PreviewViews, QuickViews, KeywordViews,
    ChecklistViews, DuplicateViews, TranslationViews, StoryViews, Keeping, FileViews, LinkViews,
    ListColumns, CsvViews, DeletionViews, SearchOnce, CarefulSaving,
):  # fmt: skip
    """News, events and publications, from the first draft to withdrawal."""

    form = ItemForm
    inlines = [EventInline, DataTableInline, AttachmentInline]
    formfield_overrides = URLS
    readonly_fields = ["versions", "story", "lead_picture", "text"]

    list_filter = [
        ("status", ChoiceFilter),
        ("language", ChoiceFilter),
        changelist.FigureFilter,
        changelist.GapFilter,
        changelist.MissingFilter,
        changelist.AuthorFilter,
        changelist.MonthFilter,
        changelist.TypeFilter,
        changelist.ThemeFilter,
        changelist.KeywordFilter,
        changelist.SourceFilter,
    ]
    date_hierarchy = "publish_at"
    # The undated first, on either database: they wait for a date.
    ordering = [F("publication_date").desc(nulls_first=True), "-pk"]
    search_fields = ["title", "summary", "item_keywords__tag__name"]
    search_help_text = _("Words of the title, the summary or a keyword")
    actions = [*bulk.ACTIONS, changelist.delete_selected]

    class Media:
        css = {"all": ["admin_desk/beside.css", "admin_desk/item.css"]}
        js = ["admin_desk/keywords.js", "admin_desk/beside.js", "admin_desk/comment.js"]

    # --- Who may -----------------------------------------------------------------------------------------------

    def has_change_permission(self, request, obj=None):
        return super().has_change_permission(request, obj) and (obj is None or obj.may_be_changed(request.user))

    def has_delete_permission(self, request, obj=None):
        if obj is None:
            # Authors delete their drafts without the permission to delete items at large.
            return super().has_delete_permission(request) or super().has_change_permission(request)
        return obj.may_be_deleted(request.user, timezone.now())

    def has_approve_permission(self, request) -> bool:
        return is_approver(request.user)

    def has_withdraw_permission(self, request) -> bool:
        return request.user.has_perm("items.withdraw_item")

    # --- The form ----------------------------------------------------------------------------------------------

    def get_fieldsets(self, request, obj=None):
        editable = obj is None or obj.may_be_changed(request.user)
        is_copy = obj is not None and obj.is_working_copy
        publishing = ["expire_at"] if is_copy else ["publish_at", "expire_at", "is_featured"]
        if obj and obj.is_withdrawn:
            publishing.append("withdrawal_reason")
        translations = (["versions"] if obj else []) + (["translation_of"] if editable else [])
        if obj and editable and not is_copy and siblings(obj):
            translations.append("separate")
        fieldsets: list[tuple[Any, dict[str, Any]]] = [
            (None, {"fields": [("language", "type"), "title", "summary", "body" if editable else "text"]}),
            (_("What it is about"), {"fields": ["themes", "keywords", "countries"]}),
            (
                _("Where it comes from"),
                {
                    "fields": ["source", "source_url", "duplicate_reason", "publication_date"],
                    "description": _("The organisation that published the original, where, and on which day."),
                },
            ),
            (
                _("Publishing"),
                {
                    "fields": publishing,
                    "description": _(
                        "Readers see an item that is approved, from the moment it becomes visible. An item that "
                        "readers have seen is never deleted: it is withdrawn, and its address then shows the reason."
                    ),
                },
            ),
            (
                _("Lead image"),
                {
                    "fields": ["picture" if editable else "lead_picture"],
                },
            ),
        ]
        if not is_copy:
            fieldsets.append((_("Translations"), {"fields": translations}))
            told = (["story"] if obj else []) + (list(STORY_FIELDS) if editable else [])
            help = _("An item can go on with an earlier one. Readers then see all of the story at each of its items.")
            fieldsets.append((_("Story"), {"fields": told, "description": help}))
        return [*fieldsets, (_("Address"), {"classes": ["collapse"], "fields": ["slug"]})]

    def get_readonly_fields(self, request, obj=None):
        # A copy in another language could not take its item's place among the translations.
        return [*self.readonly_fields, *(["language"] if obj is not None and obj.is_working_copy else [])]

    def get_form(self, request, obj=None, change=False, **kwargs):
        form = super().get_form(request, obj, change, **kwargs)
        form.user = request.user
        return form

    def get_inline_instances(self, request, obj=None):
        inlines = super().get_inline_instances(request, obj)
        for inline in inlines:
            if isinstance(inline, EventInline):
                # Looked at, the row is kept for the rest of the page; saved, the kept one would be stale.
                looks = request.method == "GET" and obj is not None
                has_event = hasattr(obj, "event") if looks else bool(obj and Event.objects.filter(pk=obj.pk).exists())
                inline.classes = [] if has_event else ["collapse"]
            elif isinstance(inline, DataTableInline):
                has_tables = getattr(obj, "has_tables", None)
                if has_tables is None:
                    has_tables = obj is not None and obj.tables.exists()
                inline.classes = [] if has_tables else ["collapse"]
        return inlines

    def save_model(self, request, obj, form, change):
        if not change:
            obj.created_by = request.user
        elif "title" in form.changed_data:
            obj.title_is_derived = False
        super().save_model(request, obj, form, change)

    def lookup_allowed(self, lookup, value, request):
        # The calendar leads to the events of a day.
        return lookup in ("event__starts_at__gte", "event__starts_at__lt") or super().lookup_allowed(
            lookup, value, request
        )

    def changelist_view(self, request, extra_context=None):
        # The table needs the width; breadcrumbs lead to the rest of the desk.
        return super().changelist_view(request, {"is_nav_sidebar_enabled": False, **(extra_context or {})})

    # --- What is shown -----------------------------------------------------------------------------------------

    def get_queryset(self, request):
        readable = Item.objects.readable(timezone.now()).filter(pk=OuterRef("pk"))
        looked_at = ["translated_from", "event"] if request.method == "GET" else []
        items = super().get_queryset(request)
        if looked_at and request.resolver_match and request.resolver_match.url_name == "items_item_change":
            # One item is looked at: with what its form tells of the published one that it may be an update of.
            looked_at += ["picture", "update_base", "update_of__event"]
            items = items.annotate(has_tables=Exists(DataTable.objects.filter(item=OuterRef("pk"))))
        items = items.select_related(*self.list_select_related, *looked_at)
        return items.annotate(is_readable=Exists(readable)).prefetch_related("themes")

    def view_on_site(self, obj) -> str | None:
        """The public address, of what has one now."""
        return obj.get_absolute_url() if getattr(obj, "is_readable", False) else None

    @admin.display(description=_("other languages"))
    def versions(self, item) -> str:
        rows = [
            (reverse("admin:items_item_change", args=[other.pk]), other.title, other.language, state_of(other)[1])
            for other in siblings(item)
        ]
        if not rows:
            return gettext("None yet.")
        links = format_html_join("", '<li><a href="{}">{}</a> ({}, {})</li>', rows)
        return format_html('<ul class="desk-list">{}</ul>', links)

    @admin.display(description=_("text"))
    def text(self, item) -> str:
        """The text of who may only look: as it is read, not as it is written."""
        return body_as_read(item) or "–"

    @admin.display(description=_("lead image"))
    def lead_picture(self, item) -> str:
        return picture_link(item.picture)
