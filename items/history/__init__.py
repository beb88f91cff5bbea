"""Versions of an item side by side: what changed, word by word in texts and as before and after in fields.

Knows the models; no request and no template.
"""

from items.history.changes import Change, changes, names_of_changes
from items.history.words import Line, compare_html, compare_text

__all__ = ["Change", "Line", "changes", "compare_html", "compare_text", "names_of_changes"]
