"""Who is told of what by mail: each once, nobody of their own doing, and only once it is committed."""

from datetime import timedelta

import pytest
from django.core import mail
from django.db import transaction

from tests.admin.forms import make_person
from tests.builders import AT, make_item

pytestmark = pytest.mark.django_db
HOUR = timedelta(hours=1)


@pytest.fixture
def people():
    """People by name, each with an address."""
    roles = {"author": "Author", "editor": "Editor", "second": "Editor", "admin": "Administrator", "other": "Author"}
    found = {name: make_person(name, role, email=f"{name}@example.org") for name, role in roles.items()}
    make_person("gone", "Editor", email="gone@example.org", is_active=False)
    make_person("silent", "Editor")
    return found


@pytest.fixture
def draft(people):
    return make_item(
        title="Places in centres", status="draft", publish_at=None, created_by=people["author"], source="iom",
        themes=["reception"],
    )  # fmt: skip


@pytest.fixture
def told(django_capture_on_commit_callbacks):
    """`told(verb)` does it, and gives the addressees and the first subject."""

    def listen(verb):
        mail.outbox.clear()
        with django_capture_on_commit_callbacks(execute=True):
            verb()
        assert all(len(sent.to) == 1 for sent in mail.outbox)
        return sorted(sent.to[0].partition("@")[0] for sent in mail.outbox)

    return listen


def test_editors_are_told_of_what_is_submitted(draft, people, told):
    assert told(lambda: draft.submit(by=people["author"], at=AT, comment="Please.")) == ["admin", "editor", "second"]
    sent = mail.outbox[0]
    assert sent.subject == "author asks for a review: Places in centres"
    assert f"/admin/items/item/{draft.pk}/change/" in sent.body
    assert "Please." in sent.body


def test_an_editor_who_submits_is_not_told(draft, people, told):
    assert told(lambda: draft.submit(by=people["editor"], at=AT)) == ["admin", "second"]


def test_the_author_is_told_what_became_of_the_item(draft, people, told):
    editor = people["editor"]
    draft.submit(by=people["author"], at=AT)
    assert told(lambda: draft.return_to_author(by=editor, at=AT, comment="Shorter & better.")) == ["author"]
    assert "Shorter & better." in mail.outbox[0].body
    draft.submit(by=people["author"], at=AT)
    assert told(lambda: draft.approve(by=editor, at=AT, publish_at=AT + HOUR)) == ["author"]
    assert "15 June 2026, 15:00 (CEST)" in mail.outbox[0].body
    assert told(lambda: draft.send_back(by=people["second"], at=AT)) == ["author", "editor"]
    draft.approve(by=editor, at=AT, publish_at=AT)
    assert told(lambda: draft.withdraw(by=editor, at=AT, reason="Wrong figures.")) == ["author"]
    assert "Wrong figures." in mail.outbox[0].body
    assert told(lambda: draft.reinstate(by=editor, at=AT)) == ["author"]
    assert told(lambda: draft.remove(by=editor, at=AT)) == ["author"]


def test_who_wrote_an_update_is_told_as_the_author_is(draft, people, told):
    draft.approve(by=people["editor"], at=AT)
    copy = draft.prepare_update(by=people["second"], at=AT)
    assert told(lambda: copy.approve(by=people["editor"], at=AT)) == ["author", "second"]
    copy = type(draft).objects.get().prepare_update(by=people["second"], at=AT)
    assert told(lambda: copy.discard(by=people["admin"], at=AT)) == ["author", "second"]


def test_a_comment_reaches_the_mentioned_the_author_and_who_reviewed(draft, people, told):
    draft.submit(by=people["author"], at=AT)
    draft.return_to_author(by=people["editor"], at=AT, comment="Shorter.")
    said = told(lambda: draft.comment(by=people["second"], at=AT, text="@other @author what do you think?"))
    assert said == ["author", "editor", "other"]
    subjects = {sent.to[0]: sent.subject for sent in mail.outbox}
    assert subjects["other@example.org"] == "second mentions you: Places in centres"
    assert subjects["editor@example.org"] == "second comments on Places in centres"


def test_nothing_is_written_about_what_was_undone(draft, people, told):
    def undone():
        with transaction.atomic():
            draft.submit(by=people["author"], at=AT)
            transaction.set_rollback(True)

    assert told(undone) == []


def test_a_title_cannot_write_headers(draft, people, told):
    draft.title = "Places\nBcc: everybody@example.org"
    draft.save()
    told(lambda: draft.submit(by=people["author"], at=AT))
    assert "\n" not in mail.outbox[0].subject
