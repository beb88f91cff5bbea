"""The site itself as its readers see it: its name and look, its standing pages, the links at its foot.

Every page shows it, so each process keeps it in memory for as long as the content's version stays. Knows the models and
the facet index, which knows that version; no request.
"""

from dataclasses import dataclass, field
from hashlib import blake2b
from threading import Lock

from django.db import DatabaseError

from items import facets
from items.models import FooterLink, PageText, SiteSettings


@dataclass(frozen=True)
class Link:
    """A link at the foot of a page. `kind` is that of a standing page, else empty."""

    label: str
    url: str
    kind: str = ""


@dataclass(frozen=True)
class Site:
    """The settings with what belongs to them. Built once, then only read."""

    settings: SiteSettings
    texts: tuple[PageText, ...] = ()
    links: tuple[FooterLink, ...] = ()
    digest: str = field(default="")

    def name(self, language: str) -> str:
        """The site's name in a language."""
        return self.settings.name(language)

    def pages(self, language: str) -> list[Link]:
        """The standing pages at the foot, in order; those that there are in this language."""
        return [
            Link(text.title, text.get_absolute_url(), text.page.kind)
            for text in self.texts
            if text.language == language and text.page.is_in_footer
        ]

    def footer_links(self, language: str) -> list[Link]:
        """The links at the foot that have a label in this language."""
        return [Link(label, link.url) for link in self.links if (label := link.label(language))]

    def page(self, kind: str, language: str) -> PageText | None:
        """The standing page of a kind, in a language."""
        return next((text for text in self.texts if text.page.kind == kind and text.language == language), None)


_lock = Lock()
_kept: tuple[tuple[str, int], Site] | None = None


def read() -> Site:
    """The site as stored: three small queries."""
    found = SiteSettings.current()
    texts = PageText.objects.filter(page__is_published=True).select_related("page").defer("body")
    in_order = tuple(texts.order_by("page__position", "page", "pk"))
    links = tuple(FooterLink.objects.all())
    look = f"{found.accent} {found.accent_dark}"
    return Site(found, in_order, links, blake2b(look.encode(), digest_size=6).hexdigest() if found.accent else "")


def of_readers() -> Site:
    """The site as any page shows it that is made now. Asks the database after a change only.

    Without a database it is as the settings file says, so that pages about errors can be drawn.
    """
    global _kept
    seen = facets.seen()
    kept = _kept
    if kept and kept[0] == seen:
        return kept[1]
    try:
        site = read()
    except DatabaseError:
        return Site(SiteSettings())
    if seen:
        with _lock:
            _kept = (seen, site)
    return site


def as_last_seen() -> Site:
    """The site without asking anything, for pages about errors: as this process drew it last, or as it came."""
    return _kept[1] if _kept else Site(SiteSettings())
