"""Mail that the site writes: plain text, one reader a message, sent once the transaction is committed.

`templates/mail/<name>.txt` holds a mail: its first line is the subject, then a blank line, then the text. Where the
subject wants a file of its own it is `<name>.subject.txt`. Knows the site's name, and neither items nor requests.
"""

import logging
from collections.abc import Iterable
from datetime import datetime
from functools import partial
from smtplib import SMTPException
from typing import Any

from django.conf import settings
from django.contrib.auth.models import AbstractBaseUser
from django.core.mail import EmailMessage
from django.db import transaction
from django.template import Context, TemplateDoesNotExist
from django.template.loader import get_template
from django.utils import timezone, translation

from items.models import SiteSettings

logger = logging.getLogger(__name__)

Reader = AbstractBaseUser | str


class BadMail(ValueError):
    """A template that makes no proper mail, or a value that would break its subject into several lines."""


def send(
    name: str,
    *,
    to: Reader | Iterable[Reader],
    context: dict[str, Any] | None = None,
    language: str | None = None,
    at: datetime | None = None,
) -> int:
    """Send the mail of this name to each reader on their own; gives how many will be sent.

    `to` is a person, an address, or several. People without an address or whose account is closed are left out. The
    template sees `context` and `reader` (the person, or None), `site_name`, `site_url` and `at`. `language` is that
    of the readers; the site's first, in which the desk speaks, if not given. Raises `BadMail` before anything is sent.
    """
    readers = [to] if isinstance(to, AbstractBaseUser | str) else list(to)
    messages = []
    language = language or settings.LANGUAGE_CODE
    site_name = SiteSettings.current().name(language)
    with translation.override(language):
        for reader in readers:
            if address := _address(reader):
                person = None if isinstance(reader, str) else reader
                known = {"site_name": site_name, "site_url": settings.SITE_URL, "at": at or timezone.now()}
                subject, body = compose(name, {**known, **(context or {}), "reader": person})
                messages.append(message(subject, body, address, site_name=site_name))
    for made in messages:
        transaction.on_commit(partial(deliver, made))
    return len(messages)


def compose(name: str, context: dict[str, Any]) -> tuple[str, str]:
    """Subject and text of a mail, in the language that is active."""
    text = _render(f"mail/{name}.txt", context)
    try:
        subject = _render(f"mail/{name}.subject.txt", context).strip("\n")
    except TemplateDoesNotExist:
        subject, _newline, text = text.partition("\n")
        if text and not text.startswith("\n"):
            raise BadMail(f"mail/{name}.txt: the line after the subject is not empty.") from None
    if "\n" in subject or "\r" in subject or not subject.strip():
        # security: a subject over several lines would write headers of its own.
        raise BadMail(f"mail/{name}: the subject must be one line.")
    return subject.strip(), text.strip()


def message(subject: str, body: str, address: str, *, site_name: str) -> EmailMessage:
    """A message to one address, signed with the name of the site."""
    signed = f"{body}\n\n-- \n{site_name}\n{settings.SITE_URL}\n"
    # No answering machine should answer (RFC 3834).
    headers = {"Auto-Submitted": "auto-generated", "Content-Language": translation.get_language() or ""}
    return EmailMessage(subject, signed, settings.DEFAULT_FROM_EMAIL, [address], headers=headers)


def deliver(made: EmailMessage) -> bool:
    """Hand a message to the mail server; False, and a line in the log, where that fails.

    What the mail is about has happened already, so a server that is down must not turn it into an error page.
    """
    try:
        return bool(made.send())
    except (OSError, SMTPException):
        logger.exception("A mail could not be sent: %s", made.subject)
        return False


def _address(reader: Reader) -> str:
    if isinstance(reader, str):
        return reader.strip()
    return getattr(reader, "email", "") if reader.is_active else ""


def _render(name: str, context: dict[str, Any]) -> str:
    # Plain text: nothing to escape.
    template = get_template(name).template  # type: ignore[attr-defined]
    return template.render(Context(context, autoescape=False)).rstrip()
