"""Giving a theme or keyword to many items at once, or taking one from them."""

from functools import partial
from typing import Any
from urllib.parse import urlsplit

from django import forms
from django.contrib.admin.widgets import AdminTextInputWidget
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse, QueryDict
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from items import vocabulary
from items.admin.vocabulary.fields import term_field
from items.admin.vocabulary.preview import ask, preview
from items.listing import Listing
from items.models.language import default_language
from items.quotes import quoted


class RetagForm(forms.Form):
    """Which items, and which word they get or lose."""

    def __init__(self, *args: Any, **kwargs: Any):
        super().__init__(*args, **kwargs)
        self.fields["of_keyword"] = term_field("keyword", label=_("Items with the keyword"), required=False)
        self.fields["of_theme"] = term_field("theme", label=_("or items on the theme"), required=False, empty_label="–")
        self.fields["of_listing"] = forms.CharField(
            label=_("or items of the listing"), required=False, max_length=2000, widget=AdminTextInputWidget,
            help_text=_("The address of a listing of the public site, as the browser shows it."),
        )  # fmt: skip
        self.fields["translations"] = forms.BooleanField(
            label=_("Their translations too"), required=False, initial=True
        )
        self.fields["does"] = forms.ChoiceField(
            label=_("They"), choices=[("get", _("get")), ("lose", _("lose"))], widget=forms.RadioSelect, initial="get"
        )
        self.fields["theme"] = term_field("theme", label=_("the theme"), required=False, empty_label="–")
        self.fields["keyword"] = term_field("keyword", label=_("or the keyword"), required=False)

    def clean(self) -> dict[str, Any]:
        data = super().clean() or self.cleaned_data
        if self.errors:
            return data
        if sum(bool(data.get(name)) for name in ("of_keyword", "of_theme", "of_listing")) != 1:
            self.add_error("of_keyword", gettext_lazy("Say in one of the three ways which items these are."))
        if bool(data.get("theme")) == bool(data.get("keyword")):
            self.add_error("theme", gettext_lazy("Choose either a theme or a keyword."))
        if data.get("of_listing"):
            self._clean_listing(data)
        return data

    def _clean_listing(self, data: dict[str, Any]) -> None:
        text = data["of_listing"].strip()
        query = urlsplit(text).query if "?" in text or "/" in text else text
        listing = Listing(QueryDict(query), language=default_language(), at=timezone.now())
        if not listing.is_valid:
            self.add_error("of_listing", " ".join(problem.message for problem in listing.problems))
        elif not listing.query:
            self.add_error("of_listing", gettext_lazy("This is the whole site: choose some filters first."))
        data["listing"] = listing

    def items(self) -> set[int]:
        """The keys of the chosen items, with the updates being prepared of them."""
        data = self.cleaned_data
        if data.get("of_listing"):
            found = set(data["listing"].ids)
        else:
            facet = "keyword" if data.get("of_keyword") else "theme"
            found = set(vocabulary.items_of(facet, [data[f"of_{facet}"].pk]).values_list("pk", flat=True))
        return vocabulary.with_versions(found, translations=data["translations"])

    def of(self) -> str:
        """Which items these are, in words."""
        data = self.cleaned_data
        if data.get("of_listing"):
            return data["listing"].words
        return quoted([vocabulary.called(data.get("of_keyword") or data.get("of_theme"))])


class RetagViews:
    """Mixed into the desk of keywords."""

    def get_urls(self):
        return [self.way("retag/", self.retag_view, "retag"), *super().get_urls()]  # type: ignore

    def retag_view(self, request: HttpRequest) -> HttpResponse:
        """The form, sent by GET; then what it would do, and the button."""
        desk: Any = self
        if not vocabulary.may_retag(request.user):
            raise PermissionDenied
        title, back = _("Retag items"), desk.address("changelist")
        sent = request.GET if "does" in request.GET else None
        form = RetagForm(sent, initial={key: request.GET[key] for key in request.GET})
        asked = partial(ask, desk, request, form, title=title, back=back)
        if not form.is_bound or not form.is_valid():
            return asked()
        data = form.cleaned_data
        facet = "theme" if data["theme"] else "keyword"
        term, adds = data[facet], data["does"] == "get"
        plan = vocabulary.Retag(facet, term.pk, form.items(), adds=adds, of=form.of())
        words = _("Items of %(of)s get “%(term)s”.") if adds else _("Items of %(of)s lose “%(term)s”.")
        says = [words % {"of": form.of(), "term": vocabulary.called(term)}, _("This can be undone.")]
        return preview(desk, request, plan, title=title, says=says, button=_("Retag"), back=back, asked=asked)
