"""A circuit breaker: who does not answer is left alone for a while, so that not each request waits for it."""

import logging
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from threading import Lock

logger = logging.getLogger(__name__)


class Away(Exception):
    """Not asked, since it did not answer a moment ago."""


class Breaker:
    """Lets calls through until one fails with one of `failures`; then none for `pause` seconds, then one to try."""

    def __init__(
        self,
        name: str,
        *,
        failures: tuple[type[Exception], ...],
        pause: float,
        clock: Callable[[], float] | None = None,
    ):
        self._name, self._failures, self._pause = name, failures, pause
        self._clock = clock or time.monotonic
        self._away_until, self._lock = 0.0, Lock()

    @contextmanager
    def call(self) -> Iterator[None]:
        """Around one call. Raises Away instead of calling."""
        self._enter()
        try:
            yield
        except self._failures as error:
            self._failed(error)
            raise
        except Exception:
            self._answered()  # with an error, but it did
            raise
        self._answered()

    def _enter(self) -> None:
        if not self._away_until:
            return
        with self._lock:
            now = self._clock()
            if now < self._away_until:
                raise Away(f"{self._name} did not answer a moment ago.")
            if self._away_until:
                self._away_until = now + self._pause  # this call tries; the others go on without

    def _failed(self, error: Exception) -> None:
        with self._lock:
            was_there, self._away_until = not self._away_until, self._clock() + self._pause
        if was_there:
            logger.warning(
                "%s does not answer (%s). It is left alone for %g s at a time.", self._name, error, self._pause
            )

    def _answered(self) -> None:
        if self._away_until:
            self._away_until = 0.0
            logger.warning("%s answers again.", self._name)
