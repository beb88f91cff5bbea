"""Standing pages: one page in several languages, with addresses that last and pictures that can be seen."""

import pytest
from django.core.exceptions import ValidationError
from django.db import IntegrityError, transaction

from items.models import ContentVersion, FormerPageSlug, Page, PageText
from tests.builders import AT, make_image, make_page

pytestmark = pytest.mark.django_db


def test_a_slug_is_made_of_the_title_and_is_no_other_texts():
    one, two = make_page(en="Who we are"), make_page(en="Who we are", kind="other")
    assert [page.text("en").slug for page in (one, two)] == ["who-we-are", "who-we-are-2"]


def test_a_title_without_letters_of_ours_has_the_kind_for_a_slug():
    assert make_page(en="Ποιοι είμαστε").text("en").slug == "about"


def test_a_former_slug_is_kept_until_a_text_has_it_again():
    text = make_page(en="About").text("en")
    for slug in ("us", "about"):
        text.slug = slug
        text.save()
    assert list(FormerPageSlug.objects.values_list("slug", flat=True)) == ["us"]


def test_there_is_one_page_of_a_kind_but_any_number_of_others():
    make_page(kind="privacy")
    with pytest.raises(ValidationError, match="of this kind already"):
        Page(kind="privacy").full_clean()
    with pytest.raises(IntegrityError), transaction.atomic():
        Page.objects.create(kind="privacy")
    make_page(kind="other")
    make_page(kind="other")


def test_a_body_is_cleaned_as_that_of_an_item_is():
    page = make_page()
    PageText.objects.update(body="<p onclick='x'>a<script>alert(1)</script></p>")
    assert page.texts.get().body == "<p>a</p>"


def test_versions_stand_in_the_sites_order_and_in_its_languages_only():
    page = make_page(de="d", en="e", fr="f")
    PageText.objects.create(page=page, language="xx", title="x", body="x")
    assert [text.language for text in page.versions()] == ["en", "fr", "de"]


@pytest.mark.parametrize("what", ["page", "text", "image"])
@pytest.mark.usefixtures("at_once", "media")
def test_each_change_is_a_change_of_what_readers_see(what):
    page = make_page()
    text = page.text("en")
    image = make_image()
    version = ContentVersion.current().version
    if what == "page":
        Page.objects.update(position=9)
    elif what == "text":
        PageText.objects.update(title="Other")
    else:
        text.body = f'<p>a</p><figure data-image="{image.pk}"></figure>'
        text.save()
    assert ContentVersion.current().version > version


@pytest.mark.usefixtures("media")
def test_a_picture_is_public_while_a_published_page_shows_it(client):
    image = make_image("A map")
    page = make_page(body=f'<p>Here:</p><figure data-image="{image.pk}"></figure>')
    assert client.get(image.url).status_code == 200
    assert 'alt="A map"' in client.get(page.text("en").get_absolute_url()).content.decode()
    with pytest.raises(ValidationError, match="A page"):
        image.discard(by=None, at=AT)
    Page.objects.update(is_published=False)
    assert client.get(image.url).status_code == 404
    text = page.texts.get()
    text.body = "<p>None.</p>"
    text.save()
    image.discard(by=None, at=AT)
