"""Django's file cache, with turns among the processes of one host."""

import fcntl
import os
import time
from functools import cache
from hashlib import blake2b
from pathlib import Path

from django.core.cache.backends.filebased import FileBasedCache

POLL = 0.01
"""Seconds between two looks at a lock that somebody else has."""


@cache
def _opened(path: Path) -> int:
    """The lock file, opened once in the life of a process: closing any copy of it would give up all its locks."""
    path.parent.mkdir(parents=True, exist_ok=True)
    return os.open(path, os.O_RDWR | os.O_CREAT | os.O_CLOEXEC, 0o600)


class Turn:
    """A lock on one byte of a file; no two keys share a byte, and the kernel frees it when its holder dies.

    It keeps processes apart, not the threads of one.
    """

    def __init__(self, file: int, key: str):
        self._file = file
        self._byte = int.from_bytes(blake2b(key.encode(), digest_size=7).digest())

    def acquire(self, *, blocking: bool, blocking_timeout: float = 0.0) -> bool:
        """Whether the lock is had: at once, or within so many seconds."""
        end = time.monotonic() + blocking_timeout
        while True:
            try:
                fcntl.lockf(self._file, fcntl.LOCK_EX | fcntl.LOCK_NB, 1, self._byte)
            except (BlockingIOError, PermissionError):  # the two ways of a system to say: taken
                if not blocking or time.monotonic() >= end:
                    return False
                time.sleep(POLL)
            else:
                return True

    def release(self) -> None:
        fcntl.lockf(self._file, fcntl.LOCK_UN, 1, self._byte)


class FileCache(FileBasedCache):
    """Files in a folder; the turns are in a file beside it, which stays when the folder is emptied."""

    _dir: str

    def turn(self, key: str, *, longest: float) -> Turn:
        """The turn for a key. It ends with its holder, so `longest` has no say."""
        return Turn(_opened(Path(f"{self._dir}.lock")), key)
