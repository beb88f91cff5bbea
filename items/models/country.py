"""Countries by ISO 3166-1 alpha-2 code; their names come from CLDR, in any language."""

from babel import Locale
from django.db import models
from django.utils.translation import gettext_lazy as _

from items.models.change import Change, Logged
from items.models.language import default_language

# CLDR also names these regions; ISO 3166-1 lists none of them. XK (Kosovo) is user-assigned there, and stays,
# because European statistics report it.
NOT_COUNTRIES = frozenset(["AC", "CP", "CQ", "DG", "EA", "EU", "EZ", "IC", "QO", "TA", "UN", "XA", "XB", "ZZ"])


def iso_codes() -> list[str]:
    """Lower-case alpha-2 codes of the countries that CLDR names."""
    names = map(str, Locale.parse("en").territories)
    return sorted(code.lower() for code in names if len(code) == 2 and code.isalpha() and code not in NOT_COUNTRIES)


class Country(models.Model):
    """A country an item is about. `code` is lower case, as in addresses."""

    code = models.CharField(_("ISO 3166 code"), max_length=2, unique=True)

    class Meta:
        ordering = ["code"]
        constraints = [Logged(kind=Change.Kind.COUNTRY, name="items_country_logged")]
        verbose_name = _("country")
        verbose_name_plural = _("countries")

    def __str__(self):
        return self.label(default_language())

    @property
    def slug(self) -> str:
        return self.code

    def label(self, language: str) -> str:
        """The country's name in this language."""
        return Locale.parse(language, sep="-").territories.get(self.code.upper(), self.code.upper())
