"""Staying in step: after commits, beside others, and where the database can only be read."""

from concurrent.futures import ThreadPoolExecutor

import pytest
from django.db import DatabaseError, connection, transaction
from pyroaring import BitMap

from items import search
from items.models import Item, SearchQueue
from items.search.backend import backend
from tests.builders import make_item


@pytest.mark.django_db
class TestCommitted:
    def test_a_commit_brings_the_index_in_step_once(self, django_capture_on_commit_callbacks):
        with django_capture_on_commit_callbacks(execute=True) as callbacks:
            make_item(title="Zeppelin")
            make_item(title="Zeppelin")
        assert len(callbacks) == 1
        assert len(backend().find(search.parse("zeppelin").root)) == 2

    def test_what_is_rolled_back_is_not_indexed(self, django_capture_on_commit_callbacks):
        with django_capture_on_commit_callbacks(execute=True) as callbacks, transaction.atomic():
            make_item(title="Zeppelin")
            transaction.set_rollback(True)
        assert callbacks == []
        search.sync()
        assert not backend().find(search.parse("zeppelin").root)


@pytest.mark.django_db(transaction=True)
@pytest.mark.skipif(connection.vendor == "sqlite", reason="threads share the tests' in-memory database, locks and all")
def test_several_at_once_index_each_item_once():
    pks = [make_item(title="Before").pk for _ in range(30)]
    Item.objects.update(title="Zeppelin")

    def sync(_):
        try:
            search.sync()
        finally:
            connection.close()

    with ThreadPoolExecutor(4) as pool:
        list(pool.map(sync, range(4)))
    assert search.is_in_step()
    assert not SearchQueue.objects.exists()
    assert search.match(search.parse("zeppelin"), within=BitMap(pks)) == BitMap(pks)


@pytest.mark.django_db
def test_where_the_index_cannot_be_written_a_search_answers_from_what_there_is(monkeypatch):
    old = make_item(title="Zeppelin")
    search.sync()
    new = make_item(title="Zeppelin")

    def read_only():
        raise DatabaseError("read only")

    monkeypatch.setattr("items.search.sqlite.quick_transaction", read_only)
    monkeypatch.setattr("items.search.postgres.quick_transaction", read_only)
    assert list(search.match(search.parse("zeppelin"), within=BitMap([old.pk, new.pk]))) == [old.pk]


@pytest.mark.django_db
def test_one_small_query_tells_whether_the_index_is_in_step(django_assert_num_queries):
    make_item(title="Zeppelin")
    search.sync()
    with django_assert_num_queries(1):
        assert search.is_in_step()
