"""Merging terms: items, names and addresses go along, and all of it comes back."""

import pytest
from django.core.exceptions import PermissionDenied
from django.db import connection
from django.http import QueryDict
from django.test.utils import CaptureQueriesContext

from items.listing import Listing
from items.models import Item, ItemKeyword, ItemType, Keyword, KeywordAlias, RemovedTerm, Source, Theme
from items.vocabulary import Merge, Outdated, Refused, undo
from tests.builders import AT, make_event, make_item, make_keyword, make_term

pytestmark = pytest.mark.django_db


def words(item):
    return sorted(keyword.name for keyword in item.keywords.all())


@pytest.fixture
def pair():
    return make_keyword("okapi", status="approved"), make_keyword("forest giraffe", status="approved")


def test_items_get_the_other_keyword_once(pair, editor):
    okapi, giraffe = pair
    one, both = make_item(keywords=[okapi]), make_item(keywords=[okapi, giraffe])
    (change,) = Merge("keyword", [okapi.pk], giraffe.pk).carry_out(by=editor, at=AT)
    assert words(one) == words(both) == ["forest giraffe"]
    assert (change.items, change.by, change.at, str(change)) == (
        2, editor, AT, "“okapi” was merged into “forest giraffe”.",
    )  # fmt: skip


def test_the_old_name_and_slug_and_what_led_to_them_lead_to_the_other(pair, editor):
    okapi, giraffe = pair
    KeywordAlias.objects.create(term=okapi, name="Okapia johnstoni")
    Merge("keyword", [okapi.pk], giraffe.pk).carry_out(by=editor, at=AT)
    assert Keyword.objects.resolve(["okapi", "okapia-johnstoni"]) == {"okapi": giraffe, "okapia-johnstoni": giraffe}
    assert set(Keyword.objects.named(["Okapi", "okapia johnstoni"]).values()) == {giraffe}
    assert not RemovedTerm.objects.exists()


@pytest.mark.usefixtures("clock")
def test_page_feed_calendar_and_api_lead_from_the_old_word_to_the_new(client, pair, editor):
    okapi, giraffe = pair
    make_event(keywords=[okapi], themes=["reception"])
    Merge("keyword", [okapi.pk], giraffe.pk).carry_out(by=editor, at=AT)
    for old in (
        "/keywords/okapi/", "/news/?keyword=okapi", "/news/?theme=reception&keyword=okapi",
        "/news/feed.rss?keyword=okapi",
        "/news/feed.atom?keyword=okapi", "/news/feed.json?keyword=okapi", "/news/calendar.ics?keyword=okapi",
        "/fr/news/feed.atom?keyword=okapi",
    ):  # fmt: skip
        answer = client.get(old)
        assert answer.status_code == 301, old
        assert answer["Location"] == old.replace("okapi", "forest-giraffe")
        assert client.get(answer["Location"]).status_code == 200
    answer = client.get("/api/v1/items/?keyword=okapi", follow=True)
    assert answer.status_code == 200
    assert answer.json()["count"] == 1


def test_a_stored_query_string_means_the_other_word(pair, editor):
    okapi, giraffe = pair
    item = make_item(keywords=[okapi])
    Merge("keyword", [okapi.pk], giraffe.pk).carry_out(by=editor, at=AT)
    listing = Listing(QueryDict("keyword=okapi"), language="en", at=AT)
    assert (listing.query, list(listing.ids)) == ("keyword=forest-giraffe", [item.pk])


def test_undoing_brings_everything_back(pair, editor):
    okapi, giraffe = pair
    alias = KeywordAlias.objects.create(term=okapi, name="Okapia johnstoni")
    own = KeywordAlias.objects.create(term=giraffe, name="striped giraffe")
    items = [make_item(keywords=k) for k in ([okapi], [okapi, giraffe], [giraffe])]
    before = [words(item) for item in items]
    (change,) = Merge("keyword", [okapi.pk], giraffe.pk).carry_out(by=editor, at=AT)
    undo(change, by=editor, at=AT)
    assert [words(item) for item in items] == before
    back = Keyword.objects.get(pk=okapi.pk)
    assert (back.name, back.slug, back.status, list(back.aliases.all())) == ("okapi", "okapi", "approved", [alias])
    assert list(giraffe.aliases.all()) == [own]
    change.refresh_from_db()
    assert (change.undone_at, change.undone_by_name) == (AT, "editor")
    with pytest.raises(Refused, match="undone already"):
        undo(change, by=editor, at=AT)


def test_undoing_leaves_alone_what_editors_changed_since(pair, editor):
    okapi, giraffe = pair
    changed, gone = make_item(keywords=[okapi]), make_item(keywords=[okapi], status="draft")
    (change,) = Merge("keyword", [okapi.pk], giraffe.pk).carry_out(by=editor, at=AT)
    changed.keywords.set([make_keyword("zebra")])
    gone.delete()
    undo(change, by=editor, at=AT)
    assert words(changed) == ["zebra"]


def test_undoing_is_refused_when_slug_or_name_is_taken_or_the_other_is_gone(pair, editor):
    okapi, giraffe = pair
    (change,) = Merge("keyword", [okapi.pk], giraffe.pk).carry_out(by=editor, at=AT)
    giraffe.refresh_from_db()
    giraffe.aliases.all().delete()
    other = Keyword.objects.create(name="other", slug="okapi")
    with pytest.raises(Refused, match="leads to “other”"):
        undo(change, by=editor, at=AT)
    other.slug = "else"
    other.save()
    other.aliases.all().delete()
    other.name = "Okapi"
    other.save()
    with pytest.raises(Refused, match="is a name of"):
        undo(change, by=editor, at=AT)
    other.delete()
    third = make_keyword("zebra")
    Merge("keyword", [giraffe.pk], third.pk).carry_out(by=editor, at=AT)
    with pytest.raises(Refused, match="is not there any more"):
        undo(change, by=editor, at=AT)
    assert not Keyword.objects.filter(pk=okapi.pk).exists()


def test_several_become_one_and_each_is_undone_by_itself(pair, editor):
    third = make_keyword("zebra")
    item = make_item(keywords=pair)
    changes = Merge("keyword", [k.pk for k in pair], third.pk).carry_out(by=editor, at=AT)
    assert words(item) == ["zebra"]
    undo(changes[0], by=editor, at=AT)
    assert words(item) == ["okapi", "zebra"]


def test_what_was_shown_is_what_is_confirmed(pair, editor):
    okapi, giraffe = pair
    make_item(keywords=[okapi])
    plan = Merge("keyword", [okapi.pk], giraffe.pk)
    token = plan.look(editor)
    assert [item.pk for item in plan.items()] == list(Item.objects.values_list("pk", flat=True))
    make_item(keywords=[okapi])
    with pytest.raises(Outdated):
        Merge("keyword", [okapi.pk], giraffe.pk).carry_out(by=editor, at=AT, seen=token)
    assert ItemKeyword.objects.filter(tag=okapi).count() == 2
    token = Merge("keyword", [okapi.pk], giraffe.pk).look(editor)
    giraffe.labels = {"fr": "Okapi"}
    giraffe.save()
    with pytest.raises(Outdated):
        Merge("keyword", [okapi.pk], giraffe.pk).carry_out(by=editor, at=AT, seen=token)
    token = Merge("keyword", [okapi.pk], giraffe.pk).look(editor)
    Merge("keyword", [okapi.pk], giraffe.pk).carry_out(by=editor, at=AT, seen=token)


def test_a_word_is_not_merged_into_itself_nor_what_is_gone(pair, editor):
    okapi = pair[0]
    for terms, into in (([okapi.pk], okapi.pk), ([], okapi.pk), ([10**9], okapi.pk), ([okapi.pk], 10**9)):
        with pytest.raises(Refused):
            Merge("keyword", terms, into).carry_out(by=editor, at=AT)


@pytest.mark.parametrize(("facet", "model"), [("theme", Theme), ("type", ItemType), ("source", Source)])
def test_themes_types_and_sources_are_merged_and_come_back(facet, model, admin, editor):
    old, new = make_term(model, "old-one"), make_term(model, "new-one")
    has = {"themes": [old]} if facet == "theme" else {facet: old}
    item = make_item(**has)
    feed_date = Item.objects.get().updated_at
    if facet != "source":
        child = make_term(model, "child", parent=old)

    def terms():
        item.refresh_from_db()
        return list(item.themes.all()) if facet == "theme" else [getattr(item, facet)]

    with pytest.raises(PermissionDenied):
        Merge(facet, [old.pk], new.pk).carry_out(by=editor, at=AT)
    key = old.pk
    (change,) = Merge(facet, [key], new.pk).carry_out(by=admin, at=AT)
    assert terms() == [new]
    assert item.updated_at == feed_date
    assert model.objects.resolve(["old-one"]) == {"old-one": new}
    if facet != "source":
        child.refresh_from_db()
        assert child.parent == new
    undo(change, by=admin, at=AT)
    assert [term.pk for term in terms()] == [key]
    assert terms()[0].label("en") == "Old one"
    if facet != "source":
        child.refresh_from_db()
        assert child.parent_id == key


def test_a_theme_is_not_merged_into_what_stands_below_it(admin):
    old = make_term(Theme, "old-one")
    below = make_term(Theme, "below", parent=old)
    with pytest.raises(Refused, match="stands below"):
        Merge("theme", [old.pk], below.pk).carry_out(by=admin, at=AT)


def test_authors_merge_and_undo_nothing(pair, people):
    okapi, giraffe = pair
    with pytest.raises(PermissionDenied):
        Merge("keyword", [okapi.pk], giraffe.pk).carry_out(by=people["Author"], at=AT)
    (change,) = Merge("keyword", [okapi.pk], giraffe.pk).carry_out(by=None, at=AT)
    with pytest.raises(PermissionDenied):
        undo(change, by=people["Author"], at=AT)


def test_many_items_take_a_bounded_number_of_statements(pair, editor):
    okapi, giraffe = pair
    kind = make_term(ItemType, "news-item")
    made = Item.objects.bulk_create(
        [Item(title=f"Item {n}", slug="item", type=kind, status="approved", publish_at=AT) for n in range(2_000)],
        batch_size=500,
    )
    links = [ItemKeyword(content_object_id=item.pk, tag=okapi) for item in made]
    ItemKeyword.objects.bulk_create(links, batch_size=500)
    with CaptureQueriesContext(connection) as queries:
        (change,) = Merge("keyword", [okapi.pk], giraffe.pk).carry_out(by=editor, at=AT)
    assert len(queries) < 250  # for chunks of 500 items, histories included
    assert ItemKeyword.objects.filter(tag=giraffe).count() == change.items == 2_000
    with CaptureQueriesContext(connection) as queries:
        undo(change, by=editor, at=AT)
    assert len(queries) < 250  # for chunks of 500 items, histories included
    assert ItemKeyword.objects.filter(tag=okapi).count() == 2_000
