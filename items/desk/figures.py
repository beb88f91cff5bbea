"""Figures of the desk: how many items wait for something. Each is a condition, so that a list can show just those."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime, time, timedelta
from functools import reduce
from operator import or_
from typing import Any

from django.conf import settings
from django.db.models import Count, Exists, OuterRef, Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from items.desk.kept import kept
from items.models import Attachment, Item, ItemKeyword, ItemTheme, TranslatedFrom
from items.models.item import ItemQuerySet, Status

SOON = timedelta(days=7)


@dataclass(frozen=True)
class Figure:
    """Items that wait for something; `condition` is asked with a person and an instant."""

    name: str
    label: Any
    condition: Callable[[Any, datetime], Q]


def _soon(field: str, at: datetime, **more) -> Q:
    return Q(**{f"{field}__gt": at, f"{field}__lte": at + SOON}, **more)


FIGURES = {
    figure.name: figure
    for figure in (
        Figure(
            "returned", _("returned to me"),
            lambda by, at: Q(created_by=by, status=Status.DRAFT, is_returned=True),
        ),
        Figure("mine", _("my drafts"), lambda by, at: Q(created_by=by, status=Status.DRAFT)),
        Figure("waiting", _("waiting for review"), lambda by, at: Q(status=Status.IN_REVIEW)),
        Figure(
            "appearing", _("appear in the next seven days"),
            lambda by, at: _soon("publish_at", at, status=Status.APPROVED),
        ),
        Figure(
            "expiring", _("expire in the next seven days"),
            lambda by, at: _soon("expire_at", at, status=Status.APPROVED),
        ),
        Figure(
            "events", _("events in the next seven days"),
            lambda by, at: _soon("event__starts_at", at, status=Status.APPROVED, event__is_cancelled=False),
        ),
    )
}  # fmt: skip
"""What a person meets first."""


def _kept_items() -> Q:
    """Items in use: no working copies, which are their items' business, and nothing that was taken away for good."""
    return Q(update_of__isnull=True) & ~Q(status=Status.REMOVED)


def _untranslated() -> Q:
    others = Item.objects.filter(translation_group=OuterRef("translation_group"), update_of__isnull=True)
    if len(settings.LANGUAGES) < 2:
        return Q(pk__in=[])
    return Q(~Exists(others.exclude(pk=OuterRef("pk"))))


def untranslated_into(language: str) -> Q:
    """Items in use that have no version in a language, not even a draft."""
    there = Item.objects.filter(language=language).order_by().values("translation_group")
    # What is in that language is a version itself: no need to look for it among the groups.
    return _kept_items() & ~Q(language=language) & ~Q(translation_group__in=there)


def _outdated() -> Q:
    """Translations whose original has changed since."""
    return Q(pk__in=TranslatedFrom.outdated().order_by().values("item"))


def _unreported(at: datetime) -> Q:
    """Past events whose item has neither a text nor a document."""
    today = timezone.make_aware(datetime.combine(timezone.localdate(at), time.min))
    past = Q(event__ends_at__lt=today) | Q(event__ends_at__isnull=True, event__starts_at__lt=today)
    documents = Attachment.objects.filter(item=OuterRef("pk"))
    return past & Q(event__is_cancelled=False, body="", status=Status.APPROVED) & Q(~Exists(documents))


GAPS = {
    figure.name: figure
    for figure in (
        Figure("title", _("title made from the summary"), lambda by, at: Q(title_is_derived=True)),
        Figure("theme", _("no theme"), lambda by, at: Q(~Exists(ItemTheme.objects.filter(item=OuterRef("pk"))))),
        Figure(
            "keyword", _("no keyword"),
            lambda by, at: Q(~Exists(ItemKeyword.objects.filter(content_object=OuterRef("pk")))),
        ),
        Figure("date", _("no date"), lambda by, at: Q(publication_date__isnull=True)),
        Figure("source", _("no source"), lambda by, at: Q(source__isnull=True)),
        Figure("language", _("not translated"), lambda by, at: _untranslated()),
        Figure("outdated", _("changed since translated"), lambda by, at: _outdated()),
        Figure("report", _("past event without report"), lambda by, at: _unreported(at)),
    )
}  # fmt: skip
"""What wants attention, whoever looks."""

LISTED_FIGURES = FIGURES | {
    "scheduled": Figure("scheduled", _("scheduled"), lambda by, at: Q(status=Status.APPROVED, publish_at__gt=at)),
}
"""What a list can show: more than the front counts."""


def _any_gap(by, at: datetime) -> Q:
    """Every gap but the translation: in an archive in one language that would be all of it."""
    return reduce(or_, (gap.condition(by, at) for name, gap in GAPS.items() if name != "language"))


LISTED_GAPS = GAPS | {"any": Figure("any", _("any, but for translations"), _any_gap)}


def condition_of(figure: Figure, *, by, at: datetime) -> Q:
    """What a figure counts."""
    condition = figure.condition(by, at)
    return condition & _kept_items() if figure.name in LISTED_GAPS else condition


def of_figure(items: ItemQuerySet, figure: Figure, *, by, at: datetime) -> ItemQuerySet:
    """Those of the items that a figure counts."""
    return items.filter(condition_of(figure, by=by, at=at))


def gap_counts(at: datetime) -> dict[str, int]:
    """How many items want what, by the name of the gap."""

    def count() -> dict[str, int]:
        # Together: most of them look at every item, and one look does for all.
        wanted = {name: Count("pk", filter=condition_of(gap, by=None, at=at)) for name, gap in GAPS.items()}
        return Item.objects.order_by().aggregate(**wanted)

    return kept("gaps", at, count)
