"""Pictures that the site draws of itself: what a shared link shows, and its icons. Knows no request and no database."""

from items.share.card import Card, draw
from items.share.icon import favicon, icon, icon_svg

__all__ = ["Card", "draw", "favicon", "icon", "icon_svg"]
