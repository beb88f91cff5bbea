"""The vocabulary of keywords."""

from rest_framework import serializers

from items.api.term import TermSerializer, Vocabulary, vocabulary_view
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


KeywordListView = vocabulary_view("keywords", KeywordVocabulary)
