"""The glossary's pages and files."""

from datetime import timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from rdflib import Graph

from items.models import Concept
from tests.builders import AT, make_item, make_term
from tests.views.page import Page

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("clock")]


@pytest.fixture
def concept():
    concept = make_term(
        Concept,
        "return",
        labels={"en": "return", "fr": "retour", "nl": "terugkeer"},
        synonyms={"en": ["going back"], "fr": ["rentrée"]},
        definitions={"en": "The way <back>.", "fr": "Le chemin du retour."},
        source_text="Newsroom",
        source_url="https://source.example/",
    )
    concept.relate(
        broader=[make_term(Concept, "migration", labels={"en": "migration"})],
        related=[make_term(Concept, "detention", labels={"de": "Haft"})],
    )
    make_term(Concept, "voluntary-return", labels={"en": "voluntary return"}).relate(broader=[concept])
    return concept


def text(response):
    return " ".join(response.content.decode().split())


def data(page):
    """What a page says of the glossary to programs."""
    return next(node for node in page.nodes if "DefinedTerm" in node["@type"])


def test_the_index_lists_terms_and_synonyms_from_a_to_z(client, concept):
    page = Page(client.get("/glossary/"))
    assert [a["data-label"] for a in page.having("data-label")] == [
        "going back", "migration", "return", "voluntary return",
    ]  # fmt: skip
    assert "The way &lt;back&gt;." in text(client.get("/glossary/"))
    assert data(page)["@type"] == "DefinedTermSet"
    assert len(data(page)["hasDefinedTerm"]) == 3


def test_each_language_has_its_own_index_and_names_the_terms_it_lacks(client, concept):
    found = text(client.get("/fr/glossary/"))
    assert [a["data-label"] for a in Page(client.get("/fr/glossary/")).having("data-label")] == ["rentrée", "retour"]
    assert '<a href="/fr/glossary/migration/" lang="en">migration</a>' in found
    assert '<a href="/fr/glossary/detention/" lang="de">Haft</a>' in found


def test_the_index_can_be_narrowed(client, concept):
    page = client.get("/glossary/", {"find": "VOLUNTARY"})
    assert [a["data-label"] for a in Page(page).having("data-label")] == ["voluntary return"]
    assert "noindex" in text(page)
    assert client.get("/glossary/", {"find": "\x00<"}).status_code == 200


def test_an_empty_glossary_says_so(client):
    page = client.get("/glossary/")
    assert page.status_code == 200
    assert "noindex" in text(page)


def test_a_page_says_all_there_is_of_a_term(client, concept):
    response = client.get("/glossary/return/")
    found = text(response)
    assert "<h1>Return</h1>" in found
    assert "The way &lt;back&gt;." in found
    assert '<a href="https://source.example/" rel="noopener">Newsroom</a>' in found
    for slug in ("migration", "voluntary-return", "detention"):
        assert f'href="/glossary/{slug}/"' in found
    assert 'href="/glossary/detention/" lang="de">Haft</a>' in found
    assert '<a href="/fr/glossary/return/" hreflang="fr" lang="fr">retour</a><span lang="fr">, rentrée</span>' in found
    term = data(Page(response))
    assert term["@type"] == "DefinedTerm"
    assert term["description"] == "The way <back>."
    assert term["inDefinedTermSet"] == "http://testserver/glossary/"


def test_nothing_in_a_definition_ends_the_script(client):
    make_term(Concept, "bad", labels={"en": "</script><b>"}, definitions={"en": "</script><!--"})
    response = client.get("/glossary/bad/")
    assert "</script><b>" not in text(response)
    assert data(Page(response))["name"] == "</script><b>"


def test_alternates_name_the_languages_that_have_the_term(client, concept):
    page = Page(client.get("/fr/glossary/return/"))
    links = {a["hreflang"]: a["href"] for a in page.having("hreflang") if a.get("rel") == "alternate"}
    assert set(links) == {"en", "fr", "nl", "x-default"}
    assert links["nl"] == "http://testserver/nl/glossary/return/"


def test_a_term_without_a_label_in_the_language_is_marked_and_not_indexed(client, concept):
    found = text(client.get("/de/glossary/return/"))
    assert '<h1 lang="en">Return</h1>' in found
    assert 'lang="en"><p>The way' in found
    assert "noindex" in found


def test_a_former_slug_leads_on_and_unknown_ones_do_not(client, concept):
    concept.slug = "going-home"
    concept.save()
    answer = client.get("/fr/glossary/return/")
    assert (answer.status_code, answer["Location"]) == (301, "/fr/glossary/going-home/")
    assert client.get("/glossary/never-was/").status_code == 404
    assert client.get("/glossary/a%00b/").status_code == 404
    concept.delete()
    assert client.get("/glossary/going-home/").status_code == 410


def test_the_news_that_uses_a_term_is_found_in_each_language(client, concept):
    shown = make_item(title="Uses it", body="<p>They returned home.</p>")
    french = make_item(title="En français", language="fr", summary="Les retours.")
    hidden = [
        make_item(title="Draft one", body="return", status="draft"),
        make_item(title="Later one", body="return", publish_at=AT + timedelta(hours=1)),
        make_item(title="Another word", body="<p>They went.</p>"),
        make_item(title="Un mot anglais", language="fr", body="voluntary"),
    ]
    found = text(client.get("/glossary/return/"))
    assert f'data-item="{shown.pk}"' in found
    assert f'data-item="{french.pk}"' in found
    for item in hidden:
        assert item.title not in found


def test_more_news_than_fits_is_one_click_away(client, concept):
    for number in range(12):
        make_item(title=f"Return {number}")
    found = text(client.get("/glossary/return/"))
    assert found.count("data-item=") == 10
    assert "All 12 items" in found
    address = found.partition('<p class="more"> <a href="')[2].partition('"')[0].replace("&amp;", "&")
    assert Page(client.get(address)).count == 12


def test_no_page_asks_more_for_many_terms_and_items_than_for_few(client, concept):
    def queries():
        found = {}
        for address in ("/glossary/", "/glossary/return/", "/glossary/glossary.ttl", "/glossary/glossary.json", item):
            with CaptureQueriesContext(connection) as asked:
                assert client.get(address).status_code == 200
            found[address] = len(asked)
        return found

    item = make_item(title="A return", body="<p>A return.</p>").get_absolute_url()
    make_item(title="Un retour", language="fr")
    queries()  # the search comes in step
    few = queries()
    for number in range(40):
        make_item(title=f"Return {number}", body="<p>Return, migration.</p>", language=("en", "fr")[number % 2])
        other = make_term(Concept, f"term-{number}", labels={"en": f"term {number}", "fr": f"terme {number}"})
        other.relate(broader=[concept], related=[concept])
    queries()
    assert queries() == few


@pytest.mark.parametrize(
    ("name", "type"),
    [
        ("ttl", "text/turtle; charset=utf-8"),
        ("rdf", "application/rdf+xml; charset=utf-8"),
        ("json", "application/json"),
    ],
)
def test_the_whole_glossary_is_given_out_once_for_who_has_it_already(client, concept, name, type):
    response = client.get(f"/glossary/glossary.{name}")
    assert (response.status_code, response["Content-Type"]) == (200, type)
    assert "Set-Cookie" not in response
    again = client.get(f"/glossary/glossary.{name}", headers={"If-None-Match": response["ETag"]})
    assert (again.status_code, again.content) == (304, b"")
    concept.source_text = "Other"
    concept.save()
    connection.check_constraints()
    later = client.get(f"/glossary/glossary.{name}", headers={"If-None-Match": response["ETag"]})
    assert later.status_code == 200


def test_the_files_hold_every_term(client, concept):
    (term,) = [t for t in client.get("/glossary/glossary.json").json()["terms"] if t["slug"] == "return"]
    assert term["labels"]["fr"] == "retour"
    assert (term["broader"], term["narrower"], term["related"]) == (["migration"], ["voluntary-return"], ["detention"])
    content = client.get("/glossary/glossary.ttl").content
    assert "http://testserver/glossary/return/" in {
        str(s) for s in Graph().parse(data=content, format="turtle").subjects()
    }


def test_an_item_links_the_first_mention_and_holds_its_meaning(client, concept):
    item = make_item(body="<h2>Return</h2><p>A return. The return.</p>")
    response = client.get(item.get_absolute_url())
    page = Page(response)
    (link,) = [a for tag, a in page.tags if tag == "a" and a.get("class") == "term"]
    assert link["href"] == "/glossary/return/"
    ids = {a["id"] for a in page.having("id")}
    assert link["aria-describedby"] in ids
    (button,) = [a for tag, a in page.tags if a.get("class") == "term-open"]
    assert button["popovertarget"] in ids
    assert "The way &lt;back&gt;." in text(response)
    item.refresh_from_db()
    assert "term" not in item.body


def test_a_french_item_links_to_the_french_page(client, concept):
    item = make_item(language="fr", body="<p>Les retours.</p>")
    assert 'href="/fr/glossary/return/"' in text(client.get(item.get_absolute_url()))


def test_feeds_and_the_api_give_the_text_without_links_to_terms(client, concept):
    item = make_item(body="<p>A return.</p>")
    for address in ("/news/feed.atom", "/news/feed.json", f"/api/v1/items/{item.pk}/"):
        assert "glossary" not in client.get(address).content.decode()
