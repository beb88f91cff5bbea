"""Searches that found nothing."""

from datetime import date

import pytest
from django.db import DatabaseError

from items import search
from items.models import SearchMiss
from items.search import misses
from tests.builders import make_item

pytestmark = pytest.mark.django_db
DAY = date(2026, 6, 15)


def kept():
    return list(SearchMiss.objects.order_by("day", "words").values_list("words", "count"))


def test_the_same_words_are_counted_once_a_day():
    for typed in ("Zeppelins  over", '"zeppelins over"', "zeppelins over -brussels"):
        search.note_miss(search.parse(typed), day=DAY)
    search.note_miss(search.parse("zeppelins over"), day=date(2026, 6, 16))
    assert kept() == [("zeppelins over", 3), ("zeppelins over", 1)]


def test_no_more_than_so_many_a_day_are_kept(monkeypatch):
    monkeypatch.setattr(misses, "MOST_A_DAY", 2)
    for typed in ("a", "b", "c", "b"):
        search.note_miss(search.parse(typed), day=DAY)
    assert kept() == [("a", 1), ("b", 2)]


def test_old_ones_go():
    search.note_miss(search.parse("old"), day=date(2025, 1, 1))
    search.note_miss(search.parse("new"), day=DAY)
    assert kept() == [("new", 1)]


def test_a_database_that_cannot_be_written_fails_no_page(client, monkeypatch):
    def locked():
        raise DatabaseError("locked")

    monkeypatch.setattr("items.search.sqlite.quick_transaction", locked)
    monkeypatch.setattr("items.search.postgres.quick_transaction", locked)
    make_item(title="Zeppelin")
    assert client.get("/news/?q=nothing").status_code == 200
    assert kept() == []


def test_a_page_that_finds_nothing_is_counted_and_one_that_finds_is_not(client):
    make_item(title="Zeppelin")
    client.get("/news/?q=zeppelin")
    client.get("/news/?q=zeppelin&year=1999")
    client.get("/news/?q=Unfindable")
    client.get("/news/?q=-")
    assert kept() == [("unfindable", 1)]
