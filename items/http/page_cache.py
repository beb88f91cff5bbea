"""The page cache: a WSGI application in front of Django that answers what it has answered before.

Keyed on the address with its query string in canonical form and on the content token, so nothing is ever purged: after
a change the old entries are no longer asked for. The token is read again at most once a second, and nothing stale
outlives that second. Entries are kept in this process, and in a store that processes share: Redis, or files.

It keeps what says `Cache-Control: public` and sets no cookie. Whatever goes wrong here, Django answers.
"""

import gzip
import logging
import time
from collections import OrderedDict
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from threading import Lock
from urllib.parse import parse_qsl, urlencode

from django.core.cache import caches
from django.db import DatabaseError
from django.utils import timezone
from django.utils.http import parse_http_date_safe

from items.http.conditional import content_state

logger = logging.getLogger(__name__)

REREAD = 1.0
"""Seconds for which a content token is believed."""
KEPT_BYTES = 64 * 1024 * 1024
LARGEST = 1024 * 1024
SHARED_SECONDS = 3600
PARAMETERS = frozenset(
    ("q", "theme", "keyword", "type", "source", "country", "language", "year", "from", "to", "sort", "page", "find")
)
"""Parameters that mean something on a page or in a feed. Others do not split the cache."""
UNCACHED = ("/admin/", "/static/", "/media/", "/healthz", "/readyz")

Environ = dict
StartResponse = Callable


def canonical(query: str) -> str:
    """A query string in the form under which its answer is kept."""
    if not query:
        return ""
    pairs = {(name, value) for name, value in parse_qsl(query, max_num_fields=500) if name in PARAMETERS}
    return urlencode(sorted(pairs))


@dataclass(frozen=True)
class Answer:
    """A kept answer, as it is and compressed."""

    status: str
    headers: list[tuple[str, str]]
    etag: str
    last_modified: int | None
    body: bytes
    zipped: bytes


class _Memory:
    """The entries of this process, the latest used kept."""

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
            self._size += _size(answer) - (_size(old) if old else 0)
            self._entries[key] = answer
            while self._size > self._limit:
                self._size -= _size(self._entries.popitem(last=False)[1])


def _size(answer: Answer) -> int:
    return len(answer.body) + len(answer.zipped) + 1000


class PageCache:
    """A WSGI application that wraps Django's."""

    def __init__(self, application, *, clock: Callable[[], float] = time.monotonic):
        self._application, self._clock = application, clock
        self._memory = _Memory(KEPT_BYTES)
        self._token, self._believed_until = "", 0.0
        self._flights: dict[str, Lock] = {}
        self._lock = Lock()

    def __call__(self, environ: Environ, start_response: StartResponse) -> Iterable[bytes]:
        method, path = environ["REQUEST_METHOD"], environ.get("PATH_INFO", "/")
        if method not in ("GET", "HEAD") or path.startswith(UNCACHED):
            return self._application(environ, start_response)
        key = self._key(environ, path)
        if key is None:
            return self._application(environ, start_response)
        answer = self._memory.get(key) or self._fetch(key, environ)
        if isinstance(answer, Answer):
            return self._send(answer, environ, start_response)
        status, headers, body = answer
        start_response(status, headers)
        return body

    # --- What is asked -----------------------------------------------------------------------------------------

    def _key(self, environ: Environ, path: str) -> str | None:
        """The key of what is asked; None where the cache had better stay out of the way."""
        now = self._clock()
        if now >= self._believed_until:
            try:
                self._token = content_state(timezone.now()).token
            except DatabaseError:
                logger.warning("The content version cannot be read; pages are made anew.", exc_info=True)
                return None
            self._believed_until = now + REREAD
        query = environ.get("QUERY_STRING", "")
        if not path.startswith("/api/"):  # where an unknown parameter is an error
            try:
                query = canonical(query)
            except ValueError:
                return None
        # The host is part of the key: a page for a host that is not allowed is an error page.
        host = environ.get("HTTP_HOST", "")
        scheme = environ.get("HTTP_X_FORWARDED_PROTO", environ.get("wsgi.url_scheme", ""))
        return f"{self._token} {scheme}://{host}{environ.get('SCRIPT_NAME', '')}{path}?{query}"

    # --- Where it comes from -----------------------------------------------------------------------------------

    def _fetch(self, key: str, environ: Environ):
        """The answer from the shared store or from Django, where others who ask the same meanwhile wait for it."""
        with self._lock:
            flight = self._flights.setdefault(key, Lock())
        try:
            with flight:  # those who wait find the page in memory
                answer = self._memory.get(key) or self._stored(key)
                if answer is None:
                    answer = self._render(environ)
                    if isinstance(answer, Answer):
                        self._store(key, answer)
                if isinstance(answer, Answer):
                    self._memory.put(key, answer)
                return answer
        finally:
            with self._lock:
                self._flights.pop(key, None)

    def _stored(self, key: str) -> Answer | None:
        try:
            return caches["pages"].get(key)
        except Exception:
            # Redis gone, a full disk: the site goes on, slower.
            logger.warning("The shared page store does not answer.", exc_info=True)
            return None

    def _store(self, key: str, answer: Answer) -> None:
        try:
            caches["pages"].set(key, answer, SHARED_SECONDS)
        except Exception:
            logger.warning("The shared page store does not take a page.", exc_info=True)

    def _render(self, environ: Environ):
        """Django's answer: kept where it may be, else passed on as (status, headers, body)."""
        began: list = []

        def start_response(status, headers, exc_info=None):
            began[:] = [status, headers]

        # Django renders a whole GET without conditions; conditions and HEAD are answered from what is kept.
        plain = {k: v for k, v in environ.items() if k not in ("HTTP_IF_NONE_MATCH", "HTTP_IF_MODIFIED_SINCE")}
        plain["REQUEST_METHOD"] = "GET"
        body = self._application(plain, start_response)
        status, headers = began
        fields = {name.lower(): value for name, value in headers}
        if not _may_be_kept(status, fields):
            if environ["REQUEST_METHOD"] == "HEAD":
                _close(body)
                body = []
            return status, headers, body
        try:
            content = b"".join(body)
        finally:
            _close(body)
        if len(content) > LARGEST:
            return status, headers, [content]
        kept = [(name, value) for name, value in headers if name.lower() not in ("content-length", "vary")]
        vary = ", ".join(filter(None, [fields.get("vary", ""), "Accept-Encoding"]))
        modified = parse_http_date_safe(fields.get("last-modified", ""))
        etag = fields.get("etag", "")
        return Answer(status, [*kept, ("Vary", vary)], etag, modified, content, gzip.compress(content, 6))

    # --- How it is sent ----------------------------------------------------------------------------------------

    def _send(self, answer: Answer, environ: Environ, start_response: StartResponse) -> Iterable[bytes]:
        if _is_known(answer, environ):
            start_response("304 Not Modified", [h for h in answer.headers if h[0].lower() != "content-type"])
            return []
        body, headers = answer.body, answer.headers
        if "gzip" in environ.get("HTTP_ACCEPT_ENCODING", "") and len(answer.zipped) < len(answer.body):
            body, headers = answer.zipped, [*headers, ("Content-Encoding", "gzip")]
        start_response(answer.status, [*headers, ("Content-Length", str(len(body)))])
        return [] if environ["REQUEST_METHOD"] == "HEAD" else [body]


def _is_known(answer: Answer, environ: Environ) -> bool:
    """Whether the client has this answer already. If-None-Match goes before If-Modified-Since."""
    if asked := environ.get("HTTP_IF_NONE_MATCH"):
        return asked.strip() == "*" or answer.etag in {tag.strip() for tag in asked.split(",")}
    since = parse_http_date_safe(environ.get("HTTP_IF_MODIFIED_SINCE", ""))
    return since is not None and answer.last_modified is not None and answer.last_modified <= since


def _may_be_kept(status: str, fields: dict[str, str]) -> bool:
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


def _close(body) -> None:
    if hasattr(body, "close"):
        body.close()
