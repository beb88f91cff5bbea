"""What is measured within one process: prints a JSON object of numbers. Run by `bench`, with VAR_DIR set.

python -m bench.inside answers     times of Django's handler (milliseconds, medians), queries, weights (bytes)
python -m bench.inside index       memory (bytes) and time (seconds) of a facet index made in a fresh process
python -m bench.inside imports     items a second that an import brings in; writes into the database
"""

import gc
import gzip
import io
import json
import os
import random
import re
import sys
import time
from collections.abc import Callable
from functools import partial
from statistics import median

import django

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "newsroom.settings")
django.setup()

from django.core.handlers.wsgi import WSGIHandler
from django.db import connection
from django.http import QueryDict
from django.test import RequestFactory
from django.utils import timezone

from bench.archive import sentence
from items import facets, search
from items.imports.parse import parse
from items.imports.reconcile import reconcile
from items.listing import Listing
from items.listing.listing import PAGE_SIZE
from items.models import Change, ContentVersion, ItemType, Theme

TIMES = 30
IMPORTED = 5_000


def timed(what: Callable[[], object], times: int = TIMES) -> float:
    """Milliseconds that something takes: the median, after one run that does not count."""
    what()
    taken = []
    for _ in range(times):
        started = time.perf_counter()
        what()
        taken.append(time.perf_counter() - started)
    return 1000 * median(taken)


def counted(what: Callable[[], object]) -> int:
    """How many queries something makes."""
    seen = []

    def note(execute, *args):
        seen.append(args[0])
        return execute(*args)

    with connection.execute_wrapper(note):
        what()
    return len(seen)


class Site:
    """The newsroom's WSGI application, called without a server; Django alone, so there is no page cache."""

    def __init__(self):
        self.application, self.requests = WSGIHandler(), RequestFactory(SERVER_NAME="127.0.0.1")

    def get(self, address: str) -> bytes:
        """The body of an answer that must be 200."""
        began = []
        environ = self.requests.get(address, HTTP_ACCEPT_ENCODING="gzip").environ
        answer = self.application(environ, lambda status, headers, exc_info=None: began.append((status, headers)))
        body = b"".join(answer)
        answer.close()
        if not began[0][0].startswith("200"):
            raise RuntimeError(f"{address}: {began[0][0]}")
        return body


def answers() -> dict:
    """Times of answers, their queries, and the weights of a page."""
    site, at = Site(), timezone.now()
    everything = Listing(QueryDict(""), language="en", at=at)
    theme = max(everything.facet("theme").options, key=lambda option: option.count)
    chosen = f"/news/?theme={theme.value}"
    deepest = f"/news/?page={-(-everything.total // PAGE_SIZE)}"
    page = site.get("/news/").decode()
    assets = re.findall(r'<(?:link rel="stylesheet" href|script src)="([^"]+)"', page)
    return {
        "items": everything.total,
        "cold": timed(lambda: site.get("/news/")),
        "cold_queries": counted(lambda: site.get("/news/")),
        "chosen": timed(lambda: site.get(chosen)),
        "chosen_queries": counted(lambda: site.get(chosen)),
        "deepest": timed(lambda: site.get(deepest)),
        "counts": counting(theme.value),
        **searching(site, everything),
        "html": max(len(gzip.compress(site.get(address), 6)) for address in ("/news/", chosen)),
        "assets": sum(len(site.get(address)) for address in assets),
        "asset_files": len(assets),
    }


def counting(theme: str) -> float:
    """Milliseconds for the counts of all facets of a listing in a theme, its bitmaps being there."""
    listing = Listing(QueryDict(f"theme={theme}"), language="en", at=timezone.now())
    index, names = listing.index, listing.filter.facets
    return timed(lambda: [index.count(name, listing.matching(leaving_out=name)) for name in names])


def searching(site: Site, everything: Listing) -> dict:
    """Times of the page of what a common and a rare word find, and the share of the items that have it.

    Keywords are "subject 0" to "subject 599", so their numbers are words on as many items as one likes.
    """
    keywords = everything.facet("keyword").options
    common = min(keywords, key=lambda option: abs(option.count - everything.total / 3))
    rare = min(keywords, key=lambda option: option.count)
    found = {}
    for name, keyword in (("common", common), ("rare", rare)):
        word = keyword.value.rpartition("-")[2]
        total = Listing(QueryDict(f"q={word}"), language="en", at=timezone.now()).total
        found[name] = timed(partial(site.get, f"/news/?q={word}"), 10)
        found[f"{name}_share"] = total / everything.total
    return found


def resident() -> int:
    """Bytes of memory that this process holds."""
    gc.collect()
    with open("/proc/self/statm") as statm:
        return int(statm.read().split()[1]) * os.sysconf("SC_PAGE_SIZE")


def index() -> dict:
    """The facet index of a fresh process. Connections are closed before each look: SQLite's cache is no part of it."""
    ContentVersion.current()
    connection.close()
    before, started = resident(), time.perf_counter()
    made = facets.current(timezone.now())
    seconds = time.perf_counter() - started
    connection.close()
    return {"memory": resident() - before, "seconds": seconds, "approved": len(made.approved)}


def listing_text(entries: int) -> str:
    """A printed listing with fields in all entries."""
    rng, out = random.Random(2), io.StringIO()
    themes = [term.label("en") for term in Theme.objects.all()]
    types = [term.label("en") for term in ItemType.objects.all()]
    for number in range(entries):
        print(f"Publication date: {rng.randint(1, 28)} May {rng.randint(1996, 2026)}\n", file=out)
        print(sentence(rng, 9), f"Entry {number}.", sentence(rng, 40), file=out)
        print(f"Main theme: {', '.join(rng.sample(themes, rng.randint(1, 3)))}", file=out)
        print(f"Publication Type: {rng.choice(types)}", file=out)
        print(f"Keywords: {', '.join(f'subject {rng.randrange(600)}' for _ in range(3))}\n", file=out)
    return out.getvalue()


def imports() -> dict:
    """An import from the text to the last word in the search index; the change log is written by the way."""
    search.sync()
    text, logged = listing_text(IMPORTED), Change.objects.count()
    started = time.perf_counter()
    result = reconcile(parse(text).entries, language="en", at=timezone.now(), publish=True)
    search.sync()
    seconds = time.perf_counter() - started
    created = result.count("created")
    if created != IMPORTED or not search.is_in_step() or Change.objects.count() < logged + created:
        raise RuntimeError(f"The import is not complete: {created} of {IMPORTED} items.")
    return {"rate": created / seconds, "entries": created}


if __name__ == "__main__":
    print(json.dumps({"answers": answers, "index": index, "imports": imports}[sys.argv[1]]()))
