"""Suggestions for the search box."""

from dataclasses import asdict

from django.http import HttpRequest, JsonResponse
from django.utils import timezone

from items.http import read_only
from items.listing.suggest import suggestions


@read_only
def suggest(request: HttpRequest) -> JsonResponse:
    """`/news/suggest?q=`: `{"groups": [{"name", "label", "options": [{"label", "url", "count"}]}]}`."""
    groups = suggestions(request.GET.get("q", ""), language=request.LANGUAGE_CODE, at=timezone.now())
    return JsonResponse({"groups": [asdict(group) for group in groups]})
