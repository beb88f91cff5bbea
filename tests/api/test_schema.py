"""The OpenAPI document: complete, without warnings, and true: schemathesis finds no failure by it."""

import pytest
import schemathesis
from django.core.management import call_command
from django.core.signals import request_finished, request_started
from django.core.wsgi import get_wsgi_application
from django.db import close_old_connections, connections
from schemathesis import engine
from schemathesis.config import SchemathesisConfig
from schemathesis.engine.events import FatalError, NonFatalError, ScenarioFinished

from items.api.schema import document
from items.models import Country, Item
from tests.api.test_http import PATHS
from tests.builders import AT, make_event, make_item


def test_the_document_is_valid_and_raises_no_warning(capsys):
    call_command("spectacular", "--validate", "--fail-on-warn")
    assert "openapi: 3.1.1" in capsys.readouterr().out


def test_every_address_is_in_the_document():
    assert set(document()["paths"]) == {*PATHS, "/api/v1/items/{id}/"} - {"/api/v1/openapi.json"}


def test_every_parameter_answer_and_field_is_described():
    for path, methods in document()["paths"].items():
        operation = methods["get"]
        assert operation["summary"], path
        assert operation["description"], path
        assert {"200", "304", "400", "406", "429", "500"} <= operation["responses"].keys()
        for parameter in operation["parameters"]:
            assert parameter["description"], (path, parameter["name"])
        for status, response in operation["responses"].items():
            assert response["description"], (path, status)
    for name, component in document()["components"]["schemas"].items():
        assert component.get("description"), name
        for field, schema in component.get("properties", {}).items():
            assert schema.get("description"), (name, field)


def test_the_address_of_the_document_answers_it(client):
    response = client.get("/api/v1/openapi.json")
    assert response.status_code == 200
    assert response.json() == document()


# A schema can say how a word looks, and not whether the vocabulary has it, nor that one date follows another: questions
# that are well formed may be refused with 400, and places in other archives with 410.
ACCEPTED = ["2xx", "304", "400", "404", "410"]
CONFIG = {
    "workers": 1,
    "seed": 20,
    "generation": {"max-examples": 15, "database": "none"},
    "checks": {"positive_data_acceptance": {"expected-statuses": ACCEPTED}},
}


@pytest.fixture
def application(settings, clock):
    """The WSGI application over a small archive, for the threads of schemathesis on this test's one connection."""
    settings.ALLOWED_HOSTS = ["localhost", "testserver"]
    # The examples of the document ask for these words and for item 1.
    make_item(themes=["reception"], keywords=["solidarity"], source="eurostat", type="news")
    make_event(countries=[Country.objects.get_or_create(code="be")[0]])
    make_item().withdraw(by=None, at=AT, reason="Wrong.")
    if not Item.objects.filter(pk=1).exists():  # PostgreSQL goes on counting from one test to the next
        make_item(pk=1)
    application, shared = get_wsgi_application(), connections["default"]

    def on_the_tests_connection(environ, start_response):
        connections["default"] = shared
        return application(environ, start_response)

    # The end of a request would close a connection that is in a transaction, as this one is until the test ends.
    signals = (request_started, request_finished)
    for signal in signals:
        signal.disconnect(close_old_connections)
    shared.inc_thread_sharing()
    yield on_the_tests_connection
    shared.dec_thread_sharing()
    for signal in signals:
        signal.connect(close_old_connections)


def test_schemathesis_finds_no_failure(application):
    config = SchemathesisConfig.from_dict(CONFIG)
    schema = schemathesis.openapi.from_wsgi("/api/v1/openapi.json", application, config=config)
    events = list(engine.from_schema(schema).execute())
    errors = [event for event in events if isinstance(event, NonFatalError | FatalError)]
    assert not errors, errors
    scenarios = [event for event in events if isinstance(event, ScenarioFinished)]
    assert len({scenario.label for scenario in scenarios} & {f"GET {path}" for path in document()["paths"]}) == 8
    failures = {
        f"{check.name}: {check.failure_info.failure.message} {check.failure_info.code_sample}"
        for scenario in scenarios
        for checks in scenario.recorder.checks.values()
        for check in checks
        if check.failure_info
    }
    assert not failures, "\n\n".join(sorted(failures))
