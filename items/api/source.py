"""The vocabulary of sources."""

from rest_framework import serializers

from items.api.term import TermSerializer, Vocabulary, vocabulary_view
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


SourceListView = vocabulary_view("sources", SourceVocabulary)
