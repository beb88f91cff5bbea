"""Content lines (RFC 5545, 3.1): names, parameters and values, escaped and folded.

A library could write these too; for a calendar of a thousand events it takes five times as long as reading them does.
"""

from collections.abc import Iterable
from datetime import date, datetime

LONGEST = 74
"""Octets on one line, the line's end and the space of a folded one aside. 75 are allowed."""

_ESCAPED = str.maketrans({"\\": "\\\\", ";": "\\;", ",": "\\,", "\n": "\\n", "\r": None})


def text(value: str) -> str:
    """A text as a value (3.3.11)."""
    return value.translate(_ESCAPED)


def texts(values: Iterable[str]) -> str:
    """Several texts as one value."""
    return ",".join(map(text, values))


def day(value: date) -> str:
    """A date as a value (3.3.4)."""
    return value.strftime("%Y%m%d").rjust(8, "0")


def moment(value: datetime) -> str:
    """A local time as a value (3.3.5), without its zone."""
    return f"{day(value)}T{value:%H%M%S}"


def folded(line: str) -> bytes:
    """A content line as it is sent: UTF-8, folded between characters, with its end."""
    octets = line.encode()
    if len(octets) <= LONGEST:
        return octets + b"\r\n"
    parts, start = [], 0
    while start < len(octets):
        end = start + LONGEST
        while end < len(octets) and octets[end] & 0xC0 == 0x80:  # within a character
            end -= 1
        parts.append(octets[start:end])
        start = end
    return b"\r\n ".join(parts) + b"\r\n"


def component(name: str, lines: Iterable[str], *, inner: Iterable[bytes] = ()) -> bytes:
    """A component (3.6): its own lines, then what stands in it."""
    return b"".join([folded(f"BEGIN:{name}"), *map(folded, lines), *inner, folded(f"END:{name}")])
