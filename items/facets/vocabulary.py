"""The vocabularies in memory: terms by key and by slug, and the trees. An index holds them, and is kept in step."""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from items.models import Change, Country, ItemType, Keyword, Source, Theme
from items.models.tree import Tree

MODELS: dict[str, Any] = {"theme": Theme, "keyword": Keyword, "type": ItemType, "source": Source, "country": Country}
TREES = ("theme", "type")
KINDS = {kind.value for kind in Change.Kind} - {Change.Kind.ITEM.value}
"""The kinds of change after which a vocabulary is read again."""


@dataclass(frozen=True)
class Vocabulary:
    """All terms, by facet."""

    terms: dict[str, dict[int, Any]]
    slugs: dict[str, dict[str, int]]  # former slugs too
    trees: dict[str, Tree]

    def above(self, facet: str) -> dict[int, tuple[int, ...]]:
        """Each term of a tree with itself and all above it."""
        lines: dict[int, tuple[int, ...]] = {}
        for node in self.trees[facet].nodes():
            lines[node.term.pk] = (node.term.pk, *lines.get(node.term.parent_id or 0, ()))
        return lines

    def resolve(self, facet: str, slugs: Iterable[str]) -> dict[str, Any]:
        """Terms by asked slug; a former slug answers with today's term. Unknown slugs are absent."""
        known = self.slugs[facet]
        return {slug: self.terms[facet][known[slug]] for slug in slugs if slug in known}


def read() -> Vocabulary:
    """The vocabularies as they are in the database."""
    terms: dict[str, dict[int, Any]] = {}
    slugs: dict[str, dict[str, int]] = {}
    for facet, model in MODELS.items():
        terms[facet] = {term.pk: term for term in model.objects.all()}
        slugs[facet] = {term.slug: pk for pk, term in terms[facet].items()}
        if model is not Country:
            for slug, pk in model.alias_model().objects.values_list("slug", "term_id"):
                slugs[facet].setdefault(slug, pk)
    return Vocabulary(terms, slugs, {facet: Tree(terms[facet].values()) for facet in TREES})
