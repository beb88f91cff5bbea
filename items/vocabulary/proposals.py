"""Proposed keywords: who proposed them, approving them, refusing them."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.db import transaction
from django.db.models import Count, QuerySet
from django.utils.translation import gettext_lazy as _

from items.models import Item, ItemKeyword, Keyword, KeywordAlias, RemovedTerm, VocabularyChange
from items.models.item.record import full_name
from items.vocabulary.links import give, keys_of
from items.vocabulary.plan import Plan
from items.vocabulary.terms import (
    Refused,
    approved_since,
    as_row,
    bring_back,
    from_row,
    locked,
    may_govern,
    note,
    refuse_taken,
    require,
)

SHOWN = 3
"""Items that are shown of each proposal."""


@dataclass
class Proposal:
    """A proposed keyword: who first used it, and the first items that have it."""

    keyword: Any
    who: str
    count: int
    items: list[Item]


def proposed() -> QuerySet:
    """The proposed keywords, the oldest first."""
    return Keyword.objects.filter(status=Keyword.Status.PROPOSED).select_related("proposed_by").order_by("pk")  # type: ignore[misc]


def described(keywords: Iterable[Any]) -> list[Proposal]:
    """What the desk shows of these keywords, in a fixed number of queries for up to a page of them."""
    keywords = list(keywords)
    keys = [keyword.pk for keyword in keywords]
    counts = dict(ItemKeyword.objects.filter(tag__in=keys).order_by().values_list("tag").annotate(Count("pk")))
    firsts: dict[int, list[int]] = {key: [] for key in keys}
    # A few rows of each: a window over all links would read every one of a word that thousands of items have.
    ways = (
        ItemKeyword.objects.filter(pk__in=_first_links(key)).values_list("pk", "tag", "content_object") for key in keys
    )
    first, *others = [*ways, ItemKeyword.objects.none().values_list("pk", "tag", "content_object")]
    for _link, tag, item in sorted(first.union(*others, all=True)):  # a union has no order of its own
        firsts[tag].append(item)
    wanted = {item for items in firsts.values() for item in items}
    items = {i.pk: i for i in Item.objects.filter(pk__in=wanted).select_related("created_by").defer("body")}
    found = []
    for keyword in keywords:
        shown = [items[pk] for pk in firsts[keyword.pk] if pk in items]
        who = keyword.proposed_by or (shown[0].created_by if shown else None)
        found.append(Proposal(keyword, full_name(who), counts.get(keyword.pk, 0), shown))
    return found


def _first_links(keyword: int) -> QuerySet:
    return ItemKeyword.objects.filter(tag=keyword).order_by("pk").values("pk")[:SHOWN]


def approve(keywords: Iterable[int], *, by, at: datetime) -> list[VocabularyChange]:
    """Proposed keywords, by key, become approved; those that are so already stay as they are."""
    require(may_govern(by, "keyword"))
    with transaction.atomic():
        done = []
        rows: Iterable[Any] = Keyword.objects.select_for_update().filter(pk__in=list(keywords)).order_by("pk")
        for keyword in rows:
            if keyword.status == Keyword.Status.PROPOSED:
                keyword.status = Keyword.Status.APPROVED
                keyword.save()
                verb, data = VocabularyChange.Verb.APPROVE, {"term": keyword.pk}
                done.append(note(verb, "keyword", by=by, at=at, before=keyword.name, data=data))
        return done


def undo_approve(change: VocabularyChange) -> None:
    """The keyword is proposed again."""
    keyword = locked("keyword", [change.data["term"]])[change.data["term"]]
    if keyword.status != Keyword.Status.APPROVED:
        raise Refused(_("It is no longer approved."))
    if approved_since(change):
        raise Refused(_("Somebody has approved it again since. Undo that first."))
    keyword.status = Keyword.Status.PROPOSED
    keyword.save()


class Refuse(Plan):
    """Proposed keywords go, from the items that have them too."""

    def __init__(self, terms: list[int]):
        super().__init__("keyword", terms)

    def check(self) -> None:
        if not self.keys:
            raise Refused(_("Choose what is to be refused."))
        for term in self.terms.values():
            if term.status != Keyword.Status.PROPOSED:
                raise Refused(_("“%(name)s” is approved. Merge it instead."), params={"name": term.name})

    def do(self, *, by, at: datetime) -> list[VocabularyChange]:
        done = []
        for key in self.keys:
            term, has = self.terms[key], keys_of("keyword", key)
            data: dict[str, Any] = {
                "term": as_row(term),
                "aliases": [as_row(a) for a in term.aliases.all()],
                "items": sorted(has),
            }
            term.delete()
            verb = VocabularyChange.Verb.REFUSE
            done.append(note(verb, "keyword", by=by, at=at, before=data["term"]["name"], items=len(has), data=data))
        return done


def undo_refuse(change: VocabularyChange) -> None:
    """The keyword is proposed again, and its items have it again."""
    data = change.data
    term = bring_back("keyword", data["term"])
    for row in data["aliases"]:
        refuse_taken("keyword", slug=row["slug"], name=row["name"], besides=[term.pk])
        KeywordAlias.objects.bulk_create([from_row(KeywordAlias, row)])
    give("keyword", term.pk, data["items"])
    RemovedTerm.objects.filter(facet="keyword", slug=term.slug).delete()
