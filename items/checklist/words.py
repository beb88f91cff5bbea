"""Words by language that rules know: link texts that say nothing, and the small words by which a language is told."""

import re

from items.text import fold

EMPTY_LINKS = {
    "en": "here, click here, click, read more, more, link, this link, this page, see here, more info, "
    "more information, learn more, download, continue, go, details, website, read",
    "fr": "ici, cliquez ici, cliquer ici, lire la suite, lire plus, en savoir plus, plus, lien, ce lien, cette page, "
    "voir ici, suite, télécharger, site, site web, plus d'infos, plus d'informations",
    "nl": "hier, klik hier, lees meer, lees verder, meer, link, deze link, deze pagina, meer info, meer informatie, "
    "zie hier, downloaden, verder, website",
    "de": "hier, hier klicken, klicken sie hier, mehr, mehr lesen, weiterlesen, weiter, link, dieser link, diese "
    "seite, mehr infos, mehr informationen, siehe hier, herunterladen, webseite, website, mehr erfahren",
}
SAYS_NOTHING = frozenset(fold(text.strip()) for texts in EMPTY_LINKS.values() for text in texts.split(","))

# The commonest words of running text that the other languages here do not have, or have far less often.
FUNCTION_WORDS = {
    "en": "the of and to that for with are was were from this which have has will by on been their its at not",
    "fr": "le les des du et à pour que qui dans sur est une un au aux par avec sont ce cette ont été leur ces la",
    "nl": "de het een van voor met dat zijn niet aan wordt worden ook bij naar deze door werd heeft hebben om op te",
    "de": "der die das und den dem des ein eine mit für auf ist sind nicht werden wird von zu im sich auch durch wurde",
}
_WORDS = {language: frozenset(words.split()) for language, words in FUNCTION_WORDS.items()}
_TOKEN = re.compile(r"[^\W\d_]+")
ENOUGH = 6
"""How many small words a text must have before its language is judged."""
MUCH_MORE = 2
"""How many times more small words of another language than of its own make a text that language's."""


def language_of(text: str, *, declared: str) -> str:
    """The language that a text is in, judged by its small words; the declared one where nothing speaks against it."""
    if declared not in _WORDS:
        return declared
    tokens = [token.casefold() for token in _TOKEN.findall(text)]
    counts = {language: sum(token in words for token in tokens) for language, words in _WORDS.items()}
    best = max(counts, key=lambda language: counts[language])
    if counts[best] < ENOUGH or counts[best] < MUCH_MORE * max(counts[declared], 1):
        return declared
    return best


KNOWN_ACRONYMS = frozenset(
    [
        "EU",
        "UN",
        "UE",
        "ONU",
        "VN",
        "US",
        "USA",
        "UK",
        "AIDS",
        "COVID",
        "PDF",
        "CSV",
        "URL",
        "FAQ",
        "TV",
        "ID",
        "OK",
        "NGO",
        "NGOs",
        "ONG",
        "CET",
        "CEST",
        "UTC",
        "GMT",
        "A4",
        "II",
        "III",
        "IV",
        "VI",
        "VII",
        "VIII",
        "IX",
        "XI",
        "XII",
        "ISO",
        "ISBN",
        "DNA",
        "GPS",
        "SMS",
        "WWW",
        "HTML",
        "VAT",
        "TVA",
        "BTW",
        "BBC",
        "EN",
        "FR",
        "NL",
        "DE",
    ]
)
"""Acronyms that readers know, and Roman numerals; they need no explanation."""
