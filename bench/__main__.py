"""`make bench`: makes archives, measures, prints one Markdown table.

    python -m bench 1000 10000 100000

An archive is made once and kept in var/bench/<size>/, or in BENCH_DIR/<size>/. Only the served pages need `wrk`.
"""

import json
import os
import shutil
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from pathlib import Path

from bench import served

ROOT = Path(__file__).resolve().parent.parent
FOLDER = Path(os.environ.get("BENCH_DIR") or ROOT / "var" / "bench")
USUAL = 10_000  # the size that is served, and that larger ones are compared with

Line = tuple[str, str, str, bool | None]


def environment(folder: Path) -> dict[str, str]:
    """The settings of a newsroom whose state is in a folder."""
    ours = {"VAR_DIR": folder, "DATABASE_URL": f"sqlite:///{folder / 'newsroom.sqlite3'}", "DEBUG": "0"}
    ours |= {"SITE_URL": "http://127.0.0.1:8000", "LANGUAGES": "en,fr,nl,de"}
    # Set though empty, so that .env does not set them.
    ours |= dict.fromkeys(("REDIS_URL", "WEBSUB_HUB", "ALLOWED_HOSTS", "RELEASE"), "")
    return {**os.environ, **{name: str(value) for name, value in ours.items()}}


def run(folder: Path, *command: str) -> str:
    """What a Python command prints, with the settings of a folder."""
    return subprocess.run(
        [sys.executable, *command], cwd=ROOT, env=environment(folder), check=True, stdout=subprocess.PIPE, text=True
    ).stdout


def tell(what: str) -> None:
    print(what, file=sys.stderr, flush=True)


def archive(size: int) -> Path:
    """The folder of the archive of a size, made where there is none; one that was broken off is made anew."""
    folder = FOLDER / str(size)
    if not (folder / "newsroom.sqlite3").exists():
        tell(f"Making {size:,} items…")
        unfinished = FOLDER / f"{size}.unfinished"
        shutil.rmtree(unfinished, ignore_errors=True)
        unfinished.mkdir(parents=True)
        run(unfinished, "manage.py", "migrate", "--verbosity", "0")
        run(unfinished, "-m", "bench.archive", str(size))
        run(unfinished, "manage.py", "index_search")
        unfinished.rename(folder)
    run(folder, "manage.py", "migrate", "--verbosity", "0")  # an archive may be of an earlier release
    run(folder, "manage.py", "index_search")
    run(folder, "manage.py", "collectstatic", "--noinput", "--verbosity", "0")
    return folder


def inside(folder: Path, what: str) -> dict:
    return json.loads(run(folder, "-m", "bench.inside", what))


def indexing(folder: Path) -> tuple[dict, dict | None]:
    """The facet index made from the database; and loaded from a snapshot, None where the size is not worth one."""
    snapshot = folder / "facets.index"
    snapshot.unlink(missing_ok=True)
    made = inside(folder, "index")
    return made, inside(folder, "index") if snapshot.exists() else None


def importing(folder: Path) -> dict:
    """The import is measured in a copy, so that the archive stays as it is."""
    with tempfile.TemporaryDirectory(dir=FOLDER) as scratch:
        for file in folder.glob("newsroom.sqlite3*"):
            shutil.copy(file, scratch)
        return inside(Path(scratch), "imports")


def served_lines(folder: Path, size: int) -> Iterator[Line]:
    names = {"listing": "warm listing", "item": "warm item", "feed": "warm feed (Atom)", "not_modified": "304 answers"}
    shares = served.measure(environment(folder)) if served.is_possible() else {}
    for name, what in names.items():
        goal = 0.8 if name == "not_modified" else 0.6
        target = f"≥ {goal:.0%} of a bare application's requests a second"
        if share := shares.get(name):
            yield f"{what}, {size:,} items", f"{share:.0%}", target, share >= goal
        else:
            yield f"{what}, {size:,} items", "not measured: wrk is not installed", target, None


def size_lines(size: int, found: dict, usual: dict) -> Iterator[Line]:
    """The lines of one size; `usual` is what was found at the size to compare with."""
    number = f"{found['items']:,} listed of {size:,} items"
    cold, queries = max(found["cold"], found["chosen"]), max(found["cold_queries"], found["chosen_queries"])
    yield (
        f"cold listing with all facets, {number}",
        f"{found['cold']:.1f} ms, {found['cold_queries']} queries; "
        f"in a theme {found['chosen']:.1f} ms, {found['chosen_queries']} queries",
        "< 20 ms, ≤ 6 queries at 10,000",
        (cold < 20 and queries <= 6) if size == USUAL else None,
    )
    if usual is not found and size > USUAL:
        ratio = max(found[name] / usual[name] for name in ("cold", "chosen"))
        yield f"the same, against {USUAL:,} items", f"{ratio:.2f} ×", "≤ 1.5 ×", ratio <= 1.5
    yield f"counts of all facets, {size:,} items", f"{found['counts']:.1f} ms", "< 10 ms", found["counts"] < 10
    for word, most in (("common", 500), ("rare", 30)):
        yield (
            f"search page, a word in {found[f'{word}_share']:.2%} of {size:,} items",
            f"{found[word]:.0f} ms",
            f"< {most} ms",
            found[word] < most,
        )
    depth = found["deepest"] / found["cold"]
    yield f"deepest page against the first, {size:,} items", f"{depth:.2f} ×", "≤ 2 ×", depth <= 2


def index_lines(size: int, made: dict, loaded: dict | None) -> Iterator[Line]:
    """Memory and time of the facet index of one size; a worker has one that was made or one that was loaded."""
    ways = {"made from the database": (made, 20)} | ({"loaded from a snapshot": (loaded, 2)} if loaded else {})
    for how, (index, most) in ways.items():
        seconds, megabytes = index["seconds"], index["memory"] / 1e6
        yield f"facet index {how}, {size:,} items", f"{seconds:.1f} s", f"< {most} s", seconds < most
        yield f"its memory, {size:,} items", f"{megabytes:.0f} MB", "< 100 MB", megabytes < 100


def lines(sizes: list[int]) -> Iterator[Line]:
    folders = {size: archive(size) for size in sizes}
    served_size = USUAL if USUAL in sizes else sizes[0]
    tell("Measuring what is served…")
    yield from served_lines(folders[served_size], served_size)
    tell("Measuring an import…")
    result = importing(folders[served_size])
    yield (
        f"import of {result['entries']:,} entries into {served_size:,} items, search and log included",
        f"{result['rate']:,.0f} items a second",
        "≥ 1,000",
        result["rate"] >= 1000,
    )
    usual: dict = {}
    for size in sizes:
        tell(f"Measuring {size:,} items…")
        found = inside(folders[size], "answers")
        usual = found if size <= USUAL or not usual else usual
        if size == served_size:
            for what, name in (
                ("listing's HTML, gzip", "html"),
                (f"CSS and JS, {found['asset_files']} files", "assets"),
            ):
                kilobytes = found[name] / 1000
                yield f"weight as sent: {what}", f"{kilobytes:.1f} KB", "< 30 KB", kilobytes < 30
        yield from size_lines(size, found, usual)
        yield from index_lines(size, *indexing(folders[size]))


def main() -> None:
    sizes = sorted({int(size) for size in sys.argv[1:]}) or [USUAL]
    before = os.getloadavg()[0]
    print("| what | measured | to reach | met |\n|---|---|---|---|")
    for what, measured, target, met in lines(sizes):
        print(f"| {what} | {measured} | {target} | {'–' if met is None else 'yes' if met else '**no**'} |", flush=True)
    print(f"\nLoad average {before:.1f} before; {os.cpu_count()} processors. A busy machine gives worse figures.")


if __name__ == "__main__":
    main()
