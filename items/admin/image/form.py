"""The forms of a picture: on a page of its own, and the few fields sent with a file from a dialog."""

from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.urls import reverse
from django.utils.html import format_html
from django.utils.translation import gettext_lazy as _

from items.admin.image.fields import UploadedPicture
from items.images import same_as
from items.models import Image
from items.models.image import MAX_TEXT
from items.models.language import default_language, language_codes, language_name


def text_name(code: str) -> str:
    """The name of the field of the alternative text in a language."""
    return f"text_{code.replace('-', '_')}"


class ImageForm(forms.ModelForm):
    """A picture of the library. `upload` is needed for a new one, and replaces the file of another."""

    upload = UploadedPicture(label=_("File"), help_text=_("JPEG, PNG, WebP or AVIF, at most 10 MB and 40 megapixels."))

    class Meta:
        model = Image
        fields = ["title", "is_decorative", "credit", "focal_x", "focal_y"]
        widgets = {
            name: forms.NumberInput(attrs={"min": 0, "max": 1, "step": "0.01"}) for name in ("focal_x", "focal_y")
        }
        help_texts = {
            "focal_x": _("From 0 (left edge) to 1 (right edge). What lies here stays in sight where the image is cut."),
            "focal_y": _("From 0 (top edge) to 1 (bottom edge). Or click on the image."),
        }

    def __init__(self, *args: Any, **kwargs: Any):
        super().__init__(*args, **kwargs)
        for code in language_codes():
            name = text_name(code)
            self.initial[name] = (self.instance.texts or {}).get(code, "")
            if name in self.fields:
                self.fields[name].label = _("Alternative text (%(language)s)") % {
                    "language": language_name(code, default_language())
                }
        if "title" in self.fields and not self.instance.pk:
            self.fields["title"].required = False
            self.fields["title"].help_text = _("For finding it again. Left empty, it is made from the file’s name.")
        if "upload" in self.fields and self.instance.pk:
            upload = self.fields["upload"]
            upload.required = False
            upload.label = _("Replace the file")
            upload.help_text = _("Its address stays, and every page that shows it shows the new file.")

    def clean_upload(self):
        checked = self.cleaned_data.get("upload")
        known = same_as(checked) if checked else None
        if known and known.pk != self.instance.pk:
            page = reverse("admin:items_image_change", args=[known.pk])
            words = _("The library has this image already:")
            raise ValidationError(format_html('{} <a href="{}">{}</a>', words, page, known.title))
        return checked

    def clean(self):
        data = super().clean() or self.cleaned_data
        texts = {code: data.get(text_name(code), "") for code in language_codes()}
        # Texts in languages that the site no longer has stay.
        kept = {code: text for code, text in (self.instance.texts or {}).items() if code not in texts}
        self.instance.texts = {code: " ".join(text.split()) for code, text in (kept | texts).items() if text.strip()}
        self.instance.is_decorative = data.get("is_decorative", False)
        try:
            self.instance.complain()
        except ValidationError as error:
            self.add_error(text_name(default_language()), error.message_dict["texts"])
        return data


def image_form() -> type[ImageForm]:
    """The form, with a field for the alternative text in each language of the site."""
    fields = {
        text_name(code): forms.CharField(
            required=False, max_length=MAX_TEXT, widget=forms.TextInput(attrs={"class": "vTextField", "lang": code})
        )
        for code in language_codes()
    }
    return type("LanguagesImageForm", (ImageForm,), fields)


class QuickForm(forms.Form):
    """What a dialog sends: a file, and what it shows in one language."""

    file = UploadedPicture()
    alt = forms.CharField(required=False, max_length=MAX_TEXT)
    language = forms.CharField(required=False)
    is_decorative = forms.BooleanField(required=False)
    credit = forms.CharField(required=False, max_length=200)
    title = forms.CharField(required=False, max_length=200)

    def clean_language(self) -> str:
        code = self.cleaned_data["language"]
        return code if code in language_codes() else default_language()
