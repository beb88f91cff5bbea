"""Standing pages, such as About or Privacy: one page in several languages, each text with an address of its own."""

from typing import Any

from django.db import models, transaction
from django.db.models import Q
from django.db.models.signals import post_save
from django.dispatch import receiver
from django.urls import reverse
from django.utils import translation
from django.utils.text import slugify
from django.utils.translation import gettext_lazy as _

from items.models.change import Change, Logged
from items.models.fields import BodyField, LineField
from items.models.image import Image, images_in
from items.models.language import default_language, language_codes, languages


class PageQuerySet(models.QuerySet["Page"]):
    """Standing pages."""

    def published(self) -> "PageQuerySet":
        """What readers have."""
        return self.filter(is_published=True)


class Page(models.Model):
    """A standing page. What it says is in its `texts`, one for each language."""

    class Kind(models.TextChoices):
        ABOUT = "about", _("About")
        CONTACT = "contact", _("Contact")
        ACCESSIBILITY = "accessibility", _("Accessibility statement")
        PRIVACY = "privacy", _("Privacy")
        LEGAL = "legal", _("Legal notice")
        OTHER = "other", _("another page")

    kind = models.CharField(
        _("kind"), max_length=15, choices=Kind.choices, default=Kind.OTHER,
        help_text=_("What machines are told that it is. There is one page of each kind but the last."),
    )  # fmt: skip
    position = models.PositiveSmallIntegerField(_("position"), default=0, help_text=_("Smaller numbers come first."))
    is_in_footer = models.BooleanField(_("at the foot of pages"), default=True)
    is_published = models.BooleanField(
        _("published"), default=False, help_text=_("Readers have it in the languages that have a title and a text.")
    )
    updated_at = models.DateTimeField(auto_now=True)

    objects = PageQuerySet.as_manager()

    texts: Any  # the reverse of PageText

    class Meta:
        ordering = ["position", "pk"]
        verbose_name = _("page")
        verbose_name_plural = _("pages")
        constraints = [
            Logged(kind=Change.Kind.PAGE, name="items_page_logged"),
            models.UniqueConstraint(
                fields=["kind"],
                condition=~Q(kind="other"),
                name="items_page_one_of_a_kind",
                violation_error_message=_("There is a page of this kind already."),
            ),
        ]

    def __str__(self):
        text = self.text(default_language()) or (next(iter(self.texts.all()), None) if self.pk else None)
        return text.title if text else str(self.get_kind_display())

    def text(self, language: str) -> "PageText | None":
        """What it says in a language. Asks the database unless the texts have been fetched."""
        texts = self.texts.all() if self.pk else ()
        return next((text for text in texts if text.language == language), None)

    def versions(self) -> list["PageText"]:
        """What it says, in the site's order of languages."""
        order = language_codes()
        return sorted(
            (text for text in self.texts.all() if text.language in order), key=lambda text: order.index(text.language)
        )


class PageText(models.Model):
    """A page in one language. A slug that it once had still leads to it."""

    page = models.ForeignKey(Page, on_delete=models.CASCADE, related_name="texts")
    language = models.CharField(_("language"), max_length=10, choices=languages)
    title = LineField(_("title"), max_length=200)
    slug = models.SlugField(_("slug"), max_length=100, blank=True)
    summary = LineField(_("summary"), max_length=300, blank=True)
    body = BodyField(_("text"))
    changed_at = models.DateTimeField(auto_now=True)

    _stored_slug: str | None = None

    class Meta:
        verbose_name = _("text of a page")
        verbose_name_plural = _("texts of pages")
        constraints = [
            Logged(kind=Change.Kind.PAGE, column="page_id", name="items_pagetext_logged"),
            models.UniqueConstraint(fields=["page", "language"], name="items_pagetext_one_per_language"),
            models.UniqueConstraint(fields=["language", "slug"], name="items_pagetext_slug_once"),
        ]

    def __str__(self):
        return self.title

    @classmethod
    def from_db(cls, db, field_names, values, **kwargs):
        text = super().from_db(db, field_names, values, **kwargs)
        text._stored_slug = text.__dict__.get("slug")
        return text

    def save(self, *args, **kwargs):
        """Save, and keep the slug it had until now."""
        self.slug = self.slug or self._free_slug()
        with transaction.atomic():
            super().save(*args, **kwargs)
            former = FormerPageSlug.objects.filter(language=self.language)
            former.filter(slug=self.slug).delete()
            if self._stored_slug and self._stored_slug != self.slug:
                former.update_or_create(
                    slug=self._stored_slug, language=self.language, defaults={"page_id": self.page_id}
                )
            self._stored_slug = self.slug

    def _free_slug(self) -> str:
        """A slug made of the title that no other text of this language has."""
        wanted = slugify(self.title)[:90].strip("-") or self.page.kind
        others = PageText.objects.filter(language=self.language).exclude(pk=self.pk)
        number, slug = 1, wanted
        while others.filter(slug=slug).exists():
            number += 1
            slug = f"{wanted}-{number}"
        return slug

    def get_absolute_url(self) -> str:
        """Its address, under its language's prefix."""
        with translation.override(self.language):
            return reverse("items:page", args=[self.slug])


class FormerPageSlug(models.Model):
    """A slug that a page once had in a language."""

    page = models.ForeignKey(Page, on_delete=models.CASCADE, related_name="former_slugs")
    language = models.CharField(max_length=10)
    slug = models.SlugField(max_length=100)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["language", "slug"], name="items_formerpageslug_once"),
            Logged(kind=Change.Kind.PAGE, column="page_id", name="items_formerpageslug_logged"),
        ]

    def __str__(self):
        return f"{self.language}: {self.slug}"


class PageImage(models.Model):
    """A text shows a picture. Follows from the text, whenever that is saved."""

    text = models.ForeignKey(PageText, on_delete=models.CASCADE, related_name="images")
    image = models.ForeignKey(Image, on_delete=models.PROTECT, related_name="page_uses")

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["text", "image"], name="items_pageimage_once"),
            Logged(kind=Change.Kind.PAGE, column="text_id", name="items_pageimage_logged"),
        ]

    def __str__(self):
        return f"{self.text_id}: {self.image_id}"


@receiver(post_save, sender=PageText)
def note_images(instance: PageText, raw: bool = False, **kwargs) -> None:
    """Keep the uses of a text's pictures as the text says."""
    if raw:
        return
    wanted = set(Image.objects.filter(pk__in=images_in(instance.body)).values_list("pk", flat=True))
    instance.images.exclude(image__in=wanted).delete()
    PageImage.objects.bulk_create([PageImage(text=instance, image_id=pk) for pk in wanted], ignore_conflicts=True)
