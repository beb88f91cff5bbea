"""The indexes of themes and keywords."""

import unicodedata
from itertools import groupby

from django.http import HttpRequest, HttpResponse, QueryDict
from django.utils import timezone
from django.utils.translation import gettext as _

from items.http import read_only
from items.listing import Listing, Option
from items.page import render_page


def initial(label: str) -> str:
    """The letter under which a label stands in an index: its first, without accent, or "#"."""
    first = unicodedata.normalize("NFKD", label.strip()[:1]).casefold()[:1].upper()
    return first if first.isalpha() else "#"


@read_only
def themes(request: HttpRequest) -> HttpResponse:
    """`/themes/`: the tree of themes with the number of items in each."""
    listing = Listing(QueryDict(), language=request.LANGUAGE_CODE, at=timezone.now())
    options = listing.facet("theme").options
    roots = [number for number, option in enumerate(options) if option.depth == 0]
    branches = [
        (options[start], options[start + 1 : end]) for start, end in zip(roots, [*roots[1:], None], strict=False)
    ]
    context = {"themes": options, "branches": branches}
    return render_page(request, "items/themes.html", context, trail=[(_("Themes"), request.path)])


@read_only
def keywords(request: HttpRequest) -> HttpResponse:
    """`/keywords/`: all keywords from A to Z with the number of items in each; `find` narrows them."""
    find = request.GET.get("find", "").strip()[:100]
    listing = Listing(QueryDict(), language=request.LANGUAGE_CODE, at=timezone.now())

    def place(option: Option) -> tuple[str, str]:
        return initial(option.label), unicodedata.normalize("NFKD", option.label).casefold()

    options = sorted(listing.facet("keyword", find=find).options, key=place)
    letters = [(letter, list(group)) for letter, group in groupby(options, key=lambda option: place(option)[0])]
    context = {"letters": letters, "find": find}
    trail = [(_("Keywords"), request.path)]
    return render_page(request, "items/keywords.html", context, noindex=bool(find), trail=trail)
