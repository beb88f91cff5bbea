"""The verbs of the media library: adding a picture, changing what is said of it, replacing its file."""

from datetime import datetime
from pathlib import PurePath

from django.core.exceptions import PermissionDenied
from django.core.files.base import ContentFile
from django.core.files.storage import Storage
from django.db import transaction

from items.images.check import Checked, check
from items.images.renditions import make
from items.models import Image


def same_as(checked: Checked) -> Image | None:
    """The picture of the library that came from the same file."""
    return Image.objects.filter(checksum=checked.checksum).first()


def add(
    upload, *, by, at: datetime, texts: dict[str, str], title: str = "", is_decorative: bool = False, credit: str = "",
    focal: tuple[float, float] = (0.5, 0.5), checked: Checked | None = None,
) -> Image:  # fmt: skip
    """Put a picture into the library, with the renditions that pages need first.

    Raises ValidationError for a file that is no picture (`BadPicture`) or that nobody has described.
    """
    if by is not None and not by.has_perm("items.add_image"):
        raise PermissionDenied
    checked = checked or check(upload)
    image = Image(
        title=title or _title(upload.name or ""), texts=dict(texts), is_decorative=is_decorative, credit=credit,
        focal_x=focal[0], focal_y=focal[1], width=checked.width, height=checked.height, checksum=checked.checksum,
        uploaded_by=by, at=at,
    )  # fmt: skip
    image.complain()
    image.file = ContentFile(checked.content, name="picture" + checked.suffix)
    image.save()
    make(image)
    return image


def change(image: Image, *, by, at: datetime) -> None:
    """Store what has been changed in memory of the description, credit or centre of interest."""
    stored = Image.objects.get(pk=image.pk)
    if by is not None and not stored.may_be_changed(by, at):
        raise PermissionDenied
    with transaction.atomic():
        image.save(update_fields=["title", "texts", "is_decorative", "credit", "focal_x", "focal_y"])
        if image.make_version() != stored.version:
            _renew(image)
        image.touch()


def replace(image: Image, upload, *, by, at: datetime, checked: Checked | None = None) -> None:
    """Put another file in the place of a picture's; it keeps its address, and pages show the new one."""
    if by is not None and not image.may_be_changed(by, at):
        raise PermissionDenied
    checked = checked or check(upload)
    storage, old = image.file.storage, image.file.name
    with transaction.atomic():
        image.width, image.height, image.checksum = checked.width, checked.height, checked.checksum
        image.file.save("picture" + checked.suffix, ContentFile(checked.content), save=False)
        image.save(update_fields=["file", "width", "height", "checksum"])
        _renew(image)
        image.touch()
        transaction.on_commit(lambda: _delete(storage, [old]))


def _renew(image: Image) -> None:
    """Renditions at new addresses in place of the old, whose files go once nobody is told of them."""
    storage = image.file.storage
    old = [image.rendition_path(rendition.name) for rendition in image.made]
    Image.objects.filter(pk=image.pk).update(is_complete=False, renditions=[])
    image.renditions = []
    make(image)
    transaction.on_commit(lambda: _delete(storage, old))


def _delete(storage: Storage, paths: list) -> None:
    for path in filter(None, paths):
        storage.delete(path)


def _title(name: str) -> str:
    """A title made of the name of a file, until somebody writes one."""
    words = PurePath(name).stem.replace("_", " ").replace("-", " ").strip()
    return (words[:1].upper() + words[1:])[:200] or "–"
