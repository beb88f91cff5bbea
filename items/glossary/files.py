"""A file with a glossary, read by what its name says it is."""

from pathlib import PurePath

from django.utils.translation import gettext as _

from items.glossary import csv_file, skos
from items.glossary.row import MOST_BYTES, GlossaryFileError, Row

FORMATS = {".csv": "csv", ".tsv": "csv", ".txt": "csv", ".ttl": "turtle", ".rdf": "xml", ".xml": "xml", ".owl": "xml"}


def read_file(name: str, content: bytes) -> list[Row]:
    """The concepts of a CSV, Turtle or RDF/XML file. Raises GlossaryFileError where it cannot be read."""
    format = FORMATS.get(PurePath(name).suffix.lower())
    if format is None:
        message = _("The name of the file must end in .csv, .ttl or .rdf; found “%(name)s”.")
        raise GlossaryFileError(message % {"name": PurePath(name).name[:100]})
    if len(content) > MOST_BYTES:
        size = {"size": MOST_BYTES // 1024 // 1024}
        raise GlossaryFileError(_("The file is larger than %(size)d MB.") % size)
    return csv_file.parse(content) if format == "csv" else skos.parse(content, format=format)
