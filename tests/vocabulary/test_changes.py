"""Renaming, splitting, retagging, proposals, the order of trees: done, and undone."""

import pytest
from django.core.exceptions import PermissionDenied

from items.models import Item, Keyword, KeywordAlias, RemovedTerm, Source, Theme, VocabularyChange
from items.vocabulary import (
    Merge,
    Outdated,
    Refuse,
    Refused,
    Rename,
    Retag,
    Split,
    approve,
    described,
    move,
    place,
    proposed,
    undo,
    with_versions,
)
from tests.builders import AT, make_item, make_keyword, make_term

pytestmark = pytest.mark.django_db


def words(item):
    return sorted(keyword.name for keyword in item.keywords.all())


# --- Rename ----------------------------------------------------------------------------------------------------


def test_a_renamed_keyword_is_found_by_its_old_name_and_slug(editor):
    okapi = make_keyword("okapi")
    (change,) = Rename("keyword", okapi.pk, name="forest giraffe").carry_out(by=editor, at=AT)
    okapi.refresh_from_db()
    assert (okapi.name, okapi.slug) == ("forest giraffe", "forest-giraffe")
    assert Keyword.objects.named(["OKAPI"])["okapi"] == okapi
    assert Keyword.objects.resolve(["okapi"]) == {"okapi": okapi}
    undo(change, by=editor, at=AT)
    okapi.refresh_from_db()
    assert (okapi.name, okapi.slug) == ("okapi", "okapi")
    assert [(a.name, a.slug) for a in okapi.aliases.all()] == [("", "forest-giraffe")]


def test_a_name_that_changes_in_case_keeps_its_address(editor):
    okapi = make_keyword("okapi")
    Rename("keyword", okapi.pk, name="Okapi", approve=True).carry_out(by=editor, at=AT)
    okapi.refresh_from_db()
    assert (okapi.name, okapi.slug, okapi.status, list(okapi.aliases.all())) == ("Okapi", "okapi", "approved", [])


def test_a_name_that_changes_and_keeps_its_slug_is_found_by_the_old_one(editor):
    okapi = make_keyword("okapi")
    Rename("keyword", okapi.pk, name="forest giraffe", slug="okapi").carry_out(by=editor, at=AT)
    assert Keyword.objects.named(["okapi"])["okapi"].name == "forest giraffe"


def test_a_name_given_back_by_hand_is_no_other_name(editor):
    okapi = make_keyword("okapi")
    Rename("keyword", okapi.pk, name="zebra").carry_out(by=editor, at=AT)
    Rename("keyword", okapi.pk, name="okapi").carry_out(by=editor, at=AT)
    okapi.refresh_from_db()
    assert okapi.slug == "okapi"
    assert [(a.name, a.slug) for a in okapi.aliases.all()] == [("zebra", "zebra")]


@pytest.mark.parametrize("name", ["Zebra", "striped horse", "!!!", "a, b", "x" * 101, "okapi", ""])
def test_a_name_that_is_taken_or_makes_no_sense_is_refused(name, editor):
    okapi = make_keyword("okapi")
    KeywordAlias.objects.create(term=make_keyword("zebra"), name="striped horse")
    with pytest.raises(Refused):
        Rename("keyword", okapi.pk, name=name).carry_out(by=editor, at=AT)


def test_undoing_a_rename_is_refused_when_it_was_renamed_again_or_the_name_is_taken(editor):
    okapi = make_keyword("okapi")
    (first,) = Rename("keyword", okapi.pk, name="zebra").carry_out(by=editor, at=AT)
    (second,) = Rename("keyword", okapi.pk, name="giraffe").carry_out(by=editor, at=AT)
    with pytest.raises(Refused, match="“giraffe” now"):
        undo(first, by=editor, at=AT)
    undo(second, by=editor, at=AT)
    okapi.refresh_from_db()
    okapi.aliases.all().delete()
    make_keyword("okapi")
    with pytest.raises(Refused, match="leads to “okapi”"):
        undo(first, by=editor, at=AT)


def test_undoing_a_rename_leaves_the_approval_as_others_left_it(editor):
    okapi = make_keyword("okapi")
    (approval,) = approve([okapi.pk], by=editor, at=AT)
    (change,) = Rename("keyword", okapi.pk, name="zebra").carry_out(by=editor, at=AT)
    undo(approval, by=editor, at=AT)
    undo(change, by=editor, at=AT)
    okapi.refresh_from_db()
    assert (okapi.name, okapi.status) == ("okapi", "proposed")


def test_undoing_a_rename_takes_back_its_own_approval_only(editor):
    okapi = make_keyword("okapi")
    (change,) = Rename("keyword", okapi.pk, name="zebra", approve=True).carry_out(by=editor, at=AT)
    Keyword.objects.filter(pk=okapi.pk).update(status="proposed")
    approve([okapi.pk], by=editor, at=AT)
    undo(change, by=editor, at=AT)
    okapi.refresh_from_db()
    assert (okapi.name, okapi.status) == ("okapi", "approved")


def test_a_renamed_source_keeps_its_other_labels_and_its_address(admin):
    source = make_term(Source, "iom", labels={"en": "IOM", "fr": "OIM"})
    source.labels = {"en": "IOM", "fr": "OIM"}
    source.save()
    (change,) = Rename("source", source.pk, name="Migration Organisation").carry_out(by=admin, at=AT)
    source.refresh_from_db()
    assert (source.slug, source.labels) == ("migration-organisation", {"en": "Migration Organisation", "fr": "OIM"})
    assert Source.objects.resolve(["iom"]) == {"iom": source}
    undo(change, by=admin, at=AT)
    source.refresh_from_db()
    assert (source.slug, source.labels["en"]) == ("iom", "IOM")


# --- Split -----------------------------------------------------------------------------------------------------


def test_a_split_gives_all_parts_unless_somebody_chose(editor):
    okapi = make_keyword("okapi", status="approved")
    plain, chosen, none = (make_item(keywords=[okapi, "zebra"]) for _ in range(3))
    plan = Split(okapi.pk, ["forest okapi", "zoo okapi"], {chosen.pk: {1}, none.pk: set()})
    (change,) = plan.carry_out(by=editor, at=AT)
    assert words(plain) == ["forest okapi", "zebra", "zoo okapi"]
    assert words(chosen) == ["zebra", "zoo okapi"]
    assert words(none) == ["zebra"]
    assert Keyword.objects.resolve(["okapi"])["okapi"].name == "forest okapi"
    assert Keyword.objects.get(name="zoo okapi").status == "approved"
    undo(change, by=editor, at=AT)
    assert words(plain) == words(chosen) == words(none) == ["okapi", "zebra"]
    assert not Keyword.objects.filter(name__endswith=" okapi").exists()


def test_a_keyword_may_stay_as_its_own_first_part(editor):
    okapi = make_keyword("okapi", status="approved")
    both, other = make_item(keywords=[okapi]), make_item(keywords=[okapi])
    (change,) = Split(okapi.pk, ["okapi", "zebra"], {other.pk: {1}}).carry_out(by=editor, at=AT)
    assert (words(both), words(other)) == (["okapi", "zebra"], ["zebra"])
    undo(change, by=editor, at=AT)
    assert words(both) == words(other) == ["okapi"]


def test_a_part_that_others_use_meanwhile_stays_when_a_split_is_undone(editor):
    okapi = make_keyword("okapi")
    make_item(keywords=[okapi])
    (change,) = Split(okapi.pk, ["forest okapi", "zoo okapi"]).carry_out(by=editor, at=AT)
    later = make_item(keywords=["zoo okapi"])
    undo(change, by=editor, at=AT)
    assert words(later) == ["zoo okapi"]
    assert not Keyword.objects.filter(name="forest okapi").exists()


def test_the_parts_may_differ_in_signs_only(editor):
    languages = make_keyword("C and its kin")
    item = make_item(keywords=[languages])
    Split(languages.pk, ["C", "C++", "c ++"]).carry_out(by=editor, at=AT)
    assert words(item) == ["C", "C++"]


def test_undoing_a_split_leaves_items_alone_from_which_editors_took_the_parts(editor):
    okapi = make_keyword("okapi")
    item, other, chosen = (make_item(keywords=[okapi, "zebra"]) for _ in range(3))
    (change,) = Split(okapi.pk, ["forest okapi", "zoo okapi"], {chosen.pk: set()}).carry_out(by=editor, at=AT)
    item.keywords.remove(*Keyword.objects.exclude(name="zebra"))
    other.keywords.remove(Keyword.objects.get(name="zoo okapi"))
    undo(change, by=editor, at=AT)
    assert words(item) == ["zebra"]
    assert words(other) == words(chosen) == ["okapi", "zebra"]


def test_a_part_that_was_approved_meanwhile_stays_when_a_split_is_undone(editor):
    okapi = make_keyword("okapi")
    (change,) = Split(okapi.pk, ["forest okapi", "zoo okapi"]).carry_out(by=editor, at=AT)
    approve([Keyword.objects.get(name="zoo okapi").pk], by=editor, at=AT)
    undo(change, by=editor, at=AT)
    there = Keyword.objects.filter(name__contains="okapi")
    assert list(there.values_list("name", "status")) == [("okapi", "proposed"), ("zoo okapi", "approved")]


@pytest.mark.parametrize(
    "names", [["one"], [], ["one", "One "], ["a, b", "c"], ["zebra", "striped horse"], ["x", "okapi"]]
)
def test_a_split_that_makes_no_sense_is_refused(names, editor):
    okapi = make_keyword("okapi")
    KeywordAlias.objects.create(term=make_keyword("zebra"), name="striped horse")
    with pytest.raises(Refused):
        Split(okapi.pk, names).carry_out(by=editor, at=AT)


# --- Retag -----------------------------------------------------------------------------------------------------


def test_items_get_and_lose_a_theme_and_it_is_undone(editor):
    theme = make_term(Theme, "zoo")
    has, lacks = make_item(themes=[theme]), make_item()
    (change,) = Retag("theme", theme.pk, [has.pk, lacks.pk, 10**9], adds=True).carry_out(by=editor, at=AT)
    assert change.items == 1
    assert Item.objects.filter(themes=theme).count() == 2
    assert Item.objects.get(pk=lacks.pk).revision == lacks.revision + 1
    (second,) = Retag("theme", theme.pk, [has.pk], adds=False).carry_out(by=editor, at=AT)
    assert set(Item.objects.filter(themes=theme)) == {lacks}
    undo(second, by=editor, at=AT)
    undo(change, by=editor, at=AT)
    assert set(Item.objects.filter(themes=theme)) == {has}


def test_retagging_to_no_effect_or_with_a_source_is_refused(editor):
    item = make_item(keywords=["okapi"], source="iom")
    okapi = Keyword.objects.get(name="okapi")
    for plan in (
        Retag("keyword", okapi.pk, [item.pk], adds=True),
        Retag("keyword", make_keyword("zebra").pk, [item.pk], adds=False),
        Retag("source", item.source_id, [item.pk], adds=True),
    ):
        with pytest.raises((Refused, KeyError)) as error:
            plan.carry_out(by=editor, at=AT)
        assert error.type is Refused


def test_updates_and_translations_go_along(editor):
    item = make_item()
    french = make_item(language="fr", translation_group=item.translation_group)
    copy = make_item(status="draft", publish_at=None, update_of=item)
    other = make_item()
    assert with_versions([item.pk], translations=True) == {item.pk, french.pk, copy.pk}
    assert with_versions([item.pk, other.pk], translations=False) == {item.pk, copy.pk, other.pk}


def test_authors_retag_nothing(people):
    item = make_item()
    with pytest.raises(PermissionDenied):
        Retag("keyword", make_keyword("okapi").pk, [item.pk], adds=True).carry_out(by=people["Author"], at=AT)


# --- Proposals -------------------------------------------------------------------------------------------------


def test_proposals_say_who_used_them_first_and_where(people, django_assert_num_queries):
    okapi = make_keyword("okapi")
    zebra = make_keyword("zebra", proposed_by=people["Editor"])
    unused = make_keyword("unused")
    items = [make_item(keywords=[okapi, zebra], created_by=people["Author"]) for _ in range(5)]
    with django_assert_num_queries(4):
        found = {p.keyword: p for p in described(proposed())}
    assert (found[okapi].who, found[okapi].count, found[okapi].items) == ("author", 5, items[:3])
    assert found[zebra].who == "editor"
    assert (found[unused].who, found[unused].count, found[unused].items) == ("", 0, [])


def test_proposals_are_approved_by_editors_only(people, editor):
    okapi, zebra = make_keyword("okapi"), make_keyword("zebra", status="approved")
    with pytest.raises(PermissionDenied):
        approve([okapi.pk], by=people["Author"], at=AT)
    (change,) = approve([okapi.pk, zebra.pk], by=editor, at=AT)
    okapi.refresh_from_db()
    assert okapi.status == "approved"
    undo(change, by=editor, at=AT)
    okapi.refresh_from_db()
    assert okapi.status == "proposed"


def test_an_older_approval_is_not_undone_over_a_newer_one(editor):
    okapi = make_keyword("okapi")
    (first,) = approve([okapi.pk], by=editor, at=AT)
    Keyword.objects.filter(pk=okapi.pk).update(status="proposed")
    (second,) = approve([okapi.pk], by=editor, at=AT)
    with pytest.raises(Refused, match="approved it again"):
        undo(first, by=editor, at=AT)
    undo(second, by=editor, at=AT)
    okapi.refresh_from_db()
    assert okapi.status == "proposed"


def test_a_refused_proposal_leaves_its_items_and_comes_back(editor):
    okapi = make_keyword("okapi", labels={"fr": "Okapi des forêts"}, proposed_by=editor, proposed_at=AT)
    KeywordAlias.objects.create(term=okapi, name="forest giraffe")
    item = make_item(keywords=[okapi, "zebra"])
    (change,) = Refuse([okapi.pk]).carry_out(by=editor, at=AT)
    assert words(item) == ["zebra"]
    assert RemovedTerm.objects.filter(slug="okapi").exists()
    undo(change, by=editor, at=AT)
    assert words(item) == ["okapi", "zebra"]
    back = Keyword.objects.get(pk=okapi.pk)
    assert (back.labels, back.proposed_by, back.proposed_at) == (okapi.labels, editor, AT)
    assert [alias.name for alias in back.aliases.all()] == ["forest giraffe"]
    assert not RemovedTerm.objects.filter(slug="okapi").exists()


def test_an_approved_keyword_is_not_refused(editor):
    with pytest.raises(Refused, match="approved"):
        Refuse([make_keyword("okapi", status="approved").pk]).carry_out(by=editor, at=AT)


def test_a_refusal_is_confirmed_on_what_was_shown(editor):
    okapi = make_keyword("okapi")
    token = Refuse([okapi.pk]).look(editor)
    make_item(keywords=[okapi])
    with pytest.raises(Outdated):
        Refuse([okapi.pk]).carry_out(by=editor, at=AT, seen=token)


# --- The order of a tree ---------------------------------------------------------------------------------------


@pytest.fixture
def tree():
    Theme.objects.filter(parent__isnull=False).delete()
    Theme.objects.all().delete()
    top = {slug: make_term(Theme, slug) for slug in ("aa", "bb", "cc")}
    return {**top, **{slug: make_term(Theme, slug, parent=top["bb"]) for slug in ("ba", "bc")}}


def drawn():
    return " ".join("." * node.depth + node.term.slug for node in Theme.objects.tree().nodes())


@pytest.mark.parametrize(
    ("slug", "step", "result"),
    [
        ("bb", "up", "bb .ba .bc aa cc"),
        ("bb", "down", "aa cc bb .ba .bc"),
        ("bb", "in", "aa .bb ..ba ..bc cc"),
        ("cc", "in", "aa bb .ba .bc .cc"),
        ("ba", "out", "aa bb .bc ba cc"),
        ("bc", "up", "aa bb .bc .ba cc"),
        ("bc", "in", "aa bb .ba ..bc cc"),
    ],
)
def test_a_term_moves_a_step_and_back(tree, slug, step, result, admin):
    before = drawn()
    change = move("theme", tree[slug].pk, step, by=admin, at=AT)
    assert drawn() == result
    undo(change, by=admin, at=AT)
    assert drawn() == before


@pytest.mark.parametrize(
    ("slug", "step"), [("aa", "up"), ("cc", "down"), ("aa", "in"), ("aa", "out"), ("ba", "up"), ("aa", "x")]
)
def test_a_step_that_leads_nowhere_is_refused(tree, slug, step, admin):
    with pytest.raises(Refused):
        move("theme", tree[slug].pk, step, by=admin, at=AT)
    assert not VocabularyChange.objects.exists()


@pytest.mark.parametrize(
    ("slug", "where", "other", "result"),
    [
        ("cc", "before", "aa", "cc aa bb .ba .bc"),
        ("aa", "before", "cc", "bb .ba .bc aa cc"),
        ("aa", "below", "bb", "bb .ba .bc .aa cc"),
        ("ba", "before", "cc", "aa bb .bc ba cc"),
        ("ba", "below", "bb", "aa bb .bc .ba cc"),
    ],
)
def test_a_term_is_placed_before_or_below_another(tree, slug, where, other, result, admin):
    place("theme", tree[slug].pk, where, tree[other].pk, by=admin, at=AT)
    assert drawn() == result


def test_a_term_is_not_placed_below_itself(tree, admin):
    for other in ("bb", "ba"):
        with pytest.raises(Refused, match="below itself"):
            place("theme", tree["bb"].pk, "below", tree[other].pk, by=admin, at=AT)


def test_an_older_move_is_not_undone_over_a_newer_one(tree, admin):
    first = move("theme", tree["bb"].pk, "up", by=admin, at=AT)
    move("theme", tree["bb"].pk, "down", by=admin, at=AT)
    with pytest.raises(Refused, match="moved there since"):
        undo(first, by=admin, at=AT)


def test_editors_do_not_order_themes(tree, editor):
    with pytest.raises(PermissionDenied):
        move("theme", tree["bb"].pk, "up", by=editor, at=AT)


def said(item):
    """(words, who, reason) of each version, the latest first."""
    rows = item.versions().order_by("-history_id")
    return [([name for _key, name in v.related["keywords"]], v.history_user, v.history_change_reason) for v in rows]


def test_a_change_and_its_undoing_stand_in_the_history_of_each_item(editor):
    okapi, giraffe = make_keyword("okapi", status="approved"), make_keyword("forest giraffe", status="approved")
    item, left_alone = make_item(keywords=[okapi]), make_item(keywords=[giraffe])
    (change,) = Merge("keyword", [okapi.pk], giraffe.pk).carry_out(by=editor, at=AT)
    assert said(item)[0] == (["forest giraffe"], editor, "vocabulary")
    assert said(item)[1][0] == ["okapi"]
    assert "vocabulary" not in [reason for _words, _who, reason in said(left_alone)]
    undo(change, by=editor, at=AT)
    assert said(item)[0] == (["okapi"], editor, "vocabulary")


def test_what_a_retag_does_stands_in_the_history_too(editor):
    okapi, item = make_keyword("okapi", status="approved"), make_item(keywords=["zebra"])
    (change,) = Retag("keyword", okapi.pk, [item.pk], adds=True).carry_out(by=editor, at=AT)
    assert (sorted(said(item)[0][0]), *said(item)[0][1:]) == (["okapi", "zebra"], editor, "vocabulary")
    undo(change, by=editor, at=AT)
    assert said(item)[0] == (["zebra"], editor, "vocabulary")
