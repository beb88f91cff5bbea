"""The search: one analyser, one query language and one door, whichever database holds the index.

    query = search.parse('asylum "family reunion" -visa')
    search.match(query, within=visible)      which items, exactly; `widen` makes translations count together
    search.rank(query, newest_matches)       the best first

The index follows the change log (`sync`). It holds items of every status; who may see what is for others to say.
"""

from items.search.highlight import Snippet, snippet
from items.search.index import is_in_step, reindex, sync, sync_on_commit
from items.search.match import excludes, match, rank
from items.search.misses import note_miss
from items.search.query import LONGEST, Query, parse
from items.search.suggest import Suggestion, suggest
from items.search.words import corrections

__all__ = [
    "LONGEST",
    "Query",
    "Snippet",
    "Suggestion",
    "corrections",
    "excludes",
    "is_in_step",
    "match",
    "note_miss",
    "parse",
    "rank",
    "reindex",
    "snippet",
    "suggest",
    "sync",
    "sync_on_commit",
]
