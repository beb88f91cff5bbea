"""What a page tells programs about itself: JSON-LD in the words of schema.org.

Values come from content, so the script element that holds them is written here and nowhere else. A node names only
properties that its type has; `tests/page/test_json_ld.py` keeps the table of them. Addresses are absolute.
"""

import json
import re
from collections.abc import Iterable, Sequence
from typing import Any

from django.conf import settings
from django.urls import reverse
from django.utils import timezone
from django.utils.safestring import SafeString, mark_safe

from items.models import Event, Item, PageText
from items.models.item_type import ItemType
from items.site import Site
from items.tables import file_name

Node = dict[str, Any]

CONTEXT = "https://schema.org"
_ESCAPES = {"<": "\\u003c", ">": "\\u003e", "&": "\\u0026", "\u2028": "\\u2028", "\u2029": "\\u2029"}
_ESCAPED = re.compile("[<>&\u2028\u2029]")
PAGE_TYPES = {"about": "AboutPage", "contact": "ContactPage"}
ITEM_TYPES = {"news": "NewsArticle", "publication": "Report", "statistics": "Dataset"}
"""By the slug of the type at the top of the tree. An item with event details is an Event whatever its type."""
_DATA_FILES = {"csv", "xlsx", "ods", "zip"}


def absolute(path: str) -> str:
    """A path of this site as an address."""
    return settings.SITE_URL + path


def script(nodes: Sequence[Node]) -> SafeString:
    """A data block that holds the nodes; empty without any."""
    if not nodes:
        return SafeString("")
    text = json.dumps({"@context": CONTEXT, "@graph": list(nodes)}, ensure_ascii=False, separators=(",", ":"))
    # security: nothing in a value can end the element or begin a comment in it (HTML, 4.12.1.3).
    text = _ESCAPED.sub(lambda found: _ESCAPES[found[0]], text)
    return mark_safe(f'<script type="application/ld+json">{text}</script>')  # noqa: S308


def _said(node: Node) -> Node:
    """A node without what it has nothing to say about."""
    return {name: value for name, value in node.items() if value not in (None, "", [], {})}


# --- The site ------------------------------------------------------------------------------------------------------


def publisher() -> Node:
    """A reference to the organisation that `organization` describes."""
    return {"@id": absolute("/#organization")}


def organization(site: Site, language: str) -> Node:
    """The body that runs the site."""
    found = site.settings
    logo = absolute(found.logo.url) if found.logo else absolute(reverse("icon", args=["512"]))
    contact = {"@type": "ContactPoint", "contactType": "customer service", "email": found.contact_email}
    return _said(
        {
            "@type": "Organization",
            "@id": absolute("/#organization"),
            "name": site.name(language),
            "url": absolute("/"),
            "logo": {"@type": "ImageObject", "url": logo},
            "address": " ".join(found.contact_address.split()),
            "contactPoint": contact if found.contact_email else None,
            "sameAs": found.accounts,
        }
    )


def website(site: Site, language: str) -> Node:
    """The site, and how it is searched."""
    target = absolute(reverse("items:listing")) + "?q={search_term_string}"
    return _said(
        {
            "@type": "WebSite",
            "@id": absolute("/#website"),
            "name": site.name(language),
            "description": site.settings.tagline(language),
            "url": absolute(reverse("items:front")),
            "inLanguage": [code for code, _name in settings.LANGUAGES],
            "publisher": publisher(),
            "potentialAction": {
                "@type": "SearchAction",
                "target": {"@type": "EntryPoint", "urlTemplate": target},
                "query-input": "required name=search_term_string",
            },
        }
    )


def breadcrumbs(trail: Iterable[tuple[str, str]]) -> Node:
    """The way to a page from the front: (name, path) pairs, the page itself last."""
    elements = [
        {"@type": "ListItem", "position": number, "name": name, "item": absolute(path)}
        for number, (name, path) in enumerate(trail, start=1)
    ]
    return {"@type": "BreadcrumbList", "itemListElement": elements}


def standing_page(text: PageText) -> Node:
    """A page such as About or Privacy."""
    return _said(
        {
            "@type": PAGE_TYPES.get(text.page.kind, "WebPage"),
            "name": text.title,
            "description": text.summary,
            "url": absolute(text.get_absolute_url()),
            "inLanguage": text.language,
            "dateModified": timezone.localtime(text.changed_at).isoformat(timespec="seconds"),
            "isPartOf": {"@id": absolute("/#website")},
            "publisher": publisher(),
        }
    )


# --- An item -------------------------------------------------------------------------------------------------------


def root_of(item_type: ItemType) -> ItemType:
    """The type at the top of the tree. One query for each step that has not been fetched."""
    found: Any = item_type
    while found.parent_id:
        found = found.parent
    return found


def type_of(item: Item) -> str:
    """The type of schema.org that says what an item is."""
    return "Event" if hasattr(item, "event") else ITEM_TYPES.get(root_of(item.type).slug, "NewsArticle")


def of_item(item: Item, *, translations: Sequence[Item], share_url: str) -> Node:
    """An item that readers have. Needs its terms, event, attachments and tables fetched."""
    kind = type_of(item)
    url = absolute(item.get_absolute_url())
    node: Node = {
        "@type": kind,
        "@id": f"{url}#item",
        "url": url,
        "inLanguage": item.language,
        "description": item.summary or item.title,
        "image": _images(item, share_url),
        "keywords": [keyword.label(item.language) for keyword in item.keywords.all()],
        "about": [_theme(theme, item.language) for theme in item.themes.all()],
    }
    if kind == "Event":
        return _said(node | _event(item))
    node |= {
        "dateModified": timezone.localtime(max(item.updated_at, item.publish_at or item.updated_at)).isoformat(
            timespec="seconds"
        ),
        "datePublished": _published(item),
        "publisher": publisher(),
        "isBasedOn": item.source_url,
        "isAccessibleForFree": True,
        "spatialCoverage": [_country(country, item.language) for country in item.countries.all()],
        "workTranslation": [{"@id": f"{absolute(other.get_absolute_url())}#item"} for other in translations],
    }
    return _said(node | (_dataset(item) if kind == "Dataset" else _article(item, url)))


def _theme(theme, language: str) -> Node:
    url = absolute(reverse("items:theme", args=[theme.slug]))
    return {"@type": "Thing", "name": theme.label(language), "url": url}


def _images(item: Item, share_url: str) -> list[str]:
    return [*([absolute(item.picture.url)] if item.picture else []), share_url]


def _published(item: Item) -> str:
    """The day that readers are told, else the moment from which the item is visible."""
    if item.publication_date:
        return item.publication_date.isoformat()
    return timezone.localtime(item.publish_at).isoformat(timespec="seconds") if item.publish_at else ""


def _source(item: Item) -> Node:
    if not item.source:
        return publisher()
    return {"@type": "Organization", "name": item.source.label(item.language)}


def _country(country, language: str) -> Node:
    return {"@type": "Country", "name": country.label(language), "identifier": country.code.upper()}


def _article(item: Item, url: str) -> Node:
    return {
        "headline": item.title,
        "mainEntityOfPage": url,
        "author": _source(item) | ({"url": item.source_url} if item.source and item.source_url else {}),
        "articleSection": item.type.label(item.language),
    }


def _dataset(item: Item) -> Node:
    files = [
        {
            "@type": "DataDownload",
            "name": attachment.title,
            "contentUrl": absolute(reverse("items:attachment", args=[item.pk, attachment.pk, attachment.name])),
            "encodingFormat": attachment.media_type,
        }
        for attachment in item.attachments.all()
        if attachment.extension in _DATA_FILES
    ]
    tables = [
        {
            "@type": "DataDownload",
            "name": table.caption,
            "contentUrl": absolute(reverse("items:table", args=[item.pk, table.pk, file_name(table)])),
            "encodingFormat": "text/csv",
        }
        for table in item.tables.all()
    ]
    # Search engines take no description of fewer than 50 letters.
    description = item.summary if len(item.summary) >= 50 else ": ".join(filter(None, [item.title, item.summary]))
    return {
        "name": item.title,
        "description": description,
        "creator": _source(item),
        "distribution": [*tables, *files],
    }


def _event(item: Item) -> Node:
    event: Event = item.event

    def when(moment, date) -> str:
        return date.isoformat() if event.all_day else timezone.localtime(moment).isoformat(timespec="seconds")

    places: list[Node] = []
    if event.place:
        places.append({"@type": "Place", "name": event.place, "address": event.place})
    if event.online_url:
        places.append({"@type": "VirtualLocation", "url": event.online_url})
    mode = {(True, True): "Mixed", (True, False): "Offline", (False, True): "Online"}.get(
        (bool(event.place), bool(event.online_url))
    )
    ends = event.ends_at or (event.starts_at if event.all_day else None)
    status = "Cancelled" if event.is_cancelled else "Rescheduled" if event.moved_from else "Scheduled"
    return {
        "name": item.title,
        "startDate": when(event.starts_at, event.start_date),
        "endDate": when(ends, event.end_date) if ends else "",
        "eventStatus": f"{CONTEXT}/Event{status}",
        "previousStartDate": when(event.moved_from, timezone.localdate(event.moved_from)) if event.moved_from else "",
        "eventAttendanceMode": f"{CONTEXT}/{mode}EventAttendanceMode" if mode else "",
        "location": places[0] if len(places) == 1 else places,
        "organizer": _source(item) | ({"url": item.source_url} if item.source and item.source_url else {}),
    }
