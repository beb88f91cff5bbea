"""A way to ask for a listing by its query string."""

import pytest
from django.http import QueryDict

from items.listing import Listing
from tests.builders import AT


@pytest.fixture
def ask(db):
    def ask(query="", *, language="en", at=AT):
        return Listing(QueryDict(query), language=language, at=at)

    return ask
