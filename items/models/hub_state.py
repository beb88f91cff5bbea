"""What a WebSub hub has been told."""

from datetime import UTC, datetime

from django.db import models

NEVER = datetime(2000, 1, 1, tzinfo=UTC)


class HubState(models.Model):
    """What a hub has been told: of which version of the content, seen at which instant, and how its feeds began then.

    Whoever tells it holds the claim until `claimed_until`; a claim of a process that died runs out.
    """

    hub = models.CharField(max_length=500, unique=True)
    version = models.BigIntegerField(default=0)
    seen_at = models.DateTimeField()
    claimed_until = models.DateTimeField(default=NEVER)
    topics = models.JSONField(default=list, help_text="Addresses of which the hub could not be told yet.")

    pages = models.JSONField(default=dict, help_text="By language and theme: a digest of a feed's first page.")

    def __str__(self):
        return self.hub
