"""The vocabulary of types."""

from items.api.term import TreeTermSerializer, TreeVocabulary, vocabulary_view
from items.models import ItemType


class ItemTypeSerializer(TreeTermSerializer):
    """A sort of item: news, event, publication and what is below."""

    facet = "type"


class ItemTypeVocabulary(TreeVocabulary):
    """The types that readers may know."""

    facet, model, serializer = "type", ItemType, ItemTypeSerializer


ItemTypeListView = vocabulary_view("types", ItemTypeVocabulary)
