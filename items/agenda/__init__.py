"""The agenda: the events of a listing, coming, past, of a month or of a day. Knows nothing of who asks for it."""

from items.agenda.agenda import Agenda, coming_events
from items.agenda.month import Day, Entry, weeks
from items.agenda.span import Kind, Span

__all__ = ["Agenda", "Day", "Entry", "Kind", "Span", "coming_events", "weeks"]
