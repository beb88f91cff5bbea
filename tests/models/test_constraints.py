"""What the database refuses, whatever way it is asked, and what a form then says."""

from datetime import timedelta
from uuid import uuid4

import pytest
from django.core.exceptions import ValidationError
from django.db import IntegrityError, transaction

from items.models import Event, Item, ItemKeyword, ItemType, Keyword, Theme
from tests.builders import AT, make_event, make_item, make_keyword, make_term

pytestmark = pytest.mark.django_db

HOUR = timedelta(hours=1)
# What a row must not hold, and a word of what an editor reads.
REFUSED = {
    "approved without a time": ({"status": "approved", "publish_at": None}, "visible"),
    "withdrawn without a time": ({"status": "withdrawn", "withdrawal_reason": "x", "publish_at": None}, "visible"),
    "withdrawn without a reason": ({"status": "withdrawn", "withdrawal_reason": ""}, "why"),
    "expiring before it appears": ({"expire_at": AT - 9 * HOUR, "publish_at": AT}, "expires after"),
    "expiring as it appears": ({"expire_at": AT, "publish_at": AT}, "expires after"),
    "an unknown status": ({"status": "published"}, "not a valid choice"),
}


def refused():
    return pytest.raises(IntegrityError)


@pytest.mark.parametrize("case", REFUSED)
def test_the_database_refuses_an_item_on_every_path(case):
    values, _ = REFUSED[case]
    item = make_item()
    with refused(), transaction.atomic():
        Item.objects.filter(pk=item.pk).update(**values)
    with refused(), transaction.atomic():
        Item.objects.bulk_create([Item(**{"title": "x", "type": item.type, "publish_at": AT, **values})])
    for name, value in values.items():
        setattr(item, name, value)
    with refused(), transaction.atomic():
        Item.objects.bulk_update([item], list(values))
    assert Item.objects.get().status == "approved"


@pytest.mark.parametrize("case", REFUSED)
def test_a_form_says_what_is_wrong_with_an_item(case):
    values, words = REFUSED[case]
    item = make_item()
    for name, value in values.items():
        setattr(item, name, value)
    with pytest.raises(ValidationError) as error:
        item.full_clean()
    assert words in " ".join(error.value.messages)


def test_a_translation_group_has_one_item_in_a_language():
    one, two = make_item(language="fr"), make_item(language="en")
    with refused(), transaction.atomic():
        Item.objects.filter(pk=two.pk).update(language="fr", translation_group=one.translation_group)
    with refused(), transaction.atomic():
        copy = Item(title="x", type=one.type, language="fr", translation_group=one.translation_group)
        Item.objects.bulk_create([copy])
    two.language, two.translation_group = "fr", one.translation_group
    with pytest.raises(ValidationError, match="already has an item in this language"):
        two.full_clean()
    Item.objects.filter(pk=two.pk).update(language="nl", translation_group=one.translation_group)


def test_an_identifier_is_nobody_elses():
    one, two = make_item(), make_item()
    with refused(), transaction.atomic():
        Item.objects.filter(pk=two.pk).update(uuid=one.uuid)
    Item.objects.filter(pk=two.pk).update(uuid=uuid4())


@pytest.mark.parametrize("hours", [0, -1])
def test_an_event_ends_after_it_starts(hours):
    event = make_event(starts_at=AT).event
    with refused(), transaction.atomic():
        Event.objects.update(ends_at=AT + hours * HOUR)
    event.ends_at = AT + hours * HOUR
    with pytest.raises(ValidationError, match="ends after it starts"):
        event.full_clean()
    Event.objects.update(ends_at=AT + HOUR)
    event.item.delete()
    item = make_item()
    with refused(), transaction.atomic():
        Event.objects.bulk_create([Event(item=item, starts_at=AT, ends_at=AT + hours * HOUR)])


def test_a_keyword_stands_once_on_an_item_and_has_a_known_status():
    item = make_item(keywords=["solidarity"])
    link = ItemKeyword.objects.get()
    with refused(), transaction.atomic():
        ItemKeyword.objects.bulk_create([ItemKeyword(content_object=item, tag=link.tag)])
    with refused(), transaction.atomic():
        Keyword.objects.filter(pk=link.tag_id).update(status="banned")


def test_a_type_in_use_stays():
    item = make_item(type="rare-type")
    with pytest.raises(IntegrityError):
        item.type.delete()


# --- Trees -------------------------------------------------------------------------------------------------------


@pytest.fixture(params=[Theme, ItemType])
def chain(request, db):
    """Four terms, each below the one before."""
    terms = []
    for slug in ("tree-a", "tree-b", "tree-c", "tree-d"):
        terms.append(make_term(request.param, slug, parent=terms[-1] if terms else None))
    return terms


@pytest.mark.parametrize(("child", "parent"), [(0, 0), (0, 1), (0, 3), (1, 3), (2, 2)])
def test_no_term_comes_to_stand_below_itself(chain, child, parent):
    model = type(chain[0])
    with refused(), transaction.atomic():
        model.objects.filter(pk=chain[child].pk).update(parent=chain[parent])
    term = model.objects.get(pk=chain[child].pk)
    term.parent = chain[parent]
    with pytest.raises(ValidationError, match="cannot stand below itself"):
        term.full_clean()
    with refused(), transaction.atomic():
        term.save()
    with refused(), transaction.atomic():
        model.objects.bulk_update([term], ["parent"])
    assert [t.parent_id for t in model.objects.filter(slug__startswith="tree-").order_by("slug")] == [
        None, *[t.pk for t in chain[:3]],
    ]  # fmt: skip


def test_no_term_is_made_as_its_own_parent(chain):
    model = type(chain[0])
    with refused(), transaction.atomic():
        model.objects.bulk_create([model(pk=999_999, slug="ouroboros", parent_id=999_999)])


def test_two_terms_cannot_be_put_below_each_other_in_one_statement(chain):
    model = type(chain[0])
    with refused(), transaction.atomic():
        model.objects.filter(pk__in=[chain[0].pk, chain[1].pk]).update(parent=chain[2])


def test_a_term_moves_where_it_may(chain):
    model = type(chain[0])
    model.objects.filter(pk=chain[3].pk).update(parent=chain[0])
    model.objects.filter(pk=chain[2].pk).update(parent=None)
    term = model.objects.get(pk=chain[1].pk)
    term.parent = chain[3]
    term.full_clean()
    term.save()
    tree = model.objects.tree()
    assert tree.family(chain[0].pk) == {chain[0].pk, chain[1].pk, chain[3].pk}
    assert tree.node(chain[1].pk).depth == 2
    assert tree.family(chain[2].pk) == {chain[2].pk}


def test_a_parent_with_children_stays(chain):
    with pytest.raises(IntegrityError):
        chain[0].delete()


def test_a_keyword_needs_a_slug_of_its_own():
    make_keyword("zebras")
    with refused(), transaction.atomic():
        Keyword.objects.bulk_create([Keyword(name="other", slug="zebras")])
