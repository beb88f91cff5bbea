"""Briefings: a listing as a document to read, to print and to download."""

import logging

from django.conf import settings
from django.http import HttpRequest, HttpResponse, HttpResponsePermanentRedirect
from django.template.loader import render_to_string
from django.utils import timezone
from django.utils.translation import gettext as _

from items import site
from items.briefing import Briefing, Busy, Failed, is_available, typeset
from items.http import read_only
from items.listing import Listing
from items.page import render_page, with_query

logger = logging.getLogger(__name__)


def _title(listing: Listing) -> str:
    return _("Briefing: %s") % listing.words if listing.words else _("Briefing")


def _context(listing: Listing) -> dict:
    return {
        "listing": listing,
        "briefing": Briefing(listing),
        "as_of": timezone.localtime(listing.at),
        "title": _title(listing),
    }


def _answer(status: int, text: str) -> HttpResponse:
    """In words why there is no PDF."""
    return HttpResponse(text + "\n", status=status, content_type="text/plain; charset=utf-8")


@read_only
def briefing(request: HttpRequest) -> HttpResponse:
    """`/news/briefing/`: the listing of the query string as a document."""
    listing = Listing(request.GET, language=request.LANGUAGE_CODE, at=timezone.now())
    if listing.has_former_slugs:
        return HttpResponsePermanentRedirect(with_query(request.path, listing.query))
    context = _context(listing) | {"has_pdf": is_available()}
    return render_page(
        request, "items/briefing.html", context, query=listing.query, feed_query=listing.query, noindex=True
    )


@read_only
def pdf(request: HttpRequest) -> HttpResponse:
    """`/news/briefing.pdf`: the same as PDF. 404 where the site cannot make one, 503 while others have theirs made."""
    listing = Listing(request.GET, language=request.LANGUAGE_CODE, at=timezone.now())
    if not is_available():
        return _answer(404, _("This site makes no PDF. The briefing is a page that you can print."))
    if not listing.is_valid:
        return _answer(404, " ".join(problem.message for problem in listing.problems))
    if listing.has_former_slugs:
        return HttpResponsePermanentRedirect(with_query(request.path, listing.query))
    context = _context(listing) | {
        "LANGUAGE_CODE": listing.language,
        "site_name": site.of_readers().name(listing.language),
        "site_url": settings.SITE_URL,
    }
    try:
        content = typeset(render_to_string("items/briefing_document.html", context))
    except (Busy, Failed) as error:
        if isinstance(error, Failed):
            logger.error("A briefing could not be made: %s", error)
        response = _answer(503, _("The briefing cannot be made just now. Try again in a minute, or print the page."))
        response["Retry-After"] = "60"
        return response
    # Without a Content-Disposition, so that the page cache keeps it; the address ends as the file is called.
    return HttpResponse(content, content_type="application/pdf", headers={"X-Robots-Tag": "noindex"})
