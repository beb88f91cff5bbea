"""The vocabulary of themes."""

from drf_spectacular.utils import extend_schema

from items.api.parameters import CONDITION, LANG, RESPONSE_HEADERS
from items.api.term import TreeTermSerializer, Vocabulary, VocabularyView, list_serializer
from items.api.view import responses
from items.models import Theme
from items.models.tree import Tree


class ThemeSerializer(TreeTermSerializer):
    """An EMN main theme."""

    facet = "theme"


class ThemeVocabulary(Vocabulary):
    """The themes that readers may know."""

    facet, model, serializer = "theme", Theme, ThemeSerializer

    def terms(self):
        """All terms, parents before children, siblings by position."""
        return super().terms().order_by("position", "slug")

    def public(self, index, keys=None):
        terms = super().public(index, keys)
        if keys is not None:
            return terms
        return [node.term for node in Tree(terms).nodes()]


class ThemeListView(VocabularyView):
    """`/api/v1/themes/`."""

    vocabulary = ThemeVocabulary()
    list_serializer = list_serializer(ThemeVocabulary)

    @extend_schema(
        operation_id="themes_list",
        summary="All themes",
        description="The whole vocabulary in one answer, with the number of items in each.",
        tags=["vocabularies"],
        parameters=[LANG, CONDITION, *RESPONSE_HEADERS],
        responses=responses(list_serializer),
    )
    def get(self, request, **kwargs):
        return super().get(request, **kwargs)
