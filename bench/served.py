"""Requests a second of the newsroom behind gunicorn, against a bare application served likewise, by `wrk`."""

import re
import shutil
import socket
import subprocess
import sys
import time
import urllib.request
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from urllib.error import HTTPError

ROOT = Path(__file__).resolve().parent.parent
SECONDS = 5
# As `make run` starts it.
GUNICORN = ("--worker-class", "gthread", "--workers", "2", "--threads", "4", "--no-control-socket")


def is_possible() -> bool:
    return shutil.which("wrk") is not None


def free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return probe.getsockname()[1]


@contextmanager
def server(application: str, environment: dict[str, str]) -> Iterator[str]:
    """The address of an application that gunicorn serves; it is stopped at the end."""
    port = free_port()
    address = f"http://127.0.0.1:{port}"
    command = [sys.executable, "-m", "gunicorn", application, "--bind", f"127.0.0.1:{port}", *GUNICORN]
    process = subprocess.Popen(
        command,
        cwd=ROOT,
        env={**environment, "SITE_URL": address},
        stderr=subprocess.DEVNULL,
        stdout=subprocess.DEVNULL,
    )
    try:
        for _ in range(120):
            with suppress(OSError):
                urllib.request.urlopen(address, timeout=60).close()
                break
            if process.poll() is not None:
                raise RuntimeError(f"{application} does not start.")
            time.sleep(0.5)
        else:
            raise RuntimeError(f"{application} does not answer.")
        yield address
    finally:
        process.terminate()
        try:
            process.wait(10)
        except subprocess.TimeoutExpired:
            process.kill()
            process.wait()


def status(address: str, etag: str) -> int:
    """The status of the answer to one who has a page with this ETag."""
    try:
        with urllib.request.urlopen(urllib.request.Request(address, headers={"If-None-Match": etag})) as answer:
            return answer.status
    except HTTPError as error:
        return error.code


def rate(address: str, *headers: str, seconds: int = SECONDS) -> float:
    """Requests a second over 16 connections. Raises RuntimeError when an answer is an error."""
    command = ["wrk", "-t2", "-c16", f"-d{seconds}s", *(part for header in headers for part in ("-H", header)), address]
    said = subprocess.run(command, capture_output=True, text=True, check=True, timeout=seconds + 30).stdout
    if "Non-2xx" in said or "Socket errors" in said:
        raise RuntimeError(f"{address}: {said}")
    return float(re.search(r"Requests/sec:\s+([\d.]+)", said).group(1))


def measure(environment: dict[str, str]) -> dict[str, float]:
    """Requests a second as shares of the bare application's, which is measured before and after each."""
    with server("bench.baseline:application", environment) as bare, server("newsroom.wsgi", environment) as site:
        with urllib.request.urlopen(f"{site}/news/") as answer:
            page, etag = answer.read().decode(), answer.headers["ETag"]
        item = re.search(r'<article[^>]* data-item.*?href="(/news/\d+/[^"?]+)', page, re.DOTALL).group(1)
        asked = {
            "listing": (f"{site}/news/", "Accept-Encoding: gzip"),
            "item": (f"{site}{item}", "Accept-Encoding: gzip"),
            "feed": (f"{site}/news/feed.atom", "Accept-Encoding: gzip"),
            "not_modified": (f"{site}/news/", "Accept-Encoding: gzip", f"If-None-Match: {etag}"),
        }
        if status(f"{site}/news/", etag) != 304:
            raise RuntimeError("A page that has not changed is sent again.")
        rate(bare, seconds=1)
        shares, before = {}, rate(bare)
        for name, question in asked.items():
            rate(*question, seconds=1)  # fills the page cache of both workers
            found, after = rate(*question), rate(bare)
            shares[name] = found / ((before + after) / 2)
            before = after
        return shares
