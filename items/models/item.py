"""Items: one piece of content in one language, and when the public may see it."""

from datetime import datetime
from pathlib import PurePath
from uuid import uuid4

from django.conf import settings
from django.core.exceptions import ValidationError
from django.core.validators import FileExtensionValidator, URLValidator
from django.db import models
from django.db.models import Exists, F, OuterRef, Q
from django.urls import reverse
from django.utils import timezone, translation
from django.utils.text import slugify
from django.utils.translation import gettext_lazy as _
from taggit.managers import TaggableManager

from items.models.change import Change, Logged
from items.models.country import Country
from items.models.fields import BodyField, CleanField, LineField, TextField
from items.models.item_type import ItemType
from items.models.keyword import ItemKeyword
from items.models.language import default_language, languages
from items.models.source import Source
from items.models.theme import Theme

IMAGE_EXTENSIONS = ["jpg", "jpeg", "png", "webp"]
IMAGE_MAX_BYTES = 10 * 1024 * 1024


def image_path(item: "Item", filename: str) -> str:
    """Where a lead image is kept: a name nobody can guess, the extension kept."""
    return f"images/{uuid4().hex}{PurePath(filename).suffix.lower()}"


def validate_image_size(image) -> None:
    """Refuse a picture that is too large to send to readers."""
    if image.size > IMAGE_MAX_BYTES:
        raise ValidationError(_("The image is larger than 10 MB."))


def _is_published(at: datetime) -> Q:
    return Q(Q(expire_at__isnull=True) | Q(expire_at__gt=at), status=Item.Status.APPROVED, publish_at__lte=at)


class ItemQuerySet(models.QuerySet):
    """Items, by who may see them and in which order."""

    def published(self, at: datetime) -> "ItemQuerySet":
        """What the public may see at an instant. The one spelling of visible."""
        return self.filter(_is_published(at))

    def readable(self, at: datetime) -> "ItemQuerySet":
        """What has an address at an instant: the published, and the withdrawn with their reason."""
        withdrawn = Q(status=Item.Status.WITHDRAWN, publish_at__lte=at)
        # Not by a subquery of the published: databases list all of those before they look at the one asked for.
        return self.filter(withdrawn | _is_published(at))

    def preferred(self, language: str, at: datetime) -> "ItemQuerySet":
        """One version of each translation group: the one in this language, else the earliest made."""
        others = Item.objects.published(at).filter(translation_group=OuterRef("translation_group"))
        return self.filter(
            Q(language=language) | ~Exists(others.filter(Q(language=language) | Q(pk__lt=OuterRef("pk"))))
        )

    def newest(self) -> "ItemQuerySet":
        """By the date shown to readers, latest first; undated last."""
        return self.order_by(F("publication_date").desc(nulls_last=True), "-publish_at", "-pk")

    def oldest(self) -> "ItemQuerySet":
        """By the date shown to readers, earliest first; undated last all the same."""
        return self.order_by(F("publication_date").asc(nulls_last=True), "publish_at", "pk")

    def with_terms(self) -> "ItemQuerySet":
        """Everything that drawing an item in a list needs, in a fixed number of queries."""
        return self.select_related("type", "source", "event").prefetch_related("themes", "keywords", "countries")

    def update(self, **kwargs):
        """Change rows in bulk; `updated_at` moves with them, as it does in `save()`.

        Raises TypeError for an expression in place of a text: nobody would clean what it comes to.
        """
        for field in self.model._meta.concrete_fields:
            if isinstance(field, CleanField) and field.name in kwargs:
                field.refuse_expression(kwargs[field.name])
        kwargs.setdefault("updated_at", timezone.now())
        return super().update(**kwargs)

    update.alters_data = True  # type: ignore[attr-defined]


class Item(models.Model):
    """News, an event or a publication, in one language."""

    class Status(models.TextChoices):
        DRAFT = "draft", _("draft")
        IN_REVIEW = "in_review", _("in review")
        APPROVED = "approved", _("approved")
        WITHDRAWN = "withdrawn", _("withdrawn")

    uuid = models.UUIDField(_("permanent identifier"), default=uuid4, unique=True, editable=False)
    language = models.CharField(_("language"), max_length=10, choices=languages, default=default_language)
    translation_group = models.UUIDField(_("translation group"), default=uuid4, editable=False)
    type = models.ForeignKey(ItemType, verbose_name=_("type"), on_delete=models.PROTECT, related_name="items")

    title = LineField(_("title"), max_length=250)
    title_is_derived = models.BooleanField(
        _("title made from the summary"),
        default=False,
        help_text=_("Set on import, where the listing has no titles. Clears when the title is edited."),
    )
    slug = models.SlugField(_("slug"), max_length=100, blank=True, help_text=_("Made from the title when left empty."))
    summary = TextField(_("summary"), blank=True, help_text=_("Plain text, one paragraph."))
    body = BodyField(_("body"), blank=True, help_text=_("Plain paragraphs divided by empty lines, or simple HTML."))

    publication_date = models.DateField(
        _("publication date"), null=True, blank=True, help_text=_("Shown to readers. Leave empty when unknown.")
    )
    status = models.CharField(_("status"), max_length=10, choices=Status.choices, default=Status.DRAFT)
    publish_at = models.DateTimeField(
        _("visible from"), null=True, blank=True, help_text=_("Empty: from the moment of approval.")
    )
    expire_at = models.DateTimeField(_("visible until"), null=True, blank=True, help_text=_("Empty: for ever."))
    withdrawal_reason = TextField(
        _("reason for withdrawal"), blank=True, help_text=_("Shown to readers of a withdrawn item.")
    )

    source = models.ForeignKey(
        Source, verbose_name=_("source"), null=True, blank=True, on_delete=models.PROTECT, related_name="items"
    )
    source_url = models.URLField(
        _("address of the original"), blank=True, max_length=1000, validators=[URLValidator(["http", "https"])]
    )
    countries = models.ManyToManyField(
        Country, through="ItemCountry", verbose_name=_("countries"), blank=True, related_name="items"
    )
    themes = models.ManyToManyField(
        Theme, through="ItemTheme", verbose_name=_("themes"), blank=True, related_name="items"
    )
    keywords = TaggableManager(
        through=ItemKeyword, verbose_name=_("keywords"), blank=True, related_name="items",
        help_text=_("Divided by commas. A word that is not yet a keyword is proposed as one."),
    )  # fmt: skip

    lead_image = models.ImageField(
        _("lead image"), upload_to=image_path, blank=True, max_length=200,
        width_field="lead_image_width", height_field="lead_image_height",
        validators=[FileExtensionValidator(IMAGE_EXTENSIONS), validate_image_size],
    )  # fmt: skip
    lead_image_width = models.PositiveIntegerField(null=True, editable=False)
    lead_image_height = models.PositiveIntegerField(null=True, editable=False)
    lead_image_alt = LineField(
        _("alternative text"), max_length=300, blank=True, help_text=_("What the image shows, for who cannot see it.")
    )
    lead_image_credit = LineField(_("credit"), max_length=200, blank=True)

    is_featured = models.BooleanField(_("featured"), default=False, help_text=_("Leads the front page."))

    created_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, verbose_name=_("created by"), null=True, blank=True, editable=False,
        on_delete=models.SET_NULL, related_name="+",
    )  # fmt: skip
    created_at = models.DateTimeField(_("created"), auto_now_add=True)
    updated_at = models.DateTimeField(_("updated"), auto_now=True)

    objects = ItemQuerySet.as_manager()

    class Meta:
        verbose_name = _("item")
        verbose_name_plural = _("items")
        permissions = [
            ("approve_item", _("Can approve, schedule and correct published items")),
            ("withdraw_item", _("Can withdraw items")),
        ]
        indexes = [
            # Holds all that the facet index reads of an item, so that making it does not read the texts.
            models.Index(
                fields=["status", "publish_at", "expire_at", "publication_date", "language", "type", "source", "id"],
                name="items_item_visible",
            ),
            models.Index(fields=["is_featured"], condition=Q(is_featured=True), name="items_item_featured"),
            models.Index(fields=["-publication_date", "-publish_at", "-id"], name="items_item_newest"),
        ]
        constraints = [
            Logged(kind=Change.Kind.ITEM, name="items_item_logged"),
            models.UniqueConstraint(
                fields=["translation_group", "language"],
                name="items_item_one_per_language",
                violation_error_message=_("The translation group already has an item in this language."),
            ),
            models.CheckConstraint(
                condition=Q(status__in=["draft", "in_review", "approved", "withdrawn"]),
                name="items_item_status_known",
            ),
            models.CheckConstraint(
                condition=Q(status__in=["draft", "in_review"]) | Q(publish_at__isnull=False),
                name="items_item_approved_has_publish_at",
                violation_error_message=_("An approved or withdrawn item needs the moment from which it is visible."),
            ),
            models.CheckConstraint(
                condition=Q(expire_at__isnull=True) | Q(publish_at__isnull=True) | Q(expire_at__gt=F("publish_at")),
                name="items_item_expires_after_publication",
                violation_error_message=_("An item expires after it becomes visible."),
            ),
            models.CheckConstraint(
                condition=~Q(status="withdrawn") | ~Q(withdrawal_reason=""),
                name="items_item_withdrawn_has_reason",
                violation_error_message=_("Say why the item is withdrawn; readers are shown the reason."),
            ),
            models.CheckConstraint(
                condition=Q(lead_image="") | ~Q(lead_image_alt=""),
                name="items_item_image_has_alt",
                violation_error_message=_("Describe the lead image for people who cannot see it."),
            ),
        ]

    def __str__(self):
        return self.title

    def save(self, *args, **kwargs):
        self.slug = self.slug or slugify(self.title)[:80].strip("-") or "item"
        super().save(*args, **kwargs)

    def get_absolute_url(self) -> str:
        """The item's one address, under its own language's prefix."""
        with translation.override(self.language):
            return reverse("items:item", args=[self.pk, self.slug or "item"])

    @property
    def urn(self) -> str:
        """The identifier in feeds: `urn:uuid:` (RFC 9562, section 4), the same for ever."""
        return self.uuid.urn

    @property
    def is_withdrawn(self) -> bool:
        return self.status == self.Status.WITHDRAWN

    def translations(self, at: datetime) -> "ItemQuerySet":
        """The published items that say the same in other languages."""
        return Item.objects.published(at).filter(translation_group=self.translation_group).exclude(pk=self.pk)

    def approve(self, *, at: datetime) -> None:
        """Make visible, from `publish_at` where an editor set one, else from now."""
        self.status = self.Status.APPROVED
        self.publish_at = self.publish_at or at
        self.save()

    def withdraw(self, *, reason: str) -> None:
        """Take out of every list; its address goes on answering, with the reason."""
        if self.publish_at is None:
            raise ValidationError(_("Only an item that has been approved can be withdrawn."))
        self.status = self.Status.WITHDRAWN
        self.withdrawal_reason = reason
        self.full_clean(validate_unique=False)
        self.save()


class ItemTheme(models.Model):
    """One theme of one item."""

    item = models.ForeignKey(Item, on_delete=models.CASCADE, related_name="item_themes")
    theme = models.ForeignKey(Theme, on_delete=models.CASCADE, related_name="item_themes")

    class Meta:
        db_table = "items_item_themes"
        constraints = [
            models.UniqueConstraint(fields=["item", "theme"], name="items_itemtheme_once_per_item"),
            Logged(kind=Change.Kind.ITEM, column="item_id", name="items_itemtheme_logged"),
        ]

    def __str__(self):
        return f"{self.item_id}: {self.theme_id}"


class ItemCountry(models.Model):
    """One country of one item."""

    item = models.ForeignKey(Item, on_delete=models.CASCADE, related_name="item_countries")
    country = models.ForeignKey(Country, on_delete=models.CASCADE, related_name="item_countries")

    class Meta:
        db_table = "items_item_countries"
        constraints = [
            models.UniqueConstraint(fields=["item", "country"], name="items_itemcountry_once_per_item"),
            Logged(kind=Change.Kind.ITEM, column="item_id", name="items_itemcountry_logged"),
        ]

    def __str__(self):
        return f"{self.item_id}: {self.country_id}"
