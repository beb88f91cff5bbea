"""Splitting a keyword: name the parts, say which item gets which, confirm."""

from functools import partial
from typing import Any

from django import forms
from django.http import HttpRequest, HttpResponse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from items import vocabulary
from items.admin.choice import is_key
from items.admin.vocabulary.fields import suggesting
from items.admin.vocabulary.preview import ask, preview


class SplitForm(forms.Form):
    """The names of the parts."""

    parts = forms.CharField(
        label=gettext_lazy("Split into"),
        max_length=1200,
        widget=suggesting(),
        help_text=gettext_lazy(
            "Two words or more, with commas between them, new ones or known ones. The old name and address lead to the "
            "first. Write the old word first if it is to stay."
        ),
    )

    def clean_parts(self) -> list[str]:
        return [part.strip() for part in self.cleaned_data["parts"].split(",") if part.strip()]


def read_chosen(text: str, parts: int) -> dict[int, set[int]]:
    """Choices from their text, such as "12:0+1,15:"; what makes no sense is left out."""
    found = {}
    for choice in text.split(","):
        key, colon, places = choice.partition(":")
        if colon and is_key(key):
            found[int(key)] = {int(place) for place in places.split("+") if is_key(place) and int(place) < parts}
    return found


def write_chosen(chosen: dict[int, set[int]]) -> str:
    """What `read_chosen` reads."""
    return ",".join(f"{key}:{'+'.join(map(str, sorted(places)))}" for key, places in sorted(chosen.items()))


class SplitViews:
    """Mixed into the desk of keywords."""

    def get_urls(self):
        return [self.way("<path:object_id>/split/", self.split_view, "split"), *super().get_urls()]  # type: ignore

    def split_view(self, request: HttpRequest, object_id: str) -> HttpResponse:
        """`?parts=a, b`: a box for each part beside each item; what was ticked is carried from page to page."""
        desk: Any = self
        term = desk.term_or_404(request, object_id)
        back = desk.address("changelist")
        title = _("Split “%(name)s”") % {"name": term.name}
        form = SplitForm(request.GET if "parts" in request.GET else None)
        asked = partial(ask, desk, request, form, field="parts", title=title, back=back)
        if not form.is_bound or not form.is_valid():
            return asked()
        names = vocabulary.Split(term.pk, form.cleaned_data["parts"]).names
        chosen = self._chosen(request, len(names))
        plan = vocabulary.Split(term.pk, names, chosen)
        says = [
            _("Each item gets the words that are ticked beside it: all of them, unless you choose."),
            _("The old name and address lead to “%(first)s”. This can be undone.")
            % {"first": names[0] if names else ""},
        ]
        response: Any = preview(
            desk, request, plan, title=title, says=says, button=_("Split"), back=back, asked=asked,
            template="split", names=list(enumerate(names)), chosen=write_chosen(chosen),
        )  # fmt: skip
        for item in (getattr(response, "context_data", None) or {}).get("page", []):
            mine = chosen.get(item.pk, set(range(len(names))))
            item.boxes = [(place, name, place in mine) for place, name in enumerate(names)]
        return response

    @staticmethod
    def _chosen(request: HttpRequest, parts: int) -> dict[int, set[int]]:
        """What earlier pages chose, and this one; items that get all need no mention."""
        chosen = read_chosen(request.POST.get("chosen", ""), parts)
        shown = [int(key) for key in request.POST.getlist("shown") if is_key(key)]
        for key in shown:
            ticked = {int(place) for place in request.POST.getlist(f"part_{key}") if is_key(place)}
            chosen[key] = {place for place in ticked if place < parts}
        return {key: places for key, places in chosen.items() if places != set(range(parts))}
