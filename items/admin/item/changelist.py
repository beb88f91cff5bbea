"""The list of items: its filters, and what can be done with many items at once."""

from django.contrib import admin, messages
from django.contrib.admin.actions import delete_selected as django_delete_selected
from django.contrib.admin.models import CHANGE, LogEntry
from django.db import IntegrityError, transaction
from django.db.models import Exists, OuterRef, Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext

from items.admin.choice import is_key
from items.admin.item.access import UNDECIDED, Status, may_change, may_delete
from items.admin.tree import TreeFilter, once
from items.models import Item, ItemType, Keyword, Source, Theme

GAPS = {
    "title": (_("title made from the summary"), Q(title_is_derived=True)),
    "theme": (_("no theme"), Q(themes__isnull=True)),
    "keyword": (_("no keyword"), Q(item_keywords__isnull=True)),
    "date": (_("no date"), Q(publication_date__isnull=True)),
}


class GapFilter(admin.SimpleListFilter):
    """Items that want attention."""

    title = _("what is missing")
    parameter_name = "missing"

    def lookups(self, request, model_admin):
        return [(name, label) for name, (label, _condition) in GAPS.items()]

    def queryset(self, request, queryset):
        gap = GAPS.get(self.value() or "")
        return queryset.filter(gap[1]) if gap else queryset


class AuthorFilter(admin.SimpleListFilter):
    """Items that the reader of the list began."""

    title = _("begun by")
    parameter_name = "by"

    def lookups(self, request, model_admin):
        return [("me", _("me"))]

    def queryset(self, request, queryset):
        return queryset.filter(created_by=request.user) if self.value() == "me" else queryset


class TypeFilter(TreeFilter):
    """Items of a type and of those below it."""

    title = _("type")
    parameter_name = "type"
    model = ItemType

    def queryset(self, request, queryset):
        return queryset.filter(type__in=self.family()) if self.value() else queryset


class ThemeFilter(TreeFilter):
    """Items on a theme and on those below it."""

    title = _("theme")
    parameter_name = "theme"
    model = Theme

    def queryset(self, request, queryset):
        if not self.value():
            return queryset
        # A subquery, so that an item with two of the themes is listed once.
        return queryset.filter(pk__in=Theme.items.through.objects.filter(theme__in=self.family()).values("item"))


class SourceFilter(admin.SimpleListFilter):
    """Items of one source, or of none."""

    title = _("source")
    parameter_name = "source"

    def lookups(self, request, model_admin):
        used = Source.objects.filter(Exists(Item.objects.filter(source=OuterRef("pk"))))
        return [("none", _("none")), *once(request, Source, lambda: [(str(s.pk), str(s)) for s in used])]

    def queryset(self, request, queryset):
        value = self.value() or ""
        if value == "none":
            return queryset.filter(source__isnull=True)
        return queryset.filter(source=value) if is_key(value) else queryset


class KeywordFilter(admin.SimpleListFilter):
    """Items with one keyword. Keywords are too many to list; the desk of keywords leads here."""

    title = _("keyword")
    parameter_name = "keyword"

    def lookups(self, request, model_admin):
        value = self.value() or ""
        return [(value, str(k)) for k in Keyword.objects.filter(pk=value)] if is_key(value) else []

    def queryset(self, request, queryset):
        value = self.value() or ""
        return queryset.filter(item_keywords__tag=value) if is_key(value) else queryset


def _log(request, item: Item, message) -> None:
    LogEntry.objects.log_actions(request.user.pk, [item], CHANGE, str(message), single_object=True)


@admin.action(description=_("Submit for review"), permissions=["change"])
def submit_for_review(modeladmin, request, queryset):
    """Drafts that this person may change go to review; the others are named and stay."""
    done = 0
    for item in queryset:
        if item.status == Status.DRAFT and may_change(request.user, item):
            # Only from the status that was looked at: somebody may have decided meanwhile.
            changed = Item.objects.filter(pk=item.pk, status=Status.DRAFT).update(status=Status.IN_REVIEW)
            if changed:
                _log(request, item, _("Submitted for review."))
                done += 1
    _tell(request, done, queryset, ngettext("%d item is in review.", "%d items are in review.", done))


@admin.action(description=_("Approve (visible at once, or from the moment set)"), permissions=["approve"])
def approve_now(modeladmin, request, queryset):
    """Drafts and items in review become approved; the others, and those that have expired, stay."""
    now, done = timezone.now(), 0
    for chosen in queryset:
        with transaction.atomic():
            item = Item.objects.select_for_update().filter(pk=chosen.pk, status__in=UNDECIDED).first()
            if item is None or (item.expire_at and item.expire_at <= max(item.publish_at or now, now)):
                continue
            try:
                with transaction.atomic():
                    item.approve(at=now)
            except IntegrityError:
                continue
            _log(request, item, _("Approved."))
            done += 1
    _tell(request, done, queryset, ngettext("%d item is approved.", "%d items are approved.", done))


@admin.action(description=_("Delete"), permissions=["delete"])
def delete_selected(modeladmin, request, queryset):
    """Django's, once it is sure that every one of the items may go."""
    now = timezone.now()
    kept = [item for item in queryset if not may_delete(request.user, item, now)]
    if kept:
        titles = "; ".join(item.title for item in kept[:5])
        message = _("Nothing was deleted. These stay: %(titles)s. What readers have seen can only be withdrawn.")
        modeladmin.message_user(request, message % {"titles": titles}, messages.ERROR)
        return None
    return django_delete_selected(modeladmin, request, queryset)


def _tell(request, done: int, queryset, words: str) -> None:
    left = len(queryset) - done
    if done:
        messages.success(request, words % done)
    if left:
        said = ngettext("%d item was left as it is.", "%d items were left as they are.", left) % left
        messages.warning(request, said)
