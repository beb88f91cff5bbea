"""Entries become items: made, recognised, completed, and never against an editor."""

from datetime import date, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
from django.conf import settings
from django.db import connection, transaction
from django.test.utils import CaptureQueriesContext
from hypothesis import HealthCheck, given
from hypothesis import settings as hypothesis_settings
from hypothesis import strategies as st

from items.models import Event, ImportedEntry, Item, ItemType, Keyword, Source, Theme
from tests.builders import AT, make_item, make_term

FULL = """Publication date: 18 July 2023

A ferry line opens a waiting room.
Main theme: Asylum, Reception
Publication Type: Report
Keywords: ferry, waiting room
"""
THIN = "A ferry line  opens a “waiting room”"
LATER = AT + timedelta(days=1)


def slugs(item):
    return sorted(item.themes.values_list("slug", flat=True))


def names(item):
    return sorted(item.keywords.values_list("name", flat=True))


def results(outcomes):
    return [outcome.result for outcome in outcomes]


def test_an_entry_becomes_a_draft_with_all_that_it_names(bring):
    (outcome,) = bring(FULL)
    item = Item.objects.get()
    assert outcome.result == "created"
    assert outcome.id == item.pk
    assert (outcome.themes, outcome.type) == (("asylum", "reception"), "report")
    assert outcome.keywords == ("ferry", "waiting room")
    assert outcome.problems == ()
    assert item.publication_date == date(2023, 7, 18)
    assert (item.title, item.title_is_derived, item.slug) == (
        "A ferry line opens a waiting room", True, "a-ferry-line-opens-a-waiting-room",
    )  # fmt: skip
    assert (item.status, item.publish_at, item.type.slug) == (Item.Status.DRAFT, None, "report")
    assert slugs(item) == ["asylum", "reception"]
    assert names(item) == ["ferry", "waiting room"]


def test_published_entries_keep_the_order_of_the_listing(bring):
    outcomes = bring("Publication date:\nOne.\n\nPublication date:\nTwo.\n\nPublication date:\nThree.", publish=True)
    shown = Item.objects.published(AT).newest()
    assert [item.summary for item in shown] == ["One.", "Two.", "Three."]
    assert [outcome.summary for outcome in outcomes] == ["One.", "Two.", "Three."]
    assert [outcome.id for outcome in outcomes] == [item.pk for item in shown]


def test_a_second_run_changes_nothing(bring):
    bring(FULL, publish=True)
    before = Item.objects.values().get()
    assert results(bring(FULL, publish=True, at=LATER)) == ["unchanged"]
    assert Item.objects.values().get() == before


@pytest.mark.parametrize("listings", [(FULL, THIN), (THIN, FULL)])
def test_a_fuller_copy_completes_a_thinner_whichever_comes_first(bring, listings):
    for text in listings:
        bring(text)
    item = Item.objects.get()
    assert item.publication_date == date(2023, 7, 18)
    assert item.type.slug == "report"
    assert slugs(item) == ["asylum", "reception"]
    assert names(item) == ["ferry", "waiting room"]


def test_completing_is_told_and_moves_the_time_of_change(bring):
    bring(THIN)
    before = Item.objects.get().updated_at
    assert results(bring(FULL)) == ["updated"]
    assert Item.objects.get().updated_at > before
    assert results(bring(THIN)) == ["unchanged"]


def test_copies_within_one_file_become_one_item(bring):
    outcomes = bring(f"Publication date:\n{THIN}\n\n{FULL}\nPublication date: 1 May 2020\n{THIN}")
    assert results(outcomes) == ["created", "updated", "unchanged"]
    item = Item.objects.get()
    assert {outcome.id for outcome in outcomes} == {item.pk}
    assert item.publication_date == date(2023, 7, 18)
    assert "2020-05-01" in outcomes[2].problems[0]


def test_what_an_editor_changed_stays(bring):
    bring(FULL)
    item = Item.objects.get()
    item.title, item.summary, item.publication_date, item.title_is_derived = (
        "Mine",
        "My words.",
        date(2001, 1, 1),
        False,
    )
    item.type = make_term(ItemType, "news-item")
    item.save()
    item.themes.set([make_term(Theme, "migration")])
    item.keywords.remove("ferry")
    (outcome,) = bring(FULL + "Main theme: Cross-sectional\nKeywords: harbour")
    assert outcome.result == "unchanged"
    assert len(outcome.problems) == 4
    changed = Item.objects.get()
    assert (changed.title, changed.summary, changed.publication_date) == ("Mine", "My words.", date(2001, 1, 1))
    assert changed.type.slug == "news-item"
    assert (slugs(changed), names(changed)) == (["migration"], ["waiting room"])
    assert not Keyword.objects.filter(name="harbour").exists()


def test_what_an_editor_emptied_stays_empty(bring):
    bring(FULL + "When 17 March 2021\n", source=make_term(Source, "fedasil"))
    item = Item.objects.get()
    item.publication_date = item.source = None
    item.save()
    item.event.delete()
    item.themes.clear()
    item.keywords.clear()
    outcomes = bring(FULL + "When 17 March 2021\n", source=make_term(Source, "fedasil"))
    assert results(outcomes) == ["unchanged"]
    item = Item.objects.get()
    assert (item.publication_date, item.source, slugs(item), names(item)) == (None, None, [], [])
    assert not Event.objects.exists()


def test_sets_grow_while_no_editor_touched_them(bring):
    bring(FULL)
    assert results(bring(f"{THIN}\nMain theme: Migration\nKeywords: sea")) == ["updated"]
    item = Item.objects.get()
    assert (slugs(item), names(item)) == (["asylum", "migration", "reception"], ["ferry", "sea", "waiting room"])


def test_an_item_that_was_deleted_is_made_anew(bring):
    bring(FULL)
    Item.objects.get().delete()
    assert results(bring(FULL)) == ["created"]


def test_an_item_typed_by_hand_is_recognised_and_completed(bring):
    item = make_item(summary="A ferry line opens, a waiting room!", themes=["migration"], publication_date=None)
    make_item(summary="A ferry line opens a waiting room in another language.", language="fr")
    (outcome,) = bring(FULL)
    assert (outcome.result, outcome.id) == ("updated", item.pk)
    item.refresh_from_db()
    assert (item.publication_date, item.summary) == (date(2023, 7, 18), "A ferry line opens, a waiting room!")
    assert (slugs(item), names(item), item.type.slug) == (["migration"], ["ferry", "waiting room"], "news-item")
    assert results(bring(FULL)) == ["unchanged"]


def test_an_entry_reworded_by_an_editor_is_recognised_in_both_wordings(bring):
    bring(FULL)
    Item.objects.update(summary="A ferry line closes its waiting room.")
    assert results(bring("A ferry line closes its waiting room.\nKeywords: ferry")) == ["unchanged"]
    assert results(bring(FULL)) == ["unchanged"]
    assert ImportedEntry.objects.count() == 2


def test_publishing_later_reaches_only_drafts_that_nobody_touched(bring):
    text = "".join(f"Publication date:\nEntry {letter}.\n\n" for letter in "ABCDE")
    a, b, c, d, e = (Item.objects.get(pk=outcome.id) for outcome in bring(text))
    Item.objects.filter(pk=b.pk).update(status=Item.Status.IN_REVIEW)
    Item.objects.filter(pk=c.pk).update(publish_at=LATER)
    Item.objects.filter(pk=d.pk).update(expire_at=AT - timedelta(days=3))
    e.approve(by=None, at=AT)
    outcomes = bring(text, publish=True, at=LATER)
    assert results(outcomes) == ["updated", "unchanged", "unchanged", "unchanged", "unchanged"]
    assert "expiry" in outcomes[3].problems[0]
    a.refresh_from_db()
    assert (a.status, a.publish_at) == (Item.Status.APPROVED, LATER)
    assert results(bring(text, publish=True)) == ["unchanged"] * 5


def test_an_item_that_an_editor_took_back_to_draft_is_not_published_again(bring):
    bring(FULL, publish=True)
    Item.objects.update(status=Item.Status.DRAFT, publish_at=None)
    assert results(bring(FULL, publish=True)) == ["unchanged"]


def test_an_event_gets_its_day(bring):
    (outcome,) = bring("When17 March 2021\nA morning course.")
    item = Item.objects.get()
    assert (outcome.when, outcome.type) == (date(2021, 3, 17), "event")
    assert item.event.all_day
    assert item.event.starts_at == datetime(2021, 3, 17, tzinfo=ZoneInfo(settings.TIME_ZONE))
    assert item.event.start_date == date(2021, 3, 17)
    (other,) = bring("When 18 March 2021\nA morning course.")
    assert (other.result, len(other.problems)) == ("unchanged", 1)


def test_a_bad_entry_is_told_with_its_line_and_the_others_go_in(bring):
    text = f"Publication date: 1 May 2021\nMain theme: Asylum\n\n{FULL}\nPublication date:\n\n{'long ' * 5000}"
    first, second, third = bring(text)
    assert (first.result, first.line, first.id, first.type) == ("rejected", 1, None, None)
    assert (second.result, second.line) == ("created", 4)
    assert third.result == "rejected"
    assert Item.objects.count() == 1


def test_a_dry_run_reports_the_same_and_writes_nothing(bring):
    bring("Known already.")
    text = FULL + "\nPublication date: 1 May 2021\nKnown already.\nKeywords: unheard of"
    promised = bring(text, dry_run=True)
    assert (Item.objects.count(), Keyword.objects.filter(name="unheard of").count()) == (1, 0)
    assert [outcome.id for outcome in promised] == [None, Item.objects.get().pk]
    kept = bring(text)
    assert [(o.result, o.themes, o.keywords, o.problems) for o in promised] == [
        (o.result, o.themes, o.keywords, o.problems) for o in kept
    ]


def test_the_same_text_in_another_language_is_told(bring):
    bring(FULL)
    (outcome,) = bring(FULL, language="fr")
    assert (outcome.result, len(outcome.problems)) == ("unchanged", 1)


def test_the_number_of_queries_does_not_grow_with_the_entries(bring):
    def queries(first, last, **options):
        text = "".join(f"{FULL.replace('A ferry', f'A{n} ferry')}When 1 May 2020\n" for n in range(first, last))
        with CaptureQueriesContext(connection) as captured:
            bring(text, **options)
        return len(captured)

    bring(FULL)  # proposes the keywords
    assert queries(100, 120) == queries(200, 202)
    assert queries(100, 120, publish=True) == queries(200, 202, publish=True)


words = st.sampled_from(["Asylum", "asile", "Migration", "Report", "Gardening", "a; b", "C: d", "x", "X", ""])
some = st.lists(words, max_size=3).map(", ".join)
day = st.sampled_from(["", "1 May 2021", "2 mai 2021", "May 2018", "30 February 2023", "soon"])
summary = st.sampled_from(["Alpha is out.", "alpha is - out", "Beta?\n\nIt is.", "Beta it is", "", "…", "Gamma"])
entry = st.builds(
    "{}\n{}\n{}\n{}\n{}\n".format,
    st.one_of(day.map("Publication date: {}".format), day, day.map("When {}".format), st.just("")),
    summary,
    st.one_of(st.just(""), some.map("Main theme: {}".format)),
    st.one_of(st.just(""), some.map("Publication Type:\n{}".format), day.map("When: {}".format), st.just("Read more")),
    st.one_of(st.just(""), some.map("Keywords: {}".format)),
)
listing = st.lists(entry, max_size=6).map("\n".join)


@hypothesis_settings(suppress_health_check=[HealthCheck.function_scoped_fixture], deadline=None, max_examples=150)
@given(listings=st.lists(listing, min_size=1, max_size=2), by_hand=st.booleans(), publish=st.booleans())
def test_a_second_run_of_any_listing_reports_everything_unchanged(bring, listings, by_hand, publish):
    with transaction.atomic():
        if by_hand:
            make_item(summary="Alpha is out", publication_date=None, themes=["reception"])
        for text in listings:
            first = bring(text, publish=publish)
        state = list(Item.objects.order_by("pk").values())
        second = bring(listings[-1], publish=publish, at=LATER)
        assert [o.result for o in second] == ["rejected" if o.result == "rejected" else "unchanged" for o in first]
        assert [o.id for o in second] == [o.id for o in first]
        assert list(Item.objects.order_by("pk").values()) == state
        transaction.set_rollback(True)
