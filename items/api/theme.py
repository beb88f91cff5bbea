"""The vocabulary of themes."""

from items.api.term import TreeTermSerializer, TreeVocabulary, vocabulary_view
from items.models import Theme


class ThemeSerializer(TreeTermSerializer):
    """An EMN main theme."""

    facet = "theme"


class ThemeVocabulary(TreeVocabulary):
    """The themes that readers may know."""

    facet, model, serializer = "theme", Theme, ThemeSerializer


ThemeListView = vocabulary_view("themes", ThemeVocabulary)
