"""The desk of standing pages: one form with a title and a text in each language."""

from typing import Any

from django import forms
from django.contrib import admin
from django.utils.html import format_html, format_html_join
from django.utils.text import capfirst
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from items.admin.item.body import BodyWidget
from items.admin.item.fields import LinesField
from items.admin.saving import CarefulSaving
from items.models import Page, PageText
from items.models.fields import clean_body, clean_line
from items.models.language import default_language, language_codes, language_name

PARTS = ("title", "slug", "summary", "body")


def part_name(part: str, code: str) -> str:
    """The name of the field that holds a part of the text in a language."""
    return f"{part}_{code.replace('-', '_')}"


class PageForm(forms.ModelForm):
    """A page. A language without title and text is one that the page is not in."""

    class Meta:
        model = Page
        fields = ["kind", "position", "is_in_footer", "is_published"]

    def __init__(self, *args: Any, **kwargs: Any):
        super().__init__(*args, **kwargs)
        texts = self.instance.texts.all() if self.instance.pk else []
        self.stored: dict[str, PageText] = {text.language: text for text in texts}
        for code, text in self.stored.items():
            for part in PARTS:
                self.initial[part_name(part, code)] = getattr(text, part)

    def said(self, code: str) -> dict[str, str] | None:
        """The parts of the text in a language as the form has them; None where it has neither title nor text."""
        said = {part: self.cleaned_data.get(part_name(part, code)) or "" for part in PARTS}
        return said if said["title"] or clean_body(said["body"]) else None

    def clean(self) -> dict[str, Any]:
        data = super().clean() or self.cleaned_data
        for code in language_codes():
            title, body = (data.get(part_name(part, code)) or "" for part in ("title", "body"))
            if bool(clean_line(title)) != bool(clean_body(body)):
                missing = "body" if title else "title"
                self.add_error(part_name(missing, code), _("A language needs both a title and a text, or neither."))
            self._clean_slug(code, data.get(part_name("slug", code)) or "")
        if data.get("is_published") and not any(self.said(code) for code in language_codes()):
            self.add_error("is_published", _("Write the page in one language at least before publishing it."))
        return data

    def _clean_slug(self, code: str, slug: str) -> None:
        others = PageText.objects.filter(language=code, slug=slug).exclude(page=self.instance.pk)
        if slug and others.exists():
            self.add_error(part_name("slug", code), _("Another page has this word in its address already."))

    def save_texts(self) -> None:
        """Store the texts of a stored page; a language that was emptied goes."""
        for code in language_codes():
            said, text = self.said(code), self.stored.get(code)
            if said is None:
                if text:
                    text.delete()
                continue
            text = text or PageText(page=self.instance, language=code)
            for part, value in said.items():
                setattr(text, part, value)
            text.save()


def page_form() -> type[PageForm]:
    """The form with the fields of each language."""
    fields: dict[str, forms.Field] = {}
    for code in language_codes():
        line = {"class": "vTextField", "lang": code}
        fields |= {
            part_name("title", code): forms.CharField(
                label=_("Title"), required=False, max_length=200, widget=forms.TextInput(attrs=line)
            ),
            part_name("slug", code): forms.SlugField(
                label=_("Slug"), required=False, max_length=100, widget=forms.TextInput(attrs=line),
                help_text=_("The last part of its address, made from the title. A former one still leads here."),
            ),
            part_name("summary", code): forms.CharField(
                label=_("Summary"), required=False, max_length=300, widget=forms.TextInput(attrs=line),
                help_text=_("One sentence, for search engines and where the page is shared."),
            ),
            part_name("body", code): LinesField(
                label=_("Text"), required=False,
                widget=BodyWidget(attrs={"rows": 14, "class": "vLargeTextField", "lang": code}),
            ),
        }  # fmt: skip
    return type("LanguagesPageForm", (PageForm,), fields)


class PositionForm(forms.ModelForm):
    """The one field that the list offers, named for who cannot see its column's head."""

    def __init__(self, *args: Any, **kwargs: Any):
        super().__init__(*args, **kwargs)
        label = gettext("Position of “%(page)s”") % {"page": self.instance}
        self.fields["position"].widget.attrs["aria-label"] = label


@admin.register(Page)
class PageAdmin(CarefulSaving):
    """Standing pages, in the order of the footer."""

    list_display = ["__str__", "kind", "languages", "is_in_footer", "is_published", "position"]
    list_editable = ["position"]
    list_display_links = ["__str__"]
    readonly_fields = ["addresses"]
    save_on_top = True

    class Media:
        css = {"all": ["admin_desk/item.css"]}

    def get_queryset(self, request):
        return super().get_queryset(request).prefetch_related("texts")

    def get_form(self, request, obj=None, change=False, **kwargs):
        # A form for looking only has no fields, and shows the texts as they are.
        return super().get_form(request, obj, change, **{"form": page_form(), **kwargs})

    def get_changelist_form(self, request, **kwargs):
        return super().get_changelist_form(request, **{"form": PositionForm, **kwargs})

    def get_fieldsets(self, request, obj=None):
        own = ["kind", "is_published", "is_in_footer", "position", *(["addresses"] if obj else [])]
        if not self._may_write(request, obj):
            return [(None, {"fields": own})]
        names = [(code, capfirst(language_name(code, default_language()))) for code in language_codes()]
        texts = [(name, {"fields": [part_name(part, code) for part in PARTS]}) for code, name in names]
        return [(None, {"fields": own}), *texts]

    def _may_write(self, request, obj) -> bool:
        return self.has_change_permission(request, obj) if obj else self.has_add_permission(request)

    def save_related(self, request, form, formsets, change):
        super().save_related(request, form, formsets, change)
        if hasattr(form, "save_texts"):  # the list's own form has the position only
            form.save_texts()

    @admin.display(description=_("languages"))
    def languages(self, page) -> str:
        return ", ".join(text.language.upper() for text in page.versions()) or "–"

    @admin.display(description=_("addresses"))
    def addresses(self, page) -> str:
        rows = [(text.get_absolute_url(), text.get_absolute_url()) for text in page.versions()]
        links = format_html_join("", '<li><a href="{}">{}</a></li>', rows)
        return format_html('<ul class="desk-list">{}</ul>', links) if rows else "–"
