"""What every template knows."""

from django.conf import settings
from django.http import HttpRequest


def site(request: HttpRequest) -> dict:
    """The site's name and address, and the language of the page."""
    language = getattr(request, "LANGUAGE_CODE", settings.LANGUAGE_CODE)
    return {"site_name": settings.SITE_NAME, "site_url": settings.SITE_URL, "LANGUAGE_CODE": language}
