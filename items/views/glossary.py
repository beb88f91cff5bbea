"""The glossary: all terms from A to Z, and a page for each."""

import unicodedata
from dataclasses import dataclass, replace
from itertools import groupby

from django.http import Http404, HttpRequest, HttpResponse, HttpResponsePermanentRedirect
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import override

from items.glossary import short, term_node, term_set_node
from items.http import read_only
from items.mentions import mentions
from items.models import Concept, RemovedTerm
from items.models.language import languages
from items.page import Alternate, front_pages, in_every_language, render_page
from items.text import fold
from items.views.vocabulary import initial


@dataclass(frozen=True)
class Line:
    """A line of the index: a term with its short definition, or a synonym that leads to one."""

    term: str
    concept: Concept
    definition: str = ""
    see: str = ""

    @property
    def letter(self) -> str:
        """The letter under which it stands."""
        return initial(self.term)

    @property
    def place(self) -> tuple[str, str]:
        """Its place in the index."""
        return self.letter, unicodedata.normalize("NFKD", self.term).casefold()


def _lines(concepts: list[Concept], language: str) -> list[Line]:
    found = []
    for concept in concepts:
        preferred, *others = concept.terms(language)
        found.append(Line(preferred, concept, short(concept.definition(language))))
        found += [Line(other, concept, see=preferred) for other in others]
    return sorted(found, key=lambda line: line.place)


@read_only
def glossary(request: HttpRequest) -> HttpResponse:
    """`/glossary/`: the terms of the page's language from A to Z; `find` narrows them."""
    language = request.LANGUAGE_CODE
    find = request.GET.get("find", "").strip()[:100]
    concepts = list(Concept.every())
    here = [concept for concept in concepts if concept.labels.get(language)]
    wanted = fold(find)
    lines = [line for line in _lines(here, language) if wanted in fold(line.term)]
    elsewhere = [concept for concept in concepts if not concept.labels.get(language)]
    context = {
        "letters": [(letter, list(group)) for letter, group in groupby(lines, key=lambda line: line.letter)],
        "find": find,
        "total": len(here),
        "elsewhere": [] if find else sorted(elsewhere, key=lambda concept: fold(str(concept))),
    }
    things = [term_set_node(here, language, name=_("Glossary"))]
    way = [(_("Glossary"), request.path)]
    # A language without any term has no version of this page that search engines list.
    spoken = {code for concept in concepts for code in concept.labels or {}}
    alternates = [replace(other, is_version=other.code in spoken) for other in in_every_language(request, "")]
    return render_page(
        request,
        "items/glossary.html",
        context,
        alternates=alternates,
        noindex=bool(find) or not here,
        trail=way,
        things=things,
    )


def _alternates(concept: Concept, language: str) -> list[Alternate]:
    """The page in every language; a version of it is one that has a term."""
    found = []
    for code, name in languages():
        with override(code):
            url = reverse("items:term", args=[concept.slug])
        found.append(Alternate(code, name, url, code == language, is_version=code in (concept.labels or {})))
    return found


def _in_order(concepts, language: str) -> list[Concept]:
    return sorted(concepts, key=lambda concept: fold(concept.label(language)))


@read_only
def term(request: HttpRequest, slug: str) -> HttpResponse:
    """`/glossary/<slug>/`: what a term means, and the news that uses it. A former slug leads to today's (301)."""
    language, at = request.LANGUAGE_CODE, timezone.now()
    concept = Concept.objects.resolve([slug]).get(slug)
    if concept is None:
        return _missing(request, slug)
    if concept.slug != slug:
        return HttpResponsePermanentRedirect(reverse("items:term", args=[concept.slug]))
    is_here = bool(concept.labels.get(language))
    known = {code: name for code, name in languages() if concept.labels.get(code)}
    # Where it has no term in the page's language, it is shown in the first that has one, and marked as such.
    shown = language if is_here or not known else next(iter(known))
    context = {
        "concept": concept,
        "shown": shown,
        "is_here": is_here,
        "label": concept.label(shown),
        "definition": concept.definition(shown),
        "synonyms": concept.terms(shown)[1:],
        "broader": _in_order(concept.broader.all(), language),
        "narrower": _in_order(concept.narrower.all(), language),
        "related": _in_order(concept.related.all(), language),
        "others": [
            (code, concept.labels[code], concept.terms(code)[1:], alternate.url)
            for code, alternate in ((a.code, a) for a in _alternates(concept, language))
            if code in known and code != shown
        ],
        "mentions": mentions(concept, language=language, at=at),
    }
    alternates = _alternates(concept, language)
    way = [(_("Glossary"), reverse("items:glossary")), (concept.label(language), request.path)]
    things = [term_node(concept, language)]
    return render_page(
        request, "items/term.html", context, alternates=alternates, noindex=not is_here, trail=way, things=things
    )


def _missing(request: HttpRequest, slug: str) -> HttpResponse:
    if RemovedTerm.objects.named([("concept", slug)]) is None:
        raise Http404(_("There is no such term."))
    context = {"message": _("This term was removed from the glossary.")}
    return render_page(
        request, "410.html", context, alternates=front_pages(request.LANGUAGE_CODE), noindex=True, status=410
    )
