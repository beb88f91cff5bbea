"""Threads as readers meet them: in the order of time, in their language, with nothing that they may not see."""

from datetime import date, timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import translation

from items.models import Item, Relation
from items.threads import desk_thread, mark, said_of, threads_of
from tests.builders import AT, make_item

pytestmark = pytest.mark.django_db
UPDATES, FOLLOWS, SAME = Relation.UPDATES, Relation.FOLLOWS, Relation.SAME


def told(title, day, **overrides):
    return make_item(title=title, publication_date=date(2026, 5, day) if day else None, **overrides)


def tie(item, other, relation=UPDATES):
    item.continue_story(other, relation, by=None, at=AT)
    return item


@pytest.fixture
def story():
    """A first release, three updates tied to it or to each other, a follow-up, and that one's update."""
    first = told("first", 1)
    second = tie(told("second", 3), first)
    third = tie(told("third", 5), first)  # whoever writes may have tied it to the first
    fourth = tie(told("fourth", 7), third)
    after = tie(told("after", 9), fourth, FOLLOWS)
    return [first, second, third, fourth, after, tie(told("after that", 11), after)]


def seen(item, **options):
    """(title, words, whether it is the current one) of each step."""
    steps = threads_of([item], at=AT, **options).get(item.pk, [])
    return [(step.item.title, step.words, step.is_current) for step in steps]


def test_steps_are_in_the_order_of_time_with_their_number(story):
    assert seen(story[2]) == [
        ("first", "", False),
        ("second", "1st update", False),
        ("third", "2nd update", True),
        ("fourth", "3rd update", False),
        ("after", "Follow-up", False),
        ("after that", "1st update", False),
    ]


def test_a_list_marks_its_items(story):
    alone = make_item()
    marked = mark([*story, alone], at=AT)
    words = [item.step.words if item.step else None for item in marked]
    assert words == ["", "1st update", "2nd update", "3rd update", "Follow-up", "1st update", None]


def test_another_form_of_a_release_is_no_update_and_its_updates_count_with_it():
    release = told("release", 1)
    report = tie(told("report", 1), release, SAME)
    one = tie(told("one", 2), report)
    two = tie(told("two", 3), release)
    assert [words for _title, words, _current in seen(two)] == ["", "In another form", "1st update", "2nd update"]
    assert seen(one)[2][2]


@pytest.mark.parametrize(
    "hidden",
    [
        {"status": "draft"},
        {"status": "in_review"},
        {"status": "withdrawn", "withdrawal_reason": "Wrong."},
        {"status": "removed"},
        {"publish_at": AT + timedelta(days=1)},
        {"expire_at": AT - timedelta(minutes=1)},
    ],
)
def test_the_thread_closes_up_over_what_readers_do_not_have(story, hidden):
    Item.objects.filter(pk=story[1].pk).update(**hidden)
    assert [title for title, _words, _current in seen(story[2])] == ["first", "third", "fourth", "after", "after that"]
    assert seen(story[2])[1][1] == "1st update"
    assert seen(story[1]) == []


def test_a_preview_shows_the_item_among_what_readers_have(story):
    Item.objects.filter(pk=story[1].pk).update(status="draft")
    draft = Item.objects.get(pk=story[1].pk)
    assert seen(draft, also=[draft])[1] == ("second", "1st update", True)


def test_who_is_left_alone_is_in_no_thread():
    one, two = told("one", 1), told("two", 2)
    tie(two, one)
    Item.objects.filter(pk=one.pk).update(status="draft")
    assert seen(two) == []
    assert mark([two], at=AT)[0].step is None


def test_each_step_is_in_the_language_where_there_is_a_version(story):
    told("deuxième", 3, language="fr", translation_group=story[1].translation_group)
    third = told("troisième", 5, language="fr", translation_group=story[2].translation_group)
    with translation.override("fr"):
        titles = [title for title, _words, _current in seen(third)]
    assert titles == ["first", "deuxième", "troisième", "fourth", "after", "after that"]
    assert [current for _title, _words, current in seen(third)].index(True) == 2


def test_of_one_day_what_comes_after_stands_after():
    two, one = told("two", 1), told("one", 1)
    tie(two, one)
    assert [title for title, *_rest in seen(two)] == ["one", "two"]


def test_without_a_date_the_moment_of_publication_counts():
    one, two = told("one", None, publish_at=AT - timedelta(days=9)), told("two", 1, publish_at=AT - timedelta(days=9))
    tie(one, two, FOLLOWS)
    assert [title for title, *_rest in seen(one)] == ["two", "one"]


def test_colleagues_see_all_of_it(story):
    Item.objects.filter(pk=story[1].pk).update(status="draft", publish_at=None)
    assert len(desk_thread(story[2])) == 6
    assert desk_thread(make_item()) == []


def test_the_number_of_questions_does_not_grow(story):
    others = [tie(told(f"x{number}", 1 + number), told(f"y{number}", 1)) for number in range(20)]
    for items in (story[:1], [*story, *others]):
        with CaptureQueriesContext(connection) as asked:
            mark(items, at=AT)
        assert len(asked) == 2
        with CaptureQueriesContext(connection) as asked:
            threads_of(items, at=AT)
        assert len(asked) == 2
    alone = make_item()
    with CaptureQueriesContext(connection) as asked:
        mark([alone], at=AT)
    assert len(asked) == 1


@pytest.mark.parametrize(
    ("number", "words"),
    [
        (1, "1st update"), (2, "2nd update"), (3, "3rd update"), (4, "4th update"), (11, "11th update"),
        (12, "12th update"), (13, "13th update"), (21, "21st update"), (22, "22nd update"), (111, "111th update"),
    ],
)  # fmt: skip
def test_ordinals_are_english(number, words):
    assert said_of(UPDATES, number) == words
