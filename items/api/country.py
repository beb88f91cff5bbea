"""The vocabulary of countries."""

from items.api.term import TermSerializer, Vocabulary, vocabulary_view
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


CountryListView = vocabulary_view("countries", CountryVocabulary)
