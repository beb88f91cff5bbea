"""Removed terms: words that were in a vocabulary, so that what followed them can be told that they are gone."""

from collections.abc import Iterable
from datetime import datetime, timedelta
from uuid import uuid4

from django.db import models
from django.db.models.signals import post_delete
from django.dispatch import receiver
from django.utils import timezone

from items.models.change import Change, Logged
from items.models.concept import Concept
from items.models.item_type import ItemType
from items.models.keyword import Keyword
from items.models.language import default_language
from items.models.source import Source
from items.models.term import LabelsField, Term
from items.models.theme import Theme

NOTICE = timedelta(days=30)
"""For how long a removed term's feed goes on saying that it ended, before it answers 410."""

FACETS: dict[type[models.Model], str] = {
    Theme: "theme", Keyword: "keyword", ItemType: "type", Source: "source", Concept: "concept",
}  # fmt: skip


class RemovedTermQuerySet(models.QuerySet["RemovedTerm"]):
    """Removed terms."""

    def named(self, pairs: Iterable[tuple[str, str]]) -> list["RemovedTerm"] | None:
        """The removed terms of these facets and slugs, in order; None unless each of them was one."""
        asked = list(pairs)
        # PostgreSQL refuses to look for a text with NUL, which no slug holds.
        slugs = {slug for _facet, slug in asked if "\x00" not in slug}
        known = {(term.facet, term.slug): term for term in RemovedTerm.objects.filter(slug__in=slugs)}
        terms = [known[pair] for pair in asked if pair in known]
        return terms if terms and len(terms) == len(asked) else None


class RemovedTerm(models.Model):
    """A term that was deleted. One merged into another is none of these: its slug leads on by an alias."""

    facet = models.CharField(max_length=10)
    slug = models.CharField(max_length=100)
    labels = LabelsField()
    uuid = models.UUIDField(default=uuid4, unique=True, editable=False)
    removed_at = models.DateTimeField(default=timezone.now)

    objects = RemovedTermQuerySet.as_manager()

    class Meta:
        constraints = [
            Logged(kind=Change.Kind.REMOVED, name="items_removedterm_logged"),
            models.UniqueConstraint(fields=["facet", "slug"], name="items_removedterm_once"),
        ]

    def __str__(self):
        return f"{self.facet} {self.slug}"

    @property
    def gone_at(self) -> datetime:
        """Until the end of which day its feeds say that they have ended."""
        return self.removed_at + NOTICE

    def is_gone(self, at: datetime) -> bool:
        """Whether nothing but 410 is answered for it."""
        # By whole days: caches hold an answer for no longer than a day begins or content changes.
        return timezone.localdate(self.gone_at) < timezone.localdate(at)

    def label(self, language: str) -> str:
        """The label it had in this language, else in the site's first, else any, else the slug."""
        labels = self.labels or {}
        return labels.get(language) or labels.get(default_language()) or next(iter(labels.values()), self.slug)


@receiver(post_delete, sender=Theme)
@receiver(post_delete, sender=Keyword)
@receiver(post_delete, sender=ItemType)
@receiver(post_delete, sender=Source)
@receiver(post_delete, sender=Concept)
def remember(sender: type[Term], instance: Term, **kwargs) -> None:
    """Keep what a deleted term was called."""
    labels = dict(instance.labels or {})
    if isinstance(instance, Keyword):
        labels.setdefault(default_language(), instance.name)
    RemovedTerm.objects.update_or_create(
        facet=FACETS[sender],
        slug=instance.slug,
        defaults={"labels": labels, "uuid": uuid4(), "removed_at": timezone.now()},
    )
