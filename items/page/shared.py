"""What a page says of itself where somebody shares its address: Open Graph, and the card that is drawn for it."""

from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import datetime

from babel import Locale
from babel.core import get_global
from django.conf import settings
from django.urls import reverse
from django.utils import timezone, translation
from django.utils.formats import date_format

from items.models import Item
from items.share import Card
from items.site import Site

HEIGHT, WIDTH = 630, 1200


@dataclass(frozen=True)
class Shared:
    """What Open Graph is told beside title, description and address. Instants are in ISO 8601."""

    image: str
    kind: str = "website"
    published_at: str = ""
    modified_at: str = ""
    section: str = ""
    tags: tuple[str, ...] = ()
    oembed: str = ""
    locale: str = ""
    other_locales: tuple[str, ...] = field(default=())


def open_graph_locale(code: str) -> str:
    """A language with the territory that it is most spoken in, as Open Graph writes it: "fr" gives "fr_FR"."""
    locale = Locale.parse(code, sep="-")
    if not locale.territory:
        likely = "en_Latn_GB" if code == "en" else get_global("likely_subtags").get(code, code)
        locale = Locale.parse(likely)
    return f"{locale.language}_{locale.territory}" if locale.territory else locale.language


def site_share_url() -> str:
    """The address of the site's own card in the language that is active."""
    return settings.SITE_URL + reverse("items:site_share")


def item_share_url(item: Item) -> str:
    """The address of an item's card. The number at its end is there for those who keep pictures by address."""
    with translation.override(item.language):
        return f"{settings.SITE_URL}{reverse('items:share', args=[item.pk])}?v={item.revision}"


def of_page(language: str, versions: Iterable[str] = ()) -> Shared:
    """What is said of any page."""
    return Shared(image=site_share_url(), **_locales(language, versions))


def of_item(item: Item, versions: Iterable[str]) -> Shared:
    """What is said of an item."""

    def moment(at: datetime | None) -> str:
        return timezone.localtime(at).isoformat(timespec="seconds") if at else ""

    url = settings.SITE_URL + item.get_absolute_url()
    return Shared(
        image=item_share_url(item),
        kind="article",
        published_at=moment(item.publish_at),
        modified_at=moment(item.revised_at),
        section=item.type.label(item.language),
        tags=tuple(keyword.label(item.language) for keyword in item.keywords.all()),
        oembed=url,
        **_locales(item.language, versions),
    )


def _locales(language: str, versions: Iterable[str]) -> dict:
    others = tuple(open_graph_locale(code) for code in versions if code != language)
    return {"locale": open_graph_locale(language), "other_locales": others}


def item_card(item: Item, site: Site) -> Card:
    """The card of an item: title, main theme and type, day and host."""
    language = item.language
    themes = [theme.label(language) for theme in item.themes.all()]
    with translation.override(language):
        day = date_format(item.publication_date, "DATE_FORMAT") if item.publication_date else ""
    return Card(
        title=item.title,
        kicker=" · ".join([*themes[:1], item.type.label(language)]),
        site_name=site.name(language),
        foot=" · ".join(filter(None, [day, _host()])),
        colour=site.settings.light.accent,
    )


def site_card(site: Site, language: str) -> Card:
    """The card of every other page."""
    return Card(
        title=site.settings.tagline(language) or site.name(language),
        kicker="",
        site_name=site.name(language),
        foot=_host(),
        colour=site.settings.light.accent,
    )


def _host() -> str:
    return settings.SITE_URL.partition("://")[2]
