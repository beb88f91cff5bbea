"""What was typed and not saved is kept, offered back, and gone once it is saved."""

import json
from datetime import timedelta

import pytest
from django.utils import timezone

from items.models import Autosave, Item
from items.models.autosave import KEPT, LARGEST, MOST
from tests.admin.forms import ADD, change_url, filled, make_person
from tests.builders import make_event, make_item

pytestmark = pytest.mark.django_db

KEY = "0123456789abcdef0123456789abcdef"


@pytest.fixture
def desk(sign_in):
    return sign_in("Author")


@pytest.fixture
def item(desk):
    return make_item(title="One", status="draft", publish_at=None, created_by=desk.person)


def keep(desk, item=None, key=KEY, **typed):
    """Send what is typed as the browser does."""
    url = f"/admin/items/item/{item.pk}/autosave/" if item else "/admin/items/item/autosave/"
    return desk.post(url, {**filled(**typed), "autosave_key": key})


def test_what_was_typed_is_offered_back_at_the_next_opening(desk, item):
    assert "kept" in keep(desk, item, title="Typed").json()
    page = desk.get(change_url(item))
    assert [kept.title for kept in page.context["unsaved"]] == ["Typed"]
    assert 'value="Typed"' not in page.content.decode()
    item.refresh_from_db()
    assert item.title == "One"


def test_taking_it_back_fills_the_form_and_saves_nothing(desk, item):
    keep(desk, item, title="Typed", keywords="asylum, relocation")
    kept = Autosave.objects.get()
    page = desk.post(change_url(item), {"_take_back": kept.pk})
    html = page.content.decode()
    assert 'value="Typed"' in html
    assert "asylum, relocation" in html
    assert "Please correct" not in html
    assert page.context["autosave_key"] == KEY
    item.refresh_from_db()
    assert item.title == "One"
    assert Autosave.objects.offered(user=desk.person, item=item).exists()


def test_a_form_taken_back_is_saved_like_any_other_and_then_no_longer_offered(desk, item):
    keep(desk, item, title="Typed")
    response = desk.post(change_url(item), filled(title="Typed", autosave_key=KEY))
    assert response.status_code == 302
    item.refresh_from_db()
    assert item.title == "Typed"
    assert desk.get(change_url(item)).context["unsaved"] == []
    # A copy that a browser still had is not offered either.
    assert keep(desk, item, title="Typed").json() == {"done": True}
    assert desk.get(change_url(item)).context["unsaved"] == []


def test_a_refused_form_is_still_kept(desk, item):
    keep(desk, item, title="", summary="Typed.")
    response = desk.post(change_url(item), filled(title="", summary="Typed.", autosave_key=KEY))
    assert response.status_code == 200
    assert response.context["autosave_key"] == KEY
    assert Autosave.objects.offered(user=desk.person, item=item).exists()


def test_a_new_item_is_kept_too(desk):
    keep(desk, title="Typed")
    page = desk.get(ADD)
    (kept,) = page.context["unsaved"]
    assert "Typed" in page.content.decode()
    page = desk.post(ADD, {"_take_back": kept.pk})
    assert 'value="Typed"' in page.content.decode()
    assert Item.objects.count() == 0
    assert desk.post(ADD, filled(title="Typed", autosave_key=KEY)).status_code == 302
    assert desk.get(ADD).context["unsaved"] == []


def test_rows_of_inlines_are_kept(desk):
    item = make_event(status="draft", publish_at=None, created_by=desk.person, place="Brussels")
    rows = {
        "event-TOTAL_FORMS": 1, "event-INITIAL_FORMS": 1, "event-0-item": item.pk, "event-0-starts_at_0": "2026-09-10",
        "event-0-starts_at_1": "09:30", "event-0-place": "Ghent",
    }  # fmt: skip
    keep(desk, item, title=item.title, **rows)
    page = desk.post(change_url(item), {"_take_back": Autosave.objects.get().pk})
    assert 'value="Ghent"' in page.content.decode()


def test_what_a_colleague_saved_meanwhile_is_met_when_it_is_taken_back(desk, item):
    revision = desk.get(change_url(item)).context["revision"]
    keep(desk, item, title="Typed", revision=revision)
    theirs = Item.objects.get(pk=item.pk)
    theirs.title = "Theirs"
    theirs.save()
    page = desk.post(change_url(item), {"_take_back": Autosave.objects.get().pk})
    assert "title" in [question.change.name for question in page.context["questions"]]
    assert 'value="Typed"' in page.content.decode()


def test_throwing_it_away_is_for_good(desk, item):
    keep(desk, item, title="Typed")
    response = desk.post(change_url(item), {"_throw_away": Autosave.objects.get().pk})
    assert response.status_code == 302
    assert desk.get(change_url(item)).context["unsaved"] == []
    assert Autosave.objects.get().data == {}
    item.refresh_from_db()
    assert item.title == "One"


def test_it_is_shown_beside_what_is_saved(desk, item):
    keep(desk, item, title="Typed <b>", summary=item.summary)
    page = desk.get(f"/admin/items/item/unsaved/{Autosave.objects.get().pk}/")
    assert "title" in [part.name for part in page.context["changes"]]
    assert "Typed <b>" not in page.content.decode()
    keep(desk, key=KEY[::-1], title="New")
    page = desk.get(f"/admin/items/item/unsaved/{Autosave.objects.get(item=None).pk}/")
    assert "New" in page.content.decode()


@pytest.mark.parametrize("day", ["0001-01-01", "9999-12-31"])
def test_an_impossible_year_is_shown_and_taken_back_as_it_was_typed(desk, item, day):
    keep(desk, item, title="Typed", expire_at_0=day, expire_at_1="23:59" if day > "1" else "00:00")
    kept = Autosave.objects.get()
    for page in (
        desk.get(f"/admin/items/item/unsaved/{kept.pk}/"),
        desk.post(change_url(item), {"_take_back": kept.pk}),
    ):
        assert page.status_code == 200
        assert day in page.content.decode()


def test_nobody_else_sees_it(desk, item, sign_in):
    keep(desk, item, title="Typed")
    kept = Autosave.objects.get()
    desk.force_login(make_person("max", "Editor"))
    assert desk.get(change_url(item)).context["unsaved"] == []
    assert desk.get(f"/admin/items/item/unsaved/{kept.pk}/").status_code == 404
    assert desk.post(change_url(item), {"_take_back": kept.pk}).status_code == 302
    assert desk.post(change_url(item), {"_throw_away": kept.pk}).status_code == 302
    assert Autosave.objects.filter(is_done=False).exists()


def test_who_may_not_change_the_item_cannot_keep_anything(desk):
    other = make_item(title="Published")
    assert keep(desk, other, title="Typed").status_code == 403
    assert not Autosave.objects.exists()
    desk.logout()
    assert keep(desk, title="Typed").status_code == 302
    assert not Autosave.objects.exists()


def test_a_copy_left_in_the_browser_is_let_go_though_the_item_may_no_longer_be_changed(desk, item):
    keep(desk, item, title="Typed")
    Autosave.objects.done(user=desk.person, key=KEY, at=timezone.now())
    Item.objects.filter(pk=item.pk).update(status="approved", publish_at=item.created_at)
    answer = keep(desk, item, title="Typed")
    assert (answer.status_code, answer.json()) == (200, {"done": True})
    assert keep(desk, item, key=KEY[::-1], title="Typed").status_code == 403


def test_it_keeps_neither_tokens_nor_buttons(desk, item):
    keep(desk, item, title="Typed", _save="1", csrfmiddlewaretoken="secret", **{"keep-title": "mine"})
    data = Autosave.objects.get().data
    assert {"title", "summary"} <= set(data)
    assert not {"_save", "csrfmiddlewaretoken", "autosave_key", "keep-title"} & set(data)


def test_words_typed_into_an_item_that_was_approved_meanwhile_can_still_be_read(desk, item):
    keep(desk, item, title="Typed too late")
    Item.objects.filter(pk=item.pk).update(status="approved", publish_at=item.created_at)
    page = desk.get(change_url(item))
    assert [kept.title for kept in page.context["unsaved"]] == ["Typed too late"]
    assert 'name="_take_back"' not in page.content.decode()
    shown = desk.get(f"/admin/items/item/unsaved/{Autosave.objects.get().pk}/").content.decode()
    assert "Typed too late" in shown or "too late" in shown
    assert 'name="_take_back"' not in shown


def test_words_typed_into_an_item_that_has_gone_are_offered_for_a_new_one(desk):
    item = make_event(status="draft", publish_at=None, created_by=desk.person)
    rows = {
        "event-TOTAL_FORMS": 1, "event-INITIAL_FORMS": 1, "event-0-item": item.pk, "event-0-starts_at_0": "2026-09-10",
        "event-0-starts_at_1": "09:30", "event-0-place": "Ghent", "revision": item.revision,
    }  # fmt: skip
    keep(desk, item, title="Typed too late", **rows)
    item.delete()
    (kept,) = desk.get(ADD).context["unsaved"]
    page = desk.post(ADD, {"_take_back": kept.pk})
    assert 'value="Typed too late"' in page.content.decode()
    assert 'value="Ghent"' in page.content.decode()
    data = page.context["inline_admin_formsets"][0].formset.data
    assert desk.post(ADD, data | {"autosave_key": kept.key}).status_code == 302
    assert Item.objects.get(title="Typed too late").event.place == "Ghent"


def test_its_size_and_number_are_bounded(desk, item):
    assert keep(desk, item, body="x" * (LARGEST + 1)).status_code == 413
    assert keep(desk, item, key="<script>").status_code == 400
    for number in range(MOST + 5):
        keep(desk, key=f"{number:032x}", title=str(number))
    assert Autosave.objects.count() == MOST


def test_a_large_form_fits(desk, item):
    assert keep(desk, item, body="x" * (LARGEST // 2)).status_code == 200


def test_what_nobody_comes_back_for_is_forgotten(desk, item):
    keep(desk, item, title="Typed")
    now = timezone.now()
    Autosave.objects.prune(now + KEPT - timedelta(hours=1))
    assert Autosave.objects.exists()
    Autosave.objects.prune(now + KEPT + timedelta(hours=1))
    assert not Autosave.objects.exists()


def test_opening_the_form_writes_nothing(desk, item, django_assert_max_num_queries):
    keep(desk, item, title="Typed")
    before = json.dumps(Autosave.objects.get().data)
    with django_assert_max_num_queries(30):
        desk.get(change_url(item))
    assert json.dumps(Autosave.objects.get().data) == before
