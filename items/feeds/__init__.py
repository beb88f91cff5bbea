"""Whatever follows or takes away a listing: RSS, Atom and JSON feeds, calendars, CSV. One query string for all."""
