"""The site's languages, as the models need them: codes in order of preference, names from CLDR."""

from babel import Locale
from django.conf import settings


def languages() -> list[tuple[str, str]]:
    """(code, own name) pairs in the site's order; a callable, so that a migration never lists them."""
    return list(settings.LANGUAGES)


def language_codes() -> list[str]:
    """The site's language codes in order of preference."""
    return [code for code, _ in settings.LANGUAGES]


def default_language() -> str:
    """The code of the language whose addresses have no prefix."""
    return settings.LANGUAGE_CODE


def language_name(code: str, language: str) -> str:
    """The name of language `code` in words of `language`: ("fr", "de") gives "Französisch"."""
    locale = Locale.parse(language, sep="-")
    return locale.languages.get(code) or locale.languages.get(code.split("-")[0]) or code
