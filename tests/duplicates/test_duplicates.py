"""The duplicate guard."""

from datetime import timedelta

import pytest
from django.utils import timezone

from items import duplicates
from items.models import Item
from items.models.source_address import address_key
from tests.admin.forms import add, filled
from tests.builders import make_item

pytestmark = pytest.mark.django_db
URL = "https://www.example.org/reports/2026/?b=2&a=1"


@pytest.mark.parametrize(
    "other",
    [
        "http://www.example.org/reports/2026/?b=2&a=1",
        "https://example.org/reports/2026/?b=2&a=1",
        "https://www.example.org/reports/2026?b=2&a=1",
        "https://www.example.org/reports/2026/?a=1&b=2",
        "https://www.example.org/reports/2026/?b=2&a=1#top",
        "https://www.example.org/reports/2026/?b=2&a=1&utm_source=mail&utm_medium=x&fbclid=77",
        "https://WWW.EXAMPLE.org:443/reports/2026/?b=2&a=1",
        " https://www.example.org/reports/%32026/?b=2&a=1 ",
    ],
)
def test_addresses_of_one_page_have_one_key(other):
    assert address_key(other) == address_key(URL) == "example.org/reports/2026?a=1&b=2"


@pytest.mark.parametrize(
    "other",
    [
        "https://example.org/reports/2025/?b=2&a=1",
        "https://example.org/reports/2026",
        "https://example.net/reports/2026?b=2&a=1",
    ],
)
def test_addresses_of_other_pages_have_other_keys(other):
    assert address_key(other) != address_key(URL)


@pytest.mark.parametrize("url", ["", "no address", "http://[::1", "https://x:99999/"])
def test_what_is_no_address_has_no_key_and_no_twin(url):
    make_item(source_url="")
    assert address_key(url) == ""
    assert duplicates.same_address(url) == []


def test_every_way_of_saving_keeps_the_key():
    item = make_item(source_url=URL)
    Item.objects.bulk_create([Item(title="Bulk", type=item.type, source_url=URL)])
    assert Item.objects.filter(source_key=address_key(URL)).count() == 2
    Item.objects.filter(pk=item.pk).update(source_url="https://example.org/other")
    item.refresh_from_db()
    assert item.source_key == "example.org/other"


def test_drafts_count_and_translations_and_copies_do_not():
    draft = make_item(source_url=URL, status="draft", publish_at=None)
    item = make_item(source_url="https://example.org/reports/2026?a=1&b=2")
    french = make_item(source_url=URL, language="fr", translation_group=item.translation_group)
    copy = make_item(source_url=URL, status="draft", publish_at=None, update_of=item)
    assert duplicates.same_address(URL, besides=item) == [draft]
    assert duplicates.same_address(URL, besides=copy) == [draft]
    assert set(duplicates.same_address(URL)) == {draft, item, french, copy}


def test_similar_titles_and_summaries_of_sixty_days_are_found_the_most_alike_first():
    now = timezone.now()
    close = make_item(title="Asylum applications rose in May 2026")
    closer = make_item(title="Asylum applications rise in May")
    make_item(title="Call for tenders on language courses")
    old = make_item(title="Asylum applications rise in May")
    Item.objects.filter(pk=old.pk).update(created_at=now - timedelta(days=61))
    assert duplicates.similar("Asylum applications rise in May", at=now) == [closer, close]
    assert duplicates.similar("", close.summary, at=now)[0] == close
    assert duplicates.similar("Asylum", at=now) == []


# --- At the form ----------------------------------------------------------------------------------------------------


def test_the_same_original_is_refused_until_a_reason_is_given(sign_in):
    first = make_item(source_url=URL)
    client = sign_in("Author")
    errors = add(client, source_url="http://example.org/reports/2026?a=1&b=2")
    assert first.title in errors["source_url"]
    item = add(client, source_url="http://example.org/reports/2026?a=1&b=2", duplicate_reason="The second part.")
    assert item.duplicate_reason == "The second part."


def test_twins_of_what_is_typed_come_as_data(sign_in):
    first = make_item(source_url=URL, title="Asylum applications rose in May")
    client = sign_in("Author")
    typed = filled(title="Asylum applications rose in May", source_url=URL)
    (twin,) = client.post("/admin/items/item/duplicates/", typed).json()["twins"]
    assert (twin["title"], twin["same_address"]) == (first.title, True)
    assert client.post(f"/admin/items/item/{first.pk}/duplicates/", typed).json()["twins"] == []
