"""The page cache: a WSGI application in front of Django that answers what it has answered before.

Keyed on the address with its query string in canonical form and on the content token, so nothing is ever purged: after
a change the old entries are no longer asked for. The token is read again at most once a second, and nothing stale
outlives that second. Entries are kept in this process, and in a store that processes share: files, or Redis.

It keeps what says `Cache-Control: public` and sets no cookie. Whatever goes wrong here, Django answers.
"""

import gzip
import logging
import re
import time
from collections.abc import Callable, Iterable
from concurrent.futures import Future
from threading import Lock
from urllib.parse import parse_qsl, urlencode

from django.db import DatabaseError
from django.utils import timezone
from django.utils.http import parse_http_date_safe

from items.http.charset import REFUSED
from items.http.conditional import content_state
from items.http.cookies import PRIVATE
from items.http.page_cache.answer import Answer, Environ, Memory, is_known, may_be_kept, never_will_be
from items.http.page_cache.store import PATIENCE, Store

logger = logging.getLogger(__name__)

REREAD = 1.0
"""Seconds for which a content token is believed."""
KEPT_BYTES = 64 * 1024 * 1024
LARGEST = 1024 * 1024
REFUSALS = 10_000
"""How many addresses whose answers may not be kept are remembered."""
PARAMETERS = frozenset(
    "q theme keyword type source country language year from to sort page find in view when month day format".split()  # noqa: SIM905 # one line
)
"""Parameters that mean something on a page or in a feed. Others do not split the cache."""
SEVERAL = frozenset("theme keyword type source country language year".split())  # noqa: SIM905 # one line
"""Those of which every value counts; of the others the last does."""
UNCACHED = (*PRIVATE, "/review/", "/static/", "/media/", "/oembed", "/healthz", "/readyz")

_REFUSED = re.compile(r"q=0(\.0{0,3})?", re.IGNORECASE)

StartResponse = Callable


def canonical(query: str) -> str:
    """A query string in the form under which its answer is kept."""
    if not query:
        return ""
    asked = parse_qsl(query, keep_blank_values=True, max_num_fields=500)
    pairs = {(name, value) for name, value in asked if name in SEVERAL}
    pairs |= {name: value for name, value in asked if name in PARAMETERS - SEVERAL}.items()
    return urlencode(sorted(pair for pair in pairs if pair[1]))


class PageCache:
    """A WSGI application that wraps Django's."""

    def __init__(self, application, *, clock: Callable[[], float] = time.monotonic):
        self._application, self._clock = application, clock
        self._memory, self._store = Memory(KEPT_BYTES), Store()
        self._token, self._believed_until = "", 0.0
        self._flights: dict[str, Future[Answer | None]] = {}
        self._refusals: set[str] = set()
        self._lock = Lock()

    def __call__(self, environ: Environ, start_response: StartResponse) -> Iterable[bytes]:
        method, path = environ["REQUEST_METHOD"], environ.get("PATH_INFO", "/")
        if method not in ("GET", "HEAD") or path.startswith(UNCACHED) or REFUSED in environ:
            return self._application(environ, start_response)
        key = self._key(environ, path)
        if key is None or key in self._refusals:
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
            waits_for = self._flights.get(key)
            flight: Future[Answer | None] = self._flights.setdefault(key, Future())
        if waits_for is not None:
            return self._awaited(waits_for) or self._make(key, environ)
        answer = None
        try:
            answer = self._memory.get(key) or self._shared(key, environ)
            return answer
        finally:
            with self._lock:
                del self._flights[key]
            flight.set_result(answer if isinstance(answer, Answer) else None)

    def _awaited(self, flight: "Future[Answer | None]") -> Answer | None:
        """What another thread made; None where it may not be kept, or takes too long."""
        try:
            return flight.result(PATIENCE)
        except TimeoutError:
            return None

    def _shared(self, key: str, environ: Environ):
        """The answer from the store, or Django's, of which one process at a time is asked."""
        answer = self._store.get(key)
        if answer is None:
            with self._store.turn(key) as is_first:
                answer = self._store.get(key)  # it may have come since
                if answer is None and is_first:
                    return self._make(key, environ)
        if answer is None:
            return self._make(key, environ)  # the turn was waited for in vain, and is given back
        self._memory.put(key, answer)
        return answer

    def _make(self, key: str, environ: Environ):
        """Django's answer, remembered."""
        answer = self._render(key, environ)
        if isinstance(answer, Answer):
            self._store.put(key, answer)
            self._memory.put(key, answer)
        return answer

    def _refuse(self, key: str) -> None:
        """Not to be looked for again, nor waited for: it may not be kept."""
        with self._lock:
            if len(self._refusals) >= REFUSALS:
                self._refusals.clear()
            self._refusals.add(key)

    def _render(self, key: str, environ: Environ):
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
        if not may_be_kept(status, fields):
            if never_will_be(status, fields):
                self._refuse(key)
            if environ["REQUEST_METHOD"] == "HEAD":
                _close(body)
                body = []
            return status, headers, body
        try:
            content = b"".join(body)
        finally:
            _close(body)
        if len(content) > LARGEST:
            self._refuse(key)
            return status, headers, [content]
        kept = [(name, value) for name, value in headers if name.lower() not in ("content-length", "vary")]
        vary = ", ".join(filter(None, [fields.get("vary", ""), "Accept-Encoding"]))
        modified = parse_http_date_safe(fields.get("last-modified", ""))
        etag = fields.get("etag", "")
        return Answer(status, [*kept, ("Vary", vary)], etag, modified, content, gzip.compress(content, 6))

    # --- How it is sent ----------------------------------------------------------------------------------------

    def _send(self, answer: Answer, environ: Environ, start_response: StartResponse) -> Iterable[bytes]:
        if is_known(answer, environ):
            start_response("304 Not Modified", [h for h in answer.headers if h[0].lower() != "content-type"])
            return []
        body, headers = answer.body, answer.headers
        if _takes_gzip(environ.get("HTTP_ACCEPT_ENCODING", "")) and len(answer.zipped) < len(answer.body):
            body, headers = answer.zipped, [*headers, ("Content-Encoding", "gzip")]
        start_response(answer.status, [*headers, ("Content-Length", str(len(body)))])
        return [] if environ["REQUEST_METHOD"] == "HEAD" else [body]


def _takes_gzip(accepted: str) -> bool:
    """Whether an Accept-Encoding names gzip, and not with a weight of nothing (RFC 9110, section 12.5.3)."""
    return any(
        coding.strip().lower() in ("gzip", "x-gzip") and not _REFUSED.fullmatch(weight.strip())
        for coding, _semicolon, weight in (part.partition(";") for part in accepted.split(","))
    )


def _close(body) -> None:
    if hasattr(body, "close"):
        body.close()
