"""The whole glossary as a file: SKOS in Turtle and in RDF/XML, and JSON. One address each, for all languages."""

from django.http import HttpRequest, HttpResponse, JsonResponse
from django.utils.translation import gettext as _

from items import site
from items.glossary import as_json, graph
from items.http import read_only
from items.models import Concept
from items.models.language import default_language


def _name() -> str:
    """The glossary's name, in the site's first language; these addresses are in no other."""
    return f"{site.of_readers().name(default_language())}: {_('Glossary')}"


def _skos(format: str, content_type: str) -> HttpResponse:
    content = graph(Concept.with_links(), name=_name()).serialize(format=format, encoding="utf-8")
    return _open(HttpResponse(content, content_type=content_type))


def _open(response: HttpResponse) -> HttpResponse:
    response["Access-Control-Allow-Origin"] = "*"  # as the API: all of it is public
    return response


@read_only
def turtle(request: HttpRequest) -> HttpResponse:
    """`/glossary/glossary.ttl`."""
    return _skos("turtle", "text/turtle; charset=utf-8")


@read_only
def rdf_xml(request: HttpRequest) -> HttpResponse:
    """`/glossary/glossary.rdf`."""
    return _skos("pretty-xml", "application/rdf+xml; charset=utf-8")


@read_only
def as_data(request: HttpRequest) -> HttpResponse:
    """`/glossary/glossary.json`."""
    data = as_json(Concept.with_links(), name=_name())
    return _open(JsonResponse(data, json_dumps_params={"ensure_ascii": False}))
