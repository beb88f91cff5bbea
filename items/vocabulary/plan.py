"""A change that is shown before it is made: which items it touches, and a token of all that it stands on."""

import json
from datetime import datetime
from hashlib import blake2b
from typing import Any

from django.core.serializers.json import DjangoJSONEncoder
from django.db import transaction

from items.models.item import ItemQuerySet
from items.vocabulary.links import items_of, keys_of, recorded, state_of
from items.vocabulary.terms import FACETS, Outdated, as_row, locked, may_govern, require


class Plan:
    """A change of one or more terms of a vocabulary, by key."""

    def __init__(self, facet: str, terms: list[int]):
        self.facet, self.keys = facet, list(dict.fromkeys(terms))
        self.terms: dict[int, Any] = {}

    def is_allowed(self, by) -> bool:
        """Whether this person may do it."""
        return may_govern(by, self.facet)

    def load(self) -> None:
        """Read and lock the terms. Raises Refused where one is gone."""
        self.terms = locked(self.facet, self.keys)

    def check(self) -> None:
        """Raise Refused where it cannot be done."""

    def items(self) -> ItemQuerySet:
        """The items it touches."""
        return items_of(self.facet, self.keys)

    def count(self) -> int:
        """How many items it touches."""
        return self.items().count()

    def some(self, start: int, stop: int) -> list[Any]:
        """Those of the items from one place to another, the latest first."""
        return list(self.items().order_by("-pk").select_related("type").defer("body")[start:stop])

    def state(self) -> list[Any]:
        """What it stands on."""
        aliases = FACETS[self.facet].alias_model().objects.filter(term__in=self.terms).order_by("pk")
        return [
            *(as_row(term) for _key, term in sorted(self.terms.items())),
            *map(list, aliases.values_list("pk", "slug")),
            state_of(self.facet, list(self.terms)),
        ]

    def token(self) -> str:
        """A short text that differs whenever what the plan stands on does."""
        facts = json.dumps(self.state(), cls=DjangoJSONEncoder, sort_keys=True)
        return blake2b(facts.encode(), digest_size=12).hexdigest()

    def look(self, by) -> str:
        """Check that it may and can be done; gives the token to confirm it with."""
        require(self.is_allowed(by))
        with transaction.atomic():
            self.load()
            self.check()
            return self.token()

    def carry_out(self, *, by, at: datetime, seen: str | None = None) -> list[Any]:
        """Do it, in one transaction; gives the VocabularyChanges.

        Raises PermissionDenied, Refused, and Outdated where `seen` is no longer the token.
        """
        require(self.is_allowed(by))
        with transaction.atomic():
            self.load()
            if seen is not None and seen != self.token():
                raise Outdated
            self.check()
            with recorded(self.touches(), by=by, at=at):
                return self.do(by=by, at=at)

    def touches(self) -> set[int]:
        """The keys of the items whose history this belongs to."""
        return set().union(*(keys_of(self.facet, key) for key in self.terms))

    def do(self, *, by, at: datetime) -> list[Any]:
        """The work itself, inside the transaction, on checked terms."""
        raise NotImplementedError
