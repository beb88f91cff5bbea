"""Bringing listings in: read a file, parse it (pure), reconcile it with what is there. Knows no door."""
