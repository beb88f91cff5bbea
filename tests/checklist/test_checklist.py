"""The checklist at work: levels, and what required rules stand in the way of."""

from datetime import timedelta

import pytest
from django.core.exceptions import ValidationError
from django.utils import timezone

from items import checklist
from items.models import Activity, ChecklistRule, Item
from tests.admin.forms import change_url, filled, make_person
from tests.builders import AT, make_event, make_item

pytestmark = pytest.mark.django_db
DRAFT = {"status": "draft", "publish_at": None}


def codes(item):
    return {f.code: f.is_required for f in checklist.check(checklist.stored(item), today=timezone.localdate(AT))}


def test_levels_are_the_shipped_ones_until_an_administrator_says_otherwise():
    item = make_item(themes=["reception"])
    assert codes(item)["source"] is True
    assert codes(item)["source-address"] is False
    ChecklistRule.objects.create(code="source", level="recommended")
    ChecklistRule.objects.create(code="source-address", level="off")
    assert codes(item)["source"] is False
    assert "source-address" not in codes(item)


def test_a_required_rule_blocks_approval_in_words_and_a_recommended_one_does_not():
    editor = make_person("ed", "Editor")
    item = make_item(**DRAFT, themes=["reception"])
    with pytest.raises(ValidationError, match="whose information"):
        item.approve(by=editor, at=AT)
    item.refresh_from_db()
    assert (item.status, Activity.objects.count()) == ("draft", 0)
    ChecklistRule.objects.create(code="source", level="recommended")
    item.approve(by=editor, at=AT)
    assert item.status == "approved"


def test_scheduling_is_blocked_alike():
    item = make_item(**DRAFT, source="eurostat")
    with pytest.raises(ValidationError, match="theme"):
        item.approve(by=make_person("ed", "Editor"), at=AT, publish_at=AT + timedelta(days=3))


def test_a_program_publishes_what_it_brings():
    item = make_item(**DRAFT)
    item.approve(by=None, at=AT)
    assert item.status == "approved"


def test_an_event_without_place_is_not_approved():
    item = make_event(**DRAFT, place="", themes=["reception"], source="eurostat")
    with pytest.raises(ValidationError, match="where the event is"):
        item.approve(by=make_person("ed", "Editor"), at=AT)


# --- At the form ----------------------------------------------------------------------------------------------------


def test_findings_of_what_is_typed_come_as_data_and_nothing_is_saved(sign_in):
    client = sign_in("Author")
    response = client.post("/admin/items/item/checklist/", filled(title="Short"))
    found = {f["code"]: f for f in response.json()["findings"]}
    assert found["title-length"]["field"] == "title"
    assert found["theme"]["required"] is True
    assert not Item.objects.exists()


def test_what_a_reader_of_no_desk_may_not_see_is_not_told(client, sign_in):
    item = make_item(**DRAFT)
    assert client.post(f"/admin/items/item/{item.pk}/checklist/", filled()).status_code == 302
    assert sign_in("Author").post("/admin/items/item/999999/checklist/", filled()).status_code == 404
    assert sign_in("Author").get("/admin/items/item/checklist/").status_code == 405


def test_the_form_of_a_stored_item_shows_its_findings(sign_in):
    item = make_item(**DRAFT)
    page = sign_in("Editor").get(change_url(item)).content.decode()
    assert "Say whose information it is." in page
    assert 'href="#id_source"' in page


def test_only_an_administrator_weighs_the_rules(sign_in):
    url = "/admin/items/checklistrule/"
    levels = {code: rule.default for code, rule in checklist.RULES.items()} | {"theme": "off"}
    assert sign_in("Author").get(url).status_code == 403
    assert sign_in("Editor").get(url).status_code == 200
    assert sign_in("Editor").post(url, levels).status_code == 403
    assert sign_in("Administrator").post(url, levels).status_code == 302
    assert ChecklistRule.levels() == {"theme": "off"}
    assert sign_in("Administrator").post(url, levels | {"theme": "nonsense"}).status_code == 200
