"""Telling people by mail what happened to an item that concerns them. Each is told once, and nobody of their own doing.

Hears `performed`, so that whatever does a verb, the form, the list or a program, the same people are told.
"""

from collections.abc import Iterable
from typing import Any

from django.conf import settings
from django.urls import reverse

from items import mail
from items.models import Activity, Item, SiteSettings, Verb
from items.models.item import colleagues

TO_AUTHOR = {
    Verb.RETURN: "returned",
    Verb.APPROVE: "approved",
    Verb.SEND_BACK: "sent_back",
    Verb.WITHDRAW: "withdrawn",
    Verb.REINSTATE: "reinstated",
    Verb.REMOVE: "removed",
    Verb.UPDATE: "updated",
    Verb.DISCARD: "discarded",
}
"""Mails to who began the item, and to who wrote an update of it."""
DECISIONS = (Verb.RETURN, Verb.APPROVE, Verb.SEND_BACK, Verb.UPDATE)
"""What reviewers have done to an item."""


def tell(sender: Any, item: Item, activity: Activity, also: Iterable[Any] = (), **kwargs: Any) -> None:
    """Receiver of `performed`: write to whom it concerns, once what happened is committed."""
    match activity.verb:
        case Verb.SUBMIT:
            _write("submitted", colleagues("approve_item"), item, activity)
        case Verb.COMMENT:
            mentioned = list(activity.mentioned.all())
            _write("mention", mentioned, item, activity)
            told = {person.pk for person in mentioned}
            others = [person for person in (*_authors(item), *_reviewers(item)) if person.pk not in told]
            _write("comment", others, item, activity)
        case Verb.SEND_BACK:
            _write("sent_back", [*_authors(item), *_reviewers(item)], item, activity)
        case verb if verb in TO_AUTHOR:
            _write(TO_AUTHOR[Verb(verb)], [*_authors(item), *also], item, activity)


def _authors(item: Item) -> list[Any]:
    """Who began the item, and of a working copy who began what it updates."""
    people = [item.created_by, item.update_of.created_by if item.update_of else None]
    return [person for person in people if person]


def _reviewers(item: Item) -> list[Any]:
    """Colleagues who decided about the item before."""
    decided = item.activities_of_all().filter(verb__in=DECISIONS).order_by().values("by")
    return list(colleagues().filter(pk__in=decided))


def _write(name: str, people: Iterable[Any], item: Item, activity: Activity) -> None:
    once = {person.pk: person for person in people if person.pk != activity.by_id}
    context = {
        "item": item,
        "activity": activity,
        "who": activity.who or SiteSettings.current().name(settings.LANGUAGE_CODE),
        "address": settings.SITE_URL + reverse("admin:items_item_change", args=[item.pk]),
        "public_address": settings.SITE_URL + item.get_absolute_url(),
    }
    mail.send(name, to=once.values(), context=context, at=activity.at)
