"""The vocabulary of keywords."""

from drf_spectacular.utils import extend_schema
from rest_framework import serializers

from items.api.parameters import CONDITION, LANG, RESPONSE_HEADERS
from items.api.term import TermSerializer, Vocabulary, VocabularyView, list_serializer
from items.api.view import responses
from items.models import Keyword


class KeywordSerializer(TermSerializer):
    """A keyword: finer than a theme."""

    facet = "keyword"

    status = serializers.ChoiceField(
        choices=["approved", "proposed"], help_text="`proposed` until the vocabulary desk has approved it."
    )


class KeywordVocabulary(Vocabulary):
    """The keywords that readers may know."""

    facet, model, serializer = "keyword", Keyword, KeywordSerializer

    def is_public(self, keyword, counts):
        return keyword.status == Keyword.Status.APPROVED or keyword.pk in counts


class KeywordListView(VocabularyView):
    """`/api/v1/keywords/`."""

    vocabulary = KeywordVocabulary()
    list_serializer = list_serializer(KeywordVocabulary)

    @extend_schema(
        operation_id="keywords_list",
        summary="All keywords",
        description="The whole vocabulary in one answer, with the number of items in each.",
        tags=["vocabularies"],
        parameters=[LANG, CONDITION, *RESPONSE_HEADERS],
        responses=responses(list_serializer),
    )
    def get(self, request, **kwargs):
        return super().get(request, **kwargs)
