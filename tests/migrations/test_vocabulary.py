"""What a fresh newsroom knows: the shipped vocabulary and the editor groups."""

from importlib import import_module
from types import SimpleNamespace

import pytest
from django.apps import apps
from django.contrib.auth.models import Group, Permission
from django.db import connection
from django.db.migrations.executor import MigrationExecutor

from items.models import Country, ItemType, Keyword, KeywordAlias, Source, Theme
from items.models.country import iso_codes

pytestmark = pytest.mark.django_db

migration = import_module("items.migrations.0002_vocabulary")

THEMES = {
    "asylum": ["international-protection", "reception", "unaccompanied-minors"],
    "migration": [
        "borders-visa", "citizenship-nationality", "economic-migration", "family-reunification", "irregular-migration",
        "return-readmission", "smuggling-trafficking", "study-training", "external-dimension",
    ],
    "cross-sectional": ["data-statistics", "integration", "vulnerable-groups", "statelessness"],
}  # fmt: skip
TYPES = {
    "news": ["news-item", "call", "appointment", "in-the-spotlight"],
    "event": ["conference", "webinar", "training", "meeting"],
    "publication": [
        "report", "study", "ad-hoc-query", "emn-inform", "annual-policy-report", "country-factsheet", "emn-quarterly",
    ],
    "statistics": ["release", "briefing"],
}  # fmt: skip

CONTENT = ["item", "event", "attachment"]
KEYWORDS = ["keyword", "keywordalias"]
OTHERS = ["theme", "themealias", "itemtype", "itemtypealias", "source", "sourcealias", "country"]


def permissions(app, models, actions="add change delete view"):
    return {f"{app}.{action}_{model}" for model in models for action in actions.split()}


EDITOR = (
    permissions("items", CONTENT)
    | {"items.approve_item", "items.withdraw_item", "items.remove_item"}
    | permissions("items", KEYWORDS)
    | permissions("items", ["image", "concept"])
    | permissions("items", ["page"], "add change view")
    | permissions("items", ["checklistrule", "searchmiss"], "view")
    | permissions("items", OTHERS, "view")
)
GROUPS = {
    "Author": permissions("items", [*CONTENT, "image"], "add change view")
    | permissions("items", [*KEYWORDS, *OTHERS, "concept"], "view"),
    "Editor": EDITOR,
    "Administrator": EDITOR
    | permissions("items", OTHERS)
    | permissions("items", ["checklistrule"], "change")
    | permissions("items", ["sitesettings"], "add change view")
    | permissions("items", ["footerlink"])
    | permissions("items", ["page"])
    | permissions("auth", ["user"])
    | permissions("auth", ["group"], "view"),
}


def as_slugs(model):
    return {root.term.slug: [child.term.slug for child in root.children] for root in model.objects.tree().roots}


@pytest.mark.parametrize(("model", "expected"), [(Theme, THEMES), (ItemType, TYPES)])
def test_the_trees_stand_as_listed(model, expected):
    assert as_slugs(model) == expected
    assert list(as_slugs(model)) == list(expected)


@pytest.mark.parametrize("model", [Theme, ItemType, Source, Keyword])
def test_every_term_has_a_label_in_all_four_languages(model):
    unlabelled = [term.slug for term in model.objects.all() if not {"en", "fr", "nl", "de"} <= set(term.labels)]
    assert unlabelled == []


@pytest.mark.parametrize(
    ("model", "slug", "language", "label"),
    [
        (Theme, "data-statistics", "en", "Data & Statistics"),
        (Theme, "migration", "nl", "Migratie"),
        (Theme, "international-protection", "nl", "Internationale bescherming"),
        (Theme, "cross-sectional", "nl", "Cross-sectionaal"),
        (Theme, "reception", "fr", "Accueil"),
        (ItemType, "in-the-spotlight", "en", "In the spotlight"),
        (Source, "immigration-office", "fr", "Office des étrangers"),
        (Source, "immigration-office", "nl", "Dienst Vreemdelingenzaken"),
        (Source, "immigration-office", "de", "Ausländeramt"),
        (Source, "emn-luxembourg", "en", "EMN Luxembourg"),
    ],
)
def test_labels_are_the_usual_ones(model, slug, language, label):
    assert model.objects.get(slug=slug).label(language) == label


def test_all_terms_are_valid():
    for model in (Theme, ItemType, Source, Keyword, KeywordAlias, Country):
        for term in model.objects.all():
            term.full_clean()


def test_countries_are_those_of_cldr():
    assert list(Country.objects.values_list("code", flat=True)) == iso_codes()
    assert Country.objects.count() > 240


def test_the_sources_often_relayed_are_there():
    slugs = set(Source.objects.values_list("slug", flat=True))
    assert len(slugs) == 51
    assert {"fedasil", "cgrs", "state-secretary", "myria", "frontex", "eurostat", "european-commission", "fra"} <= slugs
    assert {"emn", "emn-belgium", "emn-netherlands", "emn-france", "emn-germany", "emn-ireland"} <= slugs


def test_shipped_keywords_are_approved_and_do_not_shadow_themes():
    assert Keyword.objects.count() == 65
    assert set(Keyword.objects.values_list("status", flat=True)) == {"approved"}
    themes = set(Theme.objects.values_list("slug", flat=True))
    assert not themes & set(Keyword.objects.values_list("slug", flat=True))
    assert not themes & set(KeywordAlias.objects.values_list("slug", flat=True))


@pytest.mark.parametrize(
    ("written", "meant"),
    [
        ("solidarity", "solidarity"),
        ("alternative to detention", "alternatives to detention"),
        ("asylum figures", "asylum applications"),
        ("reception center", "reception centre"),
        ("Reception facilities", "reception centre"),
        ("reception place", "reception capacity"),
        ("irregular resident", "undocumented migrants"),
        ("resettlement program", "resettlement"),
        ("Social cohesion", "social cohesion"),
        ("databronnen", "data sources"),
    ],
)
def test_spellings_that_went_wrong_lead_to_one_keyword(written, meant):
    assert Keyword.objects.named([written])[written.casefold()].name == meant


def test_no_alias_is_also_a_keyword():
    assert not set(KeywordAlias.objects.values_list("slug", flat=True)) & set(
        Keyword.objects.values_list("slug", flat=True)
    )


@pytest.mark.parametrize("name", GROUPS)
def test_a_group_has_exactly_its_permissions(name):
    group = Group.objects.get(name=name)
    held = {f"{p.content_type.app_label}.{p.codename}" for p in group.permissions.select_related("content_type")}
    assert held == GROUPS[name]


def test_loading_again_keeps_what_editors_have_changed():
    reception = Theme.objects.get(slug="reception")
    reception.slug, reception.labels = "reception-of-applicants", {"en": "Reception of applicants"}
    reception.save()
    Keyword.objects.filter(slug="backlog").update(status="proposed", labels={"en": "delays"})
    Keyword.objects.filter(slug="women").delete()
    before = Theme.objects.count(), KeywordAlias.objects.count(), Source.objects.count(), Country.objects.count()

    migration.load_vocabulary(apps, None)

    after = Theme.objects.count(), KeywordAlias.objects.count(), Source.objects.count(), Country.objects.count()
    assert after == before
    assert Theme.objects.get(slug="reception-of-applicants").labels == {"en": "Reception of applicants"}
    assert Keyword.objects.get(slug="backlog").labels == {"en": "delays"}
    assert Keyword.objects.filter(slug="women").exists()


def test_making_the_groups_again_gives_back_what_is_missing_and_takes_nothing():
    author = Group.objects.get(name="Author")
    author.permissions.remove(author.permissions.get(codename="add_item"))
    author.permissions.add(Permission.objects.get(codename="delete_group"))
    historical = MigrationExecutor(connection).loader.project_state(("items", "0002_vocabulary")).apps

    migration.make_groups(historical, SimpleNamespace(connection=connection))

    assert Group.objects.count() == 3
    assert {"add_item", "delete_group"} <= set(author.permissions.values_list("codename", flat=True))
