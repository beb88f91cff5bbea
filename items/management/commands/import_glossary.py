"""`manage.py import_glossary FILE`: bring terms in from CSV or SKOS. Rings the bell; `items.glossary` does the work."""

from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from items.glossary import GlossaryFileError, read_file, reconcile

WORDS: dict[Any, Any] = {
    "created": gettext_lazy("created"),
    "updated": gettext_lazy("updated"),
    "unchanged": gettext_lazy("unchanged"),
    "rejected": gettext_lazy("rejected"),
}


class Command(BaseCommand):
    help = "Bring the terms of a CSV, Turtle or RDF/XML file into the glossary. Running it again changes nothing."

    def add_arguments(self, parser):
        parser.add_argument("file", metavar="FILE", help="a file whose name ends in .csv, .ttl or .rdf")
        parser.add_argument("--dry-run", action="store_true", help="print the report and write nothing")

    def handle(self, *args, file: str, dry_run: bool, **options):
        try:
            rows = read_file(file, Path(file).read_bytes())
        except OSError as error:
            raise CommandError(f"{file}: {error.strerror}") from None
        except GlossaryFileError as error:
            raise CommandError(str(error)) from None
        result = reconcile(rows, by=None, dry_run=dry_run)
        for outcome in result.outcomes:
            self.stdout.write(f"{outcome.where}: {WORDS[outcome.result]}: {outcome.name}".rstrip(": "))
            for problem in outcome.problems:
                self.stdout.write(f"    {problem}")
        total = len(result.outcomes)
        counts = ", ".join(f"{result.count(name)} {word}" for name, word in WORDS.items())
        terms = ngettext("%d term", "%d terms", total) % total
        self.stdout.write(f"{terms}: {counts}.")
        if dry_run:
            self.stdout.write(_("A dry run: nothing was written."))
