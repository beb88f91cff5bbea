"""Every verb, in every state of an item, by everybody: what is allowed is done and recorded, the rest does nothing."""

from datetime import timedelta

import pytest
from django.core.exceptions import PermissionDenied, ValidationError
from django.db import transaction

from items.models import Activity, Item, Verb
from items.models.item import RULES, Refused, about_to_appear, performed
from tests.admin.forms import make_person
from tests.builders import AT
from tests.builders import make_item as make_any_item

pytestmark = pytest.mark.django_db
HOUR = timedelta(hours=1)

STATES = {
    "draft": {"status": "draft", "publish_at": None},
    "in review": {"status": "in_review", "publish_at": None},
    "scheduled": {"publish_at": AT + HOUR},
    "published": {},
    "expired": {"expire_at": AT - HOUR},
    "withdrawn": {"status": "withdrawn", "withdrawal_reason": "Wrong."},
    "withdrawn unseen": {"status": "withdrawn", "withdrawal_reason": "Wrong.", "publish_at": AT + HOUR},
    "removed": {"status": "removed"},
    "copy in draft": {"status": "draft", "publish_at": None},
    "copy in review": {"status": "in_review", "publish_at": None},
}
PEOPLE = ["nobody", "onlooker", "Author", "other Author", "Editor", "Administrator", "deputy"]
"""The Author began the item, the other Author did not; the deputy is an Editor who may neither withdraw nor remove."""

EDITOR = {
    "draft": "submit approve",
    "in review": "approve return",
    "scheduled": "send_back",
    "published": "prepare_update withdraw remove",
    "expired": "prepare_update withdraw remove",
    "withdrawn": "prepare_update reinstate remove",
    "withdrawn unseen": "reinstate",
    "removed": "reinstate",
    "copy in draft": "submit approve discard",
    "copy in review": "approve return discard",
}
AUTHOR = {
    "draft": "submit",
    "published": "prepare_update",
    "expired": "prepare_update",
    "withdrawn": "prepare_update",
    "copy in draft": "submit discard",
    "copy in review": "discard",
}
WITHOUT = {"withdraw", "reinstate", "remove"}
ALLOWED = {
    "nobody": {},
    "onlooker": {},
    "Author": AUTHOR,
    "other Author": {},
    "Editor": EDITOR,
    "Administrator": EDITOR,
    "deputy": {state: " ".join(v for v in verbs.split() if v not in WITHOUT) for state, verbs in EDITOR.items()},
}
AFTER = {
    "submit": "in_review", "return": "draft", "approve": "approved", "send_back": "in_review", "withdraw": "withdrawn",
    "reinstate": "approved", "remove": "removed",
}  # fmt: skip


def make_item(**overrides):
    """An item that the checklist has nothing against."""
    return make_any_item(**{"themes": ["reception"], "source": "iom", **overrides})


def make_people():
    """Everybody of PEOPLE."""
    found = {
        "nobody": make_person("nobody", is_staff=False),
        "onlooker": make_person("onlooker"),
        "Author": make_person("author", "Author"),
        "other Author": make_person("other", "Author"),
        "Editor": make_person("editor", "Editor"),
        "Administrator": make_person("administrator", "Administrator"),
    }
    deputy = make_person("deputy")
    editor = found["Editor"].groups.get().permissions.exclude(codename__in=["withdraw_item", "remove_item"])
    deputy.user_permissions.set(editor)
    return {**found, "deputy": deputy}


def item_in(state, author):
    """An item of the author in this state."""
    live = make_item(**{"created_by": author, **({} if "copy" in state else STATES[state])})
    if "copy" not in state:
        return live
    copy = live.prepare_update(by=author, at=AT)
    if state == "copy in review":
        copy.submit(by=author, at=AT)
    return Item.objects.get(pk=copy.pk)


def do(item, verb, by, at=AT):
    """Do a verb with all that it asks for."""
    name = {"return": "return_to_author"}.get(verb, verb)
    words = {"return": {"comment": "Shorter."}, "withdraw": {"reason": "Wrong figures."}}
    return getattr(item, name)(by=by, at=at, **words.get(verb, {}))


@pytest.mark.parametrize("state", STATES)
@pytest.mark.parametrize("who", PEOPLE)
def test_verbs_are_offered_and_done_as_the_matrix_says(who, state):
    people = make_people()
    allowed = ALLOWED[who].get(state, "").split()
    item = item_in(state, people["Author"])
    assert [rule.verb for rule in item.verbs(people[who], AT)] == allowed
    for verb in RULES:
        item = item_in(state, people["Author"])
        before, records = Item.objects.values().get(pk=item.pk), Activity.objects.count()
        with transaction.atomic():
            if verb in allowed:
                do(item, verb, people[who])
                assert Activity.objects.count() == records + 1
            else:
                with pytest.raises((PermissionDenied, Refused)):
                    do(item, verb, people[who])
                assert Item.objects.values().get(pk=item.pk) == before
                assert Activity.objects.count() == records
        if verb in allowed and verb in AFTER and "copy" not in state:
            assert Item.objects.get(pk=item.pk).status == AFTER[verb]


@pytest.mark.parametrize("state", STATES)
def test_what_is_not_offered_for_its_state_is_refused_in_words_to_who_has_the_right(state):
    people = make_people()
    for verb in RULES:
        if verb in EDITOR[state].split():
            continue
        with pytest.raises(Refused) as refusal:
            do(item_in(state, people["Author"]), verb, people["Editor"])
        assert refusal.value.messages[0]


def test_a_verb_acts_on_what_is_stored_and_not_on_what_somebody_holds():
    editor = make_people()["Editor"]
    item = make_item(**STATES["draft"])
    stale = Item.objects.get(pk=item.pk)
    item.approve(by=editor, at=AT)
    stale.title = "Never saved"
    with pytest.raises(Refused):
        stale.submit(by=editor, at=AT)
    assert Item.objects.get().title == item.title


def test_the_record_tells_who_did_what_and_what_was_said():
    people = make_people()
    people["Editor"].first_name, people["Editor"].last_name = "Ines", "Peeters"
    people["Editor"].save()
    item = item_in("draft", people["Author"])
    item.submit(by=people["Author"], at=AT, comment="Please look.")
    item.return_to_author(by=people["Editor"], at=AT + HOUR, comment="Shorter, please.")
    assert item.is_returned
    item.submit(by=people["Author"], at=AT + 2 * HOUR)
    assert not item.is_returned
    lines = [(line.verb, line.who, line.text) for line in item.activities_of_all()]
    assert lines == [
        (Verb.SUBMIT, "author", ""),
        (Verb.RETURN, "Ines Peeters", "Shorter, please."),
        (Verb.SUBMIT, "author", "Please look."),
    ]


@pytest.mark.parametrize("text", ["", "  \n"])
def test_returning_and_withdrawing_ask_for_words(text):
    editor = make_people()["Editor"]
    with pytest.raises(Refused):
        make_item(**STATES["in review"]).return_to_author(by=editor, at=AT, comment=text)
    with pytest.raises(ValidationError):
        make_item().withdraw(by=editor, at=AT, reason=text)


def test_approving_for_a_time_schedules():
    item = make_item(**STATES["in review"])
    item.approve(by=None, at=AT, publish_at=AT + HOUR)
    assert (item.status, item.publish_at) == ("approved", AT + HOUR)
    assert not Item.objects.published(AT).exists()


def test_what_would_have_expired_is_not_approved():
    item = make_item(**STATES["draft"], expire_at=AT - HOUR)
    with pytest.raises(Refused) as refusal:
        item.approve(by=None, at=AT)
    assert list(refusal.value.message_dict) == ["expire_at"]


def test_a_removed_item_leads_to_another_that_readers_see():
    item, other = make_item(), make_item()
    for wrong in (item, make_item(**STATES["draft"]), make_item(**STATES["withdrawn"])):
        with pytest.raises(Refused):
            item.remove(by=None, at=AT, replaced_by=wrong)
    item.remove(by=None, at=AT, replaced_by=other)
    assert item.replaced_by == other
    item.reinstate(by=None, at=AT)
    assert (item.status, item.replaced_by) == ("approved", None)


def test_whoever_listens_can_forbid_that_an_item_appears_and_then_nothing_has_happened():
    def forbid(sender, item, by, at, **kwargs):
        raise ValidationError({"title": "Not in capitals."})

    heard = []

    def hear(sender, **kwargs):
        heard.append(kwargs)

    about_to_appear.connect(forbid)
    performed.connect(hear)
    try:
        item = make_item(**STATES["draft"])
        with pytest.raises(ValidationError):
            item.approve(by=None, at=AT)
        assert Item.objects.get().status == "draft"
        assert not Activity.objects.exists()
        assert heard == []
        about_to_appear.disconnect(forbid)
        item.approve(by=None, at=AT)
        assert [(call["item"], call["activity"].verb) for call in heard] == [(item, Verb.APPROVE)]
    finally:
        about_to_appear.disconnect(forbid)
        performed.disconnect(hear)


@pytest.mark.parametrize("who", PEOPLE)
@pytest.mark.parametrize("state", STATES)
def test_only_what_readers_never_saw_is_deleted_and_no_working_copy(who, state):
    people = make_people()
    unseen = {"Author": ["draft"], "other Author": [], "nobody": [], "onlooker": []}
    may = unseen.get(who, ["draft", "in review", "scheduled", "withdrawn unseen"])
    assert item_in(state, people["Author"]).may_be_deleted(people[who], AT) is (state in may)
