"""The form of an item: what it keeps, what it refuses and in which words."""

from datetime import datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
from django.utils import timezone

from items.admin.item import form as item_form
from items.models import Item, Keyword, KeywordAlias, Theme
from tests.admin.forms import ADD, add, change, change_url, event, filled, make_person, moment, ready
from tests.builders import make_item, make_keyword, make_term

pytestmark = pytest.mark.django_db
BRUSSELS = ZoneInfo("Europe/Brussels")


def test_approving_without_a_moment_publishes_now(editor):
    before = timezone.now()
    item = add(editor, _verb="approve", **ready())
    assert before <= item.publish_at <= timezone.now()
    assert Item.objects.published(timezone.now()).get() == item


def test_times_are_of_the_zone_that_the_form_names(editor):
    item = add(editor, _verb="approve", **ready(**moment("publish_at", "2026-07-01", "08:00")))
    assert item.publish_at == datetime(2026, 7, 1, 8, 0, tzinfo=BRUSSELS)
    assert "Europe/Brussels" in editor.get(ADD).content.decode()


def test_expiry_before_publication_is_refused_beside_the_expiry(editor):
    moments = moment("publish_at", "2026-07-02", "08:00") | moment("expire_at", "2026-07-01", "08:00")
    assert list(add(editor, **moments)) == ["expire_at"]


def test_what_has_expired_cannot_be_approved_now(editor):
    sent = ready(**moment("expire_at", "2020-01-01", "08:00"))
    assert list(add(editor, _verb="approve", **sent)) == ["expire_at"]
    assert not Item.objects.exists()


def test_a_withdrawn_item_keeps_its_moment_and_its_reason(editor):
    item = make_item(publish_at=timezone.now() - timedelta(days=3), status="withdrawn", withdrawal_reason="Wrong.")
    assert list(change(editor, item, publish_at_0="", publish_at_1="", withdrawal_reason="Why")) == ["publish_at"]
    assert list(change(editor, item)) == ["withdrawal_reason"]
    assert change(editor, item, withdrawal_reason="Other figures.").withdrawal_reason == "Other figures."


def test_a_scheduled_item_keeps_a_moment(editor):
    item = make_item(publish_at=timezone.now() + timedelta(days=3))
    assert list(change(editor, item, publish_at_0="", publish_at_1="")) == ["publish_at"]


def test_saving_again_leaves_moments_as_they_are_to_the_microsecond(editor):
    then = timezone.now().replace(second=42, microsecond=123456) - timedelta(days=3)
    item = make_item(publish_at=then, expire_at=then + timedelta(days=99))
    form = editor.get(change_url(item)).context["adminform"].form
    shown = {}
    for name in ("publish_at", "expire_at"):
        for part, value in enumerate(form[name].subwidgets[0].data["subwidgets"]):
            shown[f"{name}_{part}"] = value["value"]
    saved = change(editor, item, summary="New", **shown)
    assert (saved.publish_at, saved.expire_at) == (then, then + timedelta(days=99))


def test_a_moment_sent_to_the_second_is_the_same_moment(editor):
    then = timezone.now().replace(microsecond=123456) - timedelta(days=3)
    item = make_item(publish_at=then)
    local = timezone.localtime(then)
    saved = change(editor, item, summary="New", **moment("publish_at", f"{local:%Y-%m-%d}", f"{local:%H:%M:%S}"))
    assert (saved.summary, saved.publish_at) == ("New", then)


# --- Words ---------------------------------------------------------------------------------------------------------


def test_a_title_that_an_editor_writes_is_no_longer_derived(editor):
    item = make_item(title="Derived", title_is_derived=True, publish_at=timezone.now() - timedelta(days=3))
    assert "Please write a real one" in editor.get(change_url(item)).content.decode()
    assert change(editor, item, summary="New").title_is_derived
    assert not change(editor, item, title="Written").title_is_derived


def test_plain_paragraphs_come_back_as_plain_paragraphs(editor):
    item = add(editor, body="First & foremost\r\nsecond line\r\n\r\nNext paragraph")
    assert item.body == "<p>First &amp; foremost<br>second line</p>\n<p>Next paragraph</p>"
    shown = editor.get(change_url(item)).context["adminform"].form.initial["body"]
    assert shown == "First & foremost\nsecond line\n\nNext paragraph"


@pytest.mark.parametrize("body", ["<h2>Heading</h2><p>Text</p>", "<p>1 &lt;b&gt; 2</p>", "<p>a</p><ul><li>b</li></ul>"])
def test_html_that_plain_text_cannot_say_comes_back_as_html(editor, body):
    item = add(editor, body=body)
    assert editor.get(change_url(item)).context["adminform"].form.initial["body"] == item.body
    assert change(editor, item, body=item.body).body == item.body


def test_scripts_do_not_reach_the_database(editor):
    assert add(editor, body="<p>Hi</p><script>alert(1)</script>").body == "<p>Hi</p>"


def test_everything_typed_survives_an_error(editor):
    theme = make_term(Theme, "reception")
    sent = filled(title="", summary="Keep me", body="And me", keywords="mine, yours", themes=[theme.pk])
    response = editor.post(ADD, sent | event(place="Here", starts_at_0="no date"))
    form = response.context["adminform"].form
    assert form.errors
    page = response.content.decode()
    assert all(words in page for words in ["Keep me", "And me", "mine, yours", "Here", "no date"])
    assert f'value="{theme.pk}" id="id_themes' in page.replace("\n", " ") or "checked" in page


@pytest.mark.parametrize(
    ("field", "value"),
    [
        ("title", "x" * 251),
        ("source_url", "javascript:alert(1)"),
        ("source_url", "ftp://example.org/"),
        ("type", "999999"),
        ("type", ""),
        ("language", "xx"),
        ("themes", ["999999"]),
        ("countries", ["zz"]),
        ("slug", "no spaces"),
        ("publication_date", "31/31/2026"),
        ("translation_of", "999999"),
        ("translation_of", "x"),
        *((field, "9" * 30) for field in ("type", "themes", "countries", "source", "translation_of")),
        ("picture", "999999"),
        ("picture", "x"),
        ("picture", "9" * 30),
        ("keywords", "x" * 101),
        ("keywords", "!!!"),
        ("keywords", ",".join(f"word{n}" for n in range(31))),
    ],
)
def test_bad_input_is_refused_beside_its_field(editor, field, value):
    assert list(add(editor, **{field: value})) == [field]


def test_an_address_without_a_scheme_is_taken_as_https(editor):
    assert add(editor, source_url="www.fedasil.be/news").source_url == "https://www.fedasil.be/news"


TEXTS = ["title", "summary", "body", "keywords", "slug", "source_url", "withdrawal_reason", "picture"]
CHOICES = ["type", "language", "themes", "countries", "source", "translation_of", "publication_date"]


@pytest.mark.parametrize("field", [*TEXTS, *CHOICES, "publish_at_0", "event-0-place", "event-0-online_url"])
def test_nul_bytes_and_half_characters_never_break_the_form(editor, field):
    for bad in ("a\0b", "\0", "\ud800"):
        sent = {**filled(), **event(), field: bad.encode("utf-8", "surrogatepass")}
        assert editor.post(ADD, sent).status_code in (200, 302)
        assert editor.post(ADD, sent | {"_save": bad.encode("utf-8", "surrogatepass")}).status_code in (200, 302)


def test_a_form_in_another_encoding_is_refused(editor):
    body = b'--x\r\nContent-Disposition: form-data; name="title"\r\n\r\n+2AA-\r\n--x--\r\n'
    response = editor.generic("POST", ADD, body, content_type="multipart/form-data; boundary=x; charset=utf-7")
    assert response.status_code == 400


# --- Keywords ------------------------------------------------------------------------------------------------------


@pytest.fixture
def centre():
    """An approved keyword with an alias."""
    keyword = Keyword.objects.filter(name="reception centre").first() or make_keyword("reception centre")
    Keyword.objects.filter(pk=keyword.pk).update(status="approved")
    KeywordAlias.objects.get_or_create(slug="reception-center", defaults={"name": "reception center", "term": keyword})
    return keyword


@pytest.mark.parametrize(
    "written", ["reception centre", "Reception  Centre", "reception center", "RECEPTION-CENTER", "réception centre"]
)
def test_other_spellings_become_the_keyword(editor, centre, written):
    assert list(add(editor, keywords=f"{written},").keywords.all()) == [centre]


@pytest.mark.parametrize("written", ["C", "c#", "C + +, C"])
def test_names_that_differ_in_signs_are_different_words(editor, written):
    known = make_keyword("C++", status="approved")
    (message,) = add(editor, keywords=written, keywords_propose=[]).values()
    assert "No keyword yet" in message
    words = [word.strip() for word in written.split(",")]
    item = add(editor, keywords=written)
    assert sorted(k.name for k in item.keywords.all()) == sorted("C++" if w == "C + +" else w for w in words)
    changed = change(editor, item, keywords="c++")
    assert list(changed.keywords.all()) == [known]


@pytest.mark.parametrize(
    ("written", "why"),
    [
        ('say "hi" there', "neither commas nor straight quotation marks"),
        ('5" pipe', "neither commas nor straight quotation marks"),
        ('"a, b"', "neither commas nor straight quotation marks"),
        ("!!!", "needs letters or digits"),
    ],
)
def test_names_that_the_vocabulary_forbids_are_no_new_keywords(editor, written, why):
    make_keyword("a;b")
    sent = filled(title="Typed", keywords=f"okapi, {written}", keywords_propose=["okapi", written.strip('"')])
    response = editor.post(ADD, sent)
    form = response.context["adminform"].form
    (message,) = form.errors["keywords"]
    assert written.strip('"') in message
    assert why in message
    assert form["keywords"].value() == f"okapi, {written}"
    assert 'name="keywords_propose" value="okapi"' in " ".join(response.content.decode().split())
    assert not Item.objects.exists()


def test_a_stored_name_that_would_be_forbidden_today_can_be_written(editor):
    make_keyword("a, b")
    assert [k.name for k in add(editor, keywords='okapi, "a, b"').keywords.order_by("name")] == ["a, b", "okapi"]


def test_a_new_word_is_proposed_and_written_once(editor, centre):
    item = add(editor, keywords="Zebra crossing, zebra  crossing, reception center, reception centre")
    assert sorted(k.name for k in item.keywords.all()) == ["Zebra crossing", "reception centre"]
    assert Keyword.objects.get(name="Zebra crossing").status == "proposed"


def test_words_without_commas_stay_one_keyword(editor):
    assert [k.name for k in add(editor, keywords="zebra crossing law").keywords.all()] == ["zebra crossing law"]


def test_keywords_come_back_as_written_and_go_when_removed(editor, centre):
    item = add(editor, keywords="zebra, reception centre")
    assert 'value="reception centre, zebra"' in editor.get(change_url(item)).content.decode()
    assert [k.name for k in change(editor, item, keywords="zebra").keywords.all()] == ["zebra"]


def test_saving_without_a_change_reports_no_change(editor, centre):
    item = add(editor, keywords="zebra, reception centre", summary="One\r\ntwo", body="One\r\n\r\ntwo")
    form = editor.get(change_url(item)).context["adminform"].form
    sent = filled(
        **{"initial-language": "en"},
        summary="One\r\ntwo",
        body="One\r\n\r\ntwo",
        keywords="reception centre, zebra",
        slug=item.slug,
    )
    bound = type(form)(sent, instance=item)
    assert bound.changed_data == []


def test_keywords_are_suggested_by_name_and_alias(editor, centre):
    found = editor.get("/admin/items/item/keywords/?find=recept").json()["keywords"]
    assert {"name": "reception centre", "means": "", "near": False} in found
    KeywordAlias.objects.create(name="quarters", term=centre)
    found = editor.get("/admin/items/item/keywords/?find=quart").json()["keywords"]
    assert found == [{"name": "reception centre", "means": "quarters", "near": False}]
    assert editor.get("/admin/items/item/keywords/?find=%00").json() == {"keywords": [], "known": False}


def test_keywords_are_suggested_to_nobody_else(client):
    assert client.get("/admin/items/item/keywords/?find=a").status_code == 302
    client.force_login(make_person("newcomer"))
    assert client.get("/admin/items/item/keywords/?find=a").status_code == 403


# --- Translations --------------------------------------------------------------------------------------------------


def test_a_translation_joins_the_group_of_its_original(editor):
    original = make_item(language="en")
    item = add(editor, language="fr", translation_of=original.pk)
    assert item.translation_group == original.translation_group
    assert original.title in editor.get(change_url(item)).content.decode()


def test_a_second_version_in_a_language_is_refused_in_plain_words(editor):
    original = make_item(language="en")
    make_item(language="fr", translation_group=original.translation_group, title="Déjà là")
    errors = add(editor, language="fr", translation_of=original.pk)
    assert list(errors) == ["translation_of"]
    assert "Déjà là" in errors["translation_of"]
    assert "French" in errors["translation_of"]


def test_changing_to_a_language_that_the_group_has_is_refused(editor):
    original = make_item(language="en")
    item = make_item(language="fr", translation_group=original.translation_group)
    assert list(change(editor, item, language="en")) == ["language"]


def test_an_empty_choice_leaves_the_group_and_separate_leaves_it_for_another(editor):
    original = make_item(language="en")
    item = make_item(language="fr", translation_group=original.translation_group)
    assert change(editor, item, title="New").translation_group == original.translation_group
    assert list(change(editor, item, separate="on", translation_of=original.pk)) == ["separate"]
    assert change(editor, item, separate="on").translation_group != original.translation_group


def test_an_item_is_no_translation_of_itself(editor):
    item = make_item()
    assert list(change(editor, item, translation_of=item.pk)) == ["translation_of"]


def test_a_version_saved_by_somebody_else_meanwhile_is_an_error_and_no_crash(editor, monkeypatch):
    original = make_item(language="en")
    make_item(language="fr", translation_group=original.translation_group)
    checks = []
    check = item_form.ItemForm._clean_translation

    def meanwhile(form, data):
        """The first look comes just before the other version is there."""
        checks.append(form)
        if len(checks) == 1:
            form.instance.translation_group = original.translation_group
        else:
            check(form, data)

    monkeypatch.setattr(item_form.ItemForm, "_clean_translation", meanwhile)
    assert list(add(editor, language="fr", translation_of=original.pk)) == ["translation_of"]
