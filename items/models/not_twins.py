"""Pairs of words that look alike and are not the same, as an editor has said."""

from django.conf import settings
from django.db import models
from django.utils import timezone

from items.models.keyword import Keyword


class NotTwins(models.Model):
    """A keyword and another term, by facet and key, that nobody is to be asked about again.

    Of two keywords, `keyword` is the one with the lower key.
    """

    keyword = models.ForeignKey(Keyword, on_delete=models.CASCADE, related_name="+")
    facet = models.CharField(max_length=10)
    key = models.BigIntegerField()
    by = models.ForeignKey(settings.AUTH_USER_MODEL, null=True, on_delete=models.SET_NULL, related_name="+")
    at = models.DateTimeField(default=timezone.now)

    class Meta:
        default_permissions = ()
        constraints = [models.UniqueConstraint(fields=["keyword", "facet", "key"], name="items_nottwins_once")]

    def __str__(self):
        return f"{self.keyword_id}: {self.facet} {self.key}"
