"""Translating at the desk: beginning a version in another language, and writing it beside the texts of the others."""

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.contrib import admin, messages
from django.core.exceptions import PermissionDenied, ValidationError
from django.db.models import Q, Subquery
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import get_object_or_404
from django.urls import path, reverse
from django.utils import timezone
from django.utils.html import escape, linebreaks
from django.utils.safestring import SafeString, mark_safe
from django.utils.text import capfirst
from django.utils.translation import gettext as _

from items.admin.item.fields import as_written
from items.admin.item.form import siblings
from items.admin.item.state import state_of
from items.drawing import Bodies
from items.history import Change, changes
from items.models import Item
from items.models.item import Status
from items.models.language import default_language, language_codes, language_name
from items.page import with_grant

BESIDE = "beside"
"""The parameter that says which version stands beside the form."""
TEXTS = ("title", "summary", "body")
COUNTED = (*TEXTS, "publication_date", "event", "tables")
"""The parts of an original that its translation follows, for the comparison."""


@dataclass(frozen=True)
class Passage:
    """A text of another version, beside the field: `html` to read, `text` as the field takes it over."""

    language: str
    name: str
    html: str
    text: str
    is_shown: bool


@dataclass(frozen=True)
class Version:
    """A language of the site, for the panel: the item in it, or where it can be begun."""

    language: str
    name: str
    item: Item | None
    state: tuple[str, Any] | None
    is_this: bool
    begin: str


@dataclass(frozen=True)
class Lag:
    """How an original has gone on since it was translated. `is_known`: whether it can be shown."""

    source: Item
    changed_at: datetime
    translated_at: datetime
    changes: list[Change]


def named(code: str) -> str:
    """A language as the desk calls it."""
    return capfirst(language_name(code, default_language()))


def passages(versions: list[Item], shown: Item, at: datetime) -> dict[str, list[Passage]]:
    """The texts of other versions by field; those of `shown` are seen first."""
    bodies = Bodies(versions, at=at, plainly=True)
    found: dict[str, list[Passage]] = {name: [] for name in TEXTS}
    for item in versions:
        drawn = {
            "title": f"<p>{escape(item.title)}</p>" if item.title else "",
            "summary": linebreaks(item.summary, autoescape=True) if item.summary else "",
            "body": with_grant(bodies.of(item), item, at=at) if item.body else "",
        }
        texts = {"title": item.title, "summary": item.summary, "body": as_written(item.body)}
        for name in TEXTS:
            html = _as_html(drawn[name])
            found[name].append(Passage(item.language, named(item.language), html, texts[name], item == shown))
    return found


def _as_html(text: str) -> SafeString:
    # security: titles and summaries are escaped above; bodies are sanitised whenever they are stored.
    return mark_safe(text)  # noqa: S308


class TranslationViews(admin.ModelAdmin):
    """Mixed into the desk of items."""

    class Media:
        css = {"all": ["admin_desk/translation.css"]}
        js = ["admin_desk/translation.js"]

    def get_urls(self):
        view = self.admin_site.admin_view(self.translate_view)
        return [path("<int:pk>/translate/<str:language>/", view, name="items_item_translate"), *super().get_urls()]

    def translate_view(self, request: HttpRequest, pk: int, language: str) -> HttpResponse:
        """Begin the version in a language, and open it. GET leads to the item's form."""
        item = get_object_or_404(Item, pk=pk)
        if not self.has_view_permission(request, item):
            raise PermissionDenied
        if request.method == "POST":
            try:
                item = item.translate_into(language, by=request.user, at=timezone.now())
                messages.success(request, _("This is a new draft. Its texts are yours to write, beside the original."))
            except ValidationError as error:
                for message in error.messages:
                    messages.error(request, message)
        return HttpResponseRedirect(reverse("admin:items_item_change", args=[item.pk]))

    def save_related(self, request, form, formsets, change):
        super().save_related(request, form, formsets, change)
        item, now = form.instance, timezone.now()
        if (other := form.cleaned_data.get("translation_of")) and "translation_of" in form.changed_data:
            item.translates(other, by=request.user, at=now)
        elif "_translated" in request.POST and item.original() is not None:
            item.mark_translated(by=request.user, at=now)

    def response_change(self, request, obj):
        if "_translated" in request.POST:
            messages.success(request, _("Saved, and up to date with its original."))
            return HttpResponseRedirect(reverse("admin:items_item_change", args=[obj.pk]))
        return super().response_change(request, obj)

    def render_change_form(self, request, context, add=False, change=False, form_url="", obj=None):
        if obj is not None:
            live = obj.update_of or obj
            others = siblings(live)
            context["languages"] = self._languages(request, obj, others)
            if others and self.has_change_permission(request, obj):
                known = _original(live, others)
                self._put_beside(request, context, others, known)
                if known is not None and known.changed_at is not None:
                    context["lag"] = _lag(known)
        return super().render_change_form(request, context, add, change, form_url, obj)

    def _languages(self, request: HttpRequest, obj: Item, others: list[Item]) -> list[Version]:
        may = self.has_add_permission(request) and obj.update_of is None and obj.status != Status.REMOVED
        there = {item.language: item for item in [*others, obj]}
        found = []
        for code in language_codes():
            item = there.get(code)
            begin = "" if item or not may else reverse("admin:items_item_translate", args=[obj.pk, code])
            state = state_of(item) if item else None
            found.append(Version(code, named(code), item, state, item == obj, begin))
        return found

    @staticmethod
    def _put_beside(request: HttpRequest, context: dict[str, Any], others: list[Item], known: Any) -> None:
        first_written = known.source.language if known is not None else ""
        order = [request.GET.get(BESIDE, ""), first_written, *language_codes()]
        # What somebody has begun and not written yet helps nobody.
        written = [item for item in others if item.title or item.summary or item.body]
        if not written:
            return
        first = min(written, key=lambda item: order.index(item.language) if item.language in order else len(order))
        fields = context["adminform"].form.fields
        for name, texts in passages(written, first, timezone.now()).items():
            if name in fields:
                fields[name].passages = texts
        context["beside_versions"] = [(item.language, named(item.language), item == first) for item in written]


def _original(item: Item, others: list[Item]) -> Any:
    """What an item was translated from, as `Item.original` has it, of what has been read already."""
    known = getattr(item, "translated_from", None)
    source = next((other for other in others if known and other.pk == known.source_id), None)
    if known is None or source is None:
        return None
    known.source = source
    return known


def _lag(known: Any) -> Lag:
    versions: Any = Item.history.model.objects
    newest = known.source.own_versions().values("history_id")[:1]
    both = {version.history_id: version for version in versions.filter(Q(pk=known.version) | Q(pk=Subquery(newest)))}
    base: Any = both.get(known.version)
    found = [change for change in changes(base, both[max(both)]) if change.name in COUNTED] if base else []
    return Lag(known.source, known.changed_at, known.at, found)
