"""A calendar of events."""

from collections.abc import Iterable, Iterator, Mapping
from datetime import UTC, date, datetime, timedelta
from uuid import UUID

from django.conf import settings
from django.utils import translation
from django.utils.translation import gettext as _

from items.calendars.lines import component, day, moment, text, texts
from items.calendars.zone import Zone, zone
from items.models import Event, Item
from items.models.fields import clean_line, clean_text
from items.models.term import Term

REFRESH = "PT1H"
"""After how long subscribers had better look again (RFC 7986, 5.7)."""

Terms = Mapping[int, list[Term]]


def _time(name: str, at: datetime, known: Zone | None) -> str:
    """An instant in the site's zone, or in UTC where the zone's rules do not reach."""
    if known and at >= known.since:
        return f"{name};TZID={known.timezone.key}:{moment(at.astimezone(known.timezone))}"
    return f"{name}:{_stamp(at)}"


def _stamp(at: datetime) -> str:
    return f"{moment(at.astimezone(UTC))}Z"


def _days(first: date, last: date) -> Iterator[str]:
    yield f"DTSTART;VALUE=DATE:{day(first)}"
    # The end of a day event is the first day after it (3.6.1).
    yield f"DTEND;VALUE=DATE:{day(last + timedelta(days=1))}"
    yield "TRANSP:TRANSPARENT"


def _times(event: Event, known: Zone | None) -> Iterator[str]:
    if event.all_day:
        yield from _days(event.start_date, event.end_date)
        return
    yield _time("DTSTART", event.starts_at, known)
    if event.ends_at:
        yield _time("DTEND", event.ends_at, known)


def _description(item: Item, event: Event, url: str) -> str:
    """What a calendar shows of an item: for one withdrawn only why."""
    if item.is_withdrawn:
        parts = [item.withdrawal_reason]
    else:
        online = _("Take part online: %s") % event.online_url if event.online_url else ""
        registration = _("Register: %s") % event.registration_url if event.registration_url else ""
        parts = [item.summary, online, registration]
    return clean_text("\n\n".join(part for part in [*parts, url] if part))


def _terms(item: Item) -> list[Term]:
    return [item.type, *item.themes.all(), *item.keywords.all()]


def _lines(item: Item, known: Zone | None, terms: Terms | None) -> Iterator[str]:
    """An item's event (3.6.1). Its stamp is the last change and never now, or else it would be new at every look."""
    event: Event = item.event
    is_cancelled = event.is_cancelled or item.is_withdrawn
    changed = max(item.updated_at, item.publish_at or item.updated_at)
    url = settings.SITE_URL + item.get_absolute_url()
    with translation.override(item.language):
        title = _("Cancelled: %s") % item.title if is_cancelled else item.title
        description = _description(item, event, url)
    yield f"UID:{item.uuid}"
    yield f"DTSTAMP:{_stamp(changed)}"
    yield f"CREATED:{_stamp(min(item.created_at, changed))}"
    yield f"LAST-MODIFIED:{_stamp(changed)}"
    yield f"SEQUENCE:{event.sequence}"
    yield f"STATUS:{'CANCELLED' if is_cancelled else 'CONFIRMED'}"
    yield f"SUMMARY;LANGUAGE={item.language}:{text(clean_line(title))}"
    yield from _times(event, known)
    if place := event.place or event.online_url:
        yield f"LOCATION:{text(clean_line(place))}"
    yield f"DESCRIPTION;LANGUAGE={item.language}:{text(description)}"
    yield f"URL:{url}"
    labels = (term.label(item.language) for term in (_terms(item) if terms is None else terms.get(item.pk, [])))
    yield f"CATEGORIES:{texts(map(clean_line, labels))}"


def _head(name: str, url: str, source: str) -> Iterator[str]:
    yield "VERSION:2.0"
    yield f"PRODID:{text(f'-//{settings.SITE_NAME}//Newsroom//EN')}"
    yield "CALSCALE:GREGORIAN"
    yield f"NAME:{text(clean_line(name))}"
    yield f"X-WR-CALNAME:{text(clean_line(name))}"
    yield f"X-WR-TIMEZONE:{settings.TIME_ZONE}"
    yield f"URL:{url}"
    if source:
        yield f"SOURCE;VALUE=URI:{source}"
        yield f"REFRESH-INTERVAL;VALUE=DURATION:{REFRESH}"
        yield f"X-PUBLISHED-TTL:{REFRESH}"


def write(items: Iterable[Item], *, name: str, url: str, source: str = "", terms: Terms | None = None) -> bytes:
    """A calendar of items that have an event: `name` is its title, `url` its page, `source` its own address.

    Its zone comes with it when a time is written in it. `terms` are the items' type, themes and keywords by primary
    key, where they are known already.
    """
    known = zone(settings.TIME_ZONE)
    events = [component("VEVENT", _lines(item, known, terms)) for item in items]
    # A calendar without any component is none (3.4), so an empty one holds its zone.
    if known and (not events or any(b"\r\nDTSTART;TZID=" in event for event in events)):
        events.insert(0, known.content)
    return component("VCALENDAR", _head(name, url, source), inner=events)


def write_end(*, uid: UUID, on: date, at: datetime, title: str, note: str, language: str, name: str, url: str) -> bytes:
    """The last a calendar says: one entry, on the day `on`, that it has ended and will hold nothing more.

    An event that does take place, as far as its status goes: programs hide what is cancelled.
    """

    def lines() -> Iterator[str]:
        yield f"UID:{uid}"
        for stamp in ("DTSTAMP", "CREATED", "LAST-MODIFIED"):
            yield f"{stamp}:{_stamp(at)}"
        yield "SEQUENCE:0"
        yield "STATUS:CONFIRMED"
        yield f"SUMMARY;LANGUAGE={language}:{text(clean_line(title))}"
        yield from _days(on, on)
        yield f"DESCRIPTION;LANGUAGE={language}:{text(clean_text(note))}"
        yield f"URL:{url}"

    return component("VCALENDAR", _head(name, url, ""), inner=[component("VEVENT", lines())])
