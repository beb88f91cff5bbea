"""`/api/`: the guide for people, made from the OpenAPI document and from answers of this very archive."""

import json
import re
from dataclasses import dataclass, field
from datetime import datetime

from django.conf import settings
from django.http import HttpRequest, HttpResponse, JsonResponse, QueryDict
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.utils.html import escape
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import gettext as _

from items.api.address import with_query
from items.api.change import ChangesView, changes_data
from items.api.errors import MEDIA_TYPE, Fault, problem_data
from items.api.listing import ItemListView, listing_data
from items.api.parameters import Parameters
from items.api.schema import document
from items.api.view import PROBLEMS
from items.listing import Listing
from items.models.language import default_language


@dataclass(frozen=True)
class Field:
    """A parameter or a field, as the guide lists it."""

    name: str
    type: str
    description: str


@dataclass(frozen=True)
class Operation:
    """An address of the API, as the guide lists it."""

    name: str
    path: str
    summary: str
    description: str
    parameters: tuple[Field, ...]
    statuses: tuple[str, ...]


@dataclass(frozen=True)
class Example:
    """A question with the answer that this archive gives."""

    url: str
    answer: str = field(repr=False)


def with_code(text: str) -> SafeString:
    """A description as HTML: what stands between backticks is code."""
    # security: escaped first; the elements are the only ones that are ours.
    return mark_safe(re.sub("`([^`]+)`", r"<code>\1</code>", escape(text)))  # noqa: S308


def type_of(schema: dict) -> str:
    """The type of a value in words, from its JSON schema."""
    if "$ref" in schema:
        return schema["$ref"].rpartition("/")[2]
    if parts := schema.get("allOf") or schema.get("oneOf") or schema.get("anyOf"):
        return " | ".join(type_of(part) for part in parts)
    if schema.get("type") == "array":
        return f"[{type_of(schema.get('items', {}))}]"
    if "enum" in schema:
        return " | ".join(str(value) for value in schema["enum"])
    name = schema.get("type", "object")
    name = " | ".join(name) if isinstance(name, list) else name
    bounds = f" {schema['minimum']}–{schema['maximum']}" if "maximum" in schema and schema["maximum"] < 10**9 else ""
    return f"{name} ({schema['format']})" if "format" in schema else name + bounds


def operations() -> list[Operation]:
    """Every address of the OpenAPI document, in its order."""
    found = []
    for path, methods in document()["paths"].items():
        for operation in methods.values():
            parameters = [
                Field(parameter["name"], type_of(parameter["schema"]), with_code(parameter.get("description", "")))
                for parameter in operation.get("parameters", [])
                if parameter["in"] != "header"
            ]
            found.append(
                Operation(
                    operation["operationId"],
                    path,
                    operation["summary"],
                    with_code(operation["description"]),
                    tuple(parameters),
                    tuple(operation["responses"]),
                )
            )
    return found


def fields_of(component: str) -> list[Field]:
    """The fields of a component of the OpenAPI document."""
    properties = document()["components"]["schemas"][component]["properties"]
    return [
        Field(name, type_of(schema), with_code(schema.get("description", ""))) for name, schema in properties.items()
    ]


def _printed(data) -> str:
    return json.dumps(data, indent=2, ensure_ascii=False, default=str)


def _list_example(query: str, at: datetime) -> Example:
    parameters = Parameters(QueryDict(query), known=ItemListView.known, listing=True)
    data = listing_data(parameters, language=default_language(), at=at)
    return Example(with_query(reverse("api:items"), query), _printed(data))


def examples(at: datetime) -> dict[str, Example]:
    """Questions that this archive answers, with the answers."""
    themes = Listing(QueryDict(), language=default_language(), at=at).facet("theme").options
    theme = max(themes, key=lambda option: option.count).value if themes else ""
    chosen = f"theme={theme}&" if theme else ""
    fields = "fields=id,title,publication_date,themes&per_page=1"
    changes = changes_data(
        Parameters(QueryDict("per_page=1"), known=ChangesView.known), language=default_language(), at=at
    )
    unknown = Fault("theme", "recpetion", _("No theme is called “%(value)s”.") % {"value": "recpetion"})
    detail = _("The address holds parameters that are not understood, so nothing was looked up.")
    return {
        "list": _list_example(f"{chosen}{fields}&facets=type", at),
        "changes": Example(with_query(reverse("api:changes"), "per_page=1"), _printed(changes)),
        "error": Example(
            with_query(reverse("api:items"), "theme=recpetion"), _printed(problem_data(400, detail, faults=[unknown]))
        ),
    }


def documentation(request: HttpRequest) -> HttpResponse:
    """`/api/`."""
    if request.method not in ("GET", "HEAD"):
        detail = _("Method “%(method)s” is not allowed.") % {"method": request.method}
        headers = {"Allow": "GET, HEAD", "Cache-Control": "no-store"}
        return JsonResponse(problem_data(405, detail), status=405, content_type=MEDIA_TYPE, headers=headers)
    context = {
        "canonical": with_query(reverse("api:documentation"), ""),
        "alternates": [],
        "noindex": False,
        "feed_query": "",
        "api_root": with_query("/api/v1/", ""),
        "openapi_url": with_query(reverse("api:openapi"), ""),
        "operations": operations(),
        "item_fields": fields_of("Item"),
        "term_fields": fields_of("TermReference"),
        "change_fields": fields_of("Change"),
        "problems": [{"status": status, "text": with_code(text)} for status, text in sorted(PROBLEMS.items())],
        "examples": examples(timezone.now()),
        "rate": settings.API_RATE,
    }
    return render(request, "api/index.html", context)
