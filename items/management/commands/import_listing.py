"""`manage.py import_listing FILE`: bring a printed listing in. Rings the bell; `items.imports` does the work."""

import json
import sys
from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError
from django.db import IntegrityError
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext
from tqdm import tqdm

from items import search
from items.imports.listing_file import ListingFileError, decode, read_bytes
from items.imports.parse import parse
from items.imports.reconcile import ImportsError, Outcome, Result, ResultName, reconcile
from items.imports.terms import Terms
from items.imports.title import derive_title
from items.models import Source

WORDS: dict[ResultName, Any] = {
    "created": gettext_lazy("created"),
    "updated": gettext_lazy("updated"),
    "unchanged": gettext_lazy("unchanged"),
    "rejected": gettext_lazy("rejected"),
}


class Command(BaseCommand):
    help = "Bring the entries of a printed listing in as items. Running it again changes nothing."

    def add_arguments(self, parser):
        parser.add_argument("file", metavar="FILE", help="the listing as a text file, or - for standard input")
        parser.add_argument("--language", default=settings.LANGUAGE_CODE, help="language of the listing (%(default)s)")
        parser.add_argument("--publish", action="store_true", help="make the items visible at once, not drafts")
        parser.add_argument("--dry-run", action="store_true", help="print the report and write nothing")
        parser.add_argument("--source", metavar="NAME", help="the organisation that all entries come from")
        parser.add_argument("--json", action="store_true", help="print the report for programs")

    def handle(self, *args, file: str, language: str, publish: bool, dry_run: bool, source: str | None, **options):
        if language not in dict(settings.LANGUAGES):
            known = ", ".join(dict(settings.LANGUAGES))
            raise CommandError(
                _('"%(code)s" is not a language of this site: %(known)s.') % {"code": language, "known": known}
            )
        try:
            parsed = parse(decode(read_bytes(file, stdin=sys.stdin.buffer)))
        except ListingFileError as error:
            raise CommandError(str(error)) from None
        if not parsed.entries:
            raise CommandError(_("There are no entries in the file."))
        is_watched = sys.stderr.isatty() and not options["json"]
        with tqdm(total=len(parsed.entries), unit=" entries", disable=not is_watched, leave=False) as bar:
            try:
                result = reconcile(
                    parsed.entries,
                    language=language,
                    at=timezone.now(),
                    publish=publish,
                    source=_source(source),
                    dry_run=dry_run,
                    progress=bar.update,
                )
            except ImportsError as error:
                raise CommandError(str(error)) from None
            except IntegrityError:
                raise CommandError(
                    _("Another import wrote the same at the same moment. Nothing was changed; run this one again.")
                ) from None
        if not dry_run:
            search.sync()  # now, so that no reader waits for it
        if options["json"]:
            self.stdout.write(json.dumps(_report(result), indent=2))
            return
        if parsed.introduction:
            self.stdout.write(_("Left out as an introduction: %s") % derive_title(parsed.introduction))
        for outcome in result.outcomes:
            words = {"number": outcome.line, "result": WORDS[outcome.result], "title": derive_title(outcome.summary)}
            self.stdout.write((_("line %(number)d: %(result)s: %(title)s") % words).rstrip(": "))
            for problem in outcome.problems:
                self.stdout.write(f"    {problem}")
        total = len(result.outcomes)
        counts = ", ".join(f"{result.count(name)} {word}" for name, word in WORDS.items())
        entries = ngettext("%d entry", "%d entries", total) % total
        self.stdout.write(f"{entries}: {counts}.")
        if dry_run:
            self.stdout.write(_("A dry run: nothing was written."))


def _source(name: str | None) -> Source | None:
    source = Terms(Source).named(name) if name is not None else None
    if name is not None and source is None:
        raise CommandError(_('There is no source "%s".') % name)
    return source


def _report(result: Result) -> dict[str, Any]:
    """The report for programs: counts, then one object an entry."""
    report: dict[str, Any] = {"entries": len(result.outcomes)}
    report |= {name: result.count(name) for name in WORDS}
    return report | {"items": [_row(outcome) for outcome in result.outcomes]}


def _row(outcome: Outcome) -> dict[str, Any]:
    published, when = outcome.publication_date, outcome.when
    return {
        "line": outcome.line,
        "result": outcome.result,
        "id": outcome.id,
        "publication_date": published.isoformat() if published else None,
        "summary": outcome.summary,
        "themes": list(outcome.themes),
        "type": outcome.type,
        "keywords": list(outcome.keywords),
        "when": when if when is None or isinstance(when, str) else when.isoformat(),
        "problems": list(outcome.problems),
    }
