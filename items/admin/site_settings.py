"""The desk of the site's own settings: one form, for Administrators."""

from typing import Any

from django import forms
from django.contrib import admin
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.urls import reverse
from django.utils.text import capfirst
from django.utils.translation import gettext_lazy as _

from items.admin.image.fields import PictureChoice
from items.admin.item.fields import LinesField
from items.admin.labels import LabelsForm, label_fields
from items.admin.saving import CarefulSaving
from items.models import FooterLink, SiteSettings
from items.models.fields import clean_line
from items.models.language import default_language, language_codes, language_name
from items.models.site_settings import ACCENT, MAX_NAME

TAGLINE = 120


def field_name(prefix: str, code: str) -> str:
    """The name of the field that holds a text in a language."""
    return f"{prefix}_{code.replace('-', '_')}"


def _fields(prefix: str, length: int) -> dict[str, forms.CharField]:
    """A line of text for each language of the site, by the field's name."""
    return {
        field_name(prefix, code): forms.CharField(
            label=capfirst(language_name(code, default_language())),
            required=False,
            max_length=length,
            widget=forms.TextInput(attrs={"class": "vTextField", "lang": code}),
        )
        for code in language_codes()
    }


class SettingsForm(forms.ModelForm):
    """The settings. Texts in languages that the site no longer has are kept."""

    logo = PictureChoice(
        label=_("Logo"),
        required=False,
        help_text=_("From the media library, beside the name at the top. Empty: three bars in the site’s colour."),
    )
    contact_address = LinesField(
        label=_("Postal address"), required=False, widget=forms.Textarea(attrs={"rows": 4, "class": "vLargeTextField"})
    )
    social = LinesField(
        label=_("Accounts elsewhere"),
        required=False,
        widget=forms.Textarea(attrs={"rows": 3, "class": "vLargeTextField"}),
        help_text=_("One address a line, such as https://social.example/@newsroom"),
    )

    class Meta:
        model = SiteSettings
        fields = ["accent", "accent_dark", "contact_email", "security_contact"]
        help_texts = {
            "accent": _("Links, buttons and the line at the top, such as %(colour)s. Empty: as the site came.")
            % {"colour": ACCENT},
            "accent_dark": _("Empty: a light shade of the colour, chosen so that it can be read."),
            "contact_email": _("Readers see it at the foot of every page."),
            "security_contact": _(
                "A mail address, or a page beginning with https://. Who finds a hole looks for it in "
                "/.well-known/security.txt. Empty: the mail address above."
            ),
        }

    texts = {"name": "names", "tagline": "taglines"}
    """Fields of the form by the field of the model that they are kept in."""

    def __init__(self, *args: Any, **kwargs: Any):
        super().__init__(*args, **kwargs)
        for prefix, name in self.texts.items():
            for code in language_codes():
                self.initial[field_name(prefix, code)] = getattr(self.instance, name).get(code, "")

    def clean(self) -> dict[str, Any]:
        data = super().clean() or self.cleaned_data
        for prefix, name in self.texts.items():
            written = {
                code: clean_line(data.get(f"{prefix}_{code.replace('-', '_')}") or "") for code in language_codes()
            }
            together = {**getattr(self.instance, name), **written}
            setattr(self.instance, name, {code: text for code, text in together.items() if text})
        return data


def settings_form() -> type[SettingsForm]:
    """The form with a name and a tagline in each language."""
    return type("LanguagesSettingsForm", (SettingsForm,), {**_fields("name", MAX_NAME), **_fields("tagline", TAGLINE)})


class FooterLinkForm(LabelsForm):
    """A link; without a label in a language it is not shown there."""

    first_label_required = False

    class Meta:
        model = FooterLink
        fields = ["url", "position"]


class FooterLinks(admin.StackedInline):
    """Links at the foot of every page, after the standing pages."""

    model = FooterLink
    form = FooterLinkForm
    extra = 0

    def get_formset(self, request, obj=None, **kwargs):
        # The label fields exist on an instance of the form only; they are no fields of the model.
        return super().get_formset(request, obj, **{**kwargs, "fields": ["url", "position"]})

    def get_fieldsets(self, request, obj=None):
        return [(None, {"fields": ["url", *label_fields(), "position"]})]


@admin.register(SiteSettings)
class SiteSettingsAdmin(CarefulSaving):
    """One row: the list leads to its form, and nobody deletes it."""

    inlines = [FooterLinks]
    change_form_template = "admin/items/site_settings.html"

    def has_add_permission(self, request):
        return super().has_change_permission(request) and not SiteSettings.objects.exists()

    def has_delete_permission(self, request, obj=None):
        return False

    def changelist_view(self, request: HttpRequest, extra_context=None) -> HttpResponse:
        if not self.has_view_or_change_permission(request):
            raise PermissionDenied
        if SiteSettings.objects.exists():
            return HttpResponseRedirect(reverse("admin:items_sitesettings_change", args=[1]))
        return HttpResponseRedirect(reverse("admin:items_sitesettings_add"))

    def get_form(self, request, obj=None, change=False, **kwargs):
        return super().get_form(request, obj, change, **{"form": settings_form(), **kwargs})

    def get_fieldsets(self, request, obj=None):
        names, taglines = list(_fields("name", MAX_NAME)), list(_fields("tagline", TAGLINE))
        return [
            (_("Name"), {"fields": names, "description": _("Empty: the name in the settings file, or that above.")}),
            (_("What it is, in one line"), {"fields": taglines}),
            (_("Look"), {"fields": ["logo", "accent", "accent_dark"]}),
            (_("Contact"), {"fields": ["contact_email", "contact_address", "social", "security_contact"]}),
        ]

    def response_add(self, request, obj, post_url_continue=None):
        return self.response_change(request, obj)

    def response_post_save_change(self, request, obj):
        return HttpResponseRedirect(reverse("admin:items_sitesettings_change", args=[1]))
