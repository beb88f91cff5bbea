"""SKOS read and written: the same glossary comes back, nothing is fetched, and nothing blows up."""

import socket

import pytest
from django.test import override_settings
from rdflib import Graph
from rdflib.compare import isomorphic

from items.glossary import GlossaryFileError, graph, read_file, reconcile
from items.models import Concept
from tests.builders import make_term

PREFIXES = """@prefix skos: <http://www.w3.org/2004/02/skos/core#> .
@prefix dcterms: <http://purl.org/dc/terms/> .
@prefix rdf: <http://www.w3.org/1999/02/22-rdf-syntax-ns#> .
@prefix e: <https://vocabulary.example/> .
"""


@pytest.fixture(autouse=True)
def no_network(monkeypatch):
    """Whoever asks the network fails the test."""

    def refuse(*args, **kwargs):
        raise AssertionError("the network was asked")

    monkeypatch.setattr(socket.socket, "connect", refuse)
    monkeypatch.setattr(socket, "getaddrinfo", refuse)


def turtle(text):
    return read_file("x.ttl", (PREFIXES + text).encode())


def test_a_concept_is_read_whole():
    (row, other) = turtle("""
        e:a a skos:Concept ; skos:prefLabel "return"@en, "retour"@fr-BE, "ritorno"@it ; skos:altLabel "going back"@en ;
            skos:definition [ rdf:value "The way back."@en ] ; skos:narrower e:b ; skos:related e:c ;
            dcterms:source <https://source.example/>, "A law" .
        e:b a skos:Concept ; skos:prefLabel "voluntary return" .
        e: a skos:ConceptScheme ; skos:prefLabel "Vocabulary"@en .
    """)
    assert (row.uri, row.slug, row.where) == ("https://vocabulary.example/a", "", "https://vocabulary.example/a")
    assert row.labels == {"en": "return", "fr": "retour"}
    assert (row.synonyms, row.definitions) == ({"en": ["going back"]}, {"en": "The way back."})
    assert (row.source_text, row.source_url) == ("A law", "https://source.example/")
    assert (row.broader, row.related) == (None, ["https://vocabulary.example/c"])
    assert (other.labels, other.broader) == ({"en": "voluntary return"}, ["https://vocabulary.example/a"])


def test_two_preferred_labels_in_one_language_are_a_problem():
    (row,) = turtle('e:a a skos:Concept ; skos:prefLabel "a"@en, "b"@en .')
    assert row.problems


def test_an_identifier_of_another_vocabulary_is_a_wish_for_a_slug_and_no_more():
    (one, two) = turtle("""
        e:a skos:prefLabel "a"@en ; dcterms:identifier "return" .
        e:b skos:prefLabel "b"@en ; dcterms:identifier "c_8d31ff55", "12 b" .
    """)
    assert (one.slug, one.wanted_slug) == ("", "return")
    assert (two.slug, two.wanted_slug) == ("", "")


def make_glossary():
    parent = make_term(Concept, "return", labels={"en": "return", "fr": "retour"})
    child = make_term(
        Concept,
        "voluntary-return",
        labels={"en": "voluntary return", "nl": "vrijwillige terugkeer"},
        synonyms={"en": ["AVR", "assisted return"], "de": ["Rückkehr"]},
        definitions={"en": 'First "line" <b> & é.\n\nSecond.', "fr": "Sens."},
        source_text="Newsroom, “demo”",
        source_url="https://source.example/?a=1&b=2",
        uri="https://vocabulary.example/42",
    )
    child.relate(broader=[parent], related=[make_term(Concept, "readmission")])


def stored():
    return [
        (c.slug, c.labels, c.synonyms, c.definitions, c.source_text, c.source_url, c.uri,
         sorted(b.slug for b in c.broader.all()), sorted(r.slug for r in c.related.all()))
        for c in Concept.objects.order_by("slug")
    ]  # fmt: skip


@pytest.mark.django_db
@pytest.mark.parametrize(("name", "format"), [("x.ttl", "turtle"), ("x.rdf", "pretty-xml"), ("x.xml", "xml")])
@pytest.mark.parametrize("moved", [False, True])
def test_what_is_exported_comes_back_the_same(name, format, moved):
    make_glossary()
    before = stored()
    content = graph(Concept.with_links(), name="Glossary").serialize(format=format, encoding="utf-8")
    Concept.objects.all().delete()
    with override_settings(SITE_URL="https://elsewhere.example" if moved else "http://testserver"):
        result = reconcile(read_file(name, content), by=None)
        assert [outcome.problems for outcome in result.outcomes] == [[], [], []]
        assert result.count("created") == 3
        again = reconcile(read_file(name, content), by=None)
    assert again.count("unchanged") == 3
    if not moved:
        assert stored() == before
    else:  # there the exporting site's address is what another vocabulary calls it
        assert [row[:6] for row in stored()] == [row[:6] for row in before]
        assert [row[7:] for row in stored()] == [row[7:] for row in before]


@pytest.mark.django_db
def test_both_formats_say_the_same():
    make_glossary()
    made = graph(Concept.with_links(), name="Glossary")
    assert isomorphic(Graph().parse(data=made.serialize(format="pretty-xml"), format="xml"), made)


@pytest.mark.django_db
def test_identifiers_that_are_no_addresses_do_no_harm():
    make_term(Concept, "odd", uri='not <an> "address"', source_url="")
    made = graph(Concept.with_links(), name="Glossary").serialize(format="turtle")
    assert "not <an>" not in made
    assert len(Graph().parse(data=made, format="turtle")) > 3


RDF = '<rdf:RDF xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#" xmlns:skos="http://www.w3.org/2004/02/skos/core#">'
CONCEPT = '<skos:Concept rdf:about="urn:x"><skos:prefLabel xml:lang="en">{}</skos:prefLabel></skos:Concept></rdf:RDF>'
LAUGHS = "".join(f'<!ENTITY l{n} "{f"&l{n - 1};" * 10}">' for n in range(1, 10))


def test_plain_rdf_xml_is_read():
    (row,) = read_file("x.rdf", (RDF + CONCEPT.format("a")).encode())
    assert (row.uri, row.labels) == ("urn:x", {"en": "a"})


@pytest.mark.parametrize(
    "head",
    [
        '<!DOCTYPE x [<!ENTITY e SYSTEM "file:///etc/passwd">]>',
        '<!DOCTYPE x [<!ENTITY e SYSTEM "http://127.0.0.1/">]>',
        '<!DOCTYPE x [<!ENTITY % p SYSTEM "http://127.0.0.1/x.dtd"> %p;]>',
        '<!DOCTYPE x SYSTEM "http://127.0.0.1/x.dtd">',
        f'<!DOCTYPE x [<!ENTITY l0 "ha">{LAUGHS}<!ENTITY e "&l9;">]>',
        '<!DOCTYPE x [<!ENTITY e "harmless">]>',
    ],
)
@pytest.mark.parametrize("encoding", ["utf-8", "utf-16"])
def test_a_document_type_declaration_is_refused_before_anything_is_read(head, encoding):
    xml = f'<?xml version="1.0" encoding="{encoding}"?>{head}{RDF}{CONCEPT.format("&e;")}'
    with pytest.raises(GlossaryFileError, match="document type"):
        read_file("x.rdf", xml.encode(encoding))


@pytest.mark.parametrize(
    ("name", "content"),
    [
        ("x.rdf", b""),
        ("x.rdf", b"<a>"),
        ("x.rdf", b"\x00\xff"),
        ("x.rdf", b"<?xml version='1.0' encoding='no-such'?><a/>"),
        ("x.rdf", b"<html/>"),
        ("x.ttl", b"\xff\xfe\x00"),
        ("x.ttl", b"this is not turtle"),
        ("x.ttl", b"@prefix a: <http://127.0.0.1/> . a:b a a:c ."),
        ("x.ttl", b"<a> <b> " + b"(" * 50_000),
        ("x.ttl", b"<a> <b> " + b"[ <c> " * 50_000),
    ],
)
def test_what_cannot_be_read_is_refused_in_words(name, content):
    with pytest.raises(GlossaryFileError):
        read_file(name, content)


def test_terms_without_an_address_are_not_taken():
    with pytest.raises(GlossaryFileError, match="Concept"):
        turtle('[] a skos:Concept ; skos:prefLabel "a"@en .')
