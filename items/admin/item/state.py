"""Where an item stands, in a word and in a sentence."""

from typing import Any

from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from items.dates import zone
from items.models import Item
from items.models.item import Status


def state_of(item: Item) -> tuple[str, Any]:
    """A word for style sheets and one for people; scheduled and expired are approved at another time."""
    now = timezone.now()
    if item.status == Status.APPROVED and item.publish_at and item.publish_at > now:
        return "scheduled", _("scheduled")
    if item.status == Status.APPROVED and item.expire_at and item.expire_at <= now:
        return "expired", _("expired")
    return item.status, Status(item.status).label


def sentence(item: Item) -> str:
    """Whether readers can see it now, and from and until when."""
    name, _words = state_of(item)
    if item.is_working_copy:
        return {
            "draft": gettext("An update in the making. Readers go on seeing what is published."),
            "in_review": gettext("An update that waits for approval. Readers go on seeing what is published."),
        }[name]
    if name == "draft" and item.is_returned:
        return gettext("Not public: returned to its author.")
    said = {
        "draft": gettext("Not public: a draft."),
        "in_review": gettext("Not public: waits for approval."),
        "scheduled": gettext("Not public yet: appears on %(from)s."),
        "approved": gettext("Public since %(from)s."),
        "expired": gettext("No longer public: expired on %(until)s."),
        "withdrawn": gettext("Withdrawn: its address shows the reason."),
        "removed": gettext("Removed: its address says that it is gone, or leads to another item."),
    }[name]
    moments = {key: local(value) for key, value in (("from", item.publish_at), ("until", item.expire_at))}
    return said % moments


def local(moment) -> str:
    """A moment as people of the desk read it, with its zone."""
    if not moment:
        return "–"
    there = timezone.localtime(moment)
    return f"{date_format(there, 'j F Y, H:i')} ({zone(there)})"
