"""Taking a picture in: told by its content, bounded before it is unpacked, and written anew with nothing else in it."""

import warnings
from dataclasses import dataclass
from hashlib import sha256
from io import BytesIO

from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _
from PIL import Image, ImageCms, ImageOps

MAX_BYTES = 10 * 1024 * 1024
MAX_PIXELS = 40_000_000
SUFFIXES = {"JPEG": ".jpg", "PNG": ".png", "WEBP": ".webp", "AVIF": ".avif"}
"""Formats that are taken in, and how their files end. No SVG: that is a program."""

_MESSAGES = {
    "unreadable": _("This file cannot be read as a picture. Choose a JPEG, PNG, WebP or AVIF."),
    "too_heavy": _("The image is larger than 10 MB. Save it smaller and choose it again."),
    "too_large": _("The image has more than 40 megapixels. Save it smaller and choose it again."),
    "wrong_format": _("Choose a JPEG, PNG, WebP or AVIF image."),
}


class BadPicture(ValidationError):
    """A file that is not taken in; the text says why, in the editor's words."""

    def __init__(self, code: str):
        super().__init__(_MESSAGES[code], code=code)


@dataclass(frozen=True)
class Checked:
    """A picture as it will be stored. `checksum` is that of the file as sent, to know the same file again."""

    content: bytes
    suffix: str
    width: int
    height: int
    checksum: str


def check(file) -> Checked:
    """The picture in an uploaded file, upright, in sRGB, without its camera's data. Raises `BadPicture`."""
    if file.size > MAX_BYTES:
        raise BadPicture("too_heavy")
    file.seek(0)
    data = file.read(MAX_BYTES + 1)
    if len(data) > MAX_BYTES:
        raise BadPicture("too_heavy")
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore", Image.DecompressionBombWarning)  # judged here, more strictly
            with Image.open(BytesIO(data), formats=list(SUFFIXES)) as picture:
                _judge(picture)
                picture.verify()
            with Image.open(BytesIO(data), formats=list(SUFFIXES)) as picture:
                return _rewritten(picture, sha256(data).hexdigest())
    except BadPicture:
        raise
    except Image.DecompressionBombError:
        raise BadPicture("too_large") from None
    except Exception:  # Pillow's decoders raise anything on a broken file
        raise BadPicture("unreadable") from None


def _judge(picture: Image.Image) -> None:
    # Before any pixel is unpacked: the header alone says how many there are.
    if picture.width * picture.height > MAX_PIXELS:
        raise BadPicture("too_large")


def has_alpha(picture: Image.Image) -> bool:
    """Whether anything shines through."""
    return picture.mode in ("RGBA", "LA", "PA") or "transparency" in picture.info


def _rewritten(source: Image.Image, checksum: str) -> Checked:
    format = source.format or ""
    picture = _in_srgb(ImageOps.exif_transpose(source))
    picture.info = {}
    out = BytesIO()
    options: dict = {} if format == "PNG" else {"quality": 90}
    picture.save(out, format, **options)
    return Checked(out.getvalue(), SUFFIXES[format], picture.width, picture.height, checksum)


def _in_srgb(picture: Image.Image) -> Image.Image:
    """The same colours, told as every screen takes them."""
    mode = "RGBA" if has_alpha(picture) else "RGB"
    if profile := picture.info.get("icc_profile"):
        try:
            theirs = ImageCms.ImageCmsProfile(BytesIO(profile))
            plain = picture if picture.mode in ("RGB", "RGBA", "CMYK", "L") else picture.convert(mode)
            converted = ImageCms.profileToProfile(plain, theirs, ImageCms.createProfile("sRGB"), outputMode=mode)
            if converted is not None:
                return converted
        except (ImageCms.PyCMSError, ValueError, OSError):
            pass  # a profile that says nothing usable
    return picture.convert(mode)
