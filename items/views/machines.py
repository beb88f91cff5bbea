"""What machines ask: is it alive, is it ready, what may be crawled."""

from django.db import DatabaseError
from django.http import HttpRequest, HttpResponse
from django.views.decorators.cache import never_cache

from items.http import read_only
from items.models import Item

ROBOTS = "User-agent: *\nDisallow: /admin/\nDisallow: /*/facets/\nDisallow: /news/facets/\n"


@read_only
def robots(request: HttpRequest) -> HttpResponse:
    """`/robots.txt`."""
    return HttpResponse(ROBOTS, content_type="text/plain; charset=utf-8")


@read_only
@never_cache
def healthz(request: HttpRequest) -> HttpResponse:
    """`/healthz`: the process answers."""
    return HttpResponse("ok\n", content_type="text/plain; charset=utf-8")


@read_only
@never_cache
def readyz(request: HttpRequest) -> HttpResponse:
    """`/readyz`: the process answers and its database holds the tables; else 503."""
    try:
        Item.objects.exists()
    except DatabaseError:
        return HttpResponse("database unavailable\n", status=503, content_type="text/plain; charset=utf-8")
    return HttpResponse("ok\n", content_type="text/plain; charset=utf-8")
