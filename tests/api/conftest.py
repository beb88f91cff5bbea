"""Fixtures for the tests of the API."""

import pytest
from django.core.cache import caches
from django.db import connection

from items import facets


@pytest.fixture(autouse=True)
def _versions_move_within_a_test(db):
    """PostgreSQL's change triggers wait for a commit, which a test never makes."""
    facets.forget()
    caches["requests"].clear()
    if connection.vendor == "postgresql":
        with connection.cursor() as cursor:
            cursor.execute("SET CONSTRAINTS ALL IMMEDIATE")
    yield
    facets.forget()


@pytest.fixture
def ask(client, clock):
    """`ask("/api/v1/items/", theme="reception")` gives the answer's data; it must be 200."""

    def ask(url, **params):
        response = client.get(url, params)
        assert response.status_code == 200, response.content
        return response.json()

    return ask
