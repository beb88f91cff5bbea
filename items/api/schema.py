"""The OpenAPI document, and its address."""

from datetime import datetime
from functools import cache
from typing import Any

from drf_spectacular.generators import SchemaGenerator

from items.api.parameters import Parameters
from items.api.view import ApiView


def only_this_api(endpoints: list) -> list:
    """Preprocessing hook: the addresses of version 1."""
    return [endpoint for endpoint in endpoints if endpoint[0].startswith("/api/v1/")]


def complete(result: dict, generator: Any, request: Any, public: bool) -> dict:
    """Postprocessing hook: what one cannot say per field.

    A parameter's example stands beside its schema, where tools look for it; headers of answers go without examples.
    """
    for path in result["paths"].values():
        for operation in path.values():
            for parameter in operation.get("parameters", []):
                if "example" in parameter["schema"]:
                    parameter["example"] = parameter["schema"].pop("example")
    return result


@cache
def document() -> dict:
    """The OpenAPI document; it depends on code and settings alone."""
    return SchemaGenerator().get_schema(request=None, public=True)


class OpenApiView(ApiView):
    """`/api/v1/openapi.json`."""

    schema = None
    known = ()

    def answer(self, parameters: Parameters, *, language: str, at: datetime, **kwargs) -> dict:
        parameters.check()
        return document()
