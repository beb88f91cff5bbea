"""The web pages: each view builds a Listing or finds an item, and renders."""
