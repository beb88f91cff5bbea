"""The vocabulary of countries."""

from drf_spectacular.utils import extend_schema

from items.api.parameters import CONDITION, LANG, RESPONSE_HEADERS
from items.api.term import TermSerializer, Vocabulary, VocabularyView, list_serializer
from items.api.view import responses
from items.models import Country


class CountrySerializer(TermSerializer):
    """A country that items are about."""

    facet = "country"

    def get_aliases(self, country) -> list[str]:
        return []


class CountryVocabulary(Vocabulary):
    """The countries that readers may know."""

    facet, model, serializer = "country", Country, CountrySerializer

    def terms(self):
        return Country.objects.all()


class CountryListView(VocabularyView):
    """`/api/v1/countries/`."""

    vocabulary = CountryVocabulary()
    list_serializer = list_serializer(CountryVocabulary)

    @extend_schema(
        operation_id="countries_list",
        summary="All countries",
        description="The whole vocabulary in one answer, with the number of items in each.",
        tags=["vocabularies"],
        parameters=[LANG, CONDITION, *RESPONSE_HEADERS],
        responses=responses(list_serializer),
    )
    def get(self, request, **kwargs):
        return super().get(request, **kwargs)
