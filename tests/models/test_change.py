"""The change log: whatever path a change comes by, it is in the log, and versions go up in order."""

import pytest
from django.contrib.auth import get_user_model
from django.core.files.base import ContentFile
from django.db import connection, transaction

from items.imports.parse import parse
from items.imports.reconcile import reconcile
from items.models import (
    Attachment,
    Change,
    ContentVersion,
    Country,
    Event,
    Item,
    ItemKeyword,
    ItemTheme,
    ItemType,
    Keyword,
    KeywordAlias,
    Source,
    Theme,
)  # fmt: skip
from tests.admin.forms import change
from tests.builders import AT, make_event, make_item, make_keyword, make_term

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("media")]

LISTING = "Publication date: 3 May 2024\n\nAn entry that an import brings in for this test.\nKeywords: one, two\n"


@pytest.fixture
def item():
    return make_event(themes=["reception"], keywords=["solidarity"])


@pytest.fixture
def desk(client):
    client.force_login(get_user_model().objects.create_superuser("ines", "ines@example.org", "x"))
    return client


def by_bulk_action(item, desk):
    source = Source.objects.create(labels={"en": "Zoo"}, slug="zoo")
    Item.objects.filter(pk=item.pk).update(status="in_review", publish_at=None, source=source)
    connection.check_constraints()
    action = {"action": "approve_now", "_selected_action": [item.pk], "post": "yes"}
    answer = desk.post("/admin/items/item/", action, follow=True)
    assert Item.objects.get(pk=item.pk).status == "approved", answer.content.decode()[:500]


# Path: how, and which kinds of change it must log.
PATHS = {
    "save": (lambda i, d: i.save(), {"item"}),
    "update": (lambda i, d: Item.objects.update(is_featured=True), {"item"}),
    "bulk_create": (
        lambda i, d: Item.objects.bulk_create([Item(type=i.type, title="New", slug="new")]),
        {"item"},
    ),
    "bulk_update": (lambda i, d: Item.objects.bulk_update([i], ["title"]), {"item"}),
    "withdraw": (lambda i, d: i.withdraw(by=None, at=AT, reason="Wrong."), {"item"}),
    "delete": (lambda i, d: i.delete(), {"item"}),
    "delete in bulk": (lambda i, d: Item.objects.all().delete(), {"item"}),
    "themes.add": (lambda i, d: i.themes.add(make_term(Theme, "integration")), {"item"}),
    "themes.clear": (lambda i, d: i.themes.clear(), {"item"}),
    "theme.items.set": (lambda i, d: make_term(Theme, "integration").items.set([i]), {"item"}),
    "keywords.add": (lambda i, d: i.keywords.add("a new word"), {"item", "keyword"}),
    "keywords.remove": (lambda i, d: i.keywords.remove("solidarity"), {"item"}),
    "through rows": (lambda i, d: ItemTheme.objects.all().delete(), {"item"}),
    "through update": (lambda i, d: ItemKeyword.objects.update(tag=make_keyword("reception centre")), {"item"}),
    "countries": (lambda i, d: i.countries.add(Country.objects.get_or_create(code="be")[0]), {"item"}),
    "event": (lambda i, d: Event.objects.update(place="Ghent"), {"item"}),
    "attachment": (
        lambda i, d: Attachment.objects.create(item=i, title="A", file=ContentFile(b"x", name="a.txt")),
        {"item"},
    ),
    "theme": (lambda i, d: Theme.objects.filter(slug="reception").update(labels={"en": "Shelter"}), {"theme"}),
    "theme renamed": (lambda i, d: _rename(Theme, "reception"), {"theme"}),
    "type": (lambda i, d: ItemType.objects.filter(pk=i.type_id).update(labels={"en": "New"}), {"type"}),
    "source": (lambda i, d: make_term(Source, "a-new-source"), {"source"}),
    "keyword": (lambda i, d: Keyword.objects.filter(name="solidarity").update(status="approved"), {"keyword"}),
    "keyword alias": (
        lambda i, d: KeywordAlias.objects.create(term=make_keyword("solidarity"), name="togetherness"),
        {"keyword"},
    ),
    "keyword deleted": (lambda i, d: make_keyword("solidarity").delete(), {"item", "keyword"}),
    "SQL by hand": (
        lambda i, d: connection.cursor().execute("UPDATE items_item SET title = 'By hand' WHERE id = %s", [i.pk]),
        {"item"},
    ),
    "import": (lambda i, d: reconcile(parse(LISTING).entries, language="en", at=AT, publish=True), {"item"}),
    "the desk's bulk action": (by_bulk_action, {"item"}),
}


def _rename(model, slug):
    term = model.objects.get(slug=slug)
    term.slug = f"{slug}-renamed"
    term.save()


@pytest.mark.parametrize("path", PATHS)
def test_every_path_writes_to_the_log(path, item, desk):
    connection.check_constraints()
    before = ContentVersion.current()
    write, kinds = PATHS[path]
    write(item, desk)
    connection.check_constraints()  # PostgreSQL logs at the commit
    after = ContentVersion.current()
    logged = set(Change.objects.filter(version__gt=before.version).values_list("kind", flat=True))
    assert kinds <= logged
    assert after.version == max(Change.objects.values_list("version", flat=True)) > before.version
    assert after.changed_at >= before.changed_at


def test_the_form_of_the_desk_writes_to_the_log(desk):
    item = make_item()
    connection.check_constraints()
    before = ContentVersion.current()
    assert change(desk, item, title="Edited on the desk").title == "Edited on the desk"
    connection.check_constraints()
    assert Change.objects.get(kind="item", key=item.pk).version > before.version


def test_what_is_rolled_back_leaves_no_trace(item):
    connection.check_constraints()
    before = ContentVersion.current()
    try:
        with transaction.atomic():
            Item.objects.update(title="Never")
            connection.check_constraints()
            raise LookupError
    except LookupError:
        pass
    assert ContentVersion.current() == before


def test_a_thing_has_one_row_however_often_it_changes(item):
    for number in range(3):
        Item.objects.filter(pk=item.pk).update(title=f"Title {number}")
    connection.check_constraints()
    assert Change.objects.filter(kind="item", key=item.pk).count() == 1


def test_what_a_transaction_changes_after_a_look_is_newer_than_the_version_it_saw():
    """PostgreSQL numbers many changes in blocks, and none may reach beyond the look."""
    for _ in range(2):
        before = ContentVersion.current().version
        Keyword.objects.bulk_create(
            Keyword(name=f"after {before}, {n}", slug=f"after-{before}-{n}") for n in range(200)
        )
        connection.check_constraints()
        seen = ContentVersion.current().version
        versions = list(Change.objects.filter(version__gt=before).values_list("version", flat=True))
        assert len(versions) == 200
        assert max(versions) <= seen <= before + 200 * 17 // 16
