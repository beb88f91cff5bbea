"""What the desk of each vocabulary can do with its terms: merge them, rename them."""

from functools import partial
from typing import Any

from django import forms
from django.contrib import admin
from django.contrib.admin.widgets import AdminTextInputWidget
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest, HttpResponse
from django.urls import path, reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from items import vocabulary
from items.admin.choice import is_key
from items.admin.vocabulary.fields import term_field
from items.admin.vocabulary.preview import ask, preview
from items.quotes import quoted


class RenameForm(forms.Form):
    """A name, and a slug where it is not to be made from the name."""

    name = forms.CharField(label=gettext_lazy("New name"), max_length=200, widget=AdminTextInputWidget)
    slug = forms.CharField(
        label=gettext_lazy("Slug"),
        max_length=100,
        required=False,
        widget=AdminTextInputWidget,
        help_text=gettext_lazy(
            "The word in addresses. Left empty, it is made from the name; the old one goes on working."
        ),
    )


class VocabularyViews(admin.ModelAdmin):
    """Mixed into the desk of a vocabulary."""

    change_list_template = "admin/items/vocabulary/change_list.html"
    change_form_template = "admin/items/vocabulary/change_form.html"

    @property
    def facet(self) -> str:
        """The facet of this vocabulary."""
        return vocabulary.facet_of(self.model)

    def get_urls(self):
        return [
            self.way("merge/", self.merge_view, "merge"),
            self.way("<path:object_id>/rename/", self.rename_view, "rename"),
            *super().get_urls(),
        ]

    def _known(self, request: HttpRequest) -> dict[str, Any]:
        """What the templates of this desk's list and form ask for."""
        name, facet = self.opts.model_name, self.facet
        return {
            "desk_governs": vocabulary.may_govern(request.user, facet),
            "desk_retags": vocabulary.may_retag(request.user),
            "desk_facet": facet,
            "desk_tree": facet in vocabulary.TREES,
            "desk_rename": f"admin:items_{name}_rename",
            "desk_merge": f"admin:items_{name}_merge",
        }

    def changelist_view(self, request: HttpRequest, extra_context: Any = None) -> HttpResponse:
        known = self._known(request)
        if self.facet == "keyword":
            known["desk_proposed"] = vocabulary.proposed().count()
        return super().changelist_view(request, {**known, **(extra_context or {})})

    def render_change_form(self, request, context, *args, **kwargs):
        return super().render_change_form(request, {**context, **self._known(request)}, *args, **kwargs)

    def way(self, route: str, view: Any, name: str) -> Any:
        """A page of this desk for those who govern the vocabulary; `admin:items_theme_merge` and the like."""

        def guarded(request, *args, **kwargs):
            if not vocabulary.may_govern(request.user, self.facet):
                raise PermissionDenied
            return view(request, *args, **kwargs)

        return path(route, self.admin_site.admin_view(guarded), name=f"items_{self.opts.model_name}_{name}")

    def address(self, name: str, *args: Any) -> str:
        """The address of a page of this desk."""
        return reverse(f"admin:items_{self.opts.model_name}_{name}", args=args)

    def term_or_404(self, request: HttpRequest, key: str) -> Any:
        """The term with a key from an address."""
        term = self.model._default_manager.filter(pk=key).first() if is_key(key) else None
        if term is None:
            raise Http404
        return term

    def merge_view(self, request: HttpRequest) -> HttpResponse:
        """`?term=1&term=2&into=…`: choose into what they are merged, then see it and confirm."""
        keys = [int(key) for key in request.GET.getlist("term") if is_key(key)]
        terms = list(self.model._default_manager.filter(pk__in=keys)[:100])
        if not terms:
            raise Http404
        form = self._merge_form(request.GET if "into" in request.GET else None)
        back = self.address("changelist")
        names = quoted(vocabulary.called(term) for term in terms)
        title = _("Merge %(names)s") % {"names": names}
        asked = partial(
            ask, self, request, form, field="into", title=title, back=back,
            hidden=[("term", term.pk) for term in terms],
            says=[_("Items, names and addresses go over. You see all of it before it is done.")],
        )  # fmt: skip
        if not form.is_bound or not form.is_valid():
            return asked()
        into = form.cleaned_data["into"]
        names_of = {"names": names, "into": vocabulary.called(into)}
        says = [
            ngettext(
                "%(names)s becomes “%(into)s”.", "%(names)s become “%(into)s”.", len(terms)
            ) % names_of,
            _("Old names and addresses go on working and lead there. This can be undone."),
        ]  # fmt: skip
        plan = vocabulary.Merge(self.facet, [term.pk for term in terms], into.pk)
        return preview(self, request, plan, title=title, says=says, button=_("Merge"), back=back, asked=asked)

    def _merge_form(self, data: Any) -> Any:
        form = forms.Form(data)
        form.fields["into"] = term_field(self.facet, label=_("Merge into"))
        return form

    def rename_view(self, request: HttpRequest, object_id: str) -> HttpResponse:
        """`?name=…&slug=…&approve=1`: type a name, then see it and confirm."""
        term = self.term_or_404(request, object_id)
        called = vocabulary.called(term)
        form = RenameForm(request.GET if "name" in request.GET else None, initial={"name": called})
        title = _("Rename “%(name)s”") % {"name": called}
        is_proposed = getattr(term, "status", "") == "proposed"
        back = self.address("proposals") if is_proposed else self.address("changelist")
        hidden = [("approve", "1")] if is_proposed else []
        asked = partial(ask, self, request, form, field="name", title=title, back=back, hidden=hidden)
        if not form.is_bound or not form.is_valid():
            return asked()
        name, slug = form.cleaned_data["name"], form.cleaned_data["slug"]
        plan = vocabulary.Rename(self.facet, term.pk, name=name, slug=slug, approve=is_proposed)
        says = [
            _("“%(old)s” will be called “%(new)s”.") % {"old": called, "new": plan.name},
            _("The old name and address go on working. This can be undone."),
        ]
        if is_proposed:
            says.insert(1, _("It is approved with its new name."))
        return preview(self, request, plan, title=title, says=says, button=_("Rename"), back=back, asked=asked)
