"""The glossary given out: as SKOS, as JSON, and as what search engines read on its pages (schema.org DefinedTerm)."""

from collections.abc import Iterable
from typing import Any

from django.conf import settings
from django.urls import reverse
from django.utils.translation import override
from rdflib import RDF, SKOS, Graph, Literal, URIRef
from rdflib.namespace import DCTERMS

from items.models import Concept
from items.models.language import default_language, language_codes


def index_address(language: str) -> str:
    """The whole address of the glossary in a language."""
    with override(language):
        return settings.SITE_URL + reverse("items:glossary")


def address(concept: Concept, language: str) -> str:
    """The whole address of a concept's page in a language."""
    with override(language):
        return settings.SITE_URL + reverse("items:term", args=[concept.slug])


def _uri(concept: Concept) -> URIRef:
    return URIRef(address(concept, default_language()))


def _is_uri(text: str) -> bool:
    return ":" in text and not any(letter in text for letter in ' <>"{}|\\^`')


def graph(concepts: Iterable[Concept], *, name: str) -> Graph:
    """The glossary as SKOS. A concept is named by its address here; `exactMatch` is its identifier elsewhere.

    `name` is the glossary's, in the site's first language. The concepts come `with_links()`. What `skos.parse` makes of
    it is the same glossary, but for the order of synonyms, which SKOS does not know.
    """
    made = Graph(bind_namespaces="core")
    made.bind("skos", SKOS)
    made.bind("dcterms", DCTERMS)
    scheme = URIRef(index_address(default_language()))
    made.add((scheme, RDF.type, SKOS.ConceptScheme))
    made.add((scheme, DCTERMS.title, Literal(name, lang=default_language())))
    for concept in concepts:
        node = _uri(concept)
        made.add((node, RDF.type, SKOS.Concept))
        made.add((node, SKOS.inScheme, scheme))
        made.add((node, DCTERMS.identifier, Literal(concept.slug)))
        _add_texts(made, node, concept)
        if concept.source_text:
            made.add((node, DCTERMS.bibliographicCitation, Literal(concept.source_text)))
        for predicate, other in ((DCTERMS.source, concept.source_url), (SKOS.exactMatch, concept.uri)):
            if other and _is_uri(other):
                made.add((node, predicate, URIRef(other)))
        links = {
            SKOS.broader: concept.broader.all(),
            SKOS.narrower: concept.narrower.all(),
            SKOS.related: concept.related.all(),
        }
        for predicate, others in links.items():
            for other_concept in others:
                made.add((node, predicate, _uri(other_concept)))
        if not links[SKOS.broader]:
            made.add((node, SKOS.topConceptOf, scheme))
    return made


def _add_texts(made: Graph, node: URIRef, concept: Concept) -> None:
    for code, label in (concept.labels or {}).items():
        made.add((node, SKOS.prefLabel, Literal(label, lang=code)))
    for code, texts in (concept.synonyms or {}).items():
        for text in texts:
            made.add((node, SKOS.altLabel, Literal(text, lang=code)))
    for code, text in (concept.definitions or {}).items():
        made.add((node, SKOS.definition, Literal(text, lang=code)))


def as_json(concepts: Iterable[Concept], *, name: str) -> dict[str, Any]:
    """The glossary for programs: texts by language code, other concepts by slug."""
    return {
        "name": name,
        "url": index_address(default_language()),
        "languages": language_codes(),
        "terms": [
            {
                "slug": concept.slug,
                "url": {code: address(concept, code) for code in language_codes()},
                "labels": concept.labels,
                "synonyms": concept.synonyms,
                "definitions": concept.definitions,
                "source": {"text": concept.source_text, "url": concept.source_url},
                "same_as": concept.uri,
                "broader": sorted(other.slug for other in concept.broader.all()),
                "narrower": sorted(other.slug for other in concept.narrower.all()),
                "related": sorted(other.slug for other in concept.related.all()),
                "updated_at": concept.updated_at.isoformat(),
            }
            for concept in concepts
        ],
    }


# --- schema.org --------------------------------------------------------------------------------------------------


def term_node(concept: Concept, language: str) -> dict[str, Any]:
    """A concept as a schema.org DefinedTerm, in one language."""
    url = address(concept, language)
    found = {
        "@type": "DefinedTerm",
        "@id": url,
        "url": url,
        "termCode": concept.slug,
        "name": concept.label(language),
        "alternateName": concept.terms(language)[1:],
        "description": concept.definition(language),
        "inDefinedTermSet": index_address(language),
        "sameAs": concept.uri if _is_uri(concept.uri) else "",
    }
    return {name: value for name, value in found.items() if value}


def term_set_node(concepts: Iterable[Concept], language: str, *, name: str) -> dict[str, Any]:
    """The glossary as a schema.org DefinedTermSet: its terms in one language, in short."""
    url = index_address(language)
    brief = ("@type", "@id", "url", "name")
    terms = [term_node(concept, language) for concept in concepts]
    return {
        "@type": "DefinedTermSet",
        "@id": url,
        "url": url,
        "name": name,
        "inLanguage": language,
        "hasDefinedTerm": [{key: term[key] for key in brief} for term in terms],
    }
