"""Whatever follows or takes away a listing: RSS, Atom and JSON feeds, calendars, CSV. The query string is the page's."""
