"""The demo newsroom: loads once, whole, and shows every feature."""

import re
from datetime import timedelta
from decimal import Decimal
from html import unescape
from io import StringIO

import pytest
from django.core.management import CommandError, call_command
from django.utils import timezone

from items.demo import load as demo
from items.demo.load import FILES, DemoRefused, load, stories
from items.models import (
    Attachment,
    Event,
    Image,
    Item,
    ItemKeyword,
    ItemType,
    Keyword,
    StoryEntry,
    Theme,
    TranslatedFrom,
)
from items.models.fields import clean_body
from items.related import related
from items.tables import formats
from items.threads import threads_of
from tests.builders import AT, make_item

pytestmark = pytest.mark.django_db

LANGUAGES = ["en", "fr", "nl", "de"]


@pytest.fixture(autouse=True)
def media(settings, tmp_path):
    """A folder of uploads for one test."""
    settings.MEDIA_ROOT = tmp_path / "media"
    return settings.MEDIA_ROOT


@pytest.fixture
def loaded():
    """The demo, loaded at AT."""
    return load(at=AT)


@pytest.fixture
def visible(loaded):
    """What the public sees of it at AT."""
    return Item.objects.published(AT)


def test_every_item_and_all_that_hangs_on_it_is_valid(loaded):
    assert len(loaded) == Item.objects.count() >= 40
    for item in loaded:
        item.refresh_from_db()
        item.full_clean()
        for attachment in item.attachments.all():
            attachment.full_clean()
    for event in Event.objects.all():
        event.full_clean()


def test_texts_write_thousands_as_sentences_and_charts_do(loaded):
    parted = re.compile("[0-9]{1,3}(?:[ ,.’\u00a0\u2009\u202f][0-9]{3})+(?![0-9])")
    seen = set()
    for item in loaded:
        texts = [item.title, item.summary, unescape(item.body), *item.corrections.values_list("note", flat=True)]
        for text in parted.findall("\n".join(texts)):
            seen.add(item.language)
            value = Decimal(re.sub("[^0-9]", "", text))
            assert text == formats.number(value, formats.locale_of(item.language)), item.title
    assert seen == set(LANGUAGES)


def test_texts_keep_to_the_house_measures(loaded):
    assert [i.title for i in loaded if not 20 <= len(i.title) <= 110 and i.type.slug != "annual-policy-report"] == []
    assert [i.title for i in loaded if not 80 <= len(i.summary) <= 400] == []
    assert [i.title for i in loaded if not 1 <= i.themes.count() <= 3 or i.keywords.count() < 2] == []
    assert max(len(i.title) for i in loaded) > 120
    assert max(i.keywords.count() for i in loaded) > 10


def test_bodies_hold_nothing_that_sanitising_takes_away():
    versions = [story[language] for story in stories() for language in LANGUAGES if language in story]
    kept = [unescape(clean_body(version["body"])).replace(' rel="noopener"', "") for version in versions]
    assert kept == [unescape(version["body"].strip()) for version in versions]


def test_every_status_is_present(loaded):
    assert set(Item.objects.values_list("status", flat=True)) == set(Item.Status.values)
    assert Item.objects.filter(status="approved", publish_at__gt=AT).exists()
    assert Item.objects.filter(status="approved", expire_at__lte=AT).exists()
    assert Item.objects.filter(status="approved", expire_at__gt=AT).exists()
    assert Item.objects.get(status="withdrawn").withdrawal_reason


def test_every_shipped_theme_and_type_has_a_visible_item(visible):
    assert not Theme.objects.exclude(items__in=visible)
    assert not ItemType.objects.exclude(items__in=visible)


def test_every_language_is_present_alone_and_in_translations(visible):
    for language in LANGUAGES:
        here = visible.filter(language=language)
        assert any(item.translations(AT).exists() for item in here)
        assert any(not item.translations(AT).exists() for item in here)
    assert any(item.translations(AT).count() == 3 for item in visible)


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_listing_has_a_second_page_in_every_language(visible, language):
    assert visible.preferred(language, AT).count() > 20


def test_every_facet_has_several_values(visible):
    for field in ("themes", "type", "source", "countries", "language", "publication_date__year"):
        assert len(set(visible.values_list(field, flat=True)) - {None}) >= 3, field
    used = ItemKeyword.objects.filter(content_object__in=visible)
    assert len(set(used.values_list("tag", flat=True))) > 15


def test_dates_run_over_three_years_and_some_are_unknown(visible):
    dated = visible.exclude(publication_date=None)
    today = timezone.localdate(AT)
    assert all(today - timedelta(days=3 * 365) <= item.publication_date <= today for item in dated)
    assert dated.oldest().first().publication_date < today - timedelta(days=2.5 * 365)
    assert visible.filter(publication_date=None).count() == 2


def test_some_keywords_are_still_proposed(loaded):
    assert {"welcome desk", "oral history"} <= set(
        Keyword.objects.filter(status="proposed").values_list("name", flat=True)
    )


def test_events_lie_before_and_ahead_in_every_shape(visible):
    events = Event.objects.filter(item__in=visible)
    assert events.filter(starts_at__lt=AT).exists()
    coming = events.filter(starts_at__gt=AT)
    assert coming.filter(all_day=True, ends_at__isnull=False).exists()
    assert coming.filter(ends_at=None, all_day=False).exists()
    assert coming.exclude(online_url="").exists()
    assert coming.exclude(registration_url="").exists()
    assert all(event.item.type.slug == "event" or event.item.type.parent.slug == "event" for event in events)
    conference = events.get(item__title__startswith="National conference")
    assert f"{timezone.localtime(conference.starts_at):%H:%M}" == "09:00"


def test_related_items_are_found(visible):
    report = visible.get(title__startswith="Yearly report on return")
    assert len(related(report, at=AT)) >= 3


def test_files_are_stored_and_readable(loaded, media):
    images = Image.objects.all()
    assert len({(image.width, image.height) for image in images}) == 1
    assert all(image.users().exists() for image in images)
    for stored in [image.file for image in images] + [a.file for a in Attachment.objects.all()]:
        with stored.open() as file:
            assert file.read(4)
        assert stored.path.startswith(str(media))
    assert {a.extension for a in Attachment.objects.all()} == {"csv", "docx", "ods", "pdf"}
    assert all(a.size == a.file.size > 0 for a in Attachment.objects.all())


def test_every_file_of_the_demo_is_used_and_small():
    named = {story["image"] for story in stories() if "image" in story}
    named |= {attachment["file"] for story in stories() for attachment in story.get("attachments", [])}
    assert named == {file.name for file in FILES.iterdir()}
    assert max(file.stat().st_size for file in FILES.iterdir()) < 60_000


def test_two_items_lead_the_front_page(visible):
    assert set(visible.filter(is_featured=True).preferred("en", AT).values_list("language", flat=True)) == {"en"}
    assert visible.filter(is_featured=True).preferred("en", AT).count() == 2


def test_two_stories_go_on_and_translations_lag_behind_one(visible):
    threads = {entry.thread for entry in StoryEntry.objects.all()}
    assert len(threads) == 2
    last = visible.get(title__startswith="Waiting list for reception: the last")
    steps = threads_of([last], at=AT)[last.pk]
    assert [step.words for step in steps] == ["", "1st update", "2nd update", "3rd update"]
    assert len({step.item.language for step in steps}) > 1
    assert TranslatedFrom.outdated().count() == 3


def test_a_newsroom_with_items_is_refused_and_left_alone():
    make_item()
    with pytest.raises(DemoRefused, match="has items already"):
        load(at=AT)
    assert Item.objects.count() == 1


def test_versions_in_languages_the_site_lacks_are_left_out(settings):
    settings.LANGUAGES = [("en", "English"), ("fr", "français")]
    load(at=AT)
    assert set(Item.objects.values_list("language", flat=True)) == {"en", "fr"}


def test_nothing_stays_when_a_story_fails(monkeypatch):
    *whole, last = stories()
    monkeypatch.setattr(demo, "stories", lambda: [*whole[:3], {**last, "type": "no-such-type"}])
    with pytest.raises(DemoRefused, match="no-such-type"):
        load(at=AT)
    assert not Item.objects.exists()


def test_the_command_loads_once_and_then_refuses():
    out = StringIO()
    call_command("load_demo", stdout=out)
    count = Item.objects.count()
    assert f"{count} demo items loaded" in out.getvalue()
    assert Item.objects.published(timezone.now()).count() > 40
    with pytest.raises(CommandError, match="has items already"):
        call_command("load_demo")
    assert Item.objects.count() == count


def test_if_empty_loads_into_an_empty_newsroom_and_is_quiet_in_another():
    first, second = StringIO(), StringIO()
    call_command("load_demo", "--if-empty", stdout=first)
    count = Item.objects.count()
    call_command("load_demo", "--if-empty", stdout=second, stderr=second)
    assert count > 40
    assert first.getvalue()
    assert second.getvalue() == ""
    assert Item.objects.count() == count


def test_a_major_correction_is_among_what_readers_see(visible):
    corrected = visible.filter(corrections__isnull=False)
    assert {item.language for item in corrected} == {"en", "de"}
    assert all(item.revised_at == item.announced_at > item.publish_at for item in corrected)
