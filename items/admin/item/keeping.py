"""Nothing that was written is lost: history, conflicts, presence and autosave, as one mixin of the desk of items."""

from items.admin.item.autosave import AutosaveViews
from items.admin.item.conflict import ConflictViews
from items.admin.item.history import HistoryViews
from items.admin.item.presence import PresenceViews


class Keeping(AutosaveViews, ConflictViews, HistoryViews, PresenceViews):
    """Autosave first: what it takes back is then looked at like any form that is sent."""

    class Media:
        css = {"all": ["admin_desk/history.css", "admin_desk/conflict.css"]}
        js = ["admin_desk/presence.js", "admin_desk/autosave.js"]
