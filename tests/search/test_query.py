"""The query language: any text is a query, and nothing typed reaches a database as syntax."""

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from pyroaring import BitMap

from items import search
from items.models import Item
from items.search.query import All, Any, Not, Words
from tests.builders import make_item


def words(*names, field=""):
    return Words(names, field)


@pytest.mark.parametrize(
    ("typed", "tree"),
    [
        ("a b", All((words("a"), words("b")))),
        ("a OR b c", Any((words("a"), All((words("b"), words("c")))))),
        ('"a b" -c', All((words("a", "b"), Not(words("c"))))),
        ("«a b", words("a", "b")),
        ("title:a keyword:(b OR title:c)", All((words("a", field="title"),
            Any((words("b", field="keyword"), words("c", field="title")))))),
        ("e-mail", Any((words("e", "mail"), words("email")))),
        ("18 390 people", All((words("18390"), words("people")))),
        ("foo:bar", words("foo", "bar")),
        ("- a", words("a")),
        ("a) b (c", All((words("a"), words("b"), words("c")))),
        ("title:", words("title")),
        ("-(a b)", Not(All((words("a"), words("b"))))),
        ("((((((((a))))))))", words("a")),
    ],
)  # fmt: skip
def test_a_query_is_read_as_a_tree(typed, tree):
    assert search.parse(typed).root == tree


@pytest.mark.parametrize("typed", ["", " ", "-", '"', '""', "()", "OR", "OR AND -", "(((", "*", "\x00", '-() OR -""'])
def test_a_query_without_words_finds_nothing(typed):
    query = search.parse(typed)
    assert query.root is None
    assert search.match(query, within=BitMap([1, 2])) == BitMap()


def test_the_words_looked_for_are_known_with_their_places():
    query = search.parse("l’asile title:18 390 -visa")
    assert query.words == ("asile", "18390")
    assert [query.text[typed.start : typed.end] for typed in query.typed] == ["asile", "18 390"]


SYNTAX = st.lists(
    st.sampled_from(['"', "-", "(", ")", " OR ", "title:", "keyword:", " ", "*", ":", "^", "'", "\\", "NEAR", "&", "|",
                     "!", "<->", ";--", "\x00", "\ud800", "asylum", "l’", "18 390", "é", "¶", "%", "%s", "{", "}"]),
    max_size=120,
).map("".join)  # fmt: skip


@pytest.mark.django_db
class TestAnyText:
    @pytest.fixture(autouse=True)
    def items(self):
        make_item(title="Asylum")
        search.sync()

    @settings(deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture], max_examples=200)
    @given(st.one_of(SYNTAX, st.text(max_size=400)))
    def test_any_text_answers(self, typed):
        query = search.parse(typed)
        everything = BitMap(Item.objects.values_list("pk", flat=True))
        found = search.match(query, within=everything)
        assert found <= everything
        assert sorted(search.rank(query, list(found))) == list(found)
        assert search.parse(query.text) == query
        list(search.corrections(query))
        search.suggest(typed, language="en")
        for item in Item.objects.all():
            search.snippet(item, query)

    @pytest.mark.parametrize("typed", ["a" * 10_000, '"' * 10_000, "(" * 10_000, "-" * 10_000, "a " * 5_000,
                                       "(-" * 5_000, "a OR " * 2_000, "e-" * 5_000, "1 234 " * 2_000])  # fmt: skip
    def test_long_text_answers(self, typed):
        search.match(search.parse(typed), within=BitMap([1]))
