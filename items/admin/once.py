"""What a request works out once, however often its page asks for it."""

import json
from collections.abc import Callable, Hashable, Iterable
from typing import Any

from django.core.paginator import Page, Paginator
from django.db import connection
from django.db.models.expressions import RawSQL
from django.http import HttpRequest


def once(request: HttpRequest, key: Hashable, make: Callable[[], Any]) -> Any:
    """What `make` gives, made once a request: for its counts the list builds all filters anew for each of them."""
    made = request.__dict__.setdefault("_desk_made", {})
    if key not in made:
        made[key] = make()
    return made[key]


def among(keys: Iterable[int]) -> RawSQL:
    """A subquery of these keys, in one parameter however many they are."""
    if connection.vendor == "sqlite":
        return RawSQL("SELECT value FROM json_each(%s)", [json.dumps(list(keys))])
    return RawSQL("SELECT unnest(%s::bigint[])", [list(keys)])


class KeysFirst(Paginator):
    """Pages of a list. What is skipped on the way to a late page is sorted as keys, not as whole rows."""

    def page(self, number: Any) -> Page:
        """The page, whose rows are in the order of the list."""
        number = self.validate_number(number)
        start = (number - 1) * self.per_page
        end = self.count if start + self.per_page + self.orphans >= self.count else start + self.per_page
        rows: Any = self.object_list
        keys = list(rows.values_list("pk", flat=True)[start:end])
        return self._get_page(rows.filter(pk__in=keys), number, self)  # type: ignore[attr-defined]
