"""Error pages in the site's look. They ask nothing of the database; languages lead to their front pages from there."""

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from items import site
from items.filters import NotAnswered
from items.page import front_pages, render_page
from items.views import context


def _error(request: HttpRequest, status: int, message: str = "") -> HttpResponse:
    language = getattr(request, "LANGUAGE_CODE", settings.LANGUAGE_CODE)
    said = {"message": message, **context.of(language, site.as_last_seen)}
    alternates = front_pages(language)
    return render_page(request, f"{status}.html", said, alternates=alternates, noindex=True, status=status)


def bad_request(request: HttpRequest, exception: Exception) -> HttpResponse:
    """400."""
    # Only our own words: those of other exceptions are for the log.
    return _error(request, 400, str(exception) if isinstance(exception, NotAnswered) else "")


def forbidden(request: HttpRequest, exception: Exception) -> HttpResponse:
    """403."""
    return _error(request, 403)


def csrf_failure(request: HttpRequest, reason: str = "") -> HttpResponse:
    """403 for a form whose token is missing or old."""
    return _error(request, 403)


def not_found(request: HttpRequest, exception: Exception) -> HttpResponse:
    """404."""
    return _error(request, 404)


def server_error(request: HttpRequest) -> HttpResponse:
    """500, rendered without context processors, which may be what failed."""
    return render(None, "500.html", status=500)
