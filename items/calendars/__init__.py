"""Calendars: events as iCalendar (RFC 5545). Knows items; not who asks for them, nor how they are sent."""

from items.calendars.calendar import write, write_end

__all__ = ["write", "write_end"]
