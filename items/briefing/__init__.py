"""A briefing: a listing as a dated document, grouped by theme, with numbered sources. As parts, and as PDF."""

from items.briefing.briefing import MOST, Briefing, Entry, Reference, Section
from items.briefing.document import Busy, Failed, is_available, typeset

__all__ = ["MOST", "Briefing", "Busy", "Entry", "Failed", "Reference", "Section", "is_available", "typeset"]
