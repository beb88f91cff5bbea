"""Which methods a door answers."""

from collections.abc import Callable
from typing import TypeVar

from django.http.response import HttpResponseBase
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_safe

View = TypeVar("View", bound=Callable[..., HttpResponseBase])


def read_only(view: View) -> View:
    """A view that answers GET and HEAD, and any other method with 405."""
    # No form comes here, so the check of its token has no say: it would answer 403 before the view is asked.
    return csrf_exempt(require_safe(view))
