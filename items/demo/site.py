"""The demo's standing pages, and what its site says of itself.

`pages/*.toml` hold a page each: its kind and position, and a table for each language it is in.
"""

import tomllib
from datetime import datetime
from pathlib import Path
from typing import Any

from django.utils import timezone, translation
from django.utils.formats import date_format

from items.models import Page, PageText, SiteSettings
from items.models.language import language_codes

PAGES = Path(__file__).resolve().parent / "pages"
TAGLINES = {
    "en": "Asylum and migration in Belgium: news, events and figures",
    "fr": "Asile et migration en Belgique : actualités, événements et chiffres",
    "nl": "Asiel en migratie in België: nieuws, evenementen en cijfers",
    "de": "Asyl und Migration in Belgien: Nachrichten, Veranstaltungen und Zahlen",
}


def pages() -> list[dict[str, Any]]:
    """All pages as written, in the footer's order."""
    found = [tomllib.loads(file.read_text("utf-8")) for file in PAGES.glob("*.toml")]
    return sorted(found, key=lambda page: page["position"])


def load_site(*, at: datetime) -> None:
    """Put the standing pages into a site that has none, and a tagline and a contact into one that says nothing."""
    if not Page.objects.exists():
        for written in pages():
            _write(written, at=at)
    if not SiteSettings.objects.exists():
        taglines = {code: text for code, text in TAGLINES.items() if code in language_codes()}
        SiteSettings.objects.create(taglines=taglines, contact_email="newsroom@example.org")


def _write(written: dict[str, Any], *, at: datetime) -> None:
    page = Page.objects.create(kind=written["kind"], position=written["position"], is_published=True)
    for language in language_codes():
        if text := written.get(language):
            with translation.override(language):
                day = date_format(timezone.localdate(at), "DATE_FORMAT")
            body = text["body"].replace("{day}", day)
            PageText.objects.create(
                page=page, language=language, title=text["title"], slug=text["slug"], summary=text["summary"], body=body
            )
