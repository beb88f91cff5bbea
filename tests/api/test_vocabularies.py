"""Vocabularies: labels in all languages, parents, former slugs, counts; and no word that only drafts have."""

from items.models import Theme
from tests.builders import make_item, make_keyword, make_term


def by_value(data):
    return {term["value"]: term for term in data["results"]}


def test_a_theme_has_labels_its_parent_former_slugs_and_a_count(ask):
    item = make_item(themes=["reception"])
    theme = Theme.objects.get(slug="reception")
    theme.parent = make_term(Theme, "protection")
    theme.save()
    theme.slug = "welcome"
    theme.save()
    terms = by_value(ask("/api/v1/themes/"))
    assert terms["welcome"]["labels"].keys() == {"en", "fr", "nl", "de"}
    assert terms["welcome"]["aliases"] == ["reception"]
    assert terms["welcome"]["parent"] == terms["protection"]["id"]
    assert (terms["welcome"]["count"], terms["protection"]["count"]) == (1, 1)
    found = ask(terms["protection"]["items"].removeprefix("http://testserver"))
    assert [i["id"] for i in found["results"]] == [item.pk]


def test_parents_come_before_children(ask):
    seen = set()
    for path in ("themes", "types"):
        for term in ask(f"/api/v1/{path}/")["results"]:
            assert term["parent"] is None or (path, term["parent"]) in seen
            seen.add((path, term["id"]))


def test_countries_have_names_in_every_language(ask):
    terms = by_value(ask("/api/v1/countries/", lang="de"))
    assert terms["be"]["label"] == "Belgien"
    assert terms["be"]["labels"]["fr"] == "Belgique"
    assert terms["be"]["aliases"] == []


def test_a_keyword_or_source_that_only_drafts_have_is_not_told(ask):
    make_item(status="draft", keywords=["secret plan"], source="secret-source")
    make_item(keywords=["open plan"], source="open-source")
    make_keyword("governed", status="approved")
    keywords = by_value(ask("/api/v1/keywords/"))
    assert "secret-plan" not in keywords
    assert (keywords["open-plan"]["status"], keywords["open-plan"]["count"]) == ("proposed", 1)
    assert keywords["governed"]["count"] == 0
    sources = by_value(ask("/api/v1/sources/"))
    assert "secret-source" not in sources
    assert sources["open-source"]["count"] == 1
    assert sources["open-source"]["website"] == ""
