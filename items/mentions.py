"""The news that uses a term of the glossary: items that say it in their own language.

The search answers, so what counts is what it reads: title, keywords, summary, text and files.
"""

from dataclasses import dataclass
from datetime import datetime
from urllib.parse import urlencode

from pyroaring import BitMap

from items import facets, search
from items.facets import Order
from items.models import Concept, Item
from items.models.language import language_codes


@dataclass(frozen=True)
class Mentions:
    """The newest items that mention a concept, how many there are, and the query string that finds them again.

    `query` is "" where the concept has no term in the reader's language.
    """

    items: list[Item]
    total: int
    query: str


def _query(terms: list[str]) -> str:
    """The terms as the search reads them: each a phrase, any of them."""
    phrases = [f'"{term.replace(chr(34), " ")}"' for term in terms]
    while len(" OR ".join(phrases)) > search.LONGEST:
        phrases.pop()
    return " OR ".join(phrases)


def mentions(concept: Concept, *, language: str, at: datetime, limit: int = 10) -> Mentions:
    """The visible items that say one of the concept's terms, by stems, each in the language it is written in.

    Of a translation group one version is shown to a reader of `language`. As many queries as there are languages, and
    a few more, whatever there is to find.
    """
    index = facets.current(at)
    found = BitMap()
    for code in language_codes():
        written = index.values["language"].get(code, BitMap()) & index.visible
        if written and (typed := _query(concept.terms(code))):
            found |= search.match(search.parse(typed), within=written)
    # A group is shown by its version in the reader's language, whichever of its versions says the term.
    groups = BitMap(pk for member in found for pk in index.groups.get(member, ()))
    shown = (found | groups) & index.everything(language)
    pks = index.ordered(shown, Order.NEWEST, limit=limit)
    items = Item.objects.published(at).with_terms().in_bulk(pks)
    typed = _query(concept.terms(language))
    query = urlencode({"q": typed}) if typed else ""
    return Mentions([items[pk] for pk in pks if pk in items], len(shown), query)
