"""Items: who may see them, in which order, and their addresses."""

from datetime import date, timedelta

import pytest
from django.core.exceptions import ValidationError

from items.models import Item
from tests.builders import AT, make_item

pytestmark = pytest.mark.django_db

HOUR = timedelta(hours=1)


@pytest.mark.parametrize(
    ("values", "published", "readable"),
    [
        ({}, True, True),
        ({"publish_at": AT}, True, True),
        ({"publish_at": AT + HOUR}, False, False),
        ({"expire_at": AT + HOUR}, True, True),
        ({"expire_at": AT}, False, False),
        ({"status": "draft"}, False, False),
        ({"status": "draft", "publish_at": None}, False, False),
        ({"status": "in_review"}, False, False),
        ({"status": "withdrawn", "withdrawal_reason": "x"}, False, True),
        ({"status": "withdrawn", "withdrawal_reason": "x", "publish_at": AT + HOUR}, False, False),
        ({"status": "withdrawn", "withdrawal_reason": "x", "expire_at": AT}, False, True),
    ],
)
def test_what_the_public_may_see(values, published, readable):
    make_item(**values)
    assert Item.objects.published(AT).exists() is published
    assert Item.objects.readable(AT).exists() is readable


def test_of_a_group_the_readers_language_is_preferred_else_the_first_made():
    dutch = make_item(language="nl")
    french = make_item(language="fr", translation_group=dutch.translation_group)
    english = make_item(language="en", translation_group=dutch.translation_group, publish_at=AT + HOUR)
    alone = make_item(language="de")
    for language, expected in {"fr": french, "nl": dutch, "en": dutch, "de": dutch}.items():
        assert set(Item.objects.published(AT).preferred(language, AT)) == {expected, alone}
    later = AT + HOUR
    assert set(Item.objects.published(later).preferred("en", later)) == {english, alone}


def test_order_is_by_date_then_time_then_number_and_undated_last():
    day, hour = date(2024, 1, 1), AT - 5 * HOUR
    undated = make_item(publication_date=None, publish_at=AT)
    first = make_item(publication_date=day, publish_at=hour)
    second = make_item(publication_date=day, publish_at=hour)
    third = make_item(publication_date=day, publish_at=hour + HOUR)
    latest = make_item(publication_date=date(2025, 1, 1), publish_at=hour - HOUR)
    assert list(Item.objects.newest()) == [latest, third, second, first, undated]
    assert list(Item.objects.oldest()) == [first, second, third, latest, undated]


def test_translations_are_the_published_others(at):
    item = make_item(language="en")
    french = make_item(language="fr", translation_group=item.translation_group)
    make_item(language="nl", translation_group=item.translation_group, status="draft")
    assert list(item.translations(at)) == [french]


@pytest.mark.parametrize(
    ("title", "slug"), [("Où habiter ?", "ou-habiter"), ("???", "item"), ("x" * 200, "x" * 80), ("Привет", "item")]
)
def test_a_slug_is_made_of_the_title(title, slug):
    assert make_item(title=title).slug == slug


def test_approving_keeps_a_time_that_was_set_and_else_takes_now(at):
    scheduled = make_item(status="draft", publish_at=AT + HOUR)
    scheduled.approve(by=None, at=at)
    assert scheduled.publish_at == AT + HOUR
    fresh = make_item(status="draft", publish_at=None)
    fresh.approve(by=None, at=at)
    assert Item.objects.get(pk=fresh.pk).publish_at == AT
    assert Item.objects.published(at).get() == fresh


def test_withdrawing_needs_a_reason_and_a_time(at):
    item = make_item()
    with pytest.raises(ValidationError):
        item.withdraw(by=None, at=AT, reason="")
    with pytest.raises(ValidationError):
        make_item(status="draft", publish_at=None).withdraw(by=None, at=AT, reason="Wrong.")
    assert Item.objects.get(pk=item.pk).status == "approved"
    item.refresh_from_db()
    item.withdraw(by=None, at=AT, reason="Wrong.")
    assert Item.objects.get(pk=item.pk).is_withdrawn
