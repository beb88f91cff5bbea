"""Fixtures for all tests."""

from importlib import import_module
from types import SimpleNamespace

import pytest
from django.db import connection
from django.test import TransactionTestCase
from django.utils import timezone

from items import site
from items.facets import forget
from tests.builders import AT, count_anew


def pytest_collection_modifyitems(config, items):
    """On PostgreSQL run what asks a database; the rest, and what is of roles alone, has said the same on SQLite."""
    if connection.vendor != "postgresql":
        return
    asking = [item for item in items if _asks_a_database(item) and not item.get_closest_marker("any_database")]
    config.hook.pytest_deselected(items=[item for item in items if item not in set(asking)])
    items[:] = asking


def _asks_a_database(item) -> bool:
    marked = item.get_closest_marker("django_db") is not None
    is_case = item.cls is not None and issubclass(item.cls, TransactionTestCase)
    return marked or is_case or bool({"db", "transactional_db"} & set(item.fixturenames))


def pytest_runtest_setup(item):
    """What a test makes does not depend on what others made before it in the same process."""
    count_anew()


@pytest.fixture
def at():
    """The instant at which tests look."""
    return AT


class Clock:
    """What `timezone.now()` answers, for the doors, which take no `at`."""

    now = AT


@pytest.fixture
def at_once(db):
    """Changes are logged when they are made, on PostgreSQL too, where that happens at commit."""
    if connection.vendor == "postgresql":
        with connection.cursor() as cursor:
            cursor.execute("SET CONSTRAINTS ALL IMMEDIATE")


@pytest.fixture
def clock(monkeypatch):
    """Stops the clock at AT; set `clock.now` to move it."""
    clock = Clock()
    monkeypatch.setattr(timezone, "now", lambda: clock.now)
    return clock


@pytest.fixture
def media(settings, tmp_path):
    """A folder of the test's own for uploaded files."""
    settings.MEDIA_ROOT = tmp_path / "media"
    return settings.MEDIA_ROOT


@pytest.fixture
def warm(monkeypatch):
    """The facet index kept from page to page, as outside a test's transaction. Fill the archive before looking."""
    forget()
    # Versions start anew in each test, so what another test has left may bear the number of this one's.
    monkeypatch.setattr(site, "_kept", None)
    module = import_module("items.facets.current")  # the package gives the name to the function
    monkeypatch.setattr(module, "connection", SimpleNamespace(in_atomic_block=False))
    yield
    forget()
