"""The site's settings: one row, read by everybody, checked before it is stored."""

import pytest
from django.core.exceptions import ValidationError
from django.db import IntegrityError, transaction

from items import mail, site
from items.models import ContentVersion, FooterLink, SiteSettings
from tests.builders import make_image, make_item
from tests.views.page import Page

pytestmark = pytest.mark.django_db


def test_without_a_row_the_site_is_as_the_settings_file_says(settings):
    settings.SITE_NAME = "From the file"
    found = SiteSettings.current()
    assert (found.name("fr"), found.tagline("fr"), found.accounts, found.logo_url) == ("From the file", "", [], "")


def test_a_name_is_that_of_the_language_then_of_the_first_then_of_the_file(settings):
    assert SiteSettings(names={"en": "Bureau", "fr": "Office"}).name("fr") == "Office"
    assert SiteSettings(names={"en": "Bureau"}).name("fr") == "Bureau"
    assert SiteSettings(names={"nl": "Bureel"}).name("fr") == settings.SITE_NAME


def test_there_is_one_row_whatever_is_saved():
    SiteSettings(names={"en": "One"}).save()
    SiteSettings(names={"en": "Two"}).save()
    assert SiteSettings.objects.get().name("en") == "Two"
    with pytest.raises(IntegrityError), transaction.atomic():
        SiteSettings.objects.update(id=2)


def errors(**values):
    with pytest.raises(ValidationError) as caught:
        SiteSettings(**values).full_clean()
    return caught.value.message_dict


@pytest.mark.parametrize("value", ["#00a0e0", "#ffffff", "#ff0000"])
def test_a_colour_that_cannot_be_read_is_refused_with_its_contrast_and_one_that_can(value):
    (message,) = errors(accent=value)["accent"]
    assert " : 1, and text needs 7 : 1." in message
    better = message.split(". ")[-1].split()[0]
    SiteSettings(accent=better).full_clean()


def test_the_ratio_is_never_rounded_up_to_what_is_needed():
    (message,) = errors(accent="#555b5f")["accent"]
    assert "6.2" in message or "6.3" in message or "6.1" in message


def test_the_colour_of_dark_pages_is_checked_against_dark_pages():
    assert "On dark pages" in errors(accent="#003399", accent_dark="#003399")["accent_dark"][0]
    assert "first" in errors(accent_dark="#f2a7b9")["accent_dark"][0]
    SiteSettings(accent="#003399", accent_dark="#b8c8ff").full_clean()


@pytest.mark.parametrize(
    ("name", "value"),
    [
        ("accent", "red"),
        ("social", "https://a.example/x\nnot an address"),
        ("social", "javascript:alert(1)"),
        ("security_contact", "somebody"),
        ("security_contact", "https://"),
        ("security_contact", "javascript:alert(1)"),
    ],
)
def test_what_is_no_colour_or_address_is_refused(name, value):
    assert name in errors(**{name: value})


@pytest.mark.parametrize(
    ("values", "address"),
    [
        ({"security_contact": "https://a.example/hole"}, "https://a.example/hole"),
        ({"security_contact": "cert@a.example"}, "mailto:cert@a.example"),
        ({"contact_email": "us@a.example"}, "mailto:us@a.example"),
        ({}, "mailto:from@a.example"),
    ],
)
def test_somebody_can_always_be_told_of_a_hole(values, address, settings):
    settings.DEFAULT_FROM_EMAIL = "from@a.example"
    assert SiteSettings(**values).security_address == address


@pytest.mark.usefixtures("at_once")
@pytest.mark.parametrize("what", ["settings", "link"])
def test_each_change_is_a_change_of_what_readers_see(what):
    kept = SiteSettings.objects.create()
    link = FooterLink.objects.create(site=kept, labels={"en": "Us"}, url="https://a.example/")
    version = ContentVersion.current().version
    (kept if what == "settings" else link).save()
    assert ContentVersion.current().version > version


def test_the_site_is_read_once_for_as_long_as_nothing_changes(client, at_once, warm, django_assert_num_queries):
    SiteSettings.objects.create(names={"en": "Bureau"})
    client.get("/")
    with django_assert_num_queries(0):
        assert site.of_readers().name("en") == "Bureau"
    SiteSettings.objects.update(names={"en": "Other"})
    assert "Other" in Page(client.get("/")).title


def test_the_name_is_said_wherever_the_site_is_named(client):
    make_item()
    SiteSettings.objects.create(names={"en": "Bureau & Sons", "fr": "Bureau et Fils"})
    assert Page(client.get("/news/")).title.endswith("– Bureau & Sons")
    assert Page(client.get("/fr/news/")).title.endswith("– Bureau et Fils")
    assert "<title>Bureau &amp; Sons</title>" in client.get("/news/feed.rss").content.decode()
    assert "<title>Bureau et Fils</title>" in client.get("/fr/news/feed.atom").content.decode()
    assert "X-WR-CALNAME:Bureau & Sons" in client.get("/news/calendar.ics").content.decode()
    assert mail.message("a", "b", "c@d.example", site_name="Bureau").body.startswith("b\n\n-- \nBureau\n")


def test_name_tagline_contact_accounts_and_links_stand_at_the_foot(client):
    kept = SiteSettings.objects.create(
        taglines={"en": "Who came today"},
        contact_email="us@a.example",
        contact_address="1 Street\nTown",
        social="https://social.example/@us",
    )
    FooterLink.objects.create(site=kept, labels={"en": "Ministry"}, url="https://ministry.example/")
    text = client.get("/").content.decode()
    for part in ("Who came today", "mailto:us@a.example", "1 Street<br>Town", "social.example @us", ">Ministry</a>"):
        assert part in text
    assert "Ministry" not in client.get("/fr/").content.decode()


@pytest.mark.usefixtures("media")
def test_the_logo_can_be_seen_though_no_item_shows_it_and_is_not_deleted(client):
    image = make_image("Our mark")
    assert client.get(image.url).status_code == 404
    SiteSettings.objects.create(logo=image)
    assert client.get(image.url).status_code == 200
    (logo,) = [a for tag, a in Page(client.get("/")).tags if tag == "img" and a.get("class") == "brand-logo"]
    assert client.get(logo["src"]).status_code == 200
    assert not type(image).objects.unused().exists()
    with pytest.raises(ValidationError, match="own settings"):
        image.discard(by=None, at=image.at)
