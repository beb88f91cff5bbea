"""The item: its fields, and the rules that the database keeps."""

from datetime import datetime
from uuid import uuid4

from django.conf import settings
from django.core.validators import URLValidator
from django.db import models
from django.db.models import F, Q
from django.urls import reverse
from django.utils import translation
from django.utils.text import slugify
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _
from taggit.managers import TaggableManager

from items.models.change import Change, Logged
from items.models.country import Country
from items.models.fields import BodyField, LineField, TextField
from items.models.image import Image
from items.models.item.history import UNTRACKED, VersionBase, Versioned, VersionRecords
from items.models.item.queryset import ItemQuerySet
from items.models.item.restore import Restoring
from items.models.item.status import Status
from items.models.item.story import Stories
from items.models.item.translation import Translating
from items.models.item.workflow import Workflow
from items.models.item_type import ItemType
from items.models.keyword import ItemKeyword
from items.models.language import default_language, languages
from items.models.source import Source
from items.models.source_address import AddressKeyField
from items.models.theme import Theme


class Item(Versioned, Restoring, Translating, Stories, Workflow):
    """News, an event or a publication, in one language."""

    Status = Status

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
    source_key = AddressKeyField(of="source_url", max_length=500, blank=True, editable=False)
    duplicate_reason = LineField(
        _("why it stands here twice"), max_length=300, blank=True,
        help_text=_("Only when another item relays the same original. Colleagues see it, readers do not."),
    )  # fmt: skip
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

    picture = models.ForeignKey(
        Image, verbose_name=_("lead image"), null=True, blank=True, on_delete=models.PROTECT, related_name="items"
    )

    is_returned = models.BooleanField(_("returned to its author"), default=False, editable=False)
    replaced_by = models.ForeignKey(
        "self", verbose_name=_("replaced by"), null=True, blank=True, on_delete=models.SET_NULL, related_name="+",
        help_text=_("Where readers of a removed item are led. Empty: they are told that it is gone."),
    )  # fmt: skip
    update_of = models.OneToOneField(
        "self", verbose_name=_("update of"), null=True, blank=True, editable=False,
        on_delete=models.CASCADE, related_name="working_copy",
    )  # fmt: skip
    revision = models.PositiveIntegerField(default=1, editable=False)  # which save this is, to notice another's
    revised_at = models.DateTimeField(_("last major change"), null=True, editable=False)

    is_featured = models.BooleanField(_("featured"), default=False, help_text=_("Leads the front page."))

    created_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, verbose_name=_("created by"), null=True, blank=True, editable=False,
        on_delete=models.SET_NULL, related_name="+",
    )  # fmt: skip
    created_at = models.DateTimeField(_("created"), auto_now_add=True)
    updated_at = models.DateTimeField(_("updated"), auto_now=True)

    objects = ItemQuerySet.as_manager()
    history = VersionRecords(
        bases=[VersionBase], custom_model_name="ItemVersion", excluded_fields=UNTRACKED,
        history_id_field=models.BigAutoField(),
        no_db_index=["type", "source", "picture", "replaced_by", "update_of", "slug"],
        verbose_name=_("version"), verbose_name_plural=_("versions"),
    )  # fmt: skip

    class Meta:
        verbose_name = _("item")
        verbose_name_plural = _("items")
        permissions = [
            ("approve_item", _("Can approve, schedule and correct published items")),
            ("withdraw_item", _("Can withdraw and reinstate items")),
            ("remove_item", _("Can remove items for good")),
        ]
        indexes = [
            # Holds all that the facet index reads of an item, so that making it does not read the texts.
            models.Index(
                fields=["status", "publish_at", "expire_at", "publication_date", "language", "type", "source", "id"],
                name="items_item_visible",
            ),
            models.Index(fields=["source_key"], condition=~Q(source_key=""), name="items_item_source_key"),
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
                condition=Q(status__in=["draft", "in_review", "approved", "withdrawn", "removed"]),
                name="items_item_status_known",
            ),
            models.CheckConstraint(
                condition=Q(status__in=["draft", "in_review"]) | Q(publish_at__isnull=False),
                name="items_item_approved_has_publish_at",
                violation_error_message=_("An approved or withdrawn item needs the moment from which it is visible."),
            ),
            models.CheckConstraint(
                condition=Q(update_of__isnull=True) | Q(status__in=["draft", "in_review"]),
                name="items_item_working_copy_is_never_seen",
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
        ]

    def __str__(self):
        return self.title or gettext("(no title yet)")

    def save(self, *args, **kwargs):
        # A translation that has just been begun has no title, and no slug either until it has one.
        if self.title:
            self.slug = self.slug or slugify(self.title)[:80].strip("-") or "item"
        if not self._state.adding:
            self.revision += 1
            if (fields := kwargs.get("update_fields")) is not None:
                kwargs["update_fields"] = {*fields, "revision"}
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
