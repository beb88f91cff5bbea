"""Listing against an oracle in plain SQL, for random archives and random questions."""

from contextlib import contextmanager

import pytest
from django.db import transaction
from django.http import QueryDict
from django.utils.http import urlencode
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from items.listing import Listing
from items.models import Item
from tests.builders import AT
from tests.listing.archive import LANGUAGES, entries, make_vocabulary, questions, store
from tests.listing.oracle import PAIRS, Oracle

pytestmark = pytest.mark.django_db

# Derandomised: the same examples on every run, so that a run fails for what changed and for nothing else.
examples = settings(
    max_examples=40,
    deadline=None,
    derandomize=True,
    database=None,
    suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow],
)


@pytest.fixture
def terms(db):
    return make_vocabulary()


@contextmanager
def stored(archive, terms):
    """An archive in the database for as long as one example lasts."""
    with transaction.atomic():
        store(archive, terms)
        yield
        transaction.set_rollback(True)


def ask(question, language):
    params = QueryDict(
        urlencode({name: sorted(v) if isinstance(v, frozenset) else v for name, v in question.items()}, True)
    )
    return Listing(params, language=language, at=AT)


def all_pages(listing):
    first = listing.page("1")
    return [item.pk for n in first.paginator.page_range for item in listing.page(str(n)).object_list]


@examples
@given(archive=entries(), question=questions(), language=st.sampled_from([*LANGUAGES, "de"]))
def test_items_order_and_counts_equal_plain_sql(terms, archive, question, language):
    compare(archive, terms, question, language)


@examples
@given(archive=entries(groups=3, fewest=6), question=questions(always=("q",)), language=st.sampled_from(LANGUAGES))
def test_words_in_versions_equal_plain_sql(terms, archive, question, language):
    compare(archive, terms, question, language)


def compare(archive, terms, question, language):
    with stored(archive, terms):
        listing, oracle = ask(question, language), Oracle(question, language=language)
        assert listing.is_valid == oracle.is_valid
        if not oracle.is_valid:
            assert (listing.total, all_pages(listing)) == (0, [])
            return
        assert all_pages(listing) == oracle.ordered()
        assert listing.total == len(oracle.ordered())
        for name in PAIRS:
            facet = listing.facet(name)
            assert {option.value: option.count for option in facet.options} == oracle.counts(name), name
            assert {option.value for option in facet.options if option.selected} == question[name]
            assert listing.facet(name).hidden == 0


@settings(examples, max_examples=20)
@given(archive=entries(), question=questions())
def test_a_toggled_option_brings_what_it_promises(terms, archive, question):
    question = {**question, "from": "", "to": ""}
    with stored(archive, terms):
        listing = ask(question, "en")
        for facet in listing.facets:
            alone = {**question, facet.name: frozenset()}
            for option in facet.options:
                toggled = Listing(QueryDict(option.query), language="en", at=AT)
                chosen = {o.value for f in toggled.facets if f.name == facet.name for o in f.options if o.selected}
                assert chosen == question[facet.name] ^ {option.value}
                assert ask({**alone, facet.name: frozenset([option.value])}, "en").total == option.count


@examples
@given(archive=entries(), question=questions(), language=st.sampled_from(LANGUAGES))
def test_going_from_neighbour_to_neighbour_visits_the_listing_in_order(terms, archive, question, language):
    with stored(archive, terms):
        listing = ask({**question, "from": "", "to": ""}, language)
        order = all_pages(listing)
        visited, back = [], []
        item = Item.objects.get(pk=order[0]) if order else None
        while item and len(visited) <= len(order):
            place = listing.neighbours(item)
            visited.append(item.pk)
            assert place.position == len(visited)
            back.append(place.previous and place.previous.pk)
            item = place.next
        assert visited == order
        assert back == ([None, *order[:-1]] if order else [])


@examples
@given(archive=entries(), question=questions())
def test_the_ways_out_of_an_empty_listing_bring_the_number_they_name_and_never_none(terms, archive, question):
    with stored(archive, terms):
        listing = ask(question, "en")
        for chip in listing.chips:
            assert f"{chip.name}={chip.value}" not in chip.query.split("&")
        if listing.total or not listing.is_valid:
            assert listing.without_one == listing.with_one == ()
        for ways, expected in (
            (listing.without_one, [chip.query for chip in listing.chips]),
            (listing.with_one, [urlencode([(chip.name, chip.value)]) for chip in listing.chips]),
        ):
            totals = {query: Listing(QueryDict(query), language="en", at=AT).total for query in expected}
            if listing.is_valid and not listing.total:
                assert {way.query: way.total for way in ways} == {q: total for q, total in totals.items() if total}
