"""The interface in the site's other languages: nothing that readers or editors see is left in English."""

import ast
import re
from collections.abc import Iterator
from gettext import GNUTranslations
from io import BytesIO
from pathlib import Path

import pytest
from babel.messages.catalog import Catalog, Message
from babel.messages.extract import extract
from babel.messages.mofile import write_mo
from babel.messages.pofile import read_po
from django.utils.translation.template import templatize

from tests.builders import make_item

ROOT = Path(__file__).parent.parent
LANGUAGES = ("fr", "nl", "de")
KEYWORDS: dict = {
    "_": None,
    "gettext": None,
    "gettext_lazy": None,
    "ngettext": (1, 2),
    "pgettext": ((1, "c"), 2),
    "pgettext_lazy": ((1, "c"), 2),
    "npgettext": ((1, "c"), 2, 3),
}
"""Which argument of each function is the context ("c"), the message and its plural, counted from 1."""
PLACEHOLDER = re.compile(r"%\(\w+\)[a-z]|%[a-z%]|\{\w*\}")

Key = tuple[str | None, str]
"""The context and the message (the singular, where there are two)."""


def in_code(path: Path) -> Iterator[Key]:
    """Messages of a Python file, those inside f-strings too."""
    for call in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        if not (isinstance(call, ast.Call) and isinstance(call.func, ast.Name) and call.func.id in KEYWORDS):
            continue
        texts = [argument.value for argument in call.args if isinstance(argument, ast.Constant)]
        assert texts, f"{path.name}:{call.lineno} translates something that is not written there."
        yield (texts[0], texts[1]) if "pgettext" in call.func.id else (None, texts[0])


def in_template(path: Path) -> Iterator[Key]:
    """Messages of a template, by the form that Django gives it for xgettext."""
    lines = templatize(path.read_text(encoding="utf-8")).splitlines()
    source = "\n".join(line.strip() for line in lines)  # the indents of HTML mean nothing to Python
    for _, message, _, context in extract("python", BytesIO(source.encode()), keywords=KEYWORDS):
        yield context, message if isinstance(message, str) else message[0]


def messages() -> dict[Key, str]:
    """Every message of pages, feeds, mail and the desk, with the file that holds it."""
    found: dict[Key, str] = {}
    for path in sorted(path for end in ("html", "txt") for path in (ROOT / "templates").rglob(f"*.{end}")):
        found.update(dict.fromkeys(in_template(path), str(path.relative_to(ROOT))))
    for path in sorted((ROOT / "items").rglob("*.py")):
        found.update(dict.fromkeys(in_code(path), str(path.relative_to(ROOT))))
    return found


def folder(language: str) -> Path:
    return ROOT / "locale" / language / "LC_MESSAGES"


def read_catalogue(language: str) -> Catalog:
    with (folder(language) / "django.po").open("rb") as file:
        return read_po(file, locale=language)


def translations(message: Message) -> tuple[str, ...]:
    return message.string if isinstance(message.string, tuple) else (message.string,)


def placeholders(text: str) -> list[str]:
    return sorted(PLACEHOLDER.findall(text))


def test_messages_are_found_in_templates_and_in_code():
    found = messages()

    assert found[None, "Clear all"] == "templates/items/_chips.html"
    assert found["date", "To"]
    assert found[None, "%(total)s item"]
    assert found[None, "Latest news, events and publications"] == "templates/items/front.html"
    assert found["a source", "from %s"] == "items/listing/words.py"
    assert found[None, "keyword %s"]


@pytest.mark.parametrize("language", LANGUAGES)
def test_everything_is_translated(language):
    catalogue = read_catalogue(language)

    def is_translated(context: str | None, text: str) -> bool:
        message = catalogue.get(text, context=context)
        return message is not None and not message.fuzzy and all(translations(message))

    left = [f"{file}: {key[1]}" for key, file in messages().items() if not is_translated(*key)]

    assert left == []


@pytest.mark.parametrize("language", LANGUAGES)
def test_no_translation_is_a_guess(language):
    assert [message.id for message in read_catalogue(language) if message.id and message.fuzzy] == []


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_compiled_catalogue_is_what_its_source_compiles_to(language):
    catalogue = read_catalogue(language)
    for message in list(catalogue):
        if message.id and not all(translations(message)):
            catalogue.delete(message.id, message.context)  # msgfmt leaves them out
    compiled = BytesIO()
    write_mo(compiled, catalogue)
    compiled.seek(0)
    with (folder(language) / "django.mo").open("rb") as file:
        stored = GNUTranslations(file)._catalog
    expected = GNUTranslations(compiled)._catalog

    # The empty message is the header, which the two compilers fill differently.
    assert {key: text for key, text in stored.items() if key} == {key: text for key, text in expected.items() if key}


@pytest.mark.parametrize("language", LANGUAGES)
def test_translations_keep_the_placeholders(language):
    wrong = []
    for message in read_catalogue(language):
        if not message.id:
            continue
        originals = message.id if isinstance(message.id, tuple) else (message.id,)
        wanted = {tuple(placeholders(original)) for original in originals}
        wrong += [text for text in translations(message) if text and tuple(placeholders(text)) not in wanted]

    assert wrong == []


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("language", "everything", "some", "none"),
    [
        ("fr", "2 articles", "1 article dans Accueil, mot-clé solidarité, depuis 2023", "Aucun article de 1999"),
        ("nl", "2 berichten", "1 bericht in Opvang, trefwoord solidariteit, sinds 2023", "Geen berichten uit 1999"),
        ("de", "2 Beiträge", "1 Beitrag zu Aufnahme, Schlagwort Solidarität, seit 2023", "Keine Beiträge aus 1999"),
    ],
)
def test_headings_read_naturally_in_each_language(client, language, everything, some, none):
    make_item(themes=["reception"], keywords=["solidarity"], publication_date="2026-01-02")
    make_item()

    def heading(query: str) -> str:
        page = client.get(f"/{language}/news/", query_params=query).content.decode()
        return re.search(r"<h1[^>]*>([^<]*)</h1>", page)[1]

    assert heading({}) == everything
    assert heading({"theme": "reception", "keyword": "solidarity", "from": "2023"}) == some
    assert heading({"year": "1999"}) == none
