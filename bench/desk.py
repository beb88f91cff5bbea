"""Queries and milliseconds of every page of the desk that is looked at, for a signed-in Editor and Administrator.

    python -m bench.desk

on the (migrated, filled) database that the settings name; see bench.archive. Addresses come from the URL resolver.
The account it signs in with is deleted in the end. A page over 30 queries or 500 ms is marked.
"""

import os
import re
import sys
import time
from collections.abc import Callable
from functools import partial
from typing import Any

import django

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "newsroom.settings")
django.setup()

from django.apps import apps
from django.conf import settings
from django.contrib import admin
from django.contrib.auth.models import Group, User
from django.db import connection
from django.db.models import Count
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls.resolvers import URLResolver

from items.models import Item, ItemKeyword
from items.models.item import UNDECIDED

QUERIES, SECONDS = 30, 0.5
ROLES = ("Editor", "Administrator")
LIST, KEYWORDS = "/admin/items/item/", "/admin/items/keyword/"
MORE = [
    *(f"{LIST}?{query}" for query in (
        "_facets=True", "_facets=True&q=asylum", "_facets=True&theme=1", "_facets=True&keyword={keyword}",
        "_facets=True&status__exact=approved", "_facets=True&missing=language", "_facets=True&missing_in=fr",
        "q=asylum", "q=asylum+border+visa",
        "q=nothinglikeit", "missing=language", "missing=theme", "missing=keyword", "missing=source", "missing=report",
        "desk=waiting", "desk=appearing", "by=me", "language__exact=fr", "source=none", "type=1", "theme=1",
        "keyword={keyword}", "status__exact=approved&theme=1", "publish_at__year=2020",
        "publish_at__year=2020&publish_at__month=5", "p=900", "o=1", "o=2&p=900",
    )),
    f"{LIST}csv/?theme=1",
    *(f"{KEYWORDS}{path}" for path in (
        "?q=subject", "?q=4999", "?p=40", "?status__exact=proposed&_facets=True", "{keyword}/change/",
        "{keyword}/delete/", "{keyword}/rename/?name=other+word", "merge/?term={keyword}&into={other}",
        "proposals/?p=5",
    )),
    "/admin/items/theme/1/delete/",
    "/admin/items/theme/merge/?term=2&into=5",
    "/admin/calendar/?month=2026-05",
    "/admin/calendar/?month=2026-05&view=list",
    "/admin/autocomplete/?app_label=items&model_name=item&field_name=replaced_by&term=asylum",
    f"{LIST}keywords/?find=subject",
    f"{LIST}links/?find=asylum",
]  # fmt: skip
"""Addresses with a query string, or of what has most to show: `{keyword}` and `{other}` are on more items than any."""
BULK = ("submit_for_review", "approve_now", "feature", "add_theme", "delete_selected")
"""Bulk verbs whose page is asked for with a hundred items. Nothing is done with them."""


def more() -> list[str]:
    """MORE with the keys of this archive."""
    counted = ItemKeyword.objects.order_by().values_list("tag").annotate(number=Count("pk")).order_by("-number", "tag")
    keyword, other = [key for key, _number in counted[:2]]
    return [path.format(keyword=keyword, other=other) for path in MORE]


def routes(patterns, prefix=""):
    """Every route below some patterns."""
    for pattern in patterns:
        route = prefix + str(pattern.pattern)
        if isinstance(pattern, URLResolver):
            yield from routes(pattern.url_patterns, route)
        else:
            yield route


def address(route: str) -> str | None:
    """A route with the first row of its model filled in; None where there is none, or where it is no page."""
    route = route.removeprefix("^").removesuffix("$")
    if "(?P" in route or route.split("/")[0] in ("login", "logout", "r", "jsi18n"):
        return None
    if "<" in route:
        app, model, *_rest = route.split("/")
        try:
            first = apps.get_model(app, model).objects.order_by("-pk").first()
        except LookupError:
            return None
        if first is None or len(re.findall("<", route)) > 1:
            return None
        route = re.sub(r"<[^>]+>", str(first.pk), route)
    return f"/admin/{route}"


def measure(look: Callable[[], Any]) -> tuple[int, int, float, float]:
    """Status, queries, seconds of the first look and of the quicker of two later ones."""
    taken = []
    for _turn in range(3):
        before = time.perf_counter()
        response = look()
        if response.streaming:
            next(iter(response), None)
        taken.append(time.perf_counter() - before)
    with CaptureQueriesContext(connection) as seen:
        look()
    return response.status_code, len(seen), taken[0], min(taken[1:])


def _chosen(verb: str, keys: list[int]) -> dict[str, Any]:
    return {"action": verb, "_selected_action": keys}


def main() -> int:
    settings.ALLOWED_HOSTS = ["*"]
    found = {address(route) for route in routes(admin.site.urls[0])}
    paths = sys.argv[1:] or [*sorted(path for path in found if path), *more()]
    over = 0
    print("| page | who | status | queries | first, ms | then, ms | |\n|---|---|---|---|---|---|---|")
    for role in ROLES:
        person = User.objects.create_user(f"bench-{role}", is_staff=True)
        try:
            person.groups.add(Group.objects.get(name=role))
            client = Client(raise_request_exception=False)
            client.force_login(person)
            looks = {path: partial(client.get, path) for path in paths}
            if not sys.argv[1:]:
                keys = list(
                    Item.objects.filter(status__in=UNDECIDED)
                    .order_by("-status", "-pk")
                    .values_list("pk", flat=True)[:100]
                )
                looks |= {f"{verb}, 100 items": partial(client.post, LIST, _chosen(verb, keys)) for verb in BULK}
            for path, look in looks.items():
                status, queries, first, then = measure(look)
                if status not in (200, 400, 500):
                    continue
                bad = queries > QUERIES or then > SECONDS or status == 500
                over += bad
                mark = "**over**" if bad else ""
                row = f"| {path} | {role} | {status} | {queries} | {first * 1000:.0f} | {then * 1000:.0f} | {mark} |"
                print(row, flush=True)
        finally:
            person.delete()
    return 1 if over else 0


if __name__ == "__main__":
    sys.exit(main())
