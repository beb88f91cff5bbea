"""What may stand in a query string of this API, and how it is read and described.

The parameters of a listing are ItemFilter's own. A name that is not known is refused as a wrong value is: leaving it
out would answer another, wider question.
"""

from collections.abc import Callable, Collection
from functools import partial

from django.http import QueryDict
from django.utils.translation import gettext as _
from drf_spectacular.utils import OpenApiParameter

from items.api.errors import Fault, InvalidParameters
from items.filters import FacetFilter, ItemFilter
from items.models.language import default_language, language_codes

MAX_PER_PAGE = 100

_FACETS = {
    "theme": ("Themes, each with all below it.", "reception"),
    "keyword": ("Keywords.", "solidarity"),
    "type": ("Types, each with all below it.", "news"),
    "source": ("Sources.", "eurostat"),
    "country": ("Countries the item is about, ISO 3166-1 alpha-2 in lower case.", "be"),
    "language": (
        "Languages the item is written in. Without it one version of each translation group is listed: the one in "
        "the reader's language (`lang`), else the original. With it each version counts.",
        "en",
    ),
    "year": ("Years of the publication date, in four digits.", "2026"),
}
_DATE = {"type": "string", "pattern": "^([0-9]{4}(-(0[1-9]|1[0-2])(-(0[1-9]|[12][0-9]|3[01]))?)?)?$"}
_OTHERS: dict[str, tuple[dict, str, str]] = {
    "q": ({"type": "string", "maxLength": 300}, "Words to search for, in any language version of an item.", "asylum"),
    "from": (_DATE, "Published on this day or later: a year, a month or a day.", "2023-04"),
    "to": (_DATE, "Published on this day or earlier: a year, a month or a day.", "2026"),
}


def listing_parameters() -> list[OpenApiParameter]:
    """The parameters of a listing, from the one place that declares them."""
    described = []
    for name, filter in ItemFilter.get_filters().items():
        if isinstance(filter, FacetFilter):
            text, example = _FACETS.get(name, (str(filter.label), ""))
            text += " Repeat the parameter for several: any of them matches. An unknown value answers 400."
            value = {"type": "string", "pattern": "^[1-9][0-9]{3}$" if name == "year" else r"^[-\w]{1,100}$"}
            schema = {"type": "array", "items": value, "maxItems": 20, "example": [example]}
            described.append(OpenApiParameter(name, schema, description=text, explode=True))
        elif choices := filter.extra.get("choices"):
            values = [value for value, _label in choices]
            described.append(
                OpenApiParameter(name, {"type": "string", "enum": values}, description="The order of the items.")
            )
        else:
            schema, text, example = _OTHERS.get(name, ({"type": "string"}, str(filter.label), ""))
            described.append(OpenApiParameter(name, {**schema, "example": example}, description=text))
    return described


def per_page_parameter(default: int, most: int) -> OpenApiParameter:
    schema = {"type": "integer", "minimum": 1, "maximum": most, "default": default, "example": default}
    return OpenApiParameter("per_page", schema, description="How many results an answer holds at most.")


LANG = OpenApiParameter(
    "lang",
    {"type": "string", "enum": language_codes(), "default": default_language(), "example": default_language()},
    description=(
        "The reader's language: of labels, of messages, and of the version that stands for a translation group. "
        "Not to be mixed up with `language`, which selects items by the language they are written in."
    ),
)
CONDITION = OpenApiParameter(
    "If-None-Match",
    str,
    OpenApiParameter.HEADER,
    description="The `ETag` of an answer you have; `304` says that it is still good.",
)
RESPONSE_HEADERS = [
    OpenApiParameter(
        "ETag", str, OpenApiParameter.HEADER, response=[200], description="Names this state of the answer."
    ),
    OpenApiParameter(
        "Cache-Control", str, OpenApiParameter.HEADER, response=[200], description="`public, max-age=60`."
    ),
]


class Parameters:
    """The query string of one request, read parameter by parameter; `check` raises what was found wrong."""

    def __init__(self, params: QueryDict, *, known: Collection[str], listing: bool = False):
        self.params, self.faults = params, []
        filters = ItemFilter.get_filters() if listing else {}
        for name in params:
            if name not in known and name not in filters:
                self.fault(name, _("There is no such parameter here."))
            elif name in known and len(params.getlist(name)) > 1:
                self.fault(name, _("This parameter may be given once."))

    faults: list[Fault]

    def fault(self, name: str, detail: str, value: str | None = None) -> None:
        """Note that a parameter is wrong."""
        text = self.params.get(name, "") if value is None else value
        self.faults.append(Fault(name[:100], text[:100], detail))

    def check(self) -> None:
        """Raise InvalidParameters if anything is wrong."""
        if self.faults:
            raise InvalidParameters(*self.faults)

    def _read(self, name: str, default, parse: Callable):
        if name not in self.params or any(fault.parameter == name for fault in self.faults):
            return default
        return parse(self.params[name])

    def number(self, name: str, *, default: int, most: int) -> int:
        """A whole number from 1 to `most`, in plain digits."""
        return self._read(name, default, partial(self._number, name, default, most))

    def _number(self, name: str, default: int, most: int, text: str) -> int:
        # Digits such as "²" or "٣" are numbers to Python and no address that this site makes.
        if text.isascii() and text.isdigit() and not text.startswith("0") and len(text) < 19 and int(text) <= most:
            return int(text)
        self.fault(name, _("This must be a whole number from 1 to %d.") % most)
        return default

    def choice(self, name: str, choices: Collection[str], *, default: str) -> str:
        """One of `choices`."""
        value = self._read(name, default, str)
        if value in choices:
            return value
        self.fault(name, _("This must be one of: %s.") % ", ".join(choices))
        return default

    def names(self, name: str, choices: Collection[str]) -> tuple[str, ...] | None:
        """Some of `choices`, divided by commas; None where the parameter is absent."""
        text = self._read(name, None, str)
        if text is None:
            return None
        names = tuple(dict.fromkeys(text.split(",")))
        for unknown in [part for part in names if part not in choices]:
            self.fault(name, _("This must be one of: %s.") % ", ".join(choices), unknown)
        return names

    def language(self) -> str:
        """The reader's language."""
        return self.choice("lang", language_codes(), default=default_language())
