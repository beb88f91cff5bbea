"""Numbers as people write them in tables, and the signs that stand for a number that is not published.

Whether a point or a comma begins the decimals is never guessed from one cell: `1.234` is a thousand in one table and
one and a bit in another. What only one reading allows decides for the whole table; else the editor is asked.
"""

import re
from dataclasses import dataclass
from decimal import Decimal

from django.utils.translation import gettext as _

POINT, COMMA = "point", "comma"
STYLES = {POINT: (".", ","), COMMA: (",", ".")}
"""How decimals begin, and the sign that then may part thousands, as spaces and apostrophes may in either style."""
LONGEST = 80
"""Characters of one number, its separators included."""

_MINUS = str.maketrans({"\u2212": "-", "\u2010": "-", "\u2011": "-", "\uff0d": "-"})
# No-break, figure, thin and narrow no-break space part thousands as a plain one does; so does either apostrophe.
_SPACES = re.compile("[ \u00a0\u2007\u2009\u202f]")
_NOTHING = re.compile("[ \u00a0\u2007\u2009\u202f\t]+")
# No zero before thousands: `0.125` has decimals whatever else is read.
_GROUPED = r"[1-9][0-9]{{0,2}}(?:{sep}[0-9]{{3}})+"


def _pattern(style: str) -> re.Pattern[str]:
    decimal, other = STYLES[style]
    groups = "|".join(_GROUPED.format(sep=sep) for sep in (re.escape(other), " ", "'"))
    part = rf"(?:{re.escape(decimal)}(?P<part>[0-9]+))?"
    return re.compile(rf"(?P<sign>[+-]? ?)(?P<whole>{groups}|[0-9]*){part}(?P<per> ?%)?")


_PATTERNS = {style: _pattern(style) for style in STYLES}


@dataclass(frozen=True)
class Number:
    """A number as it was written: `1,50 %` has the value 1.50, two decimals, and is a percentage."""

    value: Decimal
    is_percentage: bool = False

    @property
    def text(self) -> str:
        """The value with its decimals, in digits, with a point and a hyphen: what `Decimal` reads."""
        return f"{self.value:f}"


def read(cell: str, style: str) -> Number | None:
    """The number in a cell, or None where it is none in this style (`POINT` or `COMMA`)."""
    text = _SPACES.sub(" ", cell.strip().translate(_MINUS).replace("’", "'"))
    if len(text) > LONGEST:
        return None
    found = _PATTERNS[style].fullmatch(text)
    if found is None or not (found["whole"] or found["part"]):
        return None
    whole = re.sub("[^0-9]", "", found["whole"]).lstrip("0") or "0"
    digits = f"{whole}.{found['part']}" if found["part"] else whole
    value = Decimal(digits)
    # `-value` would round to the 28 digits of the context.
    is_negative = found["sign"].startswith("-") and value != 0
    return Number(value.copy_negate() if is_negative else value, bool(found["per"]))


def written(value: Decimal, style: str, *, group: str = "") -> str:
    """The value in digits, in a style, with thousands parted by `group`: what `read` takes back."""
    sign, digits = "-" if value < 0 else "", f"{value.copy_abs():f}"
    whole, _dot, part = digits.partition(".")
    head = len(whole) % 3 or 3
    groups = [whole[:head], *(whole[i : i + 3] for i in range(head, len(whole), 3))] if group else [whole]
    return sign + group.join(groups) + (STYLES[style][0] + part if part else "")


# --- No number -----------------------------------------------------------------------------------------------------

_FEWER = re.compile(r"[<≤] ?[0-9]{1,9}")
_KINDS = {
    ":": "missing", "..": "missing", "...": "missing", "…": "missing",
    "-": "none", "–": "none", "—": "none", "\u2212": "none",
    "c": "secret", ":c": "secret", "(c)": "secret",
    "n/a": "not", "n.a.": "not", "na": "not",
    "": "empty",
}  # fmt: skip


def mark(cell: str) -> str | None:
    """The sign for a number that is not published, as it stands in a cell; "" for an empty cell, None for no sign."""
    text = _NOTHING.sub(" ", cell).strip()
    if text.casefold().replace(" ", "") in _KINDS or _FEWER.fullmatch(text):
        return text
    return None


def meaning(sign: str) -> str:
    """What a sign says, in the active language: ":" is “not available”."""
    if sign.startswith("<"):
        return _("fewer than %(number)s, not published") % {"number": sign[1:].strip()}
    if sign.startswith("≤"):
        return _("at most %(number)s, not published") % {"number": sign[1:].strip()}
    return {
        "missing": _("not available"),
        "none": _("none, or not applicable"),
        "secret": _("confidential"),
        "not": _("not applicable, or not available"),
        "empty": _("no figure given"),
    }[_KINDS[sign.casefold().replace(" ", "")]]
