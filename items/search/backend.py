"""Which of the two indexes this site has."""

from types import ModuleType

from django.db import connection

from items.search import postgres, sqlite


def backend() -> ModuleType:
    """`sqlite` or `postgres`, which answer the same questions."""
    return sqlite if connection.vendor == "sqlite" else postgres
