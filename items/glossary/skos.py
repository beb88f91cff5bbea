"""A glossary in SKOS (W3C Recommendation of 18 August 2009), read from Turtle or RDF/XML.

Read are prefLabel, altLabel, definition (also where it is a node with an rdf:value), broader, narrower, related,
dcterms:source, dcterms:bibliographicCitation and dcterms:identifier. Nothing is fetched: neither format includes
anything, and RDF/XML with a document type declaration, where entities come from, is refused before it is read.
"""

import re
from collections.abc import Iterator
from xml.parsers import expat

from django.conf import settings
from django.utils.translation import gettext as _
from rdflib import RDF, SKOS, Graph, Literal, URIRef
from rdflib.namespace import DCTERMS
from rdflib.term import Node

from items.glossary.row import MOST_ROWS, GlossaryFileError, Row, too_many
from items.models.language import language_codes

NOWHERE = "urn:x-glossary:"
"""What relative addresses in a file are relative to."""
_SLUG = re.compile(r"[a-z0-9][a-z0-9-]{0,89}")


class _HasDoctype(Exception):
    pass


def _refuse_doctype(*args) -> None:
    raise _HasDoctype


def check_xml(content: bytes) -> None:
    """Raise GlossaryFileError for XML that is not well formed, or that declares a document type."""
    # security: entities are declared in a DTD only. Without one nothing outside is named (XXE), and nothing grows
    # (billion laughs). The same parser looks that rdflib uses, so no encoding shows the two something different.
    parser = expat.ParserCreate()
    parser.StartDoctypeDeclHandler = _refuse_doctype
    parser.EntityDeclHandler = _refuse_doctype
    try:
        parser.Parse(content, True)
    except _HasDoctype:
        message = _("The file has a document type declaration, which is not read. Save it without, or as Turtle.")
        raise GlossaryFileError(message) from None
    except (expat.ExpatError, ValueError, LookupError) as error:
        raise GlossaryFileError(_("The file is no RDF/XML: %(error)s") % {"error": error}) from None


def parse(content: bytes, *, format: str) -> list[Row]:
    """The concepts of a SKOS file in the order of their identifiers; `format` is "turtle" or "xml".

    Raises GlossaryFileError where it cannot be read, or has no concept.
    """
    if format == "xml":
        check_xml(content)
    graph = Graph(bind_namespaces="none")
    try:
        graph.parse(data=content, format=format, publicID=NOWHERE)
    except RecursionError:
        raise GlossaryFileError(_("The file nests too deeply.")) from None
    except Exception as error:  # rdflib has no common one: whatever it raises says that this is no such file
        words = {"error": " ".join(str(error).split())[:300] or type(error).__name__}
        raise GlossaryFileError(_("The file cannot be read: %(error)s") % words) from None
    concepts = {node for node in graph.subjects(RDF.type, SKOS.Concept) if isinstance(node, URIRef)}
    concepts |= {node for node in graph.subjects(SKOS.prefLabel) if isinstance(node, URIRef)}
    concepts -= set(graph.subjects(RDF.type, SKOS.ConceptScheme)) | set(graph.subjects(RDF.type, SKOS.Collection))
    if not concepts:
        raise GlossaryFileError(_("There is no skos:Concept with an address in the file."))
    if len(concepts) > MOST_ROWS:
        raise too_many()
    return [_row(graph, concept) for concept in sorted(concepts)]


def own_slug(uri: str) -> str:
    """The slug in the address of a term of this site; "" for any other identifier."""
    start = f"{settings.SITE_URL}/glossary/"
    slug = uri.removeprefix(start).removesuffix("/")
    return slug if uri.startswith(start) and slug and "/" not in slug else ""


def _row(graph: Graph, concept: Node) -> Row:
    uri = str(concept)
    row = Row(uri, slug=own_slug(uri), uri="" if own_slug(uri) else uri)
    if row.slug:
        row.uri = next(iter(_named(set(graph.objects(concept, SKOS.exactMatch)))), "")
    if not row.slug:
        wanted = sorted(str(value) for value in graph.objects(concept, DCTERMS.identifier))
        row.wanted_slug = next((text for text in wanted if _SLUG.fullmatch(text)), "")
    for code, texts in _texts(graph, concept, SKOS.prefLabel).items():
        row.labels[code] = texts[0]
        if len(texts) > 1:
            words = {"code": code, "labels": ", ".join(texts)}
            row.problems.append(_("Several preferred labels in one language (%(code)s): %(labels)s") % words)
    row.synonyms = _texts(graph, concept, SKOS.altLabel)
    row.definitions = {code: "\n\n".join(texts) for code, texts in _texts(graph, concept, SKOS.definition).items()}
    _read_source(graph, concept, row)
    broader = {*graph.objects(concept, SKOS.broader), *graph.subjects(SKOS.narrower, concept)}
    related = {*graph.objects(concept, SKOS.related), *graph.subjects(SKOS.related, concept)}
    row.broader = _named(broader) or None
    row.related = _named(related) or None
    return row


def _read_source(graph: Graph, concept: Node, row: Row) -> None:
    for value in sorted(graph.objects(concept, DCTERMS.source), key=str):
        if isinstance(value, URIRef):
            row.source_url = str(value)
        elif isinstance(value, Literal):
            row.source_text = str(value)
    for value in graph.objects(concept, DCTERMS.bibliographicCitation):
        row.source_text = str(value)


def _named(nodes: set[Node]) -> list[str]:
    return sorted(str(node) for node in nodes if isinstance(node, URIRef))


def _texts(graph: Graph, concept: Node, predicate: URIRef) -> dict[str, list[str]]:
    """The texts of a property by language of the site. A text without a language is in the site's first."""
    found: dict[str, set[str]] = {}
    for literal in _literals(graph, concept, predicate):
        code = _site_language(literal.language)
        if code and str(literal).strip():
            found.setdefault(code, set()).add(str(literal).strip())
    return {code: sorted(texts) for code, texts in found.items()}


def _literals(graph: Graph, concept: Node, predicate: URIRef) -> Iterator[Literal]:
    for value in graph.objects(concept, predicate):
        if isinstance(value, Literal):
            yield value
        else:
            yield from (inner for inner in graph.objects(value, RDF.value) if isinstance(inner, Literal))


def _site_language(tag: str | None) -> str:
    codes = language_codes()
    if not tag:
        return codes[0]
    return tag.lower() if tag.lower() in codes else next((c for c in codes if c == tag.lower().split("-")[0]), "")
