"""Tables of an item: they go wherever its content goes, and readers' caches learn of every change."""

import pytest
from django.db import connection

from items.history import changes
from items.models import Change, ContentVersion, DataTable, Item
from tests.admin.forms import make_person
from tests.builders import AT, make_item, make_table

pytestmark = pytest.mark.django_db
OTHER = "Month;Decisions\n2026-01;7\n2026-02;:"


@pytest.fixture
def editor():
    return make_person("editor", "Editor")


def read(item):
    return [(table.caption, table.text, table.data) for table in item.tables.all()]


def version():
    connection.check_constraints()  # PostgreSQL writes the log when it commits
    return ContentVersion.current().version


def test_a_change_of_a_table_is_a_change_of_its_item():
    item = make_item()
    for change in (
        lambda: make_table(item),
        lambda: DataTable.objects.update(caption="Other"),
        lambda: DataTable.objects.all().delete(),
    ):
        before = version()
        change()
        connection.check_constraints()
        assert Change.objects.get(kind="item", key=item.pk).version > before


def test_a_working_copy_has_tables_of_its_own_and_gives_them_back_under_the_same_address(editor):
    live = make_item(themes=["reception"], source="iom")
    first, second = make_table(live, caption="First"), make_table(live, caption="Second", position=1)
    copy = live.prepare_update(by=editor, at=AT)
    assert read(copy) == read(live)
    one, two = copy.tables.all()
    assert (one.original_id, two.original_id) == (first.pk, second.pk)
    DataTable.objects.filter(pk=one.pk).update(caption="First, corrected", text=OTHER)
    two.delete()
    make_table(copy, caption="Third", position=2)
    assert [table.caption for table in live.tables.all()] == ["First", "Second"]
    copy.submit(by=editor, at=AT)
    copy.approve(by=editor, at=AT)
    assert [table.caption for table in live.tables.all()] == ["First, corrected", "Third"]
    assert live.tables.first().pk == first.pk
    assert not DataTable.objects.exclude(item=live).exists()


def test_tables_changed_directly_meanwhile_are_asked_about(editor):
    live = make_item()
    table = make_table(live)
    copy = live.prepare_update(by=editor, at=AT)
    table.caption = "Changed directly"
    table.save()
    (difference,), _token = copy.live_differences()
    assert (difference.name, difference.is_contested) == ("tables", False)
    assert "Changed directly" in difference.live


def test_a_copy_that_nobody_touched_differs_in_nothing(editor):
    live = make_item()
    make_table(live)
    copy = live.prepare_update(by=editor, at=AT)
    assert copy.live_differences()[0] == []


def test_a_duplicate_begins_with_the_figures_and_leads_to_no_other_table(editor):
    item = make_item()
    make_table(item)
    copy = item.duplicate(by=editor, at=AT)
    assert read(copy) == read(item)
    assert copy.tables.get().original is None


def test_a_version_holds_the_tables_and_brings_them_back(editor):
    item = make_item(status="draft", publish_at=None)
    table = make_table(item, unit="persons")
    item.complete_version(by=editor, at=AT)
    before = item.versions().first()
    kept = read(item)
    DataTable.objects.filter(pk=table.pk).update(text=OTHER, data={}, caption="Wrong")
    make_table(item, caption="Another")
    item.save()
    item.complete_version(by=editor, at=AT)
    after = item.versions().first()
    (change,) = [change for change in changes(before, after) if change.name == "tables"]
    said = "".join(str(line.before) + str(line.after) for line in change.lines)
    assert "Another" in said
    assert "Unit: persons" in said
    _activity, lost = item.restore(before, by=editor, at=AT)
    assert (read(item), lost) == (kept, [])
    assert item.tables.get().pk == table.pk


def test_a_version_from_before_there_were_tables_differs_in_none():
    item = make_item(status="draft", publish_at=None)
    item.complete_version(by=None, at=AT)
    version = item.versions().first()
    version.related.pop("tables", None)
    version.save()
    assert changes(version, item.as_version()) == []
    item.save()
    item.complete_version(by=None, at=AT)
    assert item.versions().count() == 1


def test_saving_an_item_with_tables_unchanged_leaves_no_version():
    item = make_item(status="draft", publish_at=None)
    make_table(item)
    item.complete_version(by=None, at=AT)
    count = item.versions().count()
    stored = Item.objects.get(pk=item.pk)
    stored.save()
    stored.complete_version(by=None, at=AT)
    assert item.versions().count() == count
