"""The vocabulary of types."""

from drf_spectacular.utils import extend_schema

from items.api.parameters import CONDITION, LANG, RESPONSE_HEADERS
from items.api.term import TreeTermSerializer, Vocabulary, VocabularyView, list_serializer
from items.api.view import responses
from items.models import ItemType
from items.models.tree import Tree


class ItemTypeSerializer(TreeTermSerializer):
    """A sort of item: news, event, publication and what is below."""

    facet = "type"


class ItemTypeVocabulary(Vocabulary):
    """The types that readers may know."""

    facet, model, serializer = "type", ItemType, ItemTypeSerializer

    def terms(self):
        """All terms, parents before children, siblings by position."""
        return super().terms().order_by("position", "slug")

    def public(self, index, keys=None):
        terms = super().public(index, keys)
        if keys is not None:
            return terms
        return [node.term for node in Tree(terms).nodes()]


class ItemTypeListView(VocabularyView):
    """`/api/v1/types/`."""

    vocabulary = ItemTypeVocabulary()
    list_serializer = list_serializer(ItemTypeVocabulary)

    @extend_schema(
        operation_id="types_list",
        summary="All types",
        description="The whole vocabulary in one answer, with the number of items in each.",
        tags=["vocabularies"],
        parameters=[LANG, CONDITION, *RESPONSE_HEADERS],
        responses=responses(list_serializer),
    )
    def get(self, request, **kwargs):
        return super().get(request, **kwargs)
