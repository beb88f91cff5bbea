"""Vocabulary terms: how items name them, and what every vocabulary's own list shares."""

from collections.abc import Hashable
from datetime import datetime
from typing import Any

from django.db.models import Model, QuerySet
from django.http import QueryDict
from django.urls import reverse
from drf_spectacular.utils import extend_schema, extend_schema_field, extend_schema_view
from rest_framework import serializers

from items.api.address import with_query
from items.api.parameters import CONDITION, LANG, RESPONSE_HEADERS, Parameters
from items.api.view import ApiView, responses
from items.facets import FacetIndex
from items.listing import Listing
from items.models.language import language_codes
from items.models.tree import Tree


class TermReferenceSerializer(serializers.Serializer):
    """A term as items name it. `id` never changes; `value` is what parameters take; `label` is for people."""

    id = serializers.IntegerField(source="pk", help_text="The term's number; it never changes.")
    value = serializers.CharField(source="slug", help_text="The word to use in parameters. It may be renamed.")
    label = serializers.SerializerMethodField(help_text="Its name in the reader's language.")

    def get_label(self, term) -> str:
        return term.label(self.context["language"])


class TermSerializer(TermReferenceSerializer):
    """A term of a vocabulary."""

    labels = serializers.SerializerMethodField(
        help_text="Its name in each language of the site; where there is none, the name shown instead."
    )
    aliases = serializers.SerializerMethodField(help_text="Words it once had. Parameters still take them.")
    items = serializers.SerializerMethodField(help_text="The address of its items.")

    facet = ""

    def get_labels(self, term) -> dict[str, str]:
        return {code: term.label(code) for code in language_codes()}

    def get_aliases(self, term) -> list[str]:
        return sorted(alias.slug for alias in term.aliases.all())

    @extend_schema_field({"type": "string", "format": "uri"})
    def get_items(self, term) -> str:
        return with_query(reverse("api:items"), f"{self.facet}={term.slug}")


class TreeTermSerializer(TermSerializer):
    """A term of a vocabulary that is a tree."""

    parent = serializers.IntegerField(
        source="parent_id", allow_null=True, help_text="The `id` of the term above it; null at the top."
    )


class Vocabulary:
    """One vocabulary as the public may see it. Subclasses name the facet, the model and the serializer."""

    facet: str
    model: type[Model]
    serializer: type[TermSerializer]

    def terms(self) -> QuerySet[Any]:
        """All terms in their order, with what the serializer reads."""
        return self.model._default_manager.prefetch_related("aliases")

    def is_public(self, term, counts: dict[Hashable, int]) -> bool:
        """Whether readers may know the term. `counts` are visible items by term key.

        Themes, types and countries are the site's own lists. Keywords and sources come with items, and one that only
        drafts have would tell of them.
        """
        return True

    def public(self, index: FacetIndex, keys: list[int] | None = None) -> list:
        """The terms that readers may know, in order; of these keys only, where given."""
        counts = index.count(self.facet, index.visible)
        terms = self.terms() if keys is None else self.terms().filter(pk__in=keys)
        return [term for term in terms if self.is_public(term, counts)]


class TreeVocabulary(Vocabulary):
    """A vocabulary that is a tree, parents before children, siblings by position."""

    def terms(self):
        return super().terms().order_by("position", "slug")

    def public(self, index, keys=None):
        terms = super().public(index, keys)
        return terms if keys is not None else [node.term for node in Tree(terms).nodes()]


def list_serializer(vocabulary: type[Vocabulary]) -> type[serializers.Serializer]:
    """The serializer class of a vocabulary's list: each term with its number of items."""
    base = vocabulary.serializer
    name = base.__name__.removesuffix("Serializer")

    class Counted(base):  # type: ignore[valid-type, misc]
        count = serializers.SerializerMethodField(help_text="How many items can be read by it, those below included.")

        def get_count(self, term) -> int:
            return self.context["counts"].get(term.pk, 0)

    Counted.__name__ = f"Counted{name}Serializer"
    Counted.__doc__ = base.__doc__
    fields = {
        "count": serializers.IntegerField(help_text="How many terms the vocabulary has."),
        "results": Counted(many=True, help_text="All of them."),
    }
    return type(f"{name}ListSerializer", (serializers.Serializer,), {**fields, "__doc__": f"{base.__doc__} All."})


class VocabularyView(ApiView):
    """A whole vocabulary in one answer."""

    vocabulary: Vocabulary
    list_serializer: type[serializers.Serializer]

    def answer(self, parameters: Parameters, *, language: str, at: datetime, **kwargs) -> dict:
        parameters.language()
        parameters.check()
        listing = Listing(QueryDict(), language=language, at=at)
        terms = self.vocabulary.public(listing.index)
        context = {"language": language, "counts": listing.index.count(self.vocabulary.facet, listing.ids)}
        return self.list_serializer({"count": len(terms), "results": terms}, context=context).data


def vocabulary_view(name: str, vocabulary: type[Vocabulary]) -> type[VocabularyView]:
    """The view of `/api/v1/<name>/`, with its place in the OpenAPI document."""
    answer = list_serializer(vocabulary)
    view = type(f"{name.title()}View", (VocabularyView,), {"vocabulary": vocabulary(), "list_serializer": answer})
    described = extend_schema(
        operation_id=f"{name}_list",
        summary=f"All {name}",
        description="The whole vocabulary in one answer, with the number of items in each.",
        tags=["vocabularies"],
        parameters=[LANG, CONDITION, *RESPONSE_HEADERS],
        responses=responses(answer),
    )
    return extend_schema_view(get=described)(view)
