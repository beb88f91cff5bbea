"""Pictures of the media library, and which items use them."""

import re
from datetime import datetime
from hashlib import blake2b
from pathlib import PurePath
from typing import Any, NamedTuple
from uuid import uuid4

from django.conf import settings
from django.core.exceptions import PermissionDenied, ValidationError
from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import models, transaction
from django.db.models import Exists, F, OuterRef, Q
from django.db.models.signals import post_save
from django.dispatch import receiver
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from items.models.change import Change, Logged
from items.models.fields import LineField
from items.models.language import default_language

_FIGURE = re.compile(r'<figure\b[^>]*\bdata-image="([0-9]{1,18})"')
_IS_FILE_NAME = re.compile(r"^\S+\.(jpe?g|png|webp|avif|gif|tiff?|heic)$", re.IGNORECASE)
MAX_TEXT = 300
SHARE = [MinValueValidator(0), MaxValueValidator(1)]


class Rendition(NamedTuple):
    """A picture in one shape ("whole", or "card" cut to 3:2), width, height (both in pixels) and format."""

    shape: str
    width: int
    height: int
    format: str

    @property
    def name(self) -> str:
        return f"{self.shape}-{self.width}.{self.format}"


def image_path(image: "Image", filename: str) -> str:
    """Where a picture is kept: a name nobody can guess, the extension kept."""
    return f"images/{uuid4().hex}{PurePath(filename).suffix.lower()}"


def images_in(body: str) -> set[int]:
    """The numbers of the pictures that a sanitised body shows."""
    return {int(number) for number in _FIGURE.findall(body)} if "data-image" in body else set()


def _related(name: str) -> Any:
    """The rows that refer to pictures by this relation."""
    related: Any = Image._meta.get_field(name).related_model
    return related._default_manager


class ImageQuerySet(models.QuerySet):
    """Pictures."""

    def unused(self) -> "ImageQuerySet":
        """What nothing uses: no item, no page, nor the site itself."""
        uses = ImageUse.objects.filter(image=OuterRef("pk"))
        return self.filter(~Exists(uses), items__isnull=True, page_uses__isnull=True, logo_of__isnull=True)

    def public(self, at: datetime) -> "ImageQuerySet":
        """What an item or page uses that readers have at an instant, and the site's logo."""
        # These stand above this file, so they are reached by their relations.
        items: Any = Image._meta.get_field("items").related_model
        items = items._default_manager.readable(at)
        leads = items.filter(picture=OuterRef("pk"))
        uses = ImageUse.objects.filter(image=OuterRef("pk"), item__in=items)
        pages = _related("page_uses").filter(image=OuterRef("pk"), text__page__is_published=True)
        logos = _related("logo_of").filter(logo=OuterRef("pk"))
        return self.filter(Exists(leads) | Exists(uses) | Exists(pages) | Exists(logos))


class Image(models.Model):
    """A picture: what it shows in words, who made it, where its centre of interest is.

    `name` is its public address below `/media/` and stays when the file is replaced. `texts` is the alternative text by
    language code. `focal_x` and `focal_y` are shares of width and height, from the top left. `renditions` are those
    that have been made, as `Rendition` values.
    """

    name = models.CharField(max_length=200, unique=True, editable=False)
    file = models.FileField(_("file"), upload_to=image_path, max_length=200)
    title = LineField(_("title"), max_length=200, help_text=_("For finding it again; readers do not see it."))
    texts = models.JSONField(_("alternative text"), default=dict, blank=True)
    is_decorative = models.BooleanField(
        _("decorative"), default=False,
        help_text=_("It says nothing that the text does not: people who cannot see it miss nothing."),
    )  # fmt: skip
    credit = LineField(_("credit"), max_length=200, blank=True, help_text=_("Who made the image, and its licence."))
    focal_x = models.FloatField(_("centre of interest, from the left"), default=0.5, validators=SHARE)
    focal_y = models.FloatField(_("centre of interest, from the top"), default=0.5, validators=SHARE)
    words = models.TextField(editable=False, default="")  # all that the library's search looks at
    width = models.PositiveIntegerField(editable=False)
    height = models.PositiveIntegerField(editable=False)
    checksum = models.CharField(max_length=64, db_index=True, editable=False)  # of the file as it was sent
    version = models.CharField(max_length=16, editable=False, default="")
    renditions = models.JSONField(default=list, editable=False)
    is_complete = models.BooleanField(default=False, editable=False)  # no rendition is still to be made
    uploaded_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, verbose_name=_("uploaded by"), null=True, blank=True, editable=False,
        on_delete=models.SET_NULL, related_name="+",
    )  # fmt: skip
    at = models.DateTimeField(_("uploaded"), default=timezone.now, editable=False, db_index=True)

    objects = ImageQuerySet.as_manager()

    class Meta:
        ordering = ["-at", "-pk"]
        verbose_name = _("image")
        verbose_name_plural = _("images")
        constraints = [
            models.CheckConstraint(
                condition=Q(focal_x__gte=0, focal_x__lte=1, focal_y__gte=0, focal_y__lte=1),
                name="items_image_focal_inside",
            )
        ]

    def __str__(self):
        return self.title

    def save(self, *args, **kwargs):
        self.texts = {code: text for code, words in self.texts.items() if (text := " ".join(words.split())[:MAX_TEXT])}
        self.complain()
        self.words = " ".join([self.title, self.credit, *self.texts.values()])
        if (fields := kwargs.get("update_fields")) is not None:
            kwargs["update_fields"] = {*fields, "words"}
        if not self.name:
            # The address is that of the first file, which is stored for that.
            if not getattr(self.file, "_committed", True):
                self.file.save(self.file.name or "", self.file.file, save=False)
            self.name = self.file.name or ""
        super().save(*args, **kwargs)

    def complain(self) -> None:
        """Raise ValidationError for a picture without a description, or described by the name of a file."""
        if not self.is_decorative and not self.texts:
            raise ValidationError(
                {"texts": _("Describe the image for people who cannot see it, or mark it decorative.")}
            )
        if any(_IS_FILE_NAME.match(text) for text in self.texts.values()):
            raise ValidationError({"texts": _("That is the name of a file. Say what the image shows.")})

    # --- What it says and where it is ---------------------------------------------------------------------------

    def alt(self, language: str) -> str:
        """The alternative text in a language, else in the site's own, else in any; "" for a decorative picture."""
        if self.is_decorative:
            return ""
        return self.texts.get(language) or self.texts.get(default_language()) or next(iter(self.texts.values()), "")

    @property
    def url(self) -> str:
        """The one address, of the whole picture."""
        return settings.MEDIA_URL + self.name

    @property
    def made(self) -> list[Rendition]:
        """The renditions that there are."""
        return [Rendition(*row) for row in self.renditions]

    def rendition_path(self, name: str) -> str:
        """Where a rendition is kept, and its address below `/media/`: another one when what it shows changes."""
        return f"renditions/{self.pk}/{self.version}/{name}"

    def make_version(self) -> str:
        """What the address of renditions holds: follows from the file and the centre of interest."""
        said = f"{self.checksum} {self.file.name} {self.focal_x:.4f} {self.focal_y:.4f}"
        return blake2b(said.encode(), digest_size=6).hexdigest()

    # --- Who uses it --------------------------------------------------------------------------------------------

    def users(self) -> models.QuerySet:
        """The items that use it, as lead image or in their text."""
        items = Image._meta.get_field("items").related_model._default_manager
        return items.filter(Q(picture=self) | Q(image_uses__image=self)).distinct()

    def is_public(self, at: datetime) -> bool:
        """Whether readers have it."""
        return Image.objects.public(at).filter(pk=self.pk).exists()

    def touch(self) -> None:
        """Enter what shows it into the change log: that reads otherwise now."""
        ImageUse.objects.filter(image=self).update(image=F("image"))
        _related("page_uses").filter(image=self).update(image=F("image"))
        _related("logo_of").filter(logo=self).update(logo=F("logo"))

    def may_be_changed(self, by, at: datetime) -> bool:
        """Approvers change every picture; whoever uploaded one, until readers have it."""
        if by is None or by.has_perm("items.approve_item"):
            return by is None or by.has_perm("items.change_image")
        return by.has_perm("items.change_image") and self.uploaded_by_id == by.pk and not self.is_public(at)

    def discard(self, *, by, at: datetime) -> None:
        """Take the picture and its files away. Raises ValidationError while an item uses it."""
        if by is not None and not (by.has_perm("items.delete_image") and self.may_be_changed(by, at)):
            raise PermissionDenied
        with transaction.atomic():
            if self.users().exists():
                raise ValidationError(_("Items use this image: take it out of them first."))
            if _related("page_uses").filter(image=self).exists() or _related("logo_of").filter(logo=self).exists():
                raise ValidationError(_("A page or the site’s own settings use this image: take it out of them first."))
            paths = [self.file.name or "", *(self.rendition_path(rendition.name) for rendition in self.made)]
            storage = self.file.storage
            self.delete()

            def delete_files() -> None:
                for path in filter(None, paths):
                    storage.delete(path)

            transaction.on_commit(delete_files)


class ImageUse(models.Model):
    """An item shows a picture, as lead image or in its text. Follows from the item, whenever that is saved."""

    item = models.ForeignKey("items.Item", on_delete=models.CASCADE, related_name="image_uses")
    image = models.ForeignKey(Image, on_delete=models.PROTECT, related_name="uses")

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["item", "image"], name="items_imageuse_once"),
            Logged(kind=Change.Kind.ITEM, column="item_id", name="items_imageuse_logged"),
        ]

    def __str__(self):
        return f"{self.item_id}: {self.image_id}"


@receiver(post_save, sender="items.Item")
def note_uses(instance: Any, created: bool = False, raw: bool = False, **kwargs) -> None:
    """Keep the uses of an item's pictures as its text and lead image say."""
    if raw:
        return
    wanted = images_in(instance.body)
    if wanted:
        wanted = set(Image.objects.filter(pk__in=wanted).values_list("pk", flat=True))
    if instance.picture_id:
        wanted.add(instance.picture_id)
    there = set() if created else set(instance.image_uses.values_list("image_id", flat=True))
    if gone := there - wanted:
        instance.image_uses.filter(image__in=gone).delete()
    if new := wanted - there:
        ImageUse.objects.bulk_create([ImageUse(item=instance, image_id=pk) for pk in new], ignore_conflicts=True)
