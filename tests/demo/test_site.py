"""The demo's standing pages: all of them, in all languages, and a statement with the parts that the law asks for."""

import re

import pytest

from items.demo.site import load_site, pages
from items.models import Page, PageText, SiteSettings
from items.models.fields import clean_body
from tests.builders import AT, make_page

LANGUAGES = ["en", "fr", "nl", "de"]


def test_each_kind_is_written_in_each_language():
    assert [page["kind"] for page in pages()] == ["about", "contact", "accessibility", "privacy", "legal"]
    for page in pages():
        for language in LANGUAGES:
            text = page[language]
            assert set(text) == {"title", "slug", "summary", "body"}
            assert len(text["summary"]) <= 160
            assert re.fullmatch(r"[a-z-]+", text["slug"])
            assert clean_body(text["body"]).count("<h2>") == text["body"].count("<h2>")


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_statement_has_the_parts_of_the_model_and_no_claim_without_its_reason(language):
    (statement,) = [page for page in pages() if page["kind"] == "accessibility"]
    body = statement[language]["body"]
    # Compliance status, content that is not accessible, preparation, feedback, enforcement.
    assert body.count("<h2>") == 5
    # Of what is not accessible: non-compliance, disproportionate burden, outside the scope.
    assert body.count("<h3>") == 3
    assert "2016/2102" in body
    assert "EN 301 549" in body
    assert body.count("{day}") == 2
    assert "mailto:" in body
    assert "ombudsman" in body


@pytest.mark.django_db
def test_pages_are_published_with_the_day_they_were_loaded():
    load_site(at=AT)
    assert Page.objects.published().count() == 5
    assert PageText.objects.count() == 20
    assert "15 juin 2026" in PageText.objects.get(language="fr", slug="accessibilite").body
    assert not PageText.objects.filter(body__contains="{day}").exists()
    for text in PageText.objects.all():
        text.full_clean()
    SiteSettings.objects.get().full_clean()


@pytest.mark.django_db
def test_what_a_newsroom_has_written_itself_stays():
    make_page(en="Ours")
    SiteSettings.objects.create(names={"en": "Ours"})
    load_site(at=AT)
    assert Page.objects.count() == 1
    assert SiteSettings.objects.get().taglines == {}
