"""Feeds of any listing: the latest of its items by the moment they became visible."""
