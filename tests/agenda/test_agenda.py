"""Which events an agenda holds, in which order, and what it says of them."""

from datetime import UTC, datetime, timedelta

import pytest
from django.http import QueryDict

from items.agenda import Agenda, Kind
from items.filters import NotAnswered
from items.models import Event, Item
from tests.builders import AT, make_event, make_item

pytestmark = pytest.mark.django_db


def agenda(query="", *, at=AT, language="en"):
    return Agenda(QueryDict(query), language=language, at=at)


def found(query="", **options):
    asked = agenda(query, **options)
    return [item.pk for item in asked.entries(asked.slice(0, 100))]


def on(day, hour=10, month=6, **more):
    return datetime(2026, month, day, hour, tzinfo=UTC, **more)


class TestTime:
    def test_coming_events_stand_by_their_start_and_past_ones_the_other_way(self):
        late, soon = make_event(starts_at=on(25)), make_event(starts_at=on(20))
        gone, long_gone = make_event(starts_at=on(10)), make_event(starts_at=on(5))
        make_item()
        assert found() == [soon.pk, late.pk]
        assert found("when=past") == [gone.pk, long_gone.pk]

    def test_an_event_is_coming_until_its_last_day_is_over(self):
        under_way = make_event(starts_at=on(10), ends_at=on(15, 6))
        this_morning = make_event(starts_at=on(15, 6))
        assert found() == [under_way.pk, this_morning.pk]
        assert found("when=past") == []
        assert found(at=AT + timedelta(days=1)) == []
        assert found("when=past", at=AT + timedelta(days=1)) == [this_morning.pk, under_way.pk]

    def test_what_ended_at_midnight_is_not_coming_on_the_new_day(self):
        midnight = datetime(2026, 6, 14, 22, tzinfo=UTC)  # in Brussels
        make_event(starts_at=on(14), ends_at=midnight)
        whole_days = make_event(starts_at=on(14), ends_at=midnight, all_day=True)
        assert found() == [whole_days.pk]

    def test_a_month_holds_what_takes_place_in_it_at_all(self):
        make_event(starts_at=on(1, month=5), ends_at=on(31, 20, month=5))
        across = make_event(starts_at=on(30, month=5), ends_at=on(2))
        around = make_event(starts_at=on(1, month=1), ends_at=on(1, month=12))
        within = make_event(starts_at=on(30, 21))
        make_event(starts_at=datetime(2026, 6, 30, 22, tzinfo=UTC))  # July in Brussels
        assert found("view=month&month=2026-06") == [around.pk, across.pk, within.pk]
        assert found("month=2026-06") == found("view=month&month=2026-06")

    def test_the_month_is_the_present_one_when_none_is_named(self):
        assert agenda("view=month").span.first == on(1).date()

    def test_a_day_holds_what_takes_place_on_it(self):
        long = make_event(starts_at=on(20), ends_at=on(22))
        make_event(starts_at=on(22))
        assert found("day=2026-06-21") == [long.pk]

    @pytest.mark.parametrize(
        "query",
        [
            "month=2026-13",
            "month=1949-01",
            "month=x",
            "view=week",
            "when=now",
            "day=2026-02-30",
            "day=x",
            "day=2026-06",
        ],
    )
    def test_what_makes_no_sense_is_not_answered_and_says_why(self, query):
        with pytest.raises(NotAnswered, match=r"[a-z]"):
            agenda(query)


class TestFilters:
    def test_only_what_the_public_sees(self):
        make_event(status=Item.Status.DRAFT, publish_at=None)
        make_event(publish_at=AT + timedelta(hours=1))
        make_event(expire_at=AT - timedelta(hours=1))
        make_event(status=Item.Status.WITHDRAWN, withdrawal_reason="No.")
        assert found() == found("when=past") == found("month=2026-06") == []

    def test_filters_are_those_of_the_listing(self):
        wanted = make_event(themes=["place"], keywords=["one"], source="here", type="event", title="Zebras")
        make_event(themes=["other"])
        for query in ("theme=place", "keyword=one", "source=here", "q=zebra", "theme=place&keyword=one"):
            assert found(query) == [wanted.pk], query
        assert found("theme=place&keyword=none") == []

    def test_counts_are_exact_and_leave_their_own_facet_out(self):
        make_event(themes=["place"])
        make_event(themes=["other"])
        make_event(themes=["place"], starts_at=on(1))
        make_item(themes=["place"])
        options = {o.value: o.count for o in agenda("theme=place").facet("theme").options}
        assert options == {"place": 1, "other": 1}
        assert agenda().total == 2
        past = {o.value: o.count for o in agenda("when=past").facet("theme").options}
        assert past == {"place": 1}

    def test_a_type_holds_those_below_it(self):
        below = make_event(type="webinar")
        assert below.pk in found("type=event")

    def test_a_group_counts_once_in_the_readers_language(self):
        english = make_event()
        french = make_event(language="fr", translation_group=english.translation_group)
        assert found() == [english.pk]
        assert found(language="fr") == [french.pk]

    def test_years_of_publication_are_not_offered(self):
        make_event()
        assert "year" not in [facet.name for facet in agenda().facets]

    def test_sort_changes_nothing(self):
        assert agenda("sort=oldest&theme=asylum").query == "theme=asylum"


class TestQuery:
    def test_the_part_of_time_stays_when_filters_change(self):
        make_event(themes=["place"], starts_at=on(1))
        asked = agenda("when=past&theme=place")
        assert asked.query == "theme=place&when=past"
        assert asked.chips[0].query == "when=past"
        assert asked.query_with(page="2") == "theme=place&page=2&when=past"
        assert ("when", "past") in asked.search_inputs

    def test_other_doors_get_the_filters_alone(self):
        asked = agenda("theme=asylum&view=month&month=2026-06")
        assert asked.query == "theme=asylum&view=month&month=2026-06"
        assert asked.filters_query == "theme=asylum"
        assert agenda("view=list&when=coming").query == ""


class TestWords:
    def test_the_heading_says_what_and_when(self):
        make_event()
        make_event(themes=["place"])
        assert agenda().heading == "2 coming events"
        assert agenda("theme=place").heading == "1 coming event in Place"
        assert agenda("when=past").heading == "No past events"
        # Events have days of their own, so it is said whose day the filter means.
        assert agenda("year=2026").heading == "2 coming events published in 2026"
        assert agenda("from=2026-05").heading == "2 coming events published since May 2026"
        assert agenda("month=2026-06&theme=place").heading == "1 event in June 2026, Place"
        assert agenda("day=2026-06-25").heading == "2 events on 25 June 2026"
        assert agenda("theme=place").title == "Coming events (Place)"

    def test_a_span_is_near_for_a_year(self):
        assert agenda("month=2027-06").span.is_near(AT)
        assert not agenda("month=2027-07").span.is_near(AT)
        assert agenda().span.kind is Kind.COMING


def test_events_that_change_are_read_again(warm):
    item = make_event()
    assert found() == [item.pk]
    Event.objects.filter(pk=item.pk).update(starts_at=on(1))
    assert found() == []
    assert found("when=past") == [item.pk]
