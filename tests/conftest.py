"""Fixtures for all tests."""

from importlib import import_module
from types import SimpleNamespace

import pytest
from django.utils import timezone

from items.facets import forget
from tests.builders import AT


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
