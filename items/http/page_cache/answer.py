"""An answer that is kept: which may be, in how much memory, and whether a client has it already."""

from collections import OrderedDict
from dataclasses import dataclass
from threading import Lock

from django.utils.http import parse_http_date_safe

Environ = dict


@dataclass(frozen=True)
class Answer:
    """A kept answer, as it is and compressed."""

    status: str
    headers: list[tuple[str, str]]
    etag: str
    last_modified: int | None
    body: bytes
    zipped: bytes

    @property
    def size(self) -> int:
        """Bytes of memory, roughly."""
        return len(self.body) + len(self.zipped) + 1000


class Memory:
    """The answers of this process, the latest used kept, up to so many bytes."""

    def __init__(self, limit: int):
        self._entries: OrderedDict[str, Answer] = OrderedDict()
        self._size, self._limit, self._lock = 0, limit, Lock()

    def get(self, key: str) -> Answer | None:
        with self._lock:
            answer = self._entries.get(key)
            if answer is not None:
                self._entries.move_to_end(key)
            return answer

    def put(self, key: str, answer: Answer) -> None:
        with self._lock:
            old = self._entries.pop(key, None)
            self._size += answer.size - (old.size if old else 0)
            self._entries[key] = answer
            while self._size > self._limit:
                self._size -= self._entries.popitem(last=False)[1].size


def is_known(answer: Answer, environ: Environ) -> bool:
    """Whether the client has this answer already. If-None-Match goes before If-Modified-Since."""
    if asked := environ.get("HTTP_IF_NONE_MATCH"):
        return asked.strip() == "*" or answer.etag in {tag.strip() for tag in asked.split(",")}
    since = parse_http_date_safe(environ.get("HTTP_IF_MODIFIED_SINCE", ""))
    return since is not None and answer.last_modified is not None and answer.last_modified <= since


def may_be_kept(status: str, fields: dict[str, str]) -> bool:
    """Whether an answer holds nothing about the reader and says that anybody may keep it."""
    return (
        status.startswith("200")
        and "public" in fields.get("cache-control", "")
        and "set-cookie" not in fields
        and "cookie" not in fields.get("vary", "").lower()
        and "nonce-" not in fields.get("content-security-policy", "")
        and "content-encoding" not in fields
        and "content-disposition" not in fields
    )


def never_will_be(status: str, fields: dict[str, str]) -> bool:
    """Whether an answer that may not be kept says so for good: until the content changes, the address has no other.

    Not a failure, which may be gone at the next request, nor an answer that depends on who asks (429).
    """
    return status[:3] in ("301", "302", "400", "404", "410") or "content-disposition" in fields
