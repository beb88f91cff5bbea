"""Reading a listing from a file: its bytes, then its text. Refuses what is no text that this site could hold."""

import codecs
import os
import re
from pathlib import Path
from typing import BinaryIO

from django.utils.translation import gettext as _

MAX_BYTES = 20 * 1024 * 1024

_NOT_TEXT = (b"%PDF", b"PK\x03\x04", b"{\\rtf", b"\xd0\xcf\x11\xe0", b"\x1f\x8b", b"\x89PNG", b"\xff\xd8\xff", b"GIF8")
_MARKUP = re.compile(r"\s*<(!doctype|html|\?xml)", re.IGNORECASE)
_CONTROLS = re.compile("[\x00-\x08\x0e-\x1f\x7f]")
_UTF8_CHARACTER = re.compile(rb"[\xc3-\xdf][\x80-\xbf]|[\xe0-\xef][\x80-\xbf]{2}|[\xf0-\xf4][\x80-\xbf]{3}")


class ListingFileError(Exception):
    """A file that cannot be read as a listing; the message says why, in one line."""


def read_bytes(path: str, *, stdin: BinaryIO) -> bytes:
    """The bytes of a file, or of standard input for "-". Never reads more than `MAX_BYTES` and one."""
    try:
        if path == "-":
            data = stdin.read(MAX_BYTES + 1)
        elif Path(path).is_dir():
            raise ListingFileError(_("%s is a folder, not a file.") % path)
        else:
            with open(path, "rb") as file:
                if os.fstat(file.fileno()).st_size > MAX_BYTES:
                    raise _too_large(path)
                data = file.read(MAX_BYTES + 1)
    except FileNotFoundError:
        raise ListingFileError(_("%s does not exist.") % path) from None
    except (OSError, ValueError) as error:
        reason = getattr(error, "strerror", None) or error
        raise ListingFileError(_("%(path)s cannot be read: %(reason)s.") % {"path": path, "reason": reason}) from None
    if len(data) > MAX_BYTES:
        raise _too_large(path)
    return data


def decode(data: bytes) -> str:
    """The text of UTF-8, of UTF-16 with a byte order mark, or of Windows-1252.

    Raises ListingFileError for anything else, and for a text that says nothing.
    """
    is_utf16 = data.startswith((codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE))
    if data.startswith(_NOT_TEXT) or (b"\x00" in data and not is_utf16):
        raise ListingFileError(_("This is not a text file. Save the listing as plain text first."))
    if is_utf16:
        text = _decode(data, "utf-16")
    else:
        try:
            text = data.decode("utf-8-sig")
        except UnicodeDecodeError as error:
            text = _decode_cp1252(data, error)
    if not text.strip("\ufeff \t\r\n\f\v\xa0"):
        raise ListingFileError(_("The file is empty."))
    if _MARKUP.match(text):
        raise ListingFileError(_("This is a web page. Copy its listing into a plain text file first."))
    return text


def _too_large(path: str) -> ListingFileError:
    return ListingFileError(
        _("%(path)s is larger than %(limit)d MB.") % {"path": path, "limit": MAX_BYTES // 1024 // 1024}
    )


def _decode(data: bytes, encoding: str) -> str:
    """Text of an encoding that takes nearly any bytes, so that control characters tell what it is not."""
    try:
        text = data.decode(encoding)
    except UnicodeDecodeError:
        raise _wrong_encoding() from None
    if _CONTROLS.search(text):
        raise _wrong_encoding()
    return text


def _decode_cp1252(data: bytes, error: UnicodeDecodeError) -> str:
    """Text of Windows-1252, unless it shows that it is something else."""
    utf8 = sum(len(match[0]) for match in _UTF8_CHARACTER.finditer(data))
    beyond_ascii = sum(byte > 127 for byte in data)
    if utf8 * 2 > beyond_ascii:
        raise ListingFileError(_("The file is damaged UTF-8: byte %d is wrong.") % (error.start + 1))
    text = _decode(data, "cp1252")
    # Western languages write mostly in ASCII letters; another alphabet read as Windows-1252 does not look so.
    if beyond_ascii * 4 > sum(map(str.isalpha, text)):
        raise _wrong_encoding()
    return text


def _wrong_encoding() -> ListingFileError:
    return ListingFileError(_("The file's encoding is unknown. Save it as UTF-8 first."))
