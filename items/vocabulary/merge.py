"""Merging terms into another: items, other names and addresses go along."""

from datetime import datetime
from typing import Any

from django.utils.translation import gettext_lazy as _

from items.models import KeywordAlias, VocabularyChange
from items.vocabulary.links import COLUMNS, give, keys_of, shift, take
from items.vocabulary.plan import Plan
from items.vocabulary.terms import FACETS, TREES, Refused, as_row, bring_back, called, drop, locked, note


class Merge(Plan):
    """Some terms become part of another one of their vocabulary."""

    def __init__(self, facet: str, terms: list[int], into: int):
        super().__init__(facet, terms)
        self.into = into

    def load(self) -> None:
        self.terms = locked(self.facet, [*self.keys, self.into])

    def check(self) -> None:
        if not self.keys:
            raise Refused(_("Choose what is to be merged."))
        if self.into in self.keys:
            raise Refused(_("A word cannot be merged into itself."))
        if self.facet in TREES:
            tree = FACETS[self.facet].objects.tree()
            for key in self.keys:
                if self.into in tree.family(key):
                    message = _("“%(into)s” stands below “%(term)s”. Move it out first.")
                    raise Refused(
                        message, params={"into": called(self.terms[self.into]), "term": called(self.terms[key])}
                    )

    def do(self, *, by, at: datetime) -> list[VocabularyChange]:
        return [self._merge(self.terms[key], self.terms[self.into], by, at) for key in self.keys]

    def _merge(self, term, into, by, at: datetime) -> VocabularyChange:
        has = keys_of(self.facet, term.pk)
        both = has & keys_of(self.facet, into.pk) if self.facet not in COLUMNS else set()
        data: dict[str, Any] = {
            "term": as_row(term),
            "into": into.pk,
            "both": sorted(both),
            "moved": sorted(has - both),
        }
        if both:
            take(self.facet, term.pk, both)
        shift(self.facet, term.pk, into.pk, data["moved"])
        if self.facet in TREES:
            data["children"] = [child.pk for child in term.children.all()]
            for child in term.children.all():
                child.parent = into
                child.save()
        data |= hand_over_names(term, into)
        drop(self.facet, term)
        return note(
            VocabularyChange.Verb.MERGE, self.facet, by=by, at=at, before=called(term), after=called(into),
            items=len(has), data=data,
        )  # fmt: skip


def hand_over_names(term, into) -> dict[str, Any]:
    """Another term takes the names and former slugs of a term, and its name and slug. Gives what was handed over."""
    aliases = type(term).alias_model().objects
    handed = list(aliases.filter(term=term).order_by("pk").values_list("pk", flat=True))
    aliases.filter(pk__in=handed).update(term=into)
    alias = aliases.filter(slug=term.slug).first()
    if alias is None:
        alias = aliases.model(term=into, slug=term.slug)
    else:
        alias.term = into
    if isinstance(alias, KeywordAlias) and term.name.casefold() != into.name.casefold():
        alias.name = term.name
    alias.save()
    return {"aliases": [pk for pk in handed if pk != alias.pk], "alias": alias.pk}


def take_names_back(data: dict[str, Any], heir: int, facet: str, term: int) -> None:
    """Undo `hand_over_names`, as far as the heir still has the names."""
    aliases = FACETS[facet].alias_model().objects.filter(term=heir)
    aliases.filter(pk__in=data["aliases"]).update(term=term)
    aliases.filter(slug=data["term"]["slug"]).delete()


def undo_merge(change: VocabularyChange) -> None:
    """Make the merged term again, and give it back what it had, unless somebody has changed that since."""
    data, facet = change.data, change.facet
    if not FACETS[facet].objects.filter(pk=data["into"]).exists():
        message = _("“%(term)s” is not there any more. Undo first what was done to it later.")
        raise Refused(message, params={"term": change.after})
    into = locked(facet, [data["into"]])[data["into"]]
    term = bring_back(facet, data["term"], heirs=[into.pk])
    take_names_back(data, into.pk, facet, term.pk)
    left = keys_of(facet, into.pk)
    both = set(data["both"])
    # What a later merge found here already has the other word from that one too.
    later = VocabularyChange.objects.filter(verb=change.verb, facet=facet, undone_at__isnull=True, pk__gt=change.pk)
    for row in later.filter(data__into=into.pk).values_list("data", flat=True):
        both.update(set(data["moved"]) & set(row["both"]))
    shift(facet, into.pk, term.pk, (left & set(data["moved"])) - both)
    if both:
        give(facet, term.pk, left & both)
    for child in into.children.filter(pk__in=data.get("children", [])) if facet in TREES else ():
        child.parent = term
        child.save()
