"""Fixtures for all tests."""

import pytest

from tests.builders import AT


@pytest.fixture
def at():
    """The instant at which tests look."""
    return AT
