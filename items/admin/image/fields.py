"""Form fields of pictures: a file that is one, and one of the library's."""

from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.forms.renderers import get_default_renderer
from django.forms.widgets import NumberInput
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils.safestring import mark_safe
from django.utils.translation import gettext_lazy as _

from items.images import SUFFIXES, Checked, check
from items.models import Image

ACCEPT = ",".join([*SUFFIXES.values(), ".jpeg"])
"""For `<input type=file accept>`."""


class UploadedPicture(forms.FileField):
    """A JPEG, PNG, WebP or AVIF of at most 10 MB and 40 megapixels. Cleans to what will be stored of it."""

    def __init__(self, **kwargs):
        super().__init__(**kwargs)
        self.widget.attrs["accept"] = ACCEPT

    def to_python(self, data) -> Checked | None:  # type: ignore[override]
        file = super().to_python(data)
        return check(file) if file else None


def thumbnail_url(image: Image) -> str:
    """Where the desk shows a small picture of it."""
    return reverse("admin:items_image_file", args=[image.pk]) + f"?size=small&v={image.version}"


def library_addresses() -> dict[str, str]:
    """What the template of the library's dialog needs."""
    return {
        "library": reverse("admin:items_image_changelist"),
        "find": reverse("admin:items_image_find"),
        "upload": reverse("admin:items_image_quick"),
        "accept": ACCEPT,
    }


class PicturePicker(NumberInput):
    """The number of a picture, with what it shows. JavaScript adds a dialog to choose from."""

    class Media:
        css = {"all": ["admin_desk/media.css"]}
        js = ["admin_desk/media.js"]

    def get_context(self, name: str, value: Any, attrs: dict[str, Any] | None) -> dict[str, Any]:
        context = super().get_context(name, value, attrs)
        number = str(value or "")
        image = Image.objects.filter(pk=number).first() if number.isdecimal() and len(number) < 19 else None
        context |= {
            "image": image,
            "thumbnail": thumbnail_url(image) if image else "",
            **library_addresses(),
        }
        return context

    def _render(self, template_name, context, renderer=None):
        # The forms' own renderer does not look into the project's templates, nor the project's into those of forms.
        context["input"] = mark_safe((renderer or get_default_renderer()).render(template_name, context))  # noqa: S308
        return render_to_string("admin/items/image/picker.html", context)


class PictureChoice(forms.ModelChoiceField):
    """A picture of the library, by its number."""

    widget = PicturePicker
    default_error_messages = {"invalid_choice": _("The library has no image of this number.")}

    def __init__(self, **kwargs):
        super().__init__(Image.objects.all(), **kwargs)

    def widget_attrs(self, widget) -> dict[str, Any]:
        return {"min": 1}

    def to_python(self, value):
        number = str(value or "").strip()
        if number and (not number.isdecimal() or len(number) > 18):
            raise ValidationError(self.error_messages["invalid_choice"], code="invalid_choice")
        return super().to_python(number)
