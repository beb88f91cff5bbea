"""Items on the desk."""

from typing import Any

from django.contrib import admin
from django.db.models import Exists, F, OuterRef, Q
from django.http import HttpRequest, JsonResponse
from django.urls import path, reverse
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.html import format_html, format_html_join
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_safe

from items.admin.attachment import AttachmentInline
from items.admin.event import EventInline
from items.admin.item import changelist
from items.admin.item.access import Status, is_approver, may_change, may_delete, statuses
from items.admin.item.fields import URLS
from items.admin.item.files import FileViews, file_link
from items.admin.item.form import ItemForm
from items.admin.saving import CarefulSaving
from items.models import Event, Item, Keyword, KeywordAlias
from items.models.language import default_language, language_name

SUGGESTIONS = 12


@admin.register(Item)
class ItemAdmin(FileViews, CarefulSaving):
    """News, events and publications, from the first draft to withdrawal."""

    form = ItemForm
    inlines = [EventInline, AttachmentInline]
    formfield_overrides = URLS
    readonly_fields = ["visibility", "versions", "picture", "record"]

    list_display = ["title", "type", "tongue", "state", "published", "visible_from", "theme_names"]
    list_filter = [
        "status",
        "language",
        changelist.GapFilter,
        changelist.AuthorFilter,
        changelist.TypeFilter,
        changelist.ThemeFilter,
        changelist.KeywordFilter,
        changelist.SourceFilter,
    ]
    list_select_related = ["type"]
    list_per_page = 50
    date_hierarchy = "publication_date"
    # The undated first, on either database: they wait for a date.
    ordering = [F("publication_date").desc(nulls_first=True), "-pk"]
    search_fields = ["title", "summary", "item_keywords__tag__name"]
    search_help_text = _("Words of the title, the summary or a keyword")
    actions = [changelist.submit_for_review, changelist.approve_now, changelist.delete_selected]

    class Media:
        js = ["admin_desk/keywords.js", "admin_desk/names.js"]

    # --- Who may -----------------------------------------------------------------------------------------------

    def has_change_permission(self, request, obj=None):
        return super().has_change_permission(request, obj) and (obj is None or may_change(request.user, obj))

    def has_delete_permission(self, request, obj=None):
        if obj is None:
            # Authors delete their drafts without the permission to delete items at large.
            return super().has_delete_permission(request) or super().has_change_permission(request)
        return may_delete(request.user, obj, timezone.now())

    def has_approve_permission(self, request) -> bool:
        return is_approver(request.user)

    # --- The form ----------------------------------------------------------------------------------------------

    def get_fieldsets(self, request, obj=None):
        editable = obj is None or may_change(request.user, obj)
        publishing = ["status", "publish_at", "expire_at", "is_featured"]
        if obj:
            publishing = ["visibility", *publishing]
        if obj and Status.WITHDRAWN in statuses(request.user, obj, timezone.now()):
            publishing.append("withdrawal_reason")
        translations = (["versions"] if obj else []) + (["translation_of"] if editable else [])
        if obj and editable and self._siblings(obj).exists():
            translations.append("separate")
        fieldsets: list[tuple[Any, dict[str, Any]]] = [
            (None, {"fields": [("language", "type"), "title", "summary", "body"]}),
            (_("What it is about"), {"fields": ["themes", "keywords", "countries"]}),
            (
                _("Where it comes from"),
                {
                    "fields": ["source", "source_url", "publication_date"],
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
                    "fields": ["lead_image" if editable else "picture", "lead_image_alt", "lead_image_credit"],
                },
            ),
            (_("Translations"), {"fields": translations}),
        ]
        last = {"classes": ["collapse"], "fields": ["slug", *(["record"] if obj else [])]}
        return [*fieldsets, (_("Address and record"), last)]

    def get_form(self, request, obj=None, change=False, **kwargs):
        form = super().get_form(request, obj, change, **kwargs)
        form.user = request.user  # type: ignore[attr-defined]
        return form

    def get_inline_instances(self, request, obj=None):
        inlines = super().get_inline_instances(request, obj)
        for inline in inlines:
            if isinstance(inline, EventInline):
                has_event = obj is not None and Event.objects.filter(pk=obj.pk).exists()
                inline.classes = [] if has_event else ["collapse"]
        return inlines

    def save_model(self, request, obj, form, change):
        if not change:
            obj.created_by = request.user
        elif "title" in form.changed_data:
            obj.title_is_derived = False
        super().save_model(request, obj, form, change)

    def changelist_view(self, request, extra_context=None):
        # The table needs the width; breadcrumbs lead to the rest of the desk.
        return super().changelist_view(request, {"is_nav_sidebar_enabled": False, **(extra_context or {})})

    # --- What is shown -----------------------------------------------------------------------------------------

    def get_queryset(self, request):
        readable = Item.objects.readable(timezone.now()).filter(pk=OuterRef("pk"))
        return super().get_queryset(request).annotate(is_readable=Exists(readable)).prefetch_related("themes")

    def view_on_site(self, obj) -> str | None:
        """The public address, of what has one now."""
        return obj.get_absolute_url() if getattr(obj, "is_readable", False) else None

    @admin.display(description=_("language"), ordering="language")
    def tongue(self, item) -> str:
        name = language_name(item.language, default_language())
        return format_html('<abbr title="{}">{}</abbr>', name, item.language.upper())

    @admin.display(description=_("themes"))
    def theme_names(self, item) -> str:
        return ", ".join(map(str, item.themes.all()))

    @admin.display(description=_("status"), ordering="status")
    def state(self, item) -> str:
        """The status, and the way to the public page of what has one."""
        name, words = _state(item)
        badge = format_html('<span class="desk-state" data-state="{}">{}</span>', name, words)
        if not item.is_readable:
            return badge
        view = gettext("View “%(title)s” on the site") % {"title": item}
        return format_html('{} <a href="{}" aria-label="{}">{}</a>', badge, item.get_absolute_url(), view, _("View"))

    @admin.display(description=_("publication date"), ordering="publication_date")
    def published(self, item) -> str:
        return date_format(item.publication_date, "j M Y") if item.publication_date else "–"

    @admin.display(description=_("visible from"), ordering="publish_at")
    def visible_from(self, item) -> str:
        return date_format(timezone.localtime(item.publish_at), "j M Y H:i") if item.publish_at else "–"

    @admin.display(description=_("now"))
    def visibility(self, item) -> str:
        """Whether readers can see it now, and from and until when."""
        name, _words = _state(item)
        said = {
            "draft": gettext("Not public: a draft."),
            "in_review": gettext("Not public: waits for approval."),
            "scheduled": gettext("Not public yet: appears on %(from)s."),
            "approved": gettext("Public since %(from)s."),
            "expired": gettext("No longer public: expired on %(until)s."),
            "withdrawn": gettext("Withdrawn: its address shows the reason."),
        }[name]
        moments = {key: _local(value) for key, value in (("from", item.publish_at), ("until", item.expire_at))}
        return said % moments

    @admin.display(description=_("other languages"))
    def versions(self, item) -> str:
        rows = [
            (reverse("admin:items_item_change", args=[other.pk]), other.title, other.language, _state(other)[1])
            for other in self._siblings(item).order_by("language")
        ]
        if not rows:
            return gettext("None yet.")
        links = format_html_join("", '<li><a href="{}">{}</a> ({}, {})</li>', rows)
        return format_html('<ul class="desk-list">{}</ul>', links)

    @admin.display(description=_("lead image"))
    def picture(self, item) -> str:
        return file_link(item.lead_image)

    @admin.display(description=_("record"))
    def record(self, item) -> str:
        by = item.created_by.get_username() if item.created_by else gettext("an import or a program")
        made = gettext("Begun by %(who)s on %(when)s.") % {"who": by, "when": _local(item.created_at)}
        return f"{made} " + gettext("Last change: %(when)s.") % {"when": _local(item.updated_at)}

    def _siblings(self, item):
        return Item.objects.filter(translation_group=item.translation_group).exclude(pk=item.pk)

    # --- Suggestions of keywords -------------------------------------------------------------------------------

    def get_urls(self):
        view = self.admin_site.admin_view(require_safe(self.keywords_view))
        return [path("keywords/", view, name="items_item_keywords"), *super().get_urls()]

    def keywords_view(self, request: HttpRequest) -> JsonResponse:
        """`{"keywords": [{"name", "means"}]}` for the `find` that was typed; an alias says what it means."""
        if not self.has_view_permission(request):
            return JsonResponse({"keywords": []}, status=403)
        find = request.GET.get("find", "").replace("\0", "").strip()[:100]
        if not find:
            return JsonResponse({"keywords": []})
        starts = Q(name__istartswith=find) | Q(name__icontains=f" {find}")
        keywords: Any = Keyword.objects.filter(starts)[:SUGGESTIONS]
        found = [{"name": keyword.name, "means": ""} for keyword in keywords]
        aliases = KeywordAlias.objects.filter(starts).select_related("term").order_by("name")[:SUGGESTIONS]
        offered = {keyword["name"] for keyword in found}
        found += [{"name": a.name, "means": a.term.name} for a in aliases if a.term.name not in offered]
        return JsonResponse({"keywords": found[:SUGGESTIONS]})


def _state(item: Item) -> tuple[str, Any]:
    """A word for style sheets and one for people; scheduled and expired are approved at another time."""
    now = timezone.now()
    if item.status == Status.APPROVED and item.publish_at and item.publish_at > now:
        return "scheduled", _("scheduled")
    if item.status == Status.APPROVED and item.expire_at and item.expire_at <= now:
        return "expired", _("expired")
    return item.status, Status(item.status).label


def _local(moment) -> str:
    return date_format(timezone.localtime(moment), "j F Y, H:i") if moment else "–"
