"""The items that a query string asks for: the listing of the pages, as data."""

from datetime import datetime

from django.urls import reverse
from django.utils.translation import gettext as _
from drf_spectacular.utils import OpenApiParameter, extend_schema
from rest_framework import serializers

from items.api.address import with_query
from items.api.errors import Fault, Removed
from items.api.item import FIELDS, FIELDS_PARAMETER, LONG, ItemSerializer, item_data
from items.api.paging import MAX_PAGE, slice_of
from items.api.parameters import (
    CONDITION,
    LANG,
    MAX_PER_PAGE,
    RESPONSE_HEADERS,
    Parameters,
    listing_parameters,
    per_page_parameter,
)
from items.api.view import ApiView, responses
from items.facets import FACETS
from items.listing import Listing

PER_PAGE = 20
NO_FACETS = "0"


class OptionSerializer(serializers.Serializer):
    """A value of a facet, with the number of items it would give if it were chosen alone in its facet."""

    value = serializers.CharField(help_text="The word to use in the parameter.")
    label = serializers.CharField(help_text="Its name in the reader's language.")
    count = serializers.IntegerField(help_text="How many items have it, the other facets' choices applied.")
    selected = serializers.BooleanField(help_text="Whether this question chose it.")


FacetsSerializer = type(
    "FacetsSerializer",
    (serializers.Serializer,),
    {name: OptionSerializer(many=True, required=False, help_text=f"Values of `{name}`.") for name in FACETS}
    | {"__doc__": "The values that the items of this question have, by facet."},
)


class ItemListSerializer(serializers.Serializer):
    """A page of a listing."""

    count = serializers.IntegerField(help_text="How many items the question has, on all pages.")
    next = serializers.URLField(allow_null=True, help_text="The address of the next page; null on the last.")
    previous = serializers.URLField(allow_null=True, help_text="The address of the page before; null on the first.")
    facets = FacetsSerializer(required=False, help_text="Counts by facet; absent with `facets=0`.")
    results = ItemSerializer(
        many=True, help_text="The items, without `body`, `tables`, `attachments` and `translations`."
    )


def listing_data(parameters: Parameters, *, language: str, at: datetime) -> dict:
    """The answer to a listing's query string.

    Raises InvalidParameters, Removed for removed terms, and Http404 for a page that does not exist.
    """
    listing = Listing(parameters.params, language=language, at=at)
    removed = listing.removed_terms
    if not removed:
        parameters.faults += [Fault(problem.name, problem.value[:100], problem.message) for problem in listing.problems]
    per_page = parameters.number("per_page", default=PER_PAGE, most=MAX_PER_PAGE)
    wanted = parameters.names("fields", FIELDS)
    counted = parameters.names("facets", (NO_FACETS, *FACETS))
    if counted and NO_FACETS in counted and len(counted) > 1:
        parameters.fault("facets", _("“0” stands alone: it leaves all counts out."))
    parameters.language()
    if removed:
        parameters.check()
        raise Removed(", ".join(term.label(language) for term in removed))
    page = slice_of(listing, parameters, per_page=per_page)

    def address(place: dict[str, str] | None) -> str | None:
        if place is None:
            return None
        kept = {
            n: parameters.params.get(n, "") for n in ("fields", "facets", "per_page", "lang") if n in parameters.params
        }
        return with_query(reverse("api:items"), listing.query_with(**kept, **place))

    data: dict = {"count": listing.total, "next": address(page.next), "previous": address(page.previous)}
    if counted != (NO_FACETS,):
        data["facets"] = {
            name: [
                {"value": option.value, "label": option.label, "count": option.count, "selected": option.selected}
                for option in listing.facet(name).options
            ]
            for name in listing.filter.facets
            if counted is None or name in counted
        }
    fields = wanted or [name for name in FIELDS if name not in LONG]
    data["results"] = item_data(listing.load(page.pks), wanted=fields, language=language, at=at)
    return data


class ItemListView(ApiView):
    """`/api/v1/items/`."""

    known = ("lang", "fields", "facets", "page", "per_page", "cursor")
    takes_listing = True

    @extend_schema(
        operation_id="items_list",
        summary="Items by any combination of filters",
        description=(
            "The same question as the listing page: its query string works here unchanged. Several values of one "
            "parameter widen it, several parameters narrow it."
        ),
        tags=["items"],
        parameters=[
            *listing_parameters(),
            OpenApiParameter(
                "page",
                {"type": "integer", "minimum": 1, "maximum": MAX_PAGE, "example": 1},
                description="A page by its number. Items that come or go shift what follows; `next` does not.",
            ),
            OpenApiParameter(
                "cursor",
                str,
                description="A place in the listing. Take it from `next` or `previous`; not together with `page`.",
            ),
            per_page_parameter(PER_PAGE, MAX_PER_PAGE),
            FIELDS_PARAMETER,
            OpenApiParameter(
                "facets",
                {
                    "type": "string",
                    "pattern": f"^(0|({'|'.join(FACETS)})(,({'|'.join(FACETS)}))*)$",
                    "example": "theme,year",
                },
                description="The facets to count, divided by commas; `0` for none. Without it all are counted.",
            ),
            LANG,
            CONDITION,
            *RESPONSE_HEADERS,
            OpenApiParameter(
                "Link",
                str,
                OpenApiParameter.HEADER,
                response=[200],
                description='`rel="next"` and `rel="prev"`, as `next` and `previous`.',
            ),
        ],
        responses=responses(ItemListSerializer, 404, 410),
    )
    def get(self, request, **kwargs):
        return super().get(request, **kwargs)

    def answer(self, parameters: Parameters, *, language: str, at: datetime, **kwargs) -> dict:
        return listing_data(parameters, language=language, at=at)

    def links(self, data: dict) -> dict[str, str | None]:
        return {"next": data["next"], "prev": data["previous"]}
