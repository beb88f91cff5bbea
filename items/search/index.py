"""Keeping the index in step with the content, by the change log.

What has changed since the version that the index has heard of goes into a queue, and what waits there is indexed in
small transactions. Each locks the one row of SearchState first, so that any number of processes may do this at once.
"""

import logging
from contextlib import AbstractContextManager

from django.db import DatabaseError, connection, transaction
from django.db.models import Exists, OuterRef, Q

from items.models import Attachment, AttachmentText, ContentVersion, SearchQueue, SearchState, SearchWord
from items.search.backend import backend
from items.search.document import LAYOUT, Reader
from items.search.files import READABLE, text_of

CHUNK = 5_000
"""Items in one transaction. Each commit makes SQLite merge parts of a large index, so few large ones are quicker."""

IN_PASSING = 500
"""Items that a reader's search or an editor's save indexes; the rest is left to the next."""

logger = logging.getLogger(__name__)


def is_in_step() -> bool:
    """Whether the index holds all that is committed. One small query."""
    content = ContentVersion.objects.exclude(archive=OuterRef("archive"), version=OuterRef("version"))
    state = SearchState.objects.values_list("layout", Exists(content), Exists(SearchQueue.objects.all())).first()
    return state == (LAYOUT, False, False)


def sync(*, limit: int | None = None) -> None:
    """Bring the index in step: all of it, or up to `limit` items of what waits. Call it after the commit.

    Files are read here too, which may take seconds; the locks are not held meanwhile.
    """
    _sync(limit=limit)
    if _read_files():
        _sync(limit=limit)


def sync_in_passing() -> None:
    """Bring the index in step before a search, as far as that is quick and possible; a stale index answers too."""
    try:
        _sync(limit=IN_PASSING, quick=True)
    except DatabaseError as error:  # locked by another, or read only
        logger.info("The search index is behind: %s", error)


def sync_on_commit(**kwargs) -> None:
    """Bring the index in step once the open transaction has committed. A receiver of model signals."""
    if not any(function is _after_commit for _, function, *_ in connection.run_on_commit):
        transaction.on_commit(_after_commit, robust=True)


def _after_commit() -> None:
    sync(limit=IN_PASSING)


def reindex() -> None:
    """Index everything anew. Until an item's turn comes, it is found as before."""
    with transaction.atomic():
        _locked_state()
        SearchState.objects.update(layout="")
    sync()
    backend().optimise()


def _sync(*, limit: int | None = None, quick: bool = False) -> None:
    if connection.in_atomic_block:
        backend().fire_triggers()
    if not is_in_step():
        with _transaction(quick):
            _queue_changes(_locked_state())
        done = 0
        while limit is None or done < limit:
            with _transaction(quick):
                _locked_state()
                if not (indexed := _index_some(min(CHUNK, limit - done if limit else CHUNK))):
                    break
            done += indexed


def _transaction(quick: bool) -> AbstractContextManager:
    return backend().quick_transaction() if quick else transaction.atomic()


def _locked_state() -> SearchState:
    # On SQLite the transaction itself holds the one write lock, from its BEGIN IMMEDIATE on.
    SearchState.objects.get_or_create(pk=1)
    return SearchState.objects.select_for_update().get(pk=1)


def _queue_changes(state: SearchState) -> None:
    """Put what has changed into the queue; everything when the index is of another archive or another making."""
    archive, version, _ = ContentVersion.current()
    if (state.archive, state.layout) != (archive, LAYOUT) or state.version > version:
        _queue_everything()
    elif state.version < version:
        with connection.cursor() as cursor:
            for items in (
                "SELECT key FROM items_change WHERE kind = 'item' AND version > %s AND version <= %s",
                "SELECT content_object_id FROM items_itemkeyword WHERE tag_id IN "
                "(SELECT key FROM items_change WHERE kind = 'keyword' AND version > %s AND version <= %s)",
            ):
                cursor.execute(
                    f"INSERT INTO items_searchqueue (item) {items} ON CONFLICT DO NOTHING", [state.version, version]
                )
    state.archive, state.version, state.layout = archive, version, LAYOUT
    state.save()


def _queue_everything() -> None:
    with connection.cursor() as cursor:
        cursor.execute(
            "INSERT INTO items_searchqueue (item) SELECT id FROM items_item WHERE true ON CONFLICT DO NOTHING"
        )
    SearchQueue.objects.bulk_create(
        (SearchQueue(item=pk) for pk in backend().known()), ignore_conflicts=True, batch_size=5_000
    )
    SearchWord.objects.all().delete()


def _index_some(most: int) -> int:
    """Index what waits, the newest first; how many items that were."""
    pks = list(SearchQueue.objects.order_by("-item").values_list("item", flat=True)[:most])
    if pks:
        reader = Reader()
        backend().replace(pks, reader.documents(pks))
        with connection.cursor() as cursor:
            cursor.executemany(
                "INSERT INTO items_searchword (word, shown, uses, length) VALUES (%s, %s, %s, %s) "
                "ON CONFLICT (word) DO UPDATE SET uses = items_searchword.uses + excluded.uses",
                [(word.word, word.shown, word.uses, len(word.word)) for word in reader.words],
            )
        SearchQueue.objects.filter(item__in=pks).delete()
    return len(pks)


def _read_files() -> bool:
    """Read the files that have not been read; whether there were any."""
    read = AttachmentText.objects.filter(attachment=OuterRef("pk"), file=OuterRef("file"))
    readable = Q(pk__in=[])
    for extension in READABLE:
        readable |= Q(file__iendswith=f".{extension}")
    unread = list(Attachment.objects.filter(readable).exclude(Exists(read)))
    for attachment in unread:
        content = text_of(attachment.file, attachment.extension)
        with transaction.atomic():
            _locked_state()
            AttachmentText.objects.update_or_create(
                attachment_id=attachment.pk, defaults={"file": attachment.file.name or "", "text": content}
            )
            SearchQueue.objects.get_or_create(item=attachment.item_id)
    return bool(unread)
