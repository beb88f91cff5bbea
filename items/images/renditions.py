"""Pictures in several sizes and formats, so that no reader loads more than a screen shows.

WebP and the fallback are made when a picture comes in; AVIF, which takes long, by the next `manage.py tick`. A page
offers what there is, so none waits and none breaks.
"""

from datetime import datetime
from io import BytesIO

from django.core.files.base import ContentFile
from django.core.files.storage import Storage
from PIL import Image as Pillow
from PIL import ImageOps

from items.images.check import has_alpha
from items.models import Image
from items.models.image import Rendition

WIDTHS = {"whole": (400, 800, 1200, 1600), "card": (400, 800, 1200)}
"""In pixels. No rendition is wider than its picture, but the smallest of each shape is always made."""
CARD = 3 / 2
FALLBACK = 1200
OPTIONS: dict[str, dict] = {
    "webp": {"quality": 80, "method": 2},
    "avif": {"quality": 60, "speed": 7},
    "jpg": {"quality": 82, "optimize": True, "progressive": True},
    "png": {"optimize": True},
}
FORMATS = {"webp": "WEBP", "avif": "AVIF", "jpg": "JPEG", "png": "PNG"}
MEDIA_TYPES = {"webp": "image/webp", "avif": "image/avif", "jpg": "image/jpeg", "png": "image/png"}
SOON, LATER = ("webp",), ("avif",)


def _card(picture: Pillow.Image, x: float, y: float) -> Pillow.Image:
    """Cut to 3:2 around the centre of interest."""
    if picture.width / picture.height > CARD:
        width, height = max(round(picture.height * CARD), 1), picture.height
    else:
        width, height = picture.width, max(round(picture.width / CARD), 1)
    left = min(max(round(picture.width * x - width / 2), 0), picture.width - width)
    top = min(max(round(picture.height * y - height / 2), 0), picture.height - height)
    return picture.crop((left, top, left + width, top + height))


def _widths(shape: str, width: int) -> list[int]:
    """The widths to make of a picture so wide: the steps below, and its own if that comes before the next step."""
    steps = WIDTHS[shape]
    return sorted({min(step, width) for step in steps})


def _wanted(shape: str, width: int, formats: tuple[str, ...], fallback: str) -> list[tuple[int, str]]:
    widths = _widths(shape, width)
    found = [(step, format) for format in formats for step in widths]
    if fallback:
        found.append((max(step for step in widths if step <= FALLBACK or step == widths[0]), fallback))
    return found


def make(image: Image, formats: tuple[str, ...] = SOON, *, with_fallback: bool = True) -> list[Rendition]:
    """Make and store renditions of a stored picture; a lost or broken file gives none. Saves the list of them."""
    version = image.make_version()
    made = image.made if image.version == version else []
    image.version = version
    try:
        with image.file.storage.open(image.file.name or "", "rb") as file:
            picture: Pillow.Image = Pillow.open(file)
            picture.load()
    except (OSError, ValueError, SyntaxError):
        return []
    # Pictures from before the library, or put there by a program, are as their files were: in palettes, CMYK, 16 bits.
    picture = picture.convert("RGBA" if has_alpha(picture) else "RGB")
    fallback = ("png" if picture.mode == "RGBA" else "jpg") if with_fallback else ""
    new = []
    for shape in WIDTHS:
        cut = _card(picture, image.focal_x, image.focal_y) if shape == "card" else picture
        for width, format in _wanted(shape, cut.width, formats, fallback):
            height = max(round(cut.height * width / cut.width), 1)
            rendition = Rendition(shape, width, height, format)
            _store(image, rendition, ImageOps.fit(cut, (width, height), Pillow.Resampling.LANCZOS))
            new.append(rendition)
    names = {rendition.name for rendition in new}
    image.renditions = [list(row) for row in [*(old for old in made if old.name not in names), *new]]
    # Only these two: somebody may be writing the description meanwhile.
    Image.objects.filter(pk=image.pk, file=image.file.name).update(version=version, renditions=image.renditions)
    return new


def _store(image: Image, rendition: Rendition, picture: Pillow.Image) -> None:
    out = BytesIO()
    picture.save(out, FORMATS[rendition.format], **OPTIONS[rendition.format])
    storage: Storage = image.file.storage
    path = image.rendition_path(rendition.name)
    if storage.exists(path):
        storage.delete(path)
    storage.save(path, ContentFile(out.getvalue()))


def make_missing(*, at: datetime, limit: int = 10) -> int:
    """For the tick: renditions of pictures that lack some, the newest first; how many pictures got some."""
    done = 0
    for image in Image.objects.exclude(file="").filter(is_complete=False).order_by("-pk")[:limit]:
        has = {rendition.format for rendition in image.made} if image.version == image.make_version() else set()
        missing = tuple(format for format in (*SOON, *LATER) if format not in has)
        if make(image, missing, with_fallback=not has & {"jpg", "png"}):
            done += 1
        # Also where the file is lost: asking again would not bring it back.
        Image.objects.filter(pk=image.pk, version=image.version).update(is_complete=True)
        image.touch()
    return done
