"""Keywords in the form of an item: known words are offered, a new one is proposed on purpose."""

from typing import Any

from django import forms
from django.contrib.admin.widgets import AdminTextInputWidget
from django.http import HttpRequest, JsonResponse
from django.template.loader import render_to_string
from django.urls import path
from django.utils import timezone
from django.utils.safestring import mark_safe
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_safe

from items import vocabulary
from items.models import Keyword

LONGEST = 100


class Typed(str):
    """What was typed, with the new words that are to be proposed."""

    proposed: tuple[str, ...] = ()


class KeywordsInput(AdminTextInputWidget):
    """A line of keywords. Beside it stand the new words: those to be proposed, and those to be asked about."""

    asked: tuple[tuple[str, list[str]], ...] = ()
    """New words that nobody has said to propose, each with known words that are like it."""

    def value_from_datadict(self, data, files, name):
        value = super().value_from_datadict(data, files, name)
        if value is None:
            return None
        typed = Typed(value)
        several = data.getlist if hasattr(data, "getlist") else lambda key: data.get(key, [])
        typed.proposed = tuple(several(f"{name}_propose"))
        return typed

    def build_attrs(self, base_attrs, extra_attrs=None):
        words = {
            "data-propose": _("Propose “%s” as a new keyword"),
            "data-means": _("%s, another name of it"),
            "data-near": _("%s, which is like it"),
            "data-count": _("%s suggestions"),
        }
        return {**super().build_attrs(base_attrs, extra_attrs), **{key: str(text) for key, text in words.items()}}

    def render(self, name, value, attrs=None, renderer=None):
        asked = {word for word, _near in self.asked}
        proposed = [word for word in getattr(value, "proposed", ()) if word not in asked]
        context = {"name": name, "id": (attrs or {}).get("id", name), "asked": self.asked, "proposed": proposed}
        beside = render_to_string("admin/items/vocabulary/_new_words.html", context)
        # security: both are drawn by templates, which escape.
        return mark_safe(super().render(name, value, attrs, renderer) + beside)  # noqa: S308


class KeywordViews:
    """Mixed into the desk of items."""

    def get_urls(self):
        view = self.admin_site.admin_view(require_safe(self.keywords_view))  # type: ignore[attr-defined]
        return [path("keywords/", view, name="items_item_keywords"), *super().get_urls()]  # type: ignore[misc]

    def keywords_view(self, request: HttpRequest) -> JsonResponse:
        """`{"keywords": [{"name", "means", "near"}], "known"}` for the `find` that was typed.

        `means` is the other name under which a keyword was found; `known` says that `find` is a name already.
        """
        if not self.has_view_permission(request):  # type: ignore[attr-defined]
            return JsonResponse({"keywords": [], "known": False}, status=403)
        find = request.GET.get("find", "").replace("\0", "").strip()[:LONGEST]
        found, known = vocabulary.suggest(find)
        rows = [{"name": s.name, "means": s.says, "near": s.is_near} for s in found]
        return JsonResponse({"keywords": rows, "known": known})

    def save_related(self, request: HttpRequest, form: forms.ModelForm, formsets: Any, change: bool) -> None:
        super().save_related(request, form, formsets, change)  # type: ignore[misc]
        new = [word for word in form.cleaned_data.get("keywords") or [] if isinstance(word, str)]
        if new:
            keywords: Any = Keyword.objects
            unsigned = keywords.filter(name__in=new, proposed_by=None, proposed_at=None)
            unsigned.update(proposed_by=request.user, proposed_at=timezone.now())
