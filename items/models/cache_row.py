"""The table of the cache that all processes of the site share where there is no Redis."""

from django.db import models


class CacheRow(models.Model):
    """A row as Django's `DatabaseCache` reads and writes it; nothing else touches it.

    A model, so that a migration makes the table: `createcachetable` would be one more step to forget.
    """

    cache_key = models.CharField(max_length=255, primary_key=True)
    value = models.TextField()
    expires = models.DateTimeField(db_index=True)

    class Meta:
        db_table = "items_cache"
        verbose_name = "cache row"

    def __str__(self):
        return self.cache_key
