"""Formats of dates and times by language, where CLDR-style European ones differ from Django's own."""
