"""Fixtures for all tests."""

from importlib import import_module
from types import SimpleNamespace

import pytest
from django.db import connection
from django.test import TransactionTestCase
from django.utils import timezone

from items.facets import forget
from tests.builders import AT


def pytest_collection_modifyitems(config, items):
    """On PostgreSQL run what asks a database; the rest has said the same on SQLite."""
    if connection.vendor != "postgresql":
        return
    asking = [item for item in items if _asks_a_database(item)]
    config.hook.pytest_deselected(items=[item for item in items if item not in set(asking)])
    items[:] = asking


def _asks_a_database(item) -> bool:
    marked = item.get_closest_marker("django_db") is not None
    is_case = item.cls is not None and issubclass(item.cls, TransactionTestCase)
    return marked or is_case or bool({"db", "transactional_db"} & set(item.fixturenames))


@pytest.fixture
def at():
    """The instant at which tests look."""
    return AT


class Clock:
    """What `timezone.now()` answers, for the doors, which take no `at`."""

    now = AT


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
    module = import_module("items.facets.current")  # the package gives the name to the function
    monkeypatch.setattr(module, "connection", SimpleNamespace(in_atomic_block=False))
    yield
    forget()
