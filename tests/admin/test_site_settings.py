"""The desk of the site's settings: one form for Administrators, whose words say what cannot be read."""

import pytest

from items.models import FooterLink, SiteSettings
from tests.builders import make_image

pytestmark = pytest.mark.django_db

LIST, ADD, CHANGE = (f"/admin/items/sitesettings/{part}" for part in ("", "add/", "1/change/"))


def filled(**overrides):
    values = {f"{name}_{code}": "" for name in ("name", "tagline") for code in ("en", "fr", "nl", "de")}
    values |= dict.fromkeys(
        ("logo", "accent", "accent_dark", "contact_email", "contact_address", "social", "security_contact"), ""
    )
    return {**values, "links-TOTAL_FORMS": "0", "links-INITIAL_FORMS": "0", **overrides}


@pytest.fixture
def administrator(sign_in):
    return sign_in("Administrator")


def test_the_list_leads_to_the_one_form(administrator):
    assert administrator.get(LIST)["Location"] == ADD
    SiteSettings.objects.create()
    assert administrator.get(LIST)["Location"] == CHANGE
    assert administrator.get(ADD).status_code == 403


def test_what_is_written_is_what_readers_see(administrator, client):
    response = administrator.post(
        ADD, filled(name_en="Bureau", name_fr="Office", tagline_en="Who came", accent="#003399")
    )
    assert response["Location"] == CHANGE
    found = SiteSettings.objects.get()
    assert (found.names, found.accent) == ({"en": "Bureau", "fr": "Office"}, "#003399")
    assert "Bureau" in administrator.get("/admin/").content.decode().partition('id="site-name"')[2][:200]
    assert "– Office</title>" in client.get("/fr/").content.decode()


def test_a_colour_that_cannot_be_read_is_refused_and_what_was_typed_is_kept(administrator):
    response = administrator.post(ADD, filled(name_en="Bureau", accent="#00A0E0"))
    text = response.content.decode()
    assert "contrast of 2.9" in text or "contrast of 2.7" in text
    assert 'value="Bureau"' in text
    assert not SiteSettings.objects.exists()


def test_texts_in_a_language_that_the_site_no_longer_has_are_kept(administrator):
    SiteSettings.objects.create(names={"en": "Bureau", "pl": "Biuro"})
    administrator.post(CHANGE, filled(name_en="Office"))
    assert SiteSettings.objects.get().names == {"en": "Office", "pl": "Biuro"}


def test_links_at_the_foot_have_a_label_in_each_language(administrator):
    SiteSettings.objects.create()
    link = {"links-TOTAL_FORMS": "1", "links-0-url": "https://a.example/", "links-0-position": "1", "links-0-id": "",
            "links-0-site": "1", "links-0-label_en": "Ministry", "links-0-label_fr": "Ministère"}  # fmt: skip
    assert administrator.post(CHANGE, filled(**link)).status_code == 302
    assert FooterLink.objects.get().labels == {"en": "Ministry", "fr": "Ministère"}


@pytest.mark.usefixtures("media")
def test_a_logo_comes_from_the_library(administrator):
    image = make_image("Our mark")
    administrator.post(ADD, filled(logo=str(image.pk)))
    assert SiteSettings.objects.get().logo == image
    assert b'value="%d"' % image.pk in administrator.get(CHANGE).content


def test_a_form_that_was_opened_before_a_colleague_saved_is_not_saved_over_theirs(administrator):
    kept = SiteSettings.objects.create(names={"en": "One"})
    seen = kept.updated_at.isoformat()
    kept.names = {"en": "Theirs"}
    kept.save()
    response = administrator.post(CHANGE, filled(name_en="Mine", seen=seen))
    assert "Somebody else has saved this" in response.content.decode()
    assert SiteSettings.objects.get().names == {"en": "Theirs"}


def test_an_editor_sees_nothing_of_it(sign_in):
    SiteSettings.objects.create()
    editor = sign_in("Editor")
    assert editor.get(CHANGE).status_code == 403
    assert "sitesettings" not in editor.get("/admin/").content.decode()
