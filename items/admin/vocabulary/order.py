"""Ordering a tree in its list: buttons that work everywhere, dragging where there is JavaScript."""

from typing import Any

from django.contrib import admin, messages
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.utils import timezone
from django.utils.html import format_html, format_html_join
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from items import vocabulary
from items.admin.choice import is_key
from items.admin.vocabulary.preview import told

STEPS = (
    ("up", "↑", gettext_lazy("Move “%s” up")),
    ("down", "↓", gettext_lazy("Move “%s” down")),
    ("in", "→", gettext_lazy("Put “%s” below the one before it")),
    ("out", "←", gettext_lazy("Move “%s” out")),
)


class OrderViews:
    """Mixed into the desk of a tree. The buttons are sent by the list's own form."""

    def changelist_view(self, request: HttpRequest, extra_context: Any = None) -> HttpResponse:
        desk: Any = self
        if request.method == "POST" and "move" in request.POST:
            if not vocabulary.may_govern(request.user, desk.facet):
                raise PermissionDenied
            key = self._move(request, request.POST["move"])
            return HttpResponseRedirect(f"{request.get_full_path()}#term-{key}")
        return super().changelist_view(request, extra_context)  # type: ignore[misc]

    def get_list_display(self, request: HttpRequest) -> list[str]:
        columns = list(super().get_list_display(request))  # type: ignore[misc]
        return [*columns, "steps"] if vocabulary.may_govern(request.user, self.facet) else columns  # type: ignore

    def _move(self, request: HttpRequest, sent: str) -> str:
        """Do what "12:up", "12:before:15" or "12:below:15" says; gives the key that was moved, or "0"."""
        key, _colon, step = sent.partition(":")
        where, _colon, other = step.partition(":")
        if not is_key(key) or (other and not is_key(other)):
            return "0"
        facet, by, at = self.facet, request.user, timezone.now()  # type: ignore[attr-defined]
        try:
            if other:
                change = vocabulary.place(facet, int(key), where, int(other), by=by, at=at)
            else:
                change = vocabulary.move(facet, int(key), step, by=by, at=at)
        except vocabulary.Refused as error:
            messages.warning(request, told(error))
        else:
            messages.success(request, self._where(change))
        return key

    def _where(self, change) -> str:
        """Where a term stands now, in a sentence."""
        model = self.model  # type: ignore[attr-defined]
        term = model.objects.select_related("parent").get(pk=change.data["term"])
        siblings = list(
            model.objects.filter(parent=term.parent).order_by("position", "slug").values_list("pk", flat=True)
        )
        said = {
            "term": str(term),
            "place": siblings.index(term.pk) + 1,
            "all": len(siblings),
            "parent": str(term.parent),
        }
        if term.parent is None:
            return _("“%(term)s” is now number %(place)d of %(all)d at the top.") % said
        return _("“%(term)s” is now number %(place)d of %(all)d below “%(parent)s”.") % said

    @admin.display(description=gettext_lazy("move"))
    def steps(self, term) -> str:
        name = str(term)
        buttons = format_html_join(
            "",
            '<button type="submit" name="move" value="{}:{}" aria-label="{}" title="{}">{}</button>',
            ((term.pk, step, words % name, words % name, sign) for step, sign, words in STEPS),
        )
        return format_html('<span class="tree-steps" id="term-{}" data-term="{}">{}</span>', term.pk, term.pk, buttons)
