"""An item's record: what was done with it, and what people say about it among themselves."""

import re
from collections.abc import Iterable
from datetime import datetime
from typing import Any

from django.contrib.auth import get_user_model
from django.core.exceptions import PermissionDenied, ValidationError
from django.db import models, transaction
from django.db.models import Q
from django.dispatch import Signal
from django.utils.translation import gettext_lazy as _

from items.models.activity import Activity, Verb

performed = Signal()
"""Sent with `item`, `activity` after a verb, inside the transaction; whoever writes to people does so on commit. `also`
holds people who are told as the author is."""
recorded = Signal()
"""Sent with `items`, `at` when versions of items may have been recorded, inside the transaction."""

LONGEST_COMMENT = 5_000
"""Characters."""
MOST_MENTIONED = 20
_MENTION = re.compile(r"(?<![\w@.+/-])@([\w.@+-]+)")


class Refused(ValidationError):
    """The item does not allow this now."""


def mentions(text: str) -> list[str]:
    """User names after an @, in the order of the text, without a sentence's punctuation."""
    names = (name.rstrip(".-+@") for name in _MENTION.findall(text))
    return list(dict.fromkeys(name for name in names if name))[:MOST_MENTIONED]


def colleagues(codename: str = "view_item") -> models.QuerySet:
    """People who may sign in to the desk and see items there, or whatever else this permission of items allows."""
    permission = {"codename": codename, "content_type__app_label": "items"}
    allowed = Q(is_superuser=True)
    for way in ("groups__permissions", "user_permissions"):
        allowed |= Q(**{f"{way}__{key}": value for key, value in permission.items()})
    people = get_user_model()._default_manager.filter(is_active=True, is_staff=True)
    return people.filter(pk__in=people.filter(allowed).values("pk"))


def named(names: Iterable[str]) -> list[Any]:
    """The colleagues with these user names, whatever their case."""
    wanted = Q(pk__in=[])
    for name in names:
        wanted |= Q(username__iexact=name)
    return list(colleagues().filter(wanted).order_by("username"))


def full_name(person) -> str:
    """A person's name as colleagues read it."""
    return (person.get_full_name() or person.get_username()) if person else ""


class Record(models.Model):
    """What an item remembers. It has these fields."""

    pk: int
    title: str
    status: str
    publish_at: datetime | None
    revised_at: datetime | None
    created_by_id: int | None
    update_of: Any
    update_of_id: int | None
    get_status_display: Any

    class Meta:
        abstract = True

    def log(self, verb: Verb, *, by, at: datetime, text: str = "") -> Activity:
        """Write a line of the item's record."""
        return Activity.objects.create(item_id=self.pk, verb=verb, by=by, by_name=full_name(by), at=at, text=text)

    def begin(self, *, by, at: datetime, text: str = "") -> Activity:
        """Note that an item has been begun. Whoever saves a new one calls this."""
        return self.log(Verb.BEGIN, by=by, at=at, text=text)

    def comment(self, *, by, at: datetime, text: str) -> Activity:
        """Say something about the item to colleagues. Those named by "@" and their user name are told."""
        text = text.strip()
        if not by.has_perm("items.view_item"):
            raise PermissionDenied
        if not text:
            raise Refused(_("Write a few words first."))
        if len(text) > LONGEST_COMMENT:
            raise Refused(_("A comment has at most %(limit)d characters.") % {"limit": LONGEST_COMMENT})
        with transaction.atomic():
            activity = self.log(Verb.COMMENT, by=by, at=at, text=text)
            activity.mentioned.set(named(mentions(text)))
            performed.send(type(self), item=self, activity=activity, also=[])
        return activity

    def activities_of_all(self) -> models.QuerySet[Activity]:
        """The record, the latest first; a working copy shows that of the published item too."""
        items = [self.pk, *([self.update_of_id] if self.update_of_id else [])]
        return Activity.objects.filter(item__in=items).select_related("by")
