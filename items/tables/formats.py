"""Numbers as a language writes them (CLDR, through Babel), however long they are."""

from decimal import Decimal, localcontext

from babel import Locale
from babel.numbers import format_compact_decimal, format_decimal, format_percent, format_scientific

PRECISION = 200
"""Digits that are worked with: more than the longest number that is read has."""


def locale_of(language: str) -> Locale:
    """The CLDR locale of a language code of the site."""
    return Locale.parse(language, sep="-")


def number(value: Decimal, locale: Locale, *, decimals: int = 0, is_percentage: bool = False) -> str:
    """A number with exactly so many decimals; a percentage has its sign. `value` 8 is "8%"."""
    with localcontext() as context:
        context.prec = PRECISION
        part = "." + "0" * decimals if decimals else ""
        if is_percentage:
            pattern = locale.percent_formats[None].pattern.replace("#,##0", f"#,##0{part}")
            text = format_percent(value / 100, format=pattern, locale=locale)
        else:
            text = format_decimal(value, format=f"#,##0{part}", locale=locale)
    # CLDR has a hyphen, for keyboards; here it is for reading, aloud too.
    return text.replace("-", "\u2212")


def tick(value: Decimal, locale: Locale, *, decimals: int = 0, is_percentage: bool = False) -> str:
    """A number on an axis: large ones are short, "1.5M"."""
    with localcontext() as context:
        context.prec = PRECISION
        size = abs(value)
        if is_percentage or size < 100_000:
            return number(value, locale, decimals=decimals, is_percentage=is_percentage)
        if size < Decimal(10) ** 15:
            return format_compact_decimal(value, locale=locale, fraction_digits=2).replace("-", "\u2212")
        return format_scientific(Decimal(f"{value:.2e}").normalize(), locale=locale).replace("-", "\u2212")
