"""A briefing as PDF, where the optional library that sets it is there."""

import subprocess
import sys
from functools import lru_cache
from importlib.util import find_spec
from pathlib import Path
from threading import BoundedSemaphore

from django.contrib.staticfiles import finders

HERE = Path(__file__).resolve().parent
PROGRAM, STYLE = HERE / "typeset.py", HERE / "document.css"
AT_ONCE = 1
"""Documents that a process of the site has set at the same time: each takes a processor for some seconds."""
PATIENCE, LONGEST = 10.0, 60.0
"""Seconds to wait for one's turn, and seconds that setting a document may take."""

_turns = BoundedSemaphore(AT_ONCE)


class Busy(Exception):
    """Others are having documents set; ask again in a while."""


class Failed(Exception):
    """The document could not be set. The text says what the program said."""


@lru_cache(maxsize=1)
def is_available() -> bool:
    """Whether PDF can be made here: WeasyPrint is installed, and finds the system's libraries that it needs."""
    if find_spec("weasyprint") is None:
        return False
    try:
        tried = subprocess.run([sys.executable, "-I", "-c", "import weasyprint"], capture_output=True, timeout=LONGEST)
    except (OSError, subprocess.TimeoutExpired):
        return False
    return tried.returncode == 0


def typeset(html: str) -> bytes:
    """A document as PDF. Raises Busy, or Failed."""
    fonts = finders.find("fonts/source-sans-3.woff2")
    if not fonts:
        raise Failed("The fonts of the site are not among its static files.")
    if not _turns.acquire(timeout=PATIENCE):
        raise Busy
    try:
        # security: a list of fixed arguments and no shell; the document goes in as input.
        made = subprocess.run(  # noqa: S603
            [sys.executable, "-I", str(PROGRAM), str(STYLE), str(Path(fonts).parent)],
            input=html.encode(),
            capture_output=True,
            timeout=LONGEST,
        )
    except subprocess.TimeoutExpired:
        raise Failed(f"Setting the document took more than {LONGEST:.0f} seconds.") from None
    finally:
        _turns.release()
    if made.returncode:
        raise Failed(made.stderr.decode(errors="replace")[-2000:])
    return made.stdout
