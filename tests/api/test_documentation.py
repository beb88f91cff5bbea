"""The guide: complete, from the document and from real answers, under the strict policy."""

import re

import pytest

from items.api.documentation import type_of, with_code
from items.api.schema import document
from tests.builders import make_item


@pytest.fixture
def page(client, clock):
    make_item(themes=["reception"], title="Zebras <b>& co</b>")
    response = client.get("/api/")
    assert response.status_code == 200
    return response.content.decode()


def test_it_names_every_address_parameter_and_error(page):
    for path, methods in document()["paths"].items():
        assert f"GET {path}" in page
        assert all(
            f"<code>{parameter['name']}</code>" in page
            for parameter in methods["get"]["parameters"]
            if parameter["in"] != "header"
        )
    assert re.findall('id="error-([0-9]+)"', page) == ["400", "404", "405", "406", "410", "429", "500"]


def test_its_examples_are_answers_of_this_archive_and_escaped(page, client):
    assert "Zebras &lt;b&gt;&amp; co&lt;/b&gt;" in page
    url = re.search("curl 'http://testserver(/api/v1/items/[^']*)'", page)[1]
    assert client.get(url.replace("&amp;", "&")).status_code == 200


def test_it_loads_nothing_from_elsewhere_and_has_nothing_inline(page):
    loaded = re.findall(r'<(?:link[^>]*rel="(?:stylesheet|preload|icon)"[^>]*|script[^>]*|img[^>]*)>', page)
    assert loaded
    assert not [tag for tag in loaded if "://" in tag]
    assert "<style" not in page
    assert " style=" not in page
    assert not re.search(r"<script(?![^>]*src=)", page)


def test_an_empty_archive_has_a_guide_too(client, clock):
    assert client.get("/api/").status_code == 200


@pytest.mark.parametrize(
    ("schema", "words"),
    [
        ({"type": "string", "format": "date"}, "string (date)"),
        ({"type": ["string", "null"]}, "string | null"),
        ({"type": "array", "items": {"$ref": "#/components/schemas/Item"}}, "[Item]"),
        ({"oneOf": [{"$ref": "#/components/schemas/Event"}, {"type": "null"}]}, "Event | null"),
        ({"type": "integer", "minimum": 1, "maximum": 100}, "integer 1–100"),
        ({"type": "string", "enum": ["newest", "oldest"]}, "newest | oldest"),
    ],
)
def test_a_type_in_words(schema, words):
    assert type_of(schema) == words


def test_descriptions_are_escaped_before_code_is_marked():
    assert with_code("<b> `a<b`") == "&lt;b&gt; <code>a&lt;b</code>"
