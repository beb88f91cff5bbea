"""What is slow to count, kept until something is written or a day begins."""

from collections.abc import Callable
from datetime import datetime
from typing import TypeVar

from django.core.cache import caches
from django.db import connection
from django.utils import timezone

from items.models import ContentVersion

Counted = TypeVar("Counted")
LASTS = 3600
"""Seconds."""


def kept(name: str, at: datetime, count: Callable[[], Counted]) -> Counted:
    """What `count` gives, for the content as it is now."""
    if connection.in_atomic_block:
        # What is not committed must not be kept: nobody else may ever see it.
        return count()
    content = ContentVersion.current()
    key = f"desk:{name}:{content.archive}:{content.version}:{timezone.localdate(at).isoformat()}"
    found: Counted | None = caches["requests"].get(key)
    if found is None:
        found = count()
        caches["requests"].set(key, found, LASTS)
    return found
