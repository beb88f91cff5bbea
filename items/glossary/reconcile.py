"""Bringing concepts into the glossary: what a file states against what is stored. Doing it twice changes nothing.

A concept is known by its slug or a former one, else by its identifier elsewhere, else by its label in the site's first
language. What a row does not state stays as it is. A row is taken whole or refused with reasons; what it says of other
concepts that nobody knows is left out with a word.
"""

from collections.abc import Iterable
from dataclasses import dataclass, field
from typing import Literal

from django.core.exceptions import PermissionDenied, ValidationError
from django.core.validators import URLValidator, validate_slug
from django.db import transaction
from django.utils.text import slugify
from django.utils.translation import gettext as _

from items.glossary.row import Row
from items.glossary.skos import own_slug
from items.models import Concept, ConceptAlias
from items.models.concept import each_once
from items.models.fields import clean_line, clean_text
from items.models.language import default_language
from items.text import fold

ResultName = Literal["created", "updated", "unchanged", "rejected"]
LONGEST_LABEL = 200
_LIMITS = {"uri": 500, "source_text": 300, "source_url": 500, "slug": 100}


@dataclass
class Outcome:
    """What became of one row. `problems` say why it was refused, or what was left out."""

    where: str
    name: str
    result: ResultName = "unchanged"
    problems: list[str] = field(default_factory=list)
    slug: str = ""


@dataclass(frozen=True)
class Result:
    """What became of all rows, in the order of the file."""

    outcomes: tuple[Outcome, ...]

    def count(self, result: ResultName) -> int:
        """How many rows came to this."""
        return sum(outcome.result == result for outcome in self.outcomes)


class _DryRun(Exception):
    pass


def reconcile(rows: Iterable[Row], *, by, dry_run: bool = False) -> Result:
    """Bring rows in, in one transaction. With `dry_run` the answer is the same and nothing is kept.

    `by` is None for who runs the site. Raises PermissionDenied for others who may not add and change terms.
    """
    if by is not None and not by.has_perms(["items.add_concept", "items.change_concept"]):
        raise PermissionDenied
    outcomes: list[Outcome] = []
    try:
        with transaction.atomic():
            outcomes = _Glossary().take(list(rows))
            if dry_run:
                raise _DryRun
    except _DryRun:
        pass
    return Result(tuple(outcomes))


class _Glossary:
    """All concepts in memory, by all that they are known by. A glossary is some thousands at most."""

    def __init__(self):
        self.concepts = {concept.pk: concept for concept in Concept.every().select_for_update().order_by("pk")}
        self.by_slug = {concept.slug: concept.pk for concept in self.concepts.values()}
        for slug, pk in ConceptAlias.objects.values_list("slug", "term_id"):
            self.by_slug.setdefault(slug, pk)
        self.by_uri = {concept.uri: concept.pk for concept in self.concepts.values() if concept.uri}
        self.by_label: dict[tuple[str, str], int] = {}
        for concept in self.concepts.values():
            self._note_labels(concept)

    def _note_labels(self, concept: Concept) -> None:
        for code, label in (concept.labels or {}).items():
            self.by_label.setdefault((code, fold(label)), concept.pk)

    def find(self, name: str) -> int | None:
        """The concept that a row means by a slug, an identifier or a label."""
        label = (default_language(), fold(name))
        slug = own_slug(name) or name
        return self.by_uri.get(name) or self.by_slug.get(slug) or self.by_label.get(label)

    def take(self, rows: list[Row]) -> list[Outcome]:
        outcomes, taken = [], []
        seen: set[int] = set()
        for row in rows:
            outcome = Outcome(row.where, row.name)
            outcomes.append(outcome)
            concept = self._known(row)
            outcome.problems += row.problems or self._against(row, concept)
            if concept and concept.pk in seen:
                outcome.problems.append(_("Another row of the file is about the same term."))
            if outcome.problems:
                outcome.result = "rejected"
                continue
            concept, outcome.result = self._write(row, concept)
            outcome.slug = concept.slug
            seen.add(concept.pk)
            taken.append((row, concept, outcome))
        for row, concept, outcome in taken:  # once all are there that may be named
            if self._relate(row, concept, outcome) and outcome.result == "unchanged":
                outcome.result = "updated"
        return outcomes

    def _known(self, row: Row) -> Concept | None:
        pk = self.by_uri.get(row.uri) if row.uri else None
        if pk is None and row.slug:
            pk = self.by_slug.get(row.slug)
        if pk is None and not row.slug:
            pk = self.by_label.get((default_language(), fold(row.labels.get(default_language(), ""))))
            # Two concepts of other vocabularies may have one name; then they are two.
            if pk and row.uri and self.concepts[pk].uri not in ("", row.uri):
                pk = None
        return self.concepts[pk] if pk else None

    def _against(self, row: Row, concept: Concept | None) -> list[str]:
        """What is wrong with a row."""
        found = []
        labels = {**(concept.labels if concept else {}), **row.labels}
        if not labels.get(default_language()):
            found.append(_("There is no label in the language “%(code)s”.") % {"code": default_language()})
        for code, label in row.labels.items():
            if not label:
                continue
            if not fold(label):
                found.append(_("A label needs letters."))
            if len(label) > LONGEST_LABEL:
                found.append(_("A label is longer than %(count)d characters.") % {"count": LONGEST_LABEL})
            other = self.by_label.get((code, fold(label)))
            if other and (concept is None or other != concept.pk):
                words = {"label": label, "slug": self.concepts[other].slug}
                found.append(_("“%(label)s” is the label of another term already (%(slug)s).") % words)
        for name, limit in _LIMITS.items():
            if len(getattr(row, name) or "") > limit:
                found.append(_("“%(name)s” is longer than %(count)d characters.") % {"name": name, "count": limit})
        if row.slug:
            found += _said(validate_slug, row.slug)
        if row.source_url:
            found += _said(URLValidator(schemes=["http", "https"]), row.source_url)
        return found

    def _write(self, row: Row, concept: Concept | None) -> tuple[Concept, ResultName]:
        result: ResultName = "unchanged"
        if concept is None:
            concept, result = Concept(slug=row.slug or self._free_slug(row)), "created"
        values = {
            "labels": _merged(concept.labels, {c: clean_line(t) for c, t in row.labels.items()}),
            "synonyms": _merged(concept.synonyms, _in_stored_order(row.synonyms, concept.synonyms)),
            "definitions": _merged(concept.definitions, {c: clean_text(t).strip() for c, t in row.definitions.items()}),
            "uri": clean_line(row.uri) or concept.uri,
            "source_text": concept.source_text if row.source_text is None else clean_line(row.source_text),
            "source_url": concept.source_url if row.source_url is None else row.source_url,
        }
        if result == "created" or any(getattr(concept, name) != value for name, value in values.items()):
            for name, value in values.items():
                setattr(concept, name, value)
            concept.save()
            result = "created" if result == "created" else "updated"
        self.concepts[concept.pk] = concept
        self.by_slug.setdefault(concept.slug, concept.pk)
        if concept.uri:
            self.by_uri[concept.uri] = concept.pk
        self._note_labels(concept)
        return concept, result

    def _free_slug(self, row: Row) -> str:
        wanted = row.wanted_slug or slugify(row.name)[:90].strip("-") or "term"
        slug, number = wanted, 1
        while slug in self.by_slug:
            number += 1
            slug = f"{wanted}-{number}"
        return slug

    def _relate(self, row: Row, concept: Concept, outcome: Outcome) -> bool:
        """Set what a row says of other concepts; whether anything changed."""
        changed = False
        for name in ("broader", "related"):
            named = getattr(row, name)
            if named is None:
                continue
            wanted = {}
            for text in named:
                if pk := self.find(text):
                    wanted[pk] = self.concepts[pk]
                else:
                    outcome.problems.append(_("Left out: there is no term “%(name)s”.") % {"name": text[:200]})
            if set(wanted) == set(getattr(concept, name).values_list("pk", flat=True)):
                continue
            try:
                concept.relate(**{name: wanted.values()})
                changed = True
            except ValidationError as refusal:
                outcome.problems += [_("Left out: %(reason)s") % {"reason": text} for text in refusal.messages]
        return changed


def _said(validate, value: str) -> list[str]:
    try:
        validate(value)
    except ValidationError as error:
        return [f"{value[:100]}: {text}" for text in error.messages]
    return []


def _in_stored_order(stated: dict[str, list[str]], stored: dict[str, list[str]]) -> dict[str, list[str]]:
    """Synonyms as a row states them; in the stored order where they are the same, for SKOS knows no order."""
    found = {code: each_once(texts) for code, texts in stated.items()}
    same = {code for code, texts in found.items() if sorted(texts) == sorted((stored or {}).get(code, []))}
    return {code: stored[code] if code in same and code in (stored or {}) else texts for code, texts in found.items()}


def _merged(stored: dict, stated: dict) -> dict:
    """What is stored, with what a row states in its place; what it states as empty is gone."""
    return {code: value for code, value in {**(stored or {}), **stated}.items() if value}
