"""Pictures that editors upload: checked by content and written anew before they are stored."""

import warnings
from io import BytesIO
from pathlib import PurePath

from django import forms
from django.core.exceptions import ValidationError
from django.core.files.base import File
from django.core.files.uploadedfile import SimpleUploadedFile
from django.utils.translation import gettext_lazy as _
from PIL import Image, ImageOps

from items.models.item import IMAGE_EXTENSIONS, IMAGE_MAX_BYTES

MAX_PIXELS = 40_000_000
SUFFIXES = {"JPEG": ".jpg", "PNG": ".png", "WEBP": ".webp"}
MODES = {"JPEG": ("L", "RGB"), "WEBP": ("RGB", "RGBA")}
"""Modes that a format can hold; a PNG holds what it came with."""


class PictureField(forms.ImageField):
    """A JPEG, PNG or WebP of at most 10 MB and 40 megapixels, without its camera's data."""

    default_error_messages = {
        "invalid_image": _("This file cannot be read as a picture. Choose a JPEG, PNG or WebP."),
        "too_heavy": _("The image is larger than 10 MB. Save it smaller and choose it again."),
        "too_large": _("The image has more than 40 megapixels. Save it smaller and choose it again."),
        "wrong_format": _("Choose a JPEG, PNG or WebP image."),
    }

    def __init__(self, **kwargs):
        super().__init__(**kwargs)
        self.widget.attrs["accept"] = ",".join(f".{extension}" for extension in IMAGE_EXTENSIONS)

    def to_python(self, data):
        if data and data.size > IMAGE_MAX_BYTES:
            self._refuse("too_heavy")
        with warnings.catch_warnings():
            # Size is judged below, before any pixel is unpacked.
            warnings.simplefilter("ignore", Image.DecompressionBombWarning)
            try:
                if data and data.size:
                    with Image.open(data) as picture:
                        self._judge(picture)
                    data.seek(0)
            except Image.DecompressionBombError:
                self._refuse("too_large")
            except (OSError, ValueError, SyntaxError):
                self._refuse("invalid_image")
            checked = super().to_python(data)
            return self._rewrite(checked) if checked else checked

    def _refuse(self, code: str):
        raise ValidationError(self.error_messages[code], code=code)

    def _judge(self, picture: Image.Image) -> None:
        if picture.format not in SUFFIXES:
            self._refuse("wrong_format")
        if picture.width * picture.height > MAX_PIXELS:
            self._refuse("too_large")

    def _rewrite(self, upload: File) -> File:
        """The same picture, upright, with nothing else of the file: no place it was taken at, nothing hidden in it."""
        out = BytesIO()
        try:
            upload.seek(0)
            with Image.open(upload) as source:
                format = source.format or ""
                profile = source.info.get("icc_profile")
                picture: Image.Image = ImageOps.exif_transpose(source)
                if format in MODES and picture.mode not in MODES[format]:
                    picture = picture.convert("RGBA" if format == "WEBP" and "A" in picture.mode else "RGB")
                    profile = None if source.mode == "CMYK" else profile
                picture.info = {}
                options = {"icc_profile": profile} if profile else {}
                picture.save(out, format, **options, **({} if format == "PNG" else {"quality": 88}))
        except Exception:  # Pillow's decoders raise anything on a broken file
            self._refuse("invalid_image")
        name = PurePath(upload.name or "image").stem + SUFFIXES[format]
        return SimpleUploadedFile(name, out.getvalue(), content_type=Image.MIME[format])
