"""What a request works out once, however often its page asks for it."""

import json
from collections.abc import Callable, Hashable, Iterable
from typing import Any

from django.core.paginator import Page, Paginator
from django.db import connection
from django.db.models import BinaryField, F, Func, IntegerField, Q, Value
from django.db.models.expressions import RawSQL
from django.db.models.functions import Cast
from django.db.models.lookups import Exact
from django.http import HttpRequest
from django.utils.functional import cached_property

SEEK = 8
"""How many rows a database looks through while it seeks one by its key."""
WANTED = b"1"


def once(request: HttpRequest, key: Hashable, make: Callable[[], Any]) -> Any:
    """What `make` gives, made once a request: for its counts the list builds all filters anew for each of them."""
    made = request.__dict__.setdefault("_desk_made", {})
    if key not in made:
        made[key] = make()
    return made[key]


class Keys:
    """Keys of rows, to be found in any column by one parameter, however many they are; without keys, any row."""

    def __init__(self, keys: Iterable[int] | None = None):
        self._keys = None if keys is None else list(keys)

    @cached_property
    def _marks(self) -> bytes | None:
        """A letter for each key there can be, if so many are wanted that looking through all rows is quicker."""
        assert self._keys is not None
        largest = max(self._keys, default=0)
        if len(self._keys) * SEEK <= largest:
            return None
        marks = bytearray(largest)
        for key in self._keys:
            marks[key - 1] = WANTED[0]
        return bytes(marks)

    @cached_property
    def _listed(self) -> RawSQL:
        if connection.vendor == "sqlite":
            return RawSQL("SELECT value FROM json_each(%s)", [json.dumps(self._keys)])
        return RawSQL("SELECT unnest(%s::bigint[])", [self._keys])

    def among(self, column: str = "pk") -> Q:
        """The rows that have one of the keys in this column."""
        if self._keys is None:
            return Q()
        if self._marks is None:
            return Q(**{f"{column}__in": self._listed})
        key = Cast(F(column), IntegerField())
        return Q(Exact(Func(Value(self._marks), key, 1, function="SUBSTR", output_field=BinaryField()), Value(WANTED)))


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
