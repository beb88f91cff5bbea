"""A worker process of the site, that asks itself the same many times at once; see `test_processes`.

    python -m tests.http.asking ADDRESS THREADS FOLDER WORKERS

Says "ready", waits for a line, asks, and prints each status and a digest of each body. Every answer that Django makes
is a line in FOLDER/made. Django is kept from answering until every worker has begun to ask.
"""

import os
import sys
import time
from concurrent.futures import ThreadPoolExecutor
from hashlib import sha256
from pathlib import Path
from threading import Barrier

import django

django.setup()

from django.core.wsgi import get_wsgi_application  # noqa: E402

from items.http import PageCache  # noqa: E402
from tests.http.site import Client  # noqa: E402


def main(address: str, threads: int, folder: Path, workers: int) -> None:
    site = get_wsgi_application()

    def counted(environ, start_response):
        end = time.monotonic() + 30
        while len(list(folder.glob("asks.*"))) < workers and time.monotonic() < end:
            time.sleep(0.01)
        with open(folder / "made", "a") as made:
            made.write(f"{os.getpid()} {environ['PATH_INFO']}\n")
        return site(environ, start_response)

    client, together = Client(PageCache(counted)), Barrier(threads)

    def ask(_number: int) -> str:
        together.wait()
        (folder / f"asks.{os.getpid()}").touch()
        status, _fields, body = client.get(address)
        return f"{status.split()[0]} {sha256(body).hexdigest()}"

    with ThreadPoolExecutor(threads) as pool:
        print("ready", flush=True)
        sys.stdin.readline()
        print(*pool.map(ask, range(threads)), sep="\n", flush=True)


if __name__ == "__main__":
    main(sys.argv[1], int(sys.argv[2]), Path(sys.argv[3]), int(sys.argv[4]))
