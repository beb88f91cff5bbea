"""The glossary of the demo: common terms of asylum and migration, explained in our own words in all languages."""

import tomllib
from pathlib import Path

from items.glossary import Row, reconcile
from items.models import Concept
from items.models.language import language_codes

FILE = Path(__file__).resolve().parent / "glossary.toml"
SOURCE = "Newsroom demo"


def rows() -> list[Row]:
    """The terms as written, in the languages of the site."""
    codes = language_codes()
    found = []
    for slug, term in tomllib.loads(FILE.read_text("utf-8")).items():
        texts = {code: term[code] for code in codes if code in term}
        found.append(
            Row(
                slug,
                slug=slug,
                labels={code: text["term"] for code, text in texts.items()},
                synonyms={code: text["also"] for code, text in texts.items() if "also" in text},
                definitions={code: text["means"] for code, text in texts.items()},
                source_text=SOURCE,
                broader=term.get("broader", []),
                related=term.get("related", []),
            )
        )
    return found


def load_glossary() -> None:
    """Put the demo's terms into an empty glossary; one that has terms already is left alone."""
    if not Concept.objects.exists():
        reconcile(rows(), by=None)
