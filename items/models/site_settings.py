"""The site's own words and look: one row, set by Administrators. Without it the site is as the settings file says."""

from typing import Any
from urllib.parse import urlsplit

from django.conf import settings
from django.core.exceptions import ValidationError
from django.core.validators import RegexValidator, URLValidator
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from items.models import colour
from items.models.change import Change, Logged
from items.models.fields import LineField, TextField
from items.models.image import Image
from items.models.language import default_language
from items.models.term import LabelsField

ACCENT, DARK_ACCENT = "#7a1836", "#f2a7b9"
"""The colours of static/css/tokens.css, by scheme."""
MAX_NAME = 60
_is_colour = RegexValidator(r"^#[0-9a-fA-F]{6}$", _("A colour is written as # and six figures or letters: #7a1836."))
_is_address = URLValidator(["http", "https"])


def _too_pale(ratio: float, better: str, *, dark: bool) -> ValidationError:
    """What is said of a colour that cannot be read."""
    words = (
        _("On dark pages this colour has a contrast of %(ratio)s : 1, and text needs 7 : 1. %(better)s would do.")
        if dark
        else _("On light pages this colour has a contrast of %(ratio)s : 1, and text needs 7 : 1. %(better)s would do.")
    )
    # Rounded down: 6.99 is not 7.
    return ValidationError(words, params={"ratio": f"{int(ratio * 100) / 100:.2f}", "better": better})


class SiteSettings(models.Model):
    """How the site is called, how it looks, whom to write to. The one row has the key 1.

    `names` and `taglines` are texts by language code. `social` holds addresses, one a line.
    """

    id = models.PositiveSmallIntegerField(primary_key=True, default=1, editable=False)
    names = LabelsField(_("name"))
    taglines = LabelsField(_("what it is, in one line"))
    logo = models.ForeignKey(
        Image, verbose_name=_("logo"), null=True, blank=True, on_delete=models.PROTECT, related_name="logo_of"
    )
    accent = models.CharField(_("colour"), max_length=7, blank=True, validators=[_is_colour])
    accent_dark = models.CharField(_("colour on dark pages"), max_length=7, blank=True, validators=[_is_colour])
    contact_email = models.EmailField(_("mail address"), blank=True)
    contact_address = TextField(_("postal address"), blank=True, max_length=500)
    security_contact = LineField(_("whom to tell of a security hole"), max_length=200, blank=True)
    social = TextField(_("accounts elsewhere"), blank=True, max_length=2000)
    updated_at = models.DateTimeField(auto_now=True)

    class Meta:
        verbose_name = _("site settings")
        verbose_name_plural = _("site settings")
        constraints = [
            Logged(kind=Change.Kind.SITE, name="items_sitesettings_logged"),
            models.CheckConstraint(condition=Q(id=1), name="items_sitesettings_one"),
        ]

    def __str__(self):
        return self.name(default_language())

    @classmethod
    def current(cls) -> "SiteSettings":
        """The row as stored, or one that says nothing."""
        return cls.objects.select_related("logo").filter(pk=1).first() or cls()

    def save(self, *args, **kwargs):
        self.id = 1
        if self._state.adding and SiteSettings.objects.filter(pk=1).exists():
            self._state.adding = False  # else Django, which sees a default key, would try to make a second row
        super().save(*args, **kwargs)

    def clean(self):
        super().clean()
        errors: dict[str, Any] = {}
        self.accent, self.accent_dark = self.accent.lower(), self.accent_dark.lower()
        for name, is_dark in (("accent", False), ("accent_dark", True)):
            value = getattr(self, name)
            if colour.is_colour(value):
                ratio = colour.least_contrast(value, colour.surfaces(value, dark=is_dark))
                if ratio < colour.AAA:
                    errors[name] = _too_pale(ratio, colour.nearest(value, dark=is_dark), dark=is_dark)
        if self.accent_dark and not self.accent:
            errors.setdefault("accent_dark", _("Choose the colour of the light pages first."))
        errors |= self._clean_addresses()
        if errors:
            raise ValidationError(errors)

    def _clean_addresses(self) -> dict[str, Any]:
        errors: dict[str, Any] = {}
        try:
            for address in self.accounts:
                _is_address(address)
        except ValidationError:
            errors["social"] = _("Write one address a line, each beginning with https://")
        if contact := self.security_contact:
            try:
                if contact.startswith("https://"):
                    _is_address(contact)
                else:
                    models.EmailField().run_validators(contact.removeprefix("mailto:"))
            except ValidationError:
                errors["security_contact"] = _("Write a mail address, or the address of a page beginning with https://")
        return errors

    @property
    def logo_url(self) -> str:
        """The smallest of the logo's pictures; "" without a logo."""
        if self.logo is None:
            return ""
        made = [rendition for rendition in self.logo.made if (rendition.shape, rendition.format) == ("whole", "webp")]
        smallest = min(made, key=lambda rendition: rendition.width, default=None)
        return settings.MEDIA_URL + self.logo.rendition_path(smallest.name) if smallest else self.logo.url

    # --- What it says -------------------------------------------------------------------------------------------

    def name(self, language: str) -> str:
        """The site's name in a language, else in its first, else as the settings file has it."""
        return self.names.get(language) or self.names.get(default_language()) or settings.SITE_NAME

    def tagline(self, language: str) -> str:
        """What the site is, in a language; "" where nobody has said. Never in another language: it is a sentence."""
        return self.taglines.get(language, "")

    @property
    def accounts(self) -> list[str]:
        """Addresses of the site's accounts elsewhere."""
        return [line for line in map(str.strip, self.social.splitlines()) if line]

    @property
    def named_accounts(self) -> list[tuple[str, str]]:
        """(name, address) of each account: what a reader knows it by is the host and the last part."""
        found = []
        for address in self.accounts:
            parts = urlsplit(address)
            last = parts.path.rstrip("/").rpartition("/")[2]
            found.append((" ".join(filter(None, [(parts.hostname or "").removeprefix("www."), last])), address))
        return found

    @property
    def light(self) -> colour.Shades:
        """The colours of the light pages."""
        return colour.shades(self.accent or ACCENT, dark=False)

    @property
    def dark(self) -> colour.Shades:
        """The colours of the dark pages: the colour chosen for them, else made from the other."""
        chosen = self.accent_dark or (colour.nearest(self.accent, dark=True) if self.accent else DARK_ACCENT)
        return colour.shades(chosen, dark=True)

    @property
    def security_address(self) -> str:
        """A URI that says whom to tell of a security hole (RFC 9116, section 2.5.3)."""
        contact = self.security_contact or self.contact_email or settings.DEFAULT_FROM_EMAIL
        return contact if contact.startswith(("https://", "mailto:")) else f"mailto:{contact}"


class FooterLink(models.Model):
    """A link at the foot of every page; shown in the languages in which it has a label."""

    site = models.ForeignKey(SiteSettings, on_delete=models.CASCADE, related_name="links")
    labels = LabelsField(_("label"))
    url = models.URLField(_("address"), max_length=500, validators=[_is_address])
    position = models.PositiveSmallIntegerField(_("position"), default=0, help_text=_("Smaller numbers come first."))

    class Meta:
        ordering = ["position", "pk"]
        verbose_name = _("link at the foot of pages")
        verbose_name_plural = _("links at the foot of pages")
        constraints = [Logged(kind=Change.Kind.SITE, column="site_id", name="items_footerlink_logged")]

    def __str__(self):
        return self.labels.get(default_language()) or self.url

    def label(self, language: str) -> str:
        """The label in a language; "" where the link is not shown."""
        return self.labels.get(language, "")
