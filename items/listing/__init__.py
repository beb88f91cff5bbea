"""Listing: what a reader asked for, as one object."""

from items.listing.listing import Chip, Facet, Listing, Neighbours, Option, Problem

__all__ = ["Chip", "Facet", "Listing", "Neighbours", "Option", "Problem"]
