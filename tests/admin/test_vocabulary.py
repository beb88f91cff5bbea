"""The vocabulary desk's pages: what they show before they do it, and whom they let in."""

import re

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from items.models import Keyword, KeywordAlias, NotTwins, Theme, VocabularyChange
from tests.admin.forms import ADD, add, filled, outcome
from tests.builders import make_item, make_keyword, make_term

pytestmark = pytest.mark.django_db
KEYWORDS = "/admin/items/keyword/"
CHANGES = "/admin/items/vocabularychange/"


@pytest.fixture
def editor(sign_in):
    return sign_in("Editor")


def seen(page):
    return re.search(r'name="seen" value="(\w+)"', page.content.decode())[1]


def confirm(client, address, **more):
    return client.post(address, {"seen": seen(client.get(address)), "confirm": "1", **more})


def words(item):
    return sorted(keyword.name for keyword in item.keywords.all())


def test_a_merge_shows_its_items_then_is_done_and_undone(editor):
    okapi, giraffe = make_keyword("okapi"), make_keyword("giraffe")
    items = [make_item(title=f"About okapi {n}", keywords=[okapi]) for n in range(60)]
    address = f"{KEYWORDS}merge/?term={okapi.pk}&into=giraffe"
    page = editor.get(address)
    assert page.context["page"].paginator.count == 60
    assert f"/admin/items/item/{items[-1].pk}/change/" in page.content.decode()
    assert f"/admin/items/item/{items[0].pk}/change/" in editor.get(f"{address}&page=2").content.decode()
    assert words(items[0]) == ["okapi"]
    assert confirm(editor, address).status_code == 302
    assert words(items[0]) == ["giraffe"]
    change = VocabularyChange.objects.get()
    assert (change.verb, change.items, change.by) == ("merge", 60, editor.person)
    assert change.sentence in editor.get(CHANGES).content.decode()
    editor.post(CHANGES, {"undo": change.pk})
    assert words(items[0]) == ["okapi"]
    assert Keyword.objects.filter(pk=giraffe.pk).exists()


def test_a_merge_that_is_outdated_is_shown_again(editor):
    okapi = make_keyword("okapi")
    make_keyword("giraffe")
    address = f"{KEYWORDS}merge/?term={okapi.pk}&into=giraffe"
    token = seen(editor.get(address))
    item = make_item(keywords=[okapi])
    page = editor.post(address, {"seen": token, "confirm": "1"})
    assert page.status_code == 200
    assert "Something has changed since" in page.content.decode()
    assert words(item) == ["okapi"]
    assert editor.post(address, {"confirm": "1"}).status_code == 200
    assert words(item) == ["okapi"]


def test_a_split_gives_each_item_what_was_ticked_on_any_page(editor):
    okapi = make_keyword("okapi")
    items = [make_item(keywords=[okapi]) for _ in range(60)]
    address = f"{KEYWORDS}{okapi.pk}/split/?parts=forest okapi, zoo okapi"
    page = editor.get(address)
    shown = {"shown": [items[-1].pk], f"part_{items[-1].pk}": ["1"], "chosen": ""}
    second = editor.post(address, {"seen": seen(page), "page": "2", **shown})
    carried = second.context["chosen"]
    assert carried == f"{items[-1].pk}:1"
    editor.post(address, {
        "seen": seen(second), "confirm": "1", "chosen": carried, "shown": [items[0].pk], f"part_{items[0].pk}": ["0"],
    })  # fmt: skip
    assert [words(item) for item in (items[-1], items[0], items[5])] == [
        ["zoo okapi"], ["forest okapi"], ["forest okapi", "zoo okapi"],
    ]  # fmt: skip


@pytest.mark.parametrize("place", ["0" * 4500, "9" * 4500, "0001" + "0" * 30, "٣", "²", "-1", "\0"], ids=len)
def test_a_part_that_there_is_not_is_not_ticked(editor, place):
    okapi = make_keyword("okapi")
    item = make_item(keywords=[okapi])
    address = f"{KEYWORDS}{okapi.pk}/split/?parts=forest okapi, zoo okapi"
    for sent in ({"chosen": f"{item.pk}:{place}+1"}, {"shown": item.pk, f"part_{item.pk}": [place, "1"]}):
        assert editor.post(address, {"page": "1", **sent}).context["chosen"] == f"{item.pk}:1"


def test_a_term_is_renamed_after_a_look(sign_in):
    admin = sign_in("Administrator")
    theme = make_term(Theme, "zoo-life")
    confirm(admin, f"/admin/items/theme/{theme.pk}/rename/?name=Life in zoos")
    theme.refresh_from_db()
    assert (theme.label("en"), theme.slug) == ("Life in zoos", "life-in-zoos")


@pytest.mark.parametrize(
    ("way", "typed", "field"),
    [
        ("{okapi}/rename/", {"name": "Zebra", "slug": "stripes"}, "name"),
        ("{okapi}/rename/", {"name": "striped horse", "slug": "stripes"}, "name"),
        ("{okapi}/rename/", {"name": "a, b", "slug": "stripes"}, "name"),
        ("{okapi}/rename/", {"name": "giraffe", "slug": "zebra"}, "slug"),
        ("{okapi}/rename/", {"name": "giraffe", "slug": "no slug"}, "slug"),
        ("{okapi}/split/", {"parts": 'forest okapi, zoo "okapi"'}, "parts"),
        ("merge/", {"term": "{okapi}", "into": "okapi"}, "into"),
    ],
)
def test_what_is_refused_is_shown_again_as_it_was_typed(editor, way, typed, field):
    okapi, zebra = make_keyword("okapi"), make_keyword("zebra")
    KeywordAlias.objects.create(term=zebra, name="striped horse")
    typed = {name: value.format(okapi=okapi.pk) for name, value in typed.items()}
    page = editor.get(KEYWORDS + way.format(okapi=okapi.pk), typed)
    form = page.context["form"]
    assert list(form.errors) == [field]
    for name in form.fields:
        assert form[name].value() == typed[name]
    assert f'name="term" value="{okapi.pk}"' in page.content.decode() or way != "merge/"


def test_a_name_that_is_taken_before_it_is_confirmed_is_said_once_beside_it(editor):
    okapi = make_keyword("okapi")
    address = f"{KEYWORDS}{okapi.pk}/rename/?name=zebra"
    token = seen(editor.get(address))
    make_keyword("zebra")
    page = editor.post(address, {"seen": token, "confirm": "1"})
    assert list(page.context["form"].errors) == ["name"]
    assert page.content.decode().count("is a name of") == 1


def test_a_retagging_to_no_effect_is_shown_again_as_it_was_asked(editor):
    okapi, theme = make_keyword("okapi"), make_term(Theme, "zoo-life")
    make_item(keywords=[okapi])
    page = editor.get(f"{KEYWORDS}retag/?of_keyword=okapi&does=lose&theme={theme.pk}")
    assert "None of these items has it." in page.content.decode()
    assert page.context["form"]["of_keyword"].value() == "okapi"


@pytest.mark.usefixtures("clock")
def test_the_items_of_a_listing_get_a_theme(editor):
    theme = make_term(Theme, "zoo-life")
    hit, miss = make_item(keywords=["okapi"]), make_item()
    address = f"{KEYWORDS}retag/?of_listing=http://testserver/news/%3Fkeyword%3Dokapi&translations=on&does=get&theme={theme.pk}"
    confirm(editor, address)
    assert list(hit.themes.all()) == [theme]
    assert list(miss.themes.all()) == []
    assert (
        "choose some filters"
        in editor.get(f"{KEYWORDS}retag/?of_listing=/news/&does=get&theme={theme.pk}").content.decode()
    )


def test_several_proposals_are_approved_or_refused_together(editor):
    one, two, three = (make_keyword(name) for name in ("okapi", "giraffe", "zebroid"))
    item = make_item(title="Where it was", keywords=[three])
    page = editor.get(f"{KEYWORDS}proposals/").content.decode()
    assert "Where it was" in page
    editor.post(f"{KEYWORDS}proposals/", {"approve": "1", "term": [one.pk, two.pk]})
    assert set(Keyword.objects.filter(status="approved", pk__in=[one.pk, two.pk])) == {one, two}
    answer = editor.post(f"{KEYWORDS}proposals/", {"refuse": "1", "term": [three.pk]})
    assert Keyword.objects.filter(pk=three.pk).exists()
    confirm(editor, answer["Location"])
    assert not Keyword.objects.filter(pk=three.pk).exists()
    assert words(item) == []


def test_twins_are_merged_by_a_link_or_never_asked_about_again(editor):
    one, two = make_keyword("zebroid path", status="approved"), make_keyword("zebroid paths")
    row = next(r for r in editor.get(f"{KEYWORDS}twins/").context["rows"] if r.twin.keyword == one.pk)
    assert (row.goes, row.stays) == (two, one)
    assert seen(editor.get(row.address))
    editor.post(f"{KEYWORDS}twins/", {"pair": f"{one.pk}:keyword:{two.pk}"})
    assert NotTwins.objects.get().by == editor.person
    assert all(r.twin.keyword != one.pk for r in editor.get(f"{KEYWORDS}twins/").context["rows"])


def test_a_tree_is_ordered_by_buttons(sign_in):
    admin = sign_in("Administrator")
    first, second = list(Theme.objects.filter(parent=None).order_by("position", "slug")[:2])
    answer = admin.post("/admin/items/theme/", {"move": f"{second.pk}:up"}, follow=True)
    assert "is now number 1 of" in answer.content.decode()
    assert list(Theme.objects.filter(parent=None).order_by("position", "slug")[:2]) == [second, first]
    for nonsense in ("", "x:up", f"{second.pk}:sideways", "1:before:x", f"{10**9}:up"):
        assert admin.post("/admin/items/theme/", {"move": nonsense}).status_code == 302


PAGES = ["merge/?term={k}", "{k}/rename/", "{k}/split/", "retag/", "proposals/", "twins/", "refuse/?term={k}"]


@pytest.mark.parametrize("page", PAGES)
def test_authors_govern_no_keywords(sign_in, page):
    address = KEYWORDS + page.format(k=make_keyword("okapi").pk)
    author = sign_in("Author")
    assert author.get(address).status_code == author.post(address).status_code == 403
    assert sign_in("Editor").get(address).status_code == 200


@pytest.mark.parametrize("page", ["theme/merge/?term={t}", "theme/{t}/rename/"])
def test_editors_govern_no_themes(sign_in, page):
    theme = make_term(Theme, "zoo-life")
    address = "/admin/items/" + page.format(t=theme.pk)
    assert sign_in("Editor").get(address).status_code == 403
    assert sign_in("Administrator").get(address).status_code == 200
    assert sign_in("Editor").post("/admin/items/theme/", {"move": f"{theme.pk}:up"}).status_code == 403


def test_authors_see_no_changes(sign_in):
    assert sign_in("Author").get(CHANGES).status_code == 403


def test_what_is_not_there_is_not_found(editor):
    for page in ("merge/?term=999999", "merge/", "999999/rename/", "x/split/"):
        assert editor.get(KEYWORDS + page).status_code == 404


# --- New words in the form of an item --------------------------------------------------------------------------


def test_a_new_word_is_asked_about_before_it_is_proposed(editor):
    make_keyword("zebroid path")
    response = editor.post(ADD, filled(keywords="zebroid paths", keywords_propose=[]))
    page = response.content.decode()
    assert list(outcome(response, None)) == ["keywords"]
    assert re.search(r'name="keywords_propose"\s+value="zebroid paths"', page)
    assert "<b>zebroid path</b>" in page
    assert not Keyword.objects.filter(name="zebroid paths").exists()
    item = add(editor, keywords="zebroid paths", keywords_propose=["zebroid paths"])
    keyword = item.keywords.get()
    assert (keyword.name, keyword.status, keyword.proposed_by) == ("zebroid paths", "proposed", editor.person)


def test_a_word_that_is_known_is_not_asked_about(editor):
    make_keyword("zebroid path")
    assert words(add(editor, keywords="Zebroid-Path", keywords_propose=[])) == ["zebroid path"]


# --- How much they ask of the database -------------------------------------------------------------------------


def test_no_page_asks_more_than_30_questions_however_many_words_there_are(editor):
    for n in range(30):
        keyword = make_keyword(f"zebroid path number {chr(97 + n % 26)}{n}")
        make_item(keywords=[keyword, "okapi"])
    okapi = Keyword.objects.get(name="okapi")
    for page in (
        "proposals/",
        "twins/",
        f"merge/?term={okapi.pk}&into=zebroid path number a0",
        f"{okapi.pk}/split/?parts=x,y",
    ):
        with CaptureQueriesContext(connection) as queries:
            assert editor.get(KEYWORDS + page).status_code == 200
        assert len(queries) <= 30, page
