"""Pictures of the media library: taken in, kept in several sizes, drawn on a page."""

from items.images.check import MAX_BYTES, MAX_PIXELS, SUFFIXES, BadPicture, Checked, check
from items.images.library import add, change, replace, same_as
from items.images.renditions import make, make_missing

__all__ = [
    "MAX_BYTES",
    "MAX_PIXELS",
    "SUFFIXES",
    "BadPicture",
    "Checked",
    "add",
    "change",
    "check",
    "make",
    "make_missing",
    "replace",
    "same_as",
]
