"""Items, by who may see them and in which order."""

from datetime import datetime

from django.db import models
from django.db.models import Exists, F, OuterRef, Q
from django.utils import timezone

from items.models.fields import CleanField
from items.models.item.status import Status
from items.models.source_address import address_key


def _is_published(at: datetime) -> Q:
    return Q(Q(expire_at__isnull=True) | Q(expire_at__gt=at), status=Status.APPROVED, publish_at__lte=at)


class ItemQuerySet(models.QuerySet):
    """Items, by who may see them and in which order."""

    def published(self, at: datetime) -> "ItemQuerySet":
        """What the public may see at an instant. The one spelling of visible."""
        return self.filter(_is_published(at))

    def readable(self, at: datetime) -> "ItemQuerySet":
        """What has an address at an instant: the published, and the withdrawn with their reason."""
        withdrawn = Q(status=Status.WITHDRAWN, publish_at__lte=at)
        # Not by a subquery of the published: databases list all of those before they look at the one asked for.
        return self.filter(withdrawn | _is_published(at))

    def removed(self, at: datetime) -> "ItemQuerySet":
        """What had an address and was taken away for good."""
        return self.filter(status=Status.REMOVED, publish_at__lte=at)

    def preferred(self, language: str, at: datetime) -> "ItemQuerySet":
        """One version of each translation group: the one in this language, else the earliest made."""
        others = self.model._default_manager.filter(_is_published(at), translation_group=OuterRef("translation_group"))
        return self.filter(
            Q(language=language) | ~Exists(others.filter(Q(language=language) | Q(pk__lt=OuterRef("pk"))))
        )

    def newest(self) -> "ItemQuerySet":
        """By the date shown to readers, latest first; undated last."""
        return self.order_by(F("publication_date").desc(nulls_last=True), "-publish_at", "-pk")

    def oldest(self) -> "ItemQuerySet":
        """By the date shown to readers, earliest first; undated last all the same."""
        return self.order_by(F("publication_date").asc(nulls_last=True), "publish_at", "pk")

    def with_terms(self) -> "ItemQuerySet":
        """Everything that drawing an item in a list needs, in a fixed number of queries."""
        return self.select_related("type", "source", "event", "picture").prefetch_related(
            "themes", "keywords", "countries"
        )

    def update(self, **kwargs):
        """Change rows in bulk; `updated_at` and `revision` move with them, as they do in `save()`.

        Raises TypeError for an expression in place of a text: nobody would clean what it comes to.
        """
        for field in self.model._meta.concrete_fields:
            if isinstance(field, CleanField) and field.name in kwargs:
                field.refuse_expression(kwargs[field.name])
        kwargs.setdefault("updated_at", timezone.now())
        kwargs.setdefault("revision", F("revision") + 1)
        if "source_url" in kwargs:
            kwargs["source_key"] = address_key(kwargs["source_url"])
        return super().update(**kwargs)

    update.alters_data = True  # type: ignore[attr-defined]
