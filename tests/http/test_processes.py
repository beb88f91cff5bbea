"""A page is made once for all worker processes, over files and over Redis."""

import os
import signal
import subprocess
import sys
from pathlib import Path

import pytest

from items.http.file_cache import FileCache
from tests.http.redis_server import RedisServer

ROOT = Path(__file__).resolve().parent.parent.parent
WORKERS, THREADS = 3, 34


@pytest.fixture(scope="module")
def environment(tmp_path_factory):
    """The environment of a site with an empty archive in a database file."""
    folder = tmp_path_factory.mktemp("var")
    environment = {
        **os.environ,
        "DJANGO_SETTINGS_MODULE": "tests.settings",
        "VAR_DIR": str(folder),
        "DATABASE_URL": f"sqlite:///{folder}/newsroom.sqlite3",
        "REDIS_URL": "",
    }
    subprocess.run([sys.executable, "manage.py", "migrate", "--verbosity", "0"], cwd=ROOT, env=environment, check=True)
    return environment


@pytest.fixture(params=["files", "Redis"])
def shared(request, environment, tmp_path):
    """The environment with an empty store that the processes share."""
    if request.param == "files":
        # A release of its own: what another test has left is of no use.
        yield {**environment, "RELEASE": tmp_path.name}
        return
    server = RedisServer()
    server.start()
    try:
        yield {**environment, "REDIS_URL": server.url}
    finally:
        server.close()


def ask(address, environment, folder):
    """What all the workers were answered, and how many answers Django made."""
    command = [sys.executable, "-m", "tests.http.asking", address, str(THREADS), str(folder), str(WORKERS)]
    workers = [
        subprocess.Popen(command, cwd=ROOT, env=environment, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True)
        for _ in range(WORKERS)
    ]
    try:
        for worker in workers:
            assert worker.stdout.readline() == "ready\n"
        for worker in workers:
            worker.stdin.write("go\n")
            worker.stdin.flush()
        answers = [line for worker in workers for line in worker.communicate(timeout=60)[0].split("\n") if line]
    finally:
        for worker in workers:
            worker.kill()
            worker.wait()
    return answers, (folder / "made").read_text().splitlines()


@pytest.mark.parametrize("address", ["/news/", "/news/feed.atom"])
def test_a_hundred_simultaneous_misses_in_three_processes_are_made_once(shared, tmp_path, address):
    answers, made = ask(address, shared, tmp_path)
    assert len(answers) == WORKERS * THREADS
    assert set(answers) == {answers[0]}
    assert answers[0].startswith("200 ")
    assert len(made) == 1


def test_what_may_not_be_kept_is_made_for_each_and_nobody_is_forgotten(shared, tmp_path):
    answers, made = ask("/no-such-page/", shared, tmp_path)
    assert len(answers) == len(made) == WORKERS * THREADS
    assert {answer.split()[0] for answer in answers} == {"404"}


HOLD = """
import sys
from pathlib import Path
from items.http.file_cache import FileCache
assert FileCache(sys.argv[1], {}).turn("a", longest=5).acquire(blocking=False)
print("held", flush=True)
sys.stdin.readline()
"""


@pytest.fixture
def holder(tmp_path, environment):
    """Another process that holds the turn for "a"."""
    code = f"import django; django.setup()\n{HOLD}"
    process = subprocess.Popen(
        [sys.executable, "-c", code, str(tmp_path / "pages")],
        cwd=ROOT, env=environment, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True,
    )  # fmt: skip
    assert process.stdout.readline() == "held\n"
    yield process
    process.kill()
    process.wait()


def test_a_turn_is_had_by_one_process_and_is_that_of_one_key(holder, tmp_path):
    cache = FileCache(tmp_path / "pages", {})
    assert not cache.turn("a", longest=5).acquire(blocking=False)
    assert not cache.turn("a", longest=5).acquire(blocking=True, blocking_timeout=0.05)
    other = cache.turn("b", longest=5)
    assert other.acquire(blocking=False)
    other.release()
    assert not cache.turn("a", longest=5).acquire(blocking=False)


def test_the_turn_of_a_process_that_was_killed_is_free(holder, tmp_path):
    turn = FileCache(tmp_path / "pages", {}).turn("a", longest=5)
    assert not turn.acquire(blocking=False)
    holder.send_signal(signal.SIGKILL)
    holder.wait()
    assert turn.acquire(blocking=False)
    turn.release()
