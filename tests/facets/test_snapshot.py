"""A kept index: read where it fits, and never trusted where it does not."""

from dataclasses import fields, replace
from importlib import import_module
from types import SimpleNamespace

import pytest
from django.db import connection

from items.facets import current, forget, snapshot
from items.facets.build import build, updated
from items.facets.index import FacetIndex, instant
from items.models import ContentVersion
from tests.builders import AT, make_item

pytestmark = pytest.mark.django_db
NAMES = [field.name for field in fields(FacetIndex) if field.name != "vocabulary"]


@pytest.fixture
def kept(settings, tmp_path, monkeypatch):
    """An index of a small archive, kept although it is small."""
    settings.FACET_SNAPSHOT = tmp_path / "facets.index"
    monkeypatch.setattr(snapshot, "WORTH", 0)
    english = make_item(themes=["reception"], keywords=["one"])
    make_item(language="fr", translation_group=english.translation_group)
    connection.check_constraints()
    index = build().seen_at(instant(AT))
    snapshot.save(index)
    return index


def test_it_reads_as_it_was(kept):
    loaded = snapshot.load(ContentVersion.current())
    for name in NAMES:
        assert getattr(loaded, name) == getattr(kept, name), name
    assert loaded.vocabulary.slugs == kept.vocabulary.slugs


def test_an_old_one_is_brought_up_to_date(kept):
    make_item(themes=["integration"])
    connection.check_constraints()
    content = ContentVersion.current()
    later = updated(snapshot.load(content), content)
    fresh = build().seen_at(instant(AT))
    assert later.visible == fresh.visible != kept.visible
    assert later.families == fresh.families


@pytest.mark.parametrize(
    "change",
    [
        {"archive": "another database"},
        {"version": 10**9},
        {"languages": ("en",)},
        {"changed_at": None},
    ],
)
def test_one_that_does_not_fit_is_not_used(kept, change):
    snapshot.save(replace(kept, **change))
    assert snapshot.load(ContentVersion.current()) is None


@pytest.mark.parametrize("content", [b"", b"not an index", b"\x80\x05."])
def test_one_that_cannot_be_read_is_not_used(kept, settings, content):
    settings.FACET_SNAPSHOT.write_bytes(content)
    assert snapshot.load(ContentVersion.current()) is None


def test_a_folder_that_takes_no_file_breaks_nothing(kept, settings, tmp_path):
    settings.FACET_SNAPSHOT = tmp_path / "missing" / "facets.index"
    snapshot.save(kept)
    assert snapshot.load(ContentVersion.current()) is None


def test_a_small_archive_is_not_worth_it(kept, settings, monkeypatch):
    settings.FACET_SNAPSHOT.unlink()
    monkeypatch.setattr(snapshot, "WORTH", 50_000)
    snapshot.save(kept)
    assert not settings.FACET_SNAPSHOT.exists()


@pytest.fixture
def alone(kept, settings, monkeypatch):
    """This process as one that starts, outside a test's transaction, without a kept index."""
    settings.FACET_SNAPSHOT.unlink()
    module = import_module("items.facets.current")  # the package gives the name to the function
    monkeypatch.setattr(module, "connection", SimpleNamespace(in_atomic_block=False, close=lambda: None))
    forget()
    yield kept
    forget()


def test_one_that_was_made_is_kept_and_read_back(alone, settings, monkeypatch):
    loads = []
    load = snapshot.load
    monkeypatch.setattr(snapshot, "load", lambda content: loads.append(load(content)) or loads[-1])
    index = current(AT)
    assert settings.FACET_SNAPSHOT.exists()
    assert loads[0] is None
    assert index is loads[1]
    for name in NAMES:
        assert getattr(index, name) == getattr(alone, name), name


def test_one_that_cannot_be_read_back_is_made_again(alone, monkeypatch):
    monkeypatch.setattr(snapshot, "load", lambda content: None)
    assert current(AT).visible == alone.visible


def test_one_of_another_process_read_back_is_brought_up_to_date(alone, monkeypatch):
    """Two processes start, and the slower one's older index is what lies on disk in the end."""
    late = make_item(themes=["integration"])
    connection.check_constraints()
    save = snapshot.save
    monkeypatch.setattr(snapshot, "save", lambda index: save(alone))
    assert late.pk in current(AT).visible
