"""Strict reading of environment variables.

Every helper raises ImproperlyConfigured naming the variable, so that a typing error in a deployment stops the
start with one clear line and never turns into a silent default.
"""

import os
from pathlib import Path
from urllib.parse import urlsplit

from django.core.exceptions import ImproperlyConfigured

TRUE = {"1", "true", "yes", "on"}
FALSE = {"0", "false", "no", "off"}


def read_dotenv(path: Path) -> None:
    """Load `NAME=value` lines of a file into the environment; what is set there already wins."""
    if not path.is_file():
        return
    for number, line in enumerate(path.read_text(encoding="utf-8").splitlines(), start=1):
        line = line.strip()
        if not line or line.startswith("#"):
            continue
        name, equals, value = line.partition("=")
        if not equals or not name.strip().isidentifier():
            raise ImproperlyConfigured(f"{path.name}, line {number}: expected NAME=value, found {line!r}")
        os.environ.setdefault(name.strip(), value.strip().strip("\"'"))


def env_str(name: str, default: str | None = None) -> str:
    """The variable's text; without a default, absent or empty refuses to start."""
    value = os.environ.get(name, "").strip()
    if value:
        return value
    if default is None:
        raise ImproperlyConfigured(f"Set the environment variable {name}.")
    return default


def env_bool(name: str, default: bool) -> bool:
    """The variable as yes or no: 1/true/yes/on or 0/false/no/off, in any case."""
    value = env_str(name, "").lower()
    if not value:
        return default
    if value in TRUE | FALSE:
        return value in TRUE
    raise ImproperlyConfigured(f"{name} must be one of 1, true, yes, on, 0, false, no, off; found {value!r}.")


def env_int(name: str, default: int) -> int:
    """The variable as a whole number that is not negative."""
    value = env_str(name, "")
    if not value:
        return default
    if not (value.isascii() and value.isdigit()):
        raise ImproperlyConfigured(f"{name} must be a whole number; found {value!r}.")
    return int(value)


def env_list(name: str, default: list[str]) -> list[str]:
    """The variable as a comma-separated list, in order, blanks dropped."""
    value = env_str(name, "")
    return [part.strip() for part in value.split(",") if part.strip()] or default


def env_url(name: str) -> str:
    """The variable as an http(s) address; empty when absent."""
    value = env_str(name, "")
    parts = urlsplit(value)
    if value and (parts.scheme not in {"http", "https"} or not parts.hostname):
        raise ImproperlyConfigured(f"{name} must look like https://hub.example.org/; found {value!r}.")
    return value
