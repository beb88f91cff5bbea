"""The desk of keywords: their names, other names, and whether they are approved."""

from collections import defaultdict
from typing import Any

from django import forms
from django.contrib import admin, messages
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext

from items import vocabulary
from items.admin.inline import NamedFormSet, NamedRows
from items.admin.labels import LabelsForm, label_fields
from items.admin.term import FormerSlugs, TermAdmin
from items.admin.vocabulary.proposals import ProposalViews
from items.admin.vocabulary.retag import RetagViews
from items.admin.vocabulary.split import SplitViews
from items.admin.vocabulary.twins import TwinViews
from items.models import Keyword, KeywordAlias
from items.models.fields import clean_line
from items.text import fold, spelling


def owner_of(name: str, *, besides: int | None) -> Keyword | None:
    """The keyword, other than the one with the key `besides`, that has this name or an alias of it."""
    others = Keyword.objects.exclude(pk=besides) if besides else Keyword.objects.all()
    found = others.named([name]).get(clean_line(name).casefold())
    return found if found and found.pk != besides else None


class KeywordForm(LabelsForm):
    """A keyword: a name that no other keyword has, by whatever case."""

    first_label_required = False

    def __init__(self, *args: Any, **kwargs: Any):
        super().__init__(*args, **kwargs)
        if "slug" in self.fields and not self.instance.pk:
            self.fields["slug"].required = False  # made from the name
        if "name" in self.fields:
            self.fields["name"].help_text = _("As editors write it, in the site’s first language.")

    def clean_name(self) -> str:
        name = clean_line(self.cleaned_data["name"])
        if "," in name or '"' in name:
            raise forms.ValidationError(_("A keyword holds neither commas nor straight quotation marks."))
        if not fold(name):
            raise forms.ValidationError(_("A keyword needs letters or digits."))
        if other := owner_of(name, besides=self.instance.pk):
            message = _("This is a name of the keyword “%(name)s” already.")
            raise forms.ValidationError(message, params={"name": other.name})
        return name


class AliasForm(forms.ModelForm):
    """Another name of a keyword."""

    class Meta:
        model = KeywordAlias
        fields = ["name"]

    def __init__(self, *args: Any, **kwargs: Any):
        super().__init__(*args, **kwargs)
        if "name" in self.fields:
            self.fields["name"].required = True

    def clean_name(self) -> str:
        name = clean_line(self.cleaned_data["name"])
        keyword = self.instance.term_id
        if not fold(name):
            raise forms.ValidationError(_("A name needs letters or digits."))
        if other := owner_of(name, besides=keyword):
            message = _("This is a name of the keyword “%(name)s” already.")
            raise forms.ValidationError(message, params={"name": other.name})
        return name


class AliasFormSet(NamedFormSet):
    """All other names of a keyword: none twice, none its own."""

    def clean(self) -> None:
        super().clean()
        seen = {spelling(self.instance.name or "")}
        for form in self.forms:
            if not form.is_valid() or not form.cleaned_data.get("name") or form.cleaned_data.get("DELETE"):
                continue
            key = spelling(form.cleaned_data["name"])
            if key in seen:
                form.add_error("name", _("This name is there already."))
            seen.add(key)


class AliasInline(NamedRows):
    """Names that become this keyword when an editor or an import writes them."""

    model = KeywordAlias
    form = AliasForm
    formset = AliasFormSet
    fields = ["name"]
    extra = 1
    verbose_name = _("other name")
    verbose_name_plural = _("other names (become this keyword when written)")

    def get_queryset(self, request):
        return super().get_queryset(request).exclude(name="")


class FormerKeywordSlugs(FormerSlugs):
    model = KeywordAlias

    def get_queryset(self, request):
        return super().get_queryset(request).filter(name="")


@admin.action(description=_("Approve"), permissions=["change"])
def approve(modeladmin, request, queryset):
    """Proposed keywords become approved."""
    done = len(vocabulary.approve(queryset.values_list("pk", flat=True), by=request.user, at=timezone.now()))
    messages.success(request, ngettext("%d keyword is approved.", "%d keywords are approved.", done) % done)


@admin.register(Keyword)
class KeywordAdmin(ProposalViews, TwinViews, SplitViews, RetagViews, TermAdmin):
    """Keywords, proposed by whoever writes items and approved here."""

    form = KeywordForm
    items_filter = "keyword"
    items_lookup = "item_keywords__tag"
    own_fields = ["name", "slug", "status", "usage"]
    named_by = ["name", "slug"]
    list_display = ["name", "slug", "status", "usage", "other_names"]
    list_filter = ["status"]
    search_help_text = _("Part of a name, of another name, or of a label in any language")
    inlines = [AliasInline, FormerKeywordSlugs]
    actions = [approve]

    def get_queryset(self, request):
        return super().get_queryset(request).prefetch_related("aliases")

    def get_prepopulated_fields(self, request, obj=None):
        return {} if obj else {"slug": ["name"]}

    def get_inlines(self, request, obj):
        return self.inlines if obj and obj.aliases.filter(name="").exists() else [AliasInline]

    def get_fieldsets(self, request, obj=None):
        first, (labels, _fields) = super().get_fieldsets(request, obj)
        description = _("What readers see in each language. Without a label they see the name.")
        return [first, (labels, {"fields": label_fields(), "description": description})]

    def texts(self):
        names: dict[int, list[str]] = defaultdict(list)
        for key, name in [
            *Keyword.objects.order_by().values_list("pk", "name"),  # type: ignore[misc]
            *KeywordAlias.objects.order_by().values_list("term", "name"),
        ]:
            names[key].append(name)
        for key, text in super().texts():
            yield key, " ".join([text, *names[key]])

    def is_kept(self, term) -> bool:
        # A proposal is refused by deleting it, even where somebody has used it.
        return term.status == Keyword.Status.APPROVED and super().is_kept(term)

    @admin.display(description=_("other names"))
    def other_names(self, keyword) -> str:
        return ", ".join(alias.name for alias in keyword.aliases.all() if alias.name)
