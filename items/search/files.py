"""The text of files, as far as it can be had safely: of PDF by pypdf, of Word documents by the standard library.

A file that cannot be read has no text; it never stops anything.
"""

import logging
import re
import time
import zipfile
from collections.abc import Callable
from typing import IO
from xml.parsers import expat  # security: document types are refused below, so nothing expands

from pypdf import PdfReader

from items.models.fields import clean_text

MOST_BYTES = 50 * 1024 * 1024
"""Of a file, and of what a zip archive unpacks to."""

MOST_CHARACTERS = 2_000_000
MOST_PAGES = 1_000
MOST_SECONDS = 20

_WORD_XML = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
_SPACES = re.compile(r"\s+")

logger = logging.getLogger(__name__)


class _Refused(Exception):
    """A file that asks too much."""


def text_of(file, extension: str) -> str:
    """The words of a stored file, on one line, cut at 2,000,000 characters; "" when there are none to be had."""
    try:
        with file.open("rb") as opened:
            if opened.size > MOST_BYTES:
                raise _Refused("too large")
            found = READABLE[extension](opened)
    except Exception as error:  # pypdf raises whatever a broken file makes it stumble over
        logger.warning("No text could be read of %s: %s", file.name, error)
        return ""
    return _SPACES.sub(" ", clean_text(found[:MOST_CHARACTERS])).strip()


def _pdf(file: IO[bytes]) -> str:
    until = time.monotonic() + MOST_SECONDS
    parts: list[str] = []
    length = 0
    for page in PdfReader(file).pages[:MOST_PAGES]:
        parts.append(page.extract_text())
        length += len(parts[-1])
        if length > MOST_CHARACTERS or time.monotonic() > until:
            break
    return "\n".join(parts)


def _docx(file: IO[bytes]) -> str:
    with zipfile.ZipFile(file) as archive, archive.open("word/document.xml") as document:
        # security: what is read counts, not what the archive says of itself.
        xml = document.read(MOST_BYTES + 1)
    if len(xml) > MOST_BYTES:
        raise _Refused("unpacks to too much")
    parts: list[str] = []
    is_text = False

    def start(name: str, attributes: dict) -> None:
        nonlocal is_text
        is_text = name == f"{_WORD_XML} t"
        if name in (f"{_WORD_XML} p", f"{_WORD_XML} tab", f"{_WORD_XML} br"):
            parts.append("\n")

    def end(name: str) -> None:
        nonlocal is_text
        is_text = False

    def characters(data: str) -> None:
        if is_text:
            parts.append(data)

    def refuse(*args) -> None:
        raise _Refused("declares a document type")  # and with it, perhaps, entities of entities

    parser = expat.ParserCreate(namespace_separator=" ")
    parser.StartElementHandler, parser.EndElementHandler = start, end
    parser.CharacterDataHandler, parser.StartDoctypeDeclHandler = characters, refuse
    parser.Parse(xml, True)
    return "".join(parts)


def _txt(file: IO[bytes]) -> str:
    return file.read(MOST_CHARACTERS).decode("utf-8", errors="replace")


READABLE: dict[str, Callable[[IO[bytes]], str]] = {"pdf": _pdf, "docx": _docx, "txt": _txt}
"""How the text of each sort of file is read, by extension."""
