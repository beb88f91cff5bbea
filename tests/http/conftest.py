"""Fixtures of the page cache's tests."""

import pytest
from django.core.signals import request_finished, request_started
from django.db import close_old_connections

from items.http.conditional import ContentState
from items.http.page_cache import cache
from tests.builders import AT


@pytest.fixture
def state(monkeypatch, settings):
    """The content's state, for a test to change. Nothing is shared between the tests."""
    settings.CACHES = {**settings.CACHES, "pages": {"BACKEND": "django.core.cache.backends.dummy.DummyCache"}}
    state = {"token": "1"}
    monkeypatch.setattr(cache, "content_state", lambda at: ContentState(state["token"], AT))
    return state


@pytest.fixture(autouse=True)
def kept_connection():
    """The database connection stays open from request to request, as with Django's own test client."""
    for signal in (request_started, request_finished):
        signal.disconnect(close_old_connections)
    yield
    for signal in (request_started, request_finished):
        signal.connect(close_old_connections)
