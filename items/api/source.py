"""The vocabulary of sources."""

from drf_spectacular.utils import extend_schema
from rest_framework import serializers

from items.api.parameters import CONDITION, LANG, RESPONSE_HEADERS
from items.api.term import TermSerializer, Vocabulary, VocabularyView, list_serializer
from items.api.view import responses
from items.models import Source


class SourceSerializer(TermSerializer):
    """An organisation whose information items relay."""

    facet = "source"

    website = serializers.CharField(help_text="The organisation's own site; empty when unknown.")


class SourceVocabulary(Vocabulary):
    """The sources that readers may know."""

    facet, model, serializer = "source", Source, SourceSerializer

    def is_public(self, source, counts):
        return source.pk in counts


class SourceListView(VocabularyView):
    """`/api/v1/sources/`."""

    vocabulary = SourceVocabulary()
    list_serializer = list_serializer(SourceVocabulary)

    @extend_schema(
        operation_id="sources_list",
        summary="All sources",
        description="The whole vocabulary in one answer, with the number of items in each.",
        tags=["vocabularies"],
        parameters=[LANG, CONDITION, *RESPONSE_HEADERS],
        responses=responses(list_serializer),
    )
    def get(self, request, **kwargs):
        return super().get(request, **kwargs)
