"""The linkers of this process: made at first use of a language, and anew when the glossary has changed."""

from threading import Lock

from django.db import connection
from django.db.models import Max
from django.urls import get_script_prefix, reverse
from django.utils.translation import override

from items.glossary.linking import Entry, Linker
from items.models import Change, Concept, ContentVersion

_lock = Lock()
_shared: dict[tuple[str, str], Linker] = {}
_made_at: tuple[str, int] = ("", -1)  # the archive, and the version of its last change of the glossary
_seen: tuple[str, int] = ("", -1)  # the archive, and the version of all content when that was looked up


def linker(language: str) -> Linker:
    """The terms of a language as committed. One small query when nothing has changed."""
    global _shared, _made_at, _seen
    if connection.in_atomic_block:
        return _make(language)  # what a transaction sees may never be committed: it is not kept
    archive, version, _ = ContentVersion.current()
    if (archive, version) != _seen:
        latest = Change.objects.filter(kind=Change.Kind.CONCEPT).aggregate(at=Max("version"))["at"] or 0
        with _lock:
            if (archive, latest) != _made_at:
                _shared, _made_at = {}, (archive, latest)
            _seen = (archive, version)
    shared, key = _shared, (language, get_script_prefix())
    if key not in shared:
        shared[key] = _make(language)
    return shared[key]


def _make(language: str) -> Linker:
    """A linker made from the database, in one query."""
    entries = []
    with override(language):
        for concept in Concept.every().order_by("pk").only("pk", "slug", "labels", "synonyms", "definitions"):
            if terms := concept.terms(language):
                address = reverse("items:term", args=[concept.slug])
                entries.append(Entry(concept.pk, address, tuple(terms), concept.definition(language)))
    return Linker(entries, language=language)
