"""Fixtures for all tests."""

import pytest
from django.utils import timezone

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
