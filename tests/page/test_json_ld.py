"""What pages tell programs: only words of schema.org, each on a type that has it, with all that search engines need."""

import json
from datetime import timedelta
from types import SimpleNamespace

import pytest
from django.core.files.base import ContentFile

from items.models import Attachment, Concept, Event, SiteSettings
from items.page import json_ld
from tests.builders import AT, make_event, make_item, make_page
from tests.places import make_everywhere
from tests.views.page import Page

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("clock", "media")]

# Facts of schema.org (version 29): a type, what it is a kind of, and those of its own properties that may be used here.
SCHEMA = {
    "Thing": ("", "name description url image identifier sameAs mainEntityOfPage potentialAction alternateName"),
    "CreativeWork": (
        "Thing",
        "about author creator publisher datePublished dateModified inLanguage keywords isBasedOn isPartOf hasPart "
        "headline isAccessibleForFree spatialCoverage temporalCoverage workTranslation translationOfWork "
        "encodingFormat license mainEntity text",
    ),
    "Article": ("CreativeWork", "articleSection articleBody wordCount"),
    "NewsArticle": ("Article", "dateline"),
    "Report": ("Article", "reportNumber"),
    "Dataset": ("CreativeWork", "distribution includedInDataCatalog variableMeasured measurementTechnique"),
    "MediaObject": ("CreativeWork", "contentUrl contentSize height width"),
    "DataDownload": ("MediaObject", ""),
    "ImageObject": ("MediaObject", "caption"),
    "WebSite": ("CreativeWork", "issn"),
    "WebPage": ("CreativeWork", "breadcrumb lastReviewed"),
    "AboutPage": ("WebPage", ""),
    "ContactPage": ("WebPage", ""),
    "CollectionPage": ("WebPage", ""),
    "DefinedTermSet": ("CreativeWork", "hasDefinedTerm"),
    "DefinedTerm": ("Thing", "termCode inDefinedTermSet"),
    "Event": (
        "Thing",
        "about startDate endDate previousStartDate eventStatus eventAttendanceMode location organizer inLanguage "
        "keywords isAccessibleForFree",
    ),
    "Organization": ("Thing", "address contactPoint email logo telephone"),
    "ContactPoint": ("Thing", "contactType email telephone"),
    "Place": ("Thing", "address geo"),
    "Country": ("Place", ""),
    "VirtualLocation": ("Thing", ""),
    "ItemList": ("Thing", "itemListElement numberOfItems"),
    "BreadcrumbList": ("ItemList", ""),
    "ListItem": ("Thing", "item position"),
    "Action": ("Thing", "target"),
    "SearchAction": ("Action", "query query-input"),
    "EntryPoint": ("Thing", "urlTemplate"),
}
# What search engines do not do without.
NEEDED = {
    "NewsArticle": "headline image datePublished dateModified author publisher mainEntityOfPage",
    "Report": "headline image datePublished author publisher",
    "Dataset": "name description creator",
    "Event": "name startDate location eventStatus eventAttendanceMode organizer description image",
    "BreadcrumbList": "itemListElement",
    "ListItem": "position name item",
    "Organization": "name",
    "WebSite": "name url potentialAction",
    "SearchAction": "target query-input",
    "DataDownload": "contentUrl encodingFormat",
    "DefinedTerm": "name",
}


def properties(kind):
    found = set()
    while kind:
        kind, own = SCHEMA[kind]
        found |= set(own.split())
    return found


def problems(node, where="page"):
    """What is wrong with a node and those in it."""
    kind = node.get("@type")
    if kind is None:
        return [] if set(node) == {"@id"} else [f"{where}: no type"]
    names = {name for name in node if not name.startswith("@")}
    found = [f"{where}: {kind} has no {name}" for name in names - properties(kind)]
    found += [f"{where}: {kind} needs {name}" for name in set(NEEDED.get(kind, "").split()) - names]
    for name, value in node.items():
        if value in (None, "", [], {}):
            found.append(f"{where}: {name} says nothing")
        for part in value if isinstance(value, list) else [value]:
            found += problems(part, f"{where}.{name}") if isinstance(part, dict) else []
            is_address = name in ("url", "item", "contentUrl", "urlTemplate", "@id", "image")
            if is_address and isinstance(part, str) and not part.startswith(("http://", "https://")):
                found.append(f"{where}: {name} is no address: {part}")
    return found


def node_of(response, kind):
    (node,) = [node for node in Page(response).nodes if node["@type"] == kind]
    return node


def addresses():
    """An address of each type of page."""
    item = make_everywhere()
    concept = Concept.objects.create(slug="asylum", labels={"en": "Asylum"}, definitions={"en": "Shelter."})
    return {
        "front": "/",
        "news": "/news/",
        "filtered": "/news/?year=2026",
        "theme": "/themes/place-theme/",
        "keyword": "/keywords/place-keyword/",
        "themes": "/themes/",
        "keywords": "/keywords/",
        "events": "/events/",
        "follow": "/feeds/",
        "glossary": "/glossary/",
        "term": f"/glossary/{concept.slug}/",
        "event": item.get_absolute_url(),
        "news item": make_item(source="iom", source_url="https://iom.example/").get_absolute_url(),
        "without anything": make_item(summary="", publication_date=None).get_absolute_url(),
        "report": make_item(type="report", source="iom").get_absolute_url(),
        "statistics": make_item(type="release", summary="Few words.").get_absolute_url(),
        "about": make_page(en="About us").text("en").get_absolute_url(),
        "contact": make_page(kind="contact", en="Contact").text("en").get_absolute_url(),
        "legal": make_page(kind="legal", en="Legal").text("en").get_absolute_url(),
    }


PAGES = [
    "front", "news", "filtered", "theme", "keyword", "themes", "keywords", "events", "follow", "glossary", "term",
    "event", "news item", "without anything", "report", "statistics", "about", "contact", "legal",
]  # fmt: skip


@pytest.mark.parametrize("name", PAGES)
def test_every_page_keeps_to_schema_org(client, name):
    SiteSettings.objects.create(
        taglines={"en": "News"}, contact_email="a@b.example", social="https://social.example/@us"
    )
    page = Page(client.get(addresses()[name]))
    assert page.nodes
    assert [problem for node in page.nodes for problem in problems(node)] == []
    assert all(block["@context"] == "https://schema.org" for block in page.data)
    kinds = [node["@type"] for node in page.nodes]
    assert kinds.count("Organization") == 1
    assert kinds.count("WebSite" if name == "front" else "BreadcrumbList") == 1
    for node in page.nodes:
        if node["@type"] == "BreadcrumbList":
            steps = node["itemListElement"]
            assert [step["position"] for step in steps] == list(range(1, len(steps) + 1))
            assert steps[-1]["item"].startswith(page.links("canonical")[0])


@pytest.mark.parametrize(
    ("type", "kind"),
    [("news-item", "NewsArticle"), ("news", "NewsArticle"), ("call", "NewsArticle"), ("report", "Report"),
     ("study", "Report"), ("release", "Dataset"), ("statistics", "Dataset"), ("no-such-type", "NewsArticle")],
)  # fmt: skip
def test_an_item_is_what_the_top_of_its_types_tree_says(client, type, kind):
    item = make_item(type=type)
    assert node_of(client.get(item.get_absolute_url()), kind)["url"] == f"http://testserver{item.get_absolute_url()}"


def test_an_article_names_who_wrote_it_and_what_it_relays(client):
    item = make_item(source="iom", source_url="https://iom.example/1", keywords=["a"], themes=["reception"])
    node = node_of(client.get(item.get_absolute_url()), "NewsArticle")
    assert node["headline"] == item.title
    assert node["author"] == {"@type": "Organization", "name": item.source.label("en"), "url": "https://iom.example/1"}
    assert node["publisher"] == {"@id": "http://testserver/#organization"}
    assert node["isBasedOn"] == "https://iom.example/1"
    assert node["datePublished"] == item.publication_date.isoformat()
    assert node["keywords"] == ["a"]
    assert node["image"] == [f"http://testserver/news/{item.pk}/share.png?v={item.revision}"]


def test_translations_know_of_each_other(client):
    one = make_item()
    other = make_item(language="fr", translation_group=one.translation_group)
    node = node_of(client.get(one.get_absolute_url()), "NewsArticle")
    assert node["workTranslation"] == [{"@id": f"http://testserver{other.get_absolute_url()}#item"}]
    assert node_of(client.get(other.get_absolute_url()), "NewsArticle")["@id"] == node["workTranslation"][0]["@id"]


@pytest.mark.parametrize(
    ("values", "mode", "kinds"),
    [
        ({"place": "Brussels"}, "Offline", ["Place"]),
        ({"online_url": "https://meet.example/"}, "Online", ["VirtualLocation"]),
        ({"place": "Brussels", "online_url": "https://meet.example/"}, "Mixed", ["Place", "VirtualLocation"]),
    ],
)
def test_an_event_says_where_it_is(client, values, mode, kinds):
    item = make_event(place="")
    Event.objects.update(**values)
    node = node_of(client.get(item.get_absolute_url()), "Event")
    assert node["eventAttendanceMode"] == f"https://schema.org/{mode}EventAttendanceMode"
    places = node["location"] if isinstance(node["location"], list) else [node["location"]]
    assert [place["@type"] for place in places] == kinds


def test_an_event_whose_place_nobody_knows_yet_invents_none(client):
    node = node_of(client.get(make_event(place="").get_absolute_url()), "Event")
    assert "location" not in node
    assert "eventAttendanceMode" not in node


@pytest.mark.parametrize(
    ("values", "start", "end"),
    [
        ({}, "2026-06-25T14:00:00+02:00", None),
        ({"ends_at": AT + timedelta(days=11)}, "2026-06-25T14:00:00+02:00", "2026-06-26T14:00:00+02:00"),
        ({"all_day": True}, "2026-06-25", "2026-06-25"),
        ({"all_day": True, "ends_at": AT + timedelta(days=11)}, "2026-06-25", "2026-06-26"),
    ],
)
def test_an_event_says_when_it_is_with_its_zone_or_by_days(client, values, start, end):
    node = node_of(client.get(make_event(**values).get_absolute_url()), "Event")
    assert (node["startDate"], node.get("endDate")) == (start, end)


def test_a_cancelled_and_a_moved_event_say_so(client):
    item = make_event()
    Event.objects.update(moved_from=AT)
    node = node_of(client.get(item.get_absolute_url()), "Event")
    assert (node["eventStatus"], node["previousStartDate"]) == (
        "https://schema.org/EventRescheduled", "2026-06-15T14:00:00+02:00",
    )  # fmt: skip
    Event.objects.update(is_cancelled=True)
    assert node_of(client.get(item.get_absolute_url()), "Event")["eventStatus"].endswith("/EventCancelled")


def test_a_dataset_offers_its_data_and_no_other_files(client):
    item = make_item(type="release", summary="Few words.", title="Applications in May")
    for name in ("figures.csv", "report.pdf"):
        Attachment.objects.create(item=item, title=name, file=ContentFile(b"a,b", name))
    node = node_of(client.get(item.get_absolute_url()), "Dataset")
    (download,) = node["distribution"]
    assert (download["encodingFormat"], download["name"]) == ("text/csv", "figures.csv")
    assert client.get(download["contentUrl"].removeprefix("http://testserver")).status_code == 200
    assert node["description"] == "Applications in May: Few words."


def test_what_search_engines_should_not_list_says_nothing(client):
    withdrawn = make_item(status="withdrawn", withdrawal_reason="Wrong.")
    for address in (withdrawn.get_absolute_url(), "/news/?theme=no-such", "/no-such-page/"):
        assert Page(client.get(address)).data == []


HOSTILE = "</script><script>alert(1)</script><!-- & \u2028 \\ \" '"


def test_no_value_can_leave_the_data_block(client):
    item = make_item(title=HOSTILE, summary=HOSTILE, keywords=[])
    response = client.get(item.get_absolute_url())
    assert "<script>alert" not in response.content.decode()
    page = Page(response)
    assert page.scripts_with_text == []
    assert node_of(response, "NewsArticle")["headline"] == item.title


def test_the_block_is_the_same_text_to_a_parser_of_json():
    block = json_ld.script([{"@type": "Thing", "name": HOSTILE}])
    text = block.removeprefix('<script type="application/ld+json">').removesuffix("</script>")
    assert not set("<>&\u2028") & set(text)
    assert json.loads(text)["@graph"] == [{"@type": "Thing", "name": HOSTILE}]


def test_the_search_box_of_the_front_page_leads_to_what_was_searched(client):
    make_item(title="Zebras")
    target = node_of(client.get("/"), "WebSite")["potentialAction"]["target"]["urlTemplate"]
    address = target.removeprefix("http://testserver").replace("{search_term_string}", "zebras")
    assert Page(client.get(address)).count == 1


def test_a_planted_mistake_is_found():
    assert problems({"@type": "Report", "headline": "x", "startDate": "2026"})
    assert problems({"@type": "ListItem", "position": 1, "name": "x", "item": "/relative/"})
    assert not problems({"@type": "Thing", "name": "x"})


def test_a_type_deep_in_the_tree_is_what_its_root_is():
    root = SimpleNamespace(parent_id=None, slug="publication")
    middle = SimpleNamespace(parent_id=1, parent=root)
    assert json_ld.root_of(SimpleNamespace(parent_id=2, parent=middle)) is root
