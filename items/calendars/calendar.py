"""A calendar of events."""

from collections.abc import Iterable
from datetime import UTC, datetime, timedelta

from django.conf import settings
from django.utils import translation
from django.utils.translation import gettext as _
from icalendar import Calendar, vDuration, vText, vUri
from icalendar import Event as Component

from items.calendars.zone import Zone, zone
from items.models import Event, Item
from items.models.fields import clean_line, clean_text

REFRESH = timedelta(hours=1)


def _moment(at: datetime, known: Zone | None) -> datetime:
    """An instant in the site's zone, or in UTC where the zone's rules do not reach."""
    return at.astimezone(known.timezone) if known and at >= known.since else at.astimezone(UTC)


def _add_times(component: Component, event: Event, known: Zone | None) -> None:
    if event.all_day:
        component.add("dtstart", event.start_date)
        # The end of a day event is the first day after it (3.6.1).
        component.add("dtend", event.end_date + timedelta(days=1))
        component.add("transp", "TRANSPARENT")
        return
    component.add("dtstart", _moment(event.starts_at, known))
    if event.ends_at:
        component.add("dtend", _moment(event.ends_at, known))


def _description(item: Item, event: Event, url: str) -> str:
    """What a calendar shows of an item: for one withdrawn only why."""
    if item.is_withdrawn:
        parts = [item.withdrawal_reason]
    else:
        online = _("Take part online: %s") % event.online_url if event.online_url else ""
        registration = _("Register: %s") % event.registration_url if event.registration_url else ""
        parts = [item.summary, online, registration]
    return clean_text("\n\n".join(part for part in [*parts, url] if part))


def _component(item: Item, known: Zone | None) -> Component:
    """An item's event (3.6.1). Its stamp is the last change and never now, or else it would be new at every look."""
    event: Event = item.event
    is_cancelled = event.is_cancelled or item.is_withdrawn
    changed = max(item.updated_at, item.publish_at or item.updated_at)
    url = settings.SITE_URL + item.get_absolute_url()
    component = Component()
    with translation.override(item.language):
        title = _("Cancelled: %s") % item.title if is_cancelled else item.title
        description = _description(item, event, url)
    component.add("uid", str(item.uuid))
    component.add("dtstamp", changed.astimezone(UTC))
    component.add("created", min(item.created_at, changed).astimezone(UTC))
    component.add("last-modified", changed.astimezone(UTC))
    component.add("sequence", event.sequence)
    component.add("status", "CANCELLED" if is_cancelled else "CONFIRMED")
    component.add("summary", clean_line(title), parameters={"LANGUAGE": item.language})
    _add_times(component, event, known)
    if place := event.place or event.online_url:
        component.add("location", clean_line(place))
    component.add("description", description, parameters={"LANGUAGE": item.language})
    component.add("url", vUri(url))
    terms = [item.type, *item.themes.all(), *item.keywords.all()]
    component.add("categories", [clean_line(term.label(item.language)) for term in terms])
    return component


def write(items: Iterable[Item], *, name: str, url: str, source: str = "") -> bytes:
    """A calendar of items that have an event: `name` is its title, `url` its page, `source` its own address.

    Its zone comes with it when a time is written in it.
    """
    known = zone(settings.TIME_ZONE)
    calendar = Calendar()
    calendar.add("version", "2.0")
    calendar.add("prodid", f"-//{settings.SITE_NAME}//Newsroom//EN")
    calendar.add("calscale", "GREGORIAN")
    calendar.add("name", vText(clean_line(name)))
    calendar.add("x-wr-calname", vText(clean_line(name)))
    calendar.add("x-wr-timezone", settings.TIME_ZONE)
    calendar.add("url", vUri(url))
    if source:
        calendar.add("source", vUri(source), parameters={"VALUE": "URI"})
        calendar.add("refresh-interval", REFRESH, parameters={"VALUE": "DURATION"})
        calendar.add("x-published-ttl", vDuration(REFRESH))
    components = [_component(item, known) for item in items]
    # A calendar without any component is none (3.4), so an empty one holds its zone.
    if known and (not components or any("TZID" in component["dtstart"].params for component in components)):
        calendar.add_component(known.component)
    for component in components:
        calendar.add_component(component)
    return calendar.to_ical(sorted=False)
