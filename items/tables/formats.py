"""Numbers as a language writes them (CLDR, through Babel), however long they are."""

from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal, localcontext

from babel import Locale
from babel.numbers import format_decimal, format_percent

PRECISION = 200
"""Digits that are worked with: more than the longest number that is read has."""
LARGE = 100_000
"""From here on the numbers of an axis are short where they can be."""
HUGE = Decimal(10) ** 15
"""From here on they may be powers of ten."""
ROUNDED = 2
"""Decimals of a short number, at most."""
_RAISED = str.maketrans("-0123456789", "⁻⁰¹²³⁴⁵⁶⁷⁸⁹")


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


def ticks(
    values: Sequence[Decimal], locale: Locale, *, longest: int, decimals: int = 0, is_percentage: bool = False
) -> list[str]:
    """The numbers of an axis, all in one notation and exact: in full; short, "1.5M"; or else as "2 × 10³⁰".

    `longest` is how many letters one may have. Where none of these fits, ordinary numbers have more rather than powers.
    """
    with localcontext() as context:
        context.prec = PRECISION
        size = max(map(abs, values), default=Decimal(0))
        unit = _unit(size, locale)
        full = [number(value, locale, decimals=decimals, is_percentage=is_percentage) for value in values]
        ways = [full]
        if unit.size > 1 and (shown := max(_decimals(value / unit.size) for value in values)) <= ROUNDED:
            short = [_in(unit, value, locale, shown, is_percentage=is_percentage) for value in values]
            ways = [full, short] if is_percentage or size < LARGE else [short, full]
        for texts in ways:
            if max(map(len, texts), default=0) <= longest:
                return texts
        if 1 <= size < HUGE:
            return min(ways, key=lambda texts: max(map(len, texts)))
        power = size.adjusted() if size else 0
        shown = max((_decimals(value.scaleb(-power)) for value in values), default=0)
        return [_power(value, power, locale, shown, is_percentage=is_percentage) for value in values]


def fitting(value: Decimal, locale: Locale, *, longest: int, decimals: int = 0, is_percentage: bool = False) -> str:
    """One number in about as many letters as it may have: in full, or else rounded, short or as a power of ten."""
    text = number(value, locale, decimals=decimals, is_percentage=is_percentage)
    if len(text) <= longest:
        return text
    with localcontext() as context:
        context.prec = PRECISION
        unit, power = _unit(abs(value), locale), value.adjusted()
        rounded = round(value / unit.size, ROUNDED)
        text = _in(unit, rounded * unit.size, locale, _decimals(rounded), is_percentage=is_percentage)
        if rounded and (len(text) <= longest or abs(value) < HUGE):
            return text
        rounded = round(value.scaleb(-power), ROUNDED)
        return _power(rounded.scaleb(power), power, locale, _decimals(rounded), is_percentage=is_percentage)


# --- Large numbers -------------------------------------------------------------------------------------------------


@dataclass(frozen=True)
class _Unit:
    """What large numbers are counted in: a million, whose pattern is "0M"."""

    size: int
    pattern: str


def _unit(size: Decimal, locale: Locale) -> _Unit:
    """The largest unit of a number of this size that the language has a short form for."""
    patterns = locale.compact_decimal_formats["short"]["other"]
    for magnitude in sorted(map(int, patterns), reverse=True):
        pattern = patterns[str(magnitude)].pattern
        # German has no short form for thousands, which CLDR writes as the bare pattern.
        if size >= magnitude and pattern != "0":
            zeros = pattern.count("0")
            return _Unit(magnitude // 10 ** (zeros - 1), pattern.replace("0" * zeros, "0"))
    return _Unit(1, "0")


def _decimals(value: Decimal) -> int:
    """How many decimals a number needs."""
    return max(0, -int(value.normalize().as_tuple().exponent))


def _in(unit: _Unit, value: Decimal, locale: Locale, decimals: int, *, is_percentage: bool) -> str:
    if not value:
        return number(value, locale, is_percentage=is_percentage)
    part = "." + "0" * decimals if decimals else ""
    text = format_decimal(value / unit.size, format=unit.pattern.replace("0", f"#,##0{part}"), locale=locale)
    return _per_cent(text.replace("-", "\u2212"), locale) if is_percentage else text.replace("-", "\u2212")


def _power(value: Decimal, power: int, locale: Locale, decimals: int, *, is_percentage: bool) -> str:
    if not value:
        return number(value, locale, is_percentage=is_percentage)
    times = locale.number_symbols["latn"]["superscriptingExponent"]
    raised = str(power).translate(_RAISED)
    text = f"{number(value.scaleb(-power), locale, decimals=decimals)}\u00a0{times}\u00a010{raised}"
    return _per_cent(text, locale) if is_percentage else text


def _per_cent(text: str, locale: Locale) -> str:
    return locale.percent_formats[None].pattern.replace("#,##0", text)
