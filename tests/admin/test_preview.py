"""An item as its public page before readers have it, and links to that for people without an account."""

import re
from datetime import timedelta

import pytest
from django.core import mail
from django.core.files.base import ContentFile
from django.test import Client
from django.utils import timezone

from items.models import Activity, Attachment, Item, ReviewLink
from tests.admin.forms import ROLES, change_url, filled, ready
from tests.builders import make_image, make_item

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("media")]
DAY = timedelta(days=1)


def draft(**overrides):
    return make_item(**{"status": "draft", "publish_at": None, "title": "Not yet known", **overrides})


def preview(item, rest="page/"):
    return f"/admin/items/item/{item.pk}/preview/{rest}"


def main_of(response):
    """What stands in the page between its head and its foot, without grants."""
    html = response.content.decode()
    return re.sub(r"\?grant=[^\"\s]+", "", html[html.index("<main") : html.index("</main>")])


@pytest.mark.parametrize("status", ["approved", "withdrawn"])
def test_a_preview_is_the_public_page(sign_in, status):
    reason = "Wrong." if status == "withdrawn" else ""
    item = make_item(
        status=status, withdrawal_reason=reason, themes=["reception"], keywords=["housing"], source="iom",
        publish_at=timezone.now() - DAY, body="<h2>More</h2><p>A text.</p>", source_url="https://example.org/x",
        picture=make_image(),
    )  # fmt: skip
    Attachment.objects.create(item=item, title="Report", file=ContentFile(b"%PDF-1.7", name="report.pdf"))
    public = Client().get(item.get_absolute_url())
    assert public.status_code == 200
    assert main_of(sign_in("Author").get(preview(item))) == main_of(public)


@pytest.mark.parametrize("role", ROLES)
@pytest.mark.parametrize("status", ["draft", "in_review", "removed"])
def test_everybody_at_the_desk_previews_what_readers_cannot_see(sign_in, role, status):
    item = make_item(status=status, publish_at=timezone.now() - DAY if status == "removed" else None)
    response = sign_in(role).get(preview(item))
    assert item.title in main_of(response)
    assert "no-store" in response["Cache-Control"]
    assert "noindex" in response["X-Robots-Tag"]
    assert 'content="noindex' in response.content.decode()


def test_a_working_copy_is_previewed_with_its_own_words(editor):
    item = make_item(publish_at=timezone.now() - DAY)
    copy = item.prepare_update(by=editor.person, at=timezone.now())
    Item.objects.filter(pk=copy.pk).update(title="Better words")
    assert "Better words" in main_of(editor.get(preview(copy)))
    assert "Better words" not in main_of(editor.get(preview(item)))


def test_only_the_framed_page_may_be_framed_and_only_by_this_site(editor):
    item = draft()
    page, around = editor.get(preview(item)), editor.get(preview(item, ""))
    assert page["X-Frame-Options"] == "SAMEORIGIN"
    assert "frame-ancestors 'self'" in page["Content-Security-Policy"]
    assert around["X-Frame-Options"] == "DENY"
    assert "frame-ancestors 'none'" in around["Content-Security-Policy"]
    assert "frame-src 'self'" in around["Content-Security-Policy"]
    assert around.content.decode().count("<iframe") == 2
    assert Client().get(preview(item)).status_code == 302
    assert Client().get(preview(item))["X-Frame-Options"] == "DENY"


def test_what_is_typed_is_shown_and_not_saved(editor):
    item = draft(body="<p>Old.</p>", themes=["asylum"], keywords=["housing"])
    sent = filled(
        title="Typed title", body="<p>Typed text.</p><script>alert(1)</script>", keywords="housing, brand new",
        **ready(),
    )  # fmt: skip
    before = Activity.objects.count()
    response = editor.post(preview(item, "typed/"), sent)
    html = main_of(response)
    assert "Typed title" in html
    assert "Typed text." in html
    assert "<script" not in html
    assert "Reception" in html
    assert "Asylum" not in html
    assert "Brand new" in html or "brand new" in html
    item.refresh_from_db()
    assert (item.title, item.body) == ("Not yet known", "<p>Old.</p>")
    assert [str(theme) for theme in item.themes.all()] == ["Asylum"]
    assert Activity.objects.count() == before


def test_a_new_item_is_previewed_before_it_is_stored(editor):
    response = editor.post("/admin/items/item/preview/typed/", filled(title="Brand new", **ready()))
    assert "Brand new" in main_of(response)
    assert not Item.objects.exists()
    half = editor.post("/admin/items/item/preview/typed/", filled(title="", type=""))
    assert half.status_code == 200


def test_a_field_that_is_wrong_keeps_what_is_stored(editor):
    item = draft(source_url="https://example.org/old")
    html = main_of(editor.post(preview(item, "typed/"), filled(title="Typed", source_url="no address")))
    assert "Typed" in html
    assert "https://example.org/old" in html


def test_authors_do_not_preview_typing_into_what_they_may_not_change(sign_in):
    assert sign_in("Author").post(preview(draft(), "typed/"), filled()).status_code == 403


def test_pictures_and_files_of_a_draft_show_in_its_preview_and_nowhere_else(editor):
    image = make_image()
    item = draft(picture=image)
    Attachment.objects.create(item=item, title="Report", file=ContentFile(b"%PDF-1.7", name="report.pdf"))
    other = draft(picture=make_image())
    html = editor.get(preview(item)).content.decode()
    addresses = re.findall(r'(?:src|href|srcset)="([^" ]+\?grant=[^" ]+)', html)
    assert len(addresses) >= 2
    for address in addresses:
        response = Client().get(address)
        assert response.status_code == 200, address
        assert "no-store" in response["Cache-Control"]
        assert Client().get(address.partition("?")[0]).status_code == 404
    grant = addresses[0].partition("?")[2]
    assert Client().get(f"{other.picture.url}?{grant}").status_code == 404
    assert Client().get(f"{image.url}?{grant[:-3]}").status_code == 404


def test_a_grant_ends_after_hours(editor, clock):
    clock.now = timezone.now()
    item = draft(picture=make_image())
    html = editor.get(preview(item)).content.decode()
    address = re.search(r'src="([^" ]+\?grant=[^" ]+)', html)[1]
    assert Client().get(address).status_code == 200
    clock.now += timedelta(hours=13)
    assert Client().get(address).status_code == 404


# --- Review links ------------------------------------------------------------------------------------------------


def make_link(client, item, **sent):
    """The address of a new link, as the desk shows it once."""
    response = client.post(f"/admin/items/item/{item.pk}/links/", {"link_name": "Ana", "days": "14", **sent})
    found = re.search(r'value="http[^"]*?(/review/[^"]+)"', response.content.decode())
    return found and found[1]


def test_a_link_is_made_shown_once_stored_hashed_and_listed(editor):
    item = draft()
    address = make_link(editor, item)
    link = ReviewLink.objects.get()
    token = address.split("/")[2]
    assert len(token) >= 43
    assert token not in str(ReviewLink.objects.values().get())
    assert abs(link.expires_at - timezone.now() - 14 * DAY) < timedelta(minutes=1)
    page = editor.get(change_url(item)).content.decode()
    assert "Ana" in page
    assert token not in page
    assert list(item.activities.values_list("verb", flat=True)) == ["link"]


def test_authors_make_links_for_their_own_drafts_only(sign_in):
    client = sign_in("Author")
    assert make_link(client, draft(created_by=client.person))
    assert client.post(f"/admin/items/item/{draft().pk}/links/").status_code == 403
    assert ReviewLink.objects.count() == 1


def test_no_link_is_made_for_what_readers_have_met(editor):
    assert make_link(editor, make_item(publish_at=timezone.now() - DAY)) is None


def test_the_holder_sees_the_item_and_nothing_is_kept_or_indexed(editor):
    item = draft(picture=make_image(), body="<p>Secret text.</p>", language="fr")
    visitor, address = Client(), make_link(editor, item)
    response = visitor.get(address)
    html = response.content.decode()
    assert "Secret text." in html
    assert 'lang="fr"' in html
    assert 'content="noindex' in html
    assert 'rel="canonical"' not in html
    assert "no-store" in response["Cache-Control"]
    assert response["Referrer-Policy"] == "no-referrer"
    assert "noindex" in response["X-Robots-Tag"]
    assert not response.cookies
    picture = re.search(r'src="([^" ]+\?grant=[^" ]+)', html)[1]
    assert visitor.get(picture).status_code == 200
    ReviewLink.objects.get().revoke(by=editor.person, at=timezone.now())
    assert visitor.get(picture).status_code == 404


def end_by_revoking(link, item, editor):
    editor.post(f"/admin/items/item/{item.pk}/links/", {"revoke": link.pk})


def end_by_time(link, item, editor):
    ReviewLink.objects.update(expires_at=timezone.now())


def end_by_publication(link, item, editor):
    item.approve(by=None, at=timezone.now())


def end_by_deletion(link, item, editor):
    item.delete()


@pytest.mark.parametrize("end", [end_by_revoking, end_by_time, end_by_publication, end_by_deletion])
def test_a_link_that_ended_answers_as_one_that_never_was(editor, end):
    item = draft(themes=["reception"], source="iom")
    address, visitor = make_link(editor, item), Client()
    assert visitor.get(address).status_code == 200
    end(ReviewLink.objects.get(), item, editor)
    ended, unknown = visitor.get(address), visitor.get("/review/no-such-token/")
    assert ended.status_code == unknown.status_code == 410
    assert ended.content == unknown.content
    assert ended.headers == unknown.headers
    assert "Not yet known" not in ended.content.decode()


def test_a_scheduled_item_stays_open_for_review_until_it_appears(editor, clock):
    clock.now = timezone.now()
    item = draft(themes=["reception"], source="iom")
    address = make_link(editor, item)
    item.approve(by=None, at=clock.now, publish_at=clock.now + DAY)
    assert Client().get(address).status_code == 200
    clock.now += DAY
    assert Client().get(address).status_code == 410


def test_openings_are_counted_but_not_what_only_fetches_in_advance(editor):
    address, visitor = make_link(editor, draft()), Client()
    visitor.get(address)
    visitor.get(address)
    visitor.head(address)
    visitor.get(address, headers={"Sec-Purpose": "prefetch;prerender"})
    link = ReviewLink.objects.get()
    assert link.opened == 2
    assert link.opened_at is not None


def say(visitor, address, clock, later=5, **sent):
    stamp = re.search(r'name="stamp" value="([^"]+)"', visitor.get(address).content.decode())[1]
    clock.now += timedelta(seconds=later)
    return visitor.post(address, {"name": "Ana", "text": "A word on page 2.", "stamp": stamp, "website": "", **sent})


def test_the_visitor_s_comment_reaches_the_record_and_the_author(sign_in, clock, django_capture_on_commit_callbacks):
    clock.now = timezone.now()
    client = sign_in("Author")
    client.person.email = "author@example.org"
    client.person.save()
    item = draft(created_by=client.person)
    address = make_link(client, item)
    visitor = Client(enforce_csrf_checks=True)
    with django_capture_on_commit_callbacks(execute=True):
        assert say(visitor, address, clock).status_code == 302
    line = item.activities.get(verb="comment")
    assert (line.text, line.by, line.by_name) == ("A word on page 2.", None, "Ana, by review link")
    assert [message.to for message in mail.outbox] == [["author@example.org"]]
    assert "A word on page 2." in mail.outbox[0].body
    assert "A word on page 2." in client.get(change_url(item)).content.decode()


@pytest.mark.parametrize(
    "sent",
    [
        {"website": "https://spam.example"},
        {"stamp": "made-up"},
        {"later": 0},
        {"later": 90_000},
        {"name": ""},
        {"text": " "},
        {"text": "x" * 2001},
        {"name": "x" * 81},
    ],
)
def test_what_no_person_sends_stays_out_of_the_record(editor, clock, sent):
    clock.now = timezone.now()
    address = make_link(editor, draft())
    response = say(Client(), address, clock, **sent)
    assert response.status_code == 400
    assert "review-error" in response.content.decode()
    assert not Activity.objects.filter(verb="comment").exists()


def test_comments_by_one_link_come_one_at_a_time(editor, clock):
    clock.now = timezone.now()
    address, visitor = make_link(editor, draft()), Client()
    codes = [say(visitor, address, clock).status_code for _number in range(3)]
    assert codes == [302, 400, 400]
    clock.now += timedelta(seconds=30)
    assert say(visitor, address, clock).status_code == 302


def test_a_comment_mentions_nobody(editor, clock):
    clock.now = timezone.now()
    address = make_link(editor, draft())
    say(Client(), address, clock, text="@editor look")
    assert not Activity.objects.get(verb="comment").mentioned.exists()
