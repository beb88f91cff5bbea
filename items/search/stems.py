"""Words as the index holds them: stemmed in each language of the site, since nobody says in which they typed."""

from items import text
from items.models.language import language_codes


def variants(words: tuple[str, ...]) -> list[tuple[str, ...]]:
    """A word or phrase in the stems of each language, each once."""
    stemmed = (tuple(text.stem(word, code) for word in words) for code in language_codes())
    return list(dict.fromkeys(stemmed))
