"""The desk of the glossary: terms one by one, and whole files of them."""

from typing import Any

from django.contrib import admin
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.template.response import TemplateResponse
from django.urls import path
from django.utils.text import capfirst
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_http_methods

from items.admin.concept.form import ConceptForm, UploadForm, fields_of
from items.admin.item.fields import URLS
from items.admin.labels import label_fields
from items.admin.saving import CarefulSaving
from items.admin.term import FormerSlugs
from items.glossary import GlossaryFileError, Result, read_file, reconcile
from items.glossary.csv_file import columns
from items.models import Concept, ConceptAlias
from items.models.language import default_language, language_codes, language_name
from items.text import fold

RESULTS: dict[Any, Any] = {
    "created": _("created"),
    "updated": _("updated"),
    "unchanged": _("unchanged"),
    "rejected": _("refused"),
}


class FormerConceptSlugs(FormerSlugs):
    model = ConceptAlias


class MissingFilter(admin.SimpleListFilter):
    """Terms that lack a definition or a label in a language."""

    title = _("what is missing")
    parameter_name = "missing"

    def lookups(self, request, model_admin):
        names = [(code, language_name(code, default_language())) for code in language_codes()]
        labels = [(f"label-{code}", _("Term in %(language)s") % {"language": name}) for code, name in names]
        return [*labels, *((f"text-{code}", _("Definition in %(language)s") % {"language": n}) for code, n in names)]

    def queryset(self, request, queryset):
        kind, _divider, code = (self.value() or "").partition("-")
        field = {"label": "labels", "text": "definitions"}.get(kind)
        return queryset.exclude(**{f"{field}__has_key": code}) if field and code in language_codes() else queryset


@admin.register(Concept)
class ConceptAdmin(CarefulSaving):
    """Terms, found by what they are called in any language."""

    form = ConceptForm
    formfield_overrides = URLS
    change_form_template = "admin/items/change_form.html"
    change_list_template = "admin/items/concept/change_list.html"
    list_display = ["__str__", "slug", "in_languages", "source_text"]
    list_filter = [MissingFilter]
    search_fields = ["slug"]  # what is found is decided in `get_search_results`
    search_help_text = _("Part of a term or synonym in any language")
    inlines = [FormerConceptSlugs]

    class Media:
        css = {"all": ["admin_desk/vocabulary.css"]}

    # --- The form ----------------------------------------------------------------------------------------------

    def get_fieldsets(self, request, obj=None):
        links = [name for name in ("broader", "related") if self._may_write(request, obj)]
        fieldsets: list[tuple[Any, dict[str, Any]]] = [(None, {"fields": ["slug", "source_text", "source_url", "uri"]})]
        if links:
            for code in language_codes():
                heading = capfirst(language_name(code, default_language()))
                fieldsets.append((heading, {"fields": fields_of(code)}))
            fieldsets.append((_("Other terms"), {"fields": links}))
        else:
            fieldsets.append((_("Texts"), {"fields": ["texts"]}))
        return fieldsets

    def _may_write(self, request: HttpRequest, obj: Concept | None) -> bool:
        return self.has_change_permission(request, obj) if obj else self.has_add_permission(request)

    def get_readonly_fields(self, request, obj=None):
        return [*super().get_readonly_fields(request, obj), "texts"]

    def get_form(self, request, obj=None, change=False, **kwargs):
        # The texts' fields exist on an instance of the form only, and links go through models of their own.
        return super().get_form(
            request, obj, change, **{**kwargs, "fields": ["slug", "source_text", "source_url", "uri"]}
        )

    def get_prepopulated_fields(self, request, obj=None):
        return {} if obj else {"slug": label_fields()[:1]}

    def get_inlines(self, request, obj):
        return super().get_inlines(request, obj) if obj and obj.aliases.exists() else []

    def save_related(self, request, form, formsets, change):
        super().save_related(request, form, formsets, change)
        form.relate()

    @admin.display(description=_("texts"))
    def texts(self, concept) -> str:
        lines = []
        for code in language_codes():
            if terms := concept.terms(code):
                lines.append(f"{code}: {', '.join(terms)}\n{concept.definition(code)}")
        return "\n\n".join(lines)

    # --- The list ----------------------------------------------------------------------------------------------

    @admin.display(description=_("languages"))
    def in_languages(self, concept) -> str:
        return ", ".join(code for code in language_codes() if concept.labels.get(code))

    def get_search_results(self, request, queryset, search_term):
        words = fold(search_term).split()
        if not words:
            return queryset, False
        found = []
        for pk, slug, labels, synonyms in Concept.every().order_by().values_list("pk", "slug", "labels", "synonyms"):
            others = [text for texts in (synonyms or {}).values() for text in texts]
            said = fold(" ".join([slug, *(labels or {}).values(), *others]))
            if all(word in said for word in words):
                found.append(pk)
        return queryset.filter(pk__in=found), False

    # --- Files -------------------------------------------------------------------------------------------------

    def get_urls(self):
        view = self.admin_site.admin_view(require_http_methods(["GET", "POST"])(self.import_view))
        return [path("import/", view, name="items_concept_import"), *super().get_urls()]

    def import_view(self, request: HttpRequest) -> HttpResponse:
        """Upload a file, and read what was made, changed and refused, row by row."""
        if not (self.has_add_permission(request) and self.has_change_permission(request)):
            raise PermissionDenied
        form = UploadForm(request.POST, request.FILES) if request.method == "POST" else UploadForm()
        result: Result | None = None
        if request.method == "POST" and form.is_valid():
            upload, dry_run = form.cleaned_data["file"], form.cleaned_data["dry_run"]
            try:
                result = reconcile(read_file(upload.name, upload.read()), by=request.user, dry_run=dry_run)
            except GlossaryFileError as error:
                form.add_error("file", str(error))
        context = {
            **self.admin_site.each_context(request),
            "title": _("Bring terms in from a file"),
            "opts": self.opts,
            "form": form,
            "columns": columns(),
            "is_dry": form.is_bound and form.is_valid() and form.cleaned_data["dry_run"],
            "counts": [(word, result.count(name)) for name, word in RESULTS.items()] if result else [],
            "outcomes": [(outcome, RESULTS[outcome.result]) for outcome in result.outcomes] if result else [],
        }
        return TemplateResponse(request, "admin/items/concept/import.html", context)
