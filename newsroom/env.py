"""Strict reading of environment variables.

Every helper raises ImproperlyConfigured naming the variable, so that a typing error in a deployment stops the
start with one clear line and never turns into a silent default.
"""

import os
from pathlib import Path
from typing import Any
from urllib.parse import unquote, urlsplit

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


MAIL_SCHEMES = {"smtp": (25, "none"), "smtp+tls": (587, "tls"), "smtps": (465, "ssl")}


def env_mail(name: str, default: str) -> dict[str, Any]:
    """Django's mail settings from one address.

    `smtps://user:password@host` speaks TLS from the start, `smtp+tls://` after STARTTLS, `smtp://` never;
    `file:///folder` writes each mail into a file and `console:` to the terminal.
    """
    value = env_str(name, default)
    backends = "django.core.mail.backends"
    try:
        parts = urlsplit(value)
        port = parts.port
    except ValueError:
        parts, port = urlsplit(""), None
    if parts.scheme == "console":
        return {"EMAIL_BACKEND": f"{backends}.console.EmailBackend"}
    if parts.scheme == "file" and parts.path.startswith("/") and not parts.netloc:
        return {"EMAIL_BACKEND": f"{backends}.filebased.EmailBackend", "EMAIL_FILE_PATH": unquote(parts.path)}
    if parts.scheme in MAIL_SCHEMES and parts.hostname:
        usual, security = MAIL_SCHEMES[parts.scheme]
        return {
            "EMAIL_BACKEND": f"{backends}.smtp.EmailBackend",
            "EMAIL_HOST": parts.hostname,
            "EMAIL_PORT": port or usual,
            "EMAIL_HOST_USER": unquote(parts.username or ""),
            "EMAIL_HOST_PASSWORD": unquote(parts.password or ""),
            "EMAIL_USE_SSL": security == "ssl",
            "EMAIL_USE_TLS": security == "tls",
        }
    # The address holds a password, so it is not repeated.
    raise ImproperlyConfigured(f"{name} must look like smtps://user:password@host, file:///folder or console:.")
