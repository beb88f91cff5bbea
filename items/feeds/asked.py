"""What all of these doors do with a question before they answer it."""

from datetime import datetime

from django.http import Http404, HttpRequest, HttpResponse, HttpResponsePermanentRedirect
from django.utils import timezone
from django.utils.translation import gettext as _

from items.listing import Listing
from items.models import RemovedTerm


def listing_of(request: HttpRequest, *, at: datetime | None = None) -> Listing:
    """The listing that the query string asks for, seen now."""
    return Listing(request.GET, language=request.LANGUAGE_CODE, at=at or timezone.now())


def are_gone(terms: list[RemovedTerm], *, at: datetime) -> bool:
    """Whether each of these terms has been told of for long enough, so that nothing but 410 is left to say."""
    return all(term.is_gone(at) for term in terms)


def labels_of(terms: list[RemovedTerm], *, language: str) -> str:
    """What removed terms were called."""
    return ", ".join(term.label(language) for term in terms)


def gone(terms: list[RemovedTerm], *, language: str) -> HttpResponse:
    """410: there was such a thing, and there will not be again."""
    labels = labels_of(terms, language=language)
    text = _("“%(label)s” is no longer a term of this site.") % {"label": labels}
    return HttpResponse(text + "\n", status=410, content_type="text/plain; charset=utf-8")


def refusal(request: HttpRequest, listing: Listing) -> HttpResponse | None:
    """What to answer in place of the listing: a redirect from former slugs, 410 for removed terms; else None.

    A question that is not understood is not found (Http404): a machine is not told in words, and must not get more
    than it asked for.
    """
    if terms := listing.removed_terms:
        return gone(terms, language=listing.language)
    if not listing.is_valid:
        raise Http404(" ".join(problem.message for problem in listing.problems))
    if listing.has_former_slugs:
        query = listing.query_with(page=request.GET.get("page", "").strip() or None)
        return HttpResponsePermanentRedirect(f"{request.path}?{query}")
    return None
