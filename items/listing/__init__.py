"""Listing: what a reader asked for, as one object."""

from items.listing.found import DidYouMean
from items.listing.listing import Listing
from items.listing.parts import Chip, Facet, Neighbours, Option, Problem

__all__ = ["Chip", "DidYouMean", "Facet", "Listing", "Neighbours", "Option", "Problem"]
